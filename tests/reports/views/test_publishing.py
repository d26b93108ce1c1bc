"""Publishing on its page: read, typed, signed off with the password; once, by the head alone."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from reports.models import Edition, RenderState
from reports.services.previews import preview_of
from reports.tasks import render_edition
from scoring.rules.workflow import PeriodState
from scoring.services import periods
from tests.boxes import unboxed
from tests.factories import PASSWORD, a_user
from tests.races import at_once
from tests.reports.reading import text
from tests.reports.situations import Publication, a_locked_period, an_edition
from tests.worlds import a_province, an_open_period
from units.permissions import Role

pytestmark = pytest.mark.django_db


def address(period) -> str:
    return reverse("reports:publish", args=[period.pk])


def looked(ready: Publication) -> dict:
    """What the forms carry along once everything was read and ticked."""
    seen = preview_of(ready.period, by=ready.head).all_seen
    return {"seen": seen.seen, "ticked": sorted(seen.ticked)}


def typed(ready: Publication | None = None, **changes) -> dict:
    """What arrives with the last press, all of it right."""
    return {
        "step": "cong-bo",
        "number": "3412/QĐ-CAT-PV01",
        "decided_on": f"{timezone.localdate():%d/%m/%Y}",
        "place": "Thử Nghiệm",
        "signer_authority": "KT.",
        "signer_position": "Phó Giám đốc",
        "signer_rank": "Đại tá",
        "signer_name": "Nguyễn Văn An",
        "password": PASSWORD,
    } | ((looked(ready) if ready else {}) | changes)


@pytest.fixture
def ready() -> Publication:
    return a_locked_period()


@pytest.fixture
def head(client, ready) -> Client:
    client.force_login(ready.head)
    return client


def test_the_first_step_shows_what_will_be_published_and_leads_to_its_draft(head, ready):
    said = head.get(address(ready.period)).content.decode()

    assert "Phòng Nghiệp vụ 1" in said
    assert "không xếp hạng" in said  # the excused one
    assert 'name="number"' not in said
    draft = head.get(reverse("reports:publication-draft", args=[ready.period.pk]))
    words = " ".join(text(draft.content).split())
    assert draft.headers["Content-Type"] == "application/pdf"
    assert "DỰ THẢO" in words
    assert "Số: " in words
    assert "/QĐ-CAT" in words
    assert "Phòng Nghiệp vụ 1" in words
    assert ready.head.full_name in words
    assert "Mã kiểm tra" not in words
    assert "Bản công bố số" not in words
    assert not Edition.objects.exists()


def test_the_draft_bears_the_signer_that_was_typed_and_still_no_number(head, ready):
    address_of_draft = reverse("reports:publication-draft", args=[ready.period.pk])

    words = text(head.post(address_of_draft, typed(ready)).content)

    assert "KT. GIÁM ĐỐC" in words
    assert "Đại tá Nguyễn Văn An" in " ".join(words.split())
    assert "3412" not in words


def test_the_checks_are_ticked_one_by_one_before_the_decision_is_typed(head, ready):
    seen = looked(ready)

    shown = head.post(address(ready.period), {"step": "kiem-tra", "seen": seen["seen"]})
    refused = head.post(address(ready.period), {"step": "quyet-dinh", "seen": seen["seen"]})
    passed = head.post(address(ready.period), {"step": "quyet-dinh"} | seen)

    assert (shown.status_code, refused.status_code, passed.status_code) == (200, 422, 200)
    assert "Không xếp hạng Phòng Nghiệp vụ 2" in shown.content.decode()
    assert "Còn 1 điều chưa đánh dấu" in refused.content.decode()
    form = passed.context["form"]
    assert form.initial["decided_on"] == timezone.localdate()
    assert form.initial["signer_name"] == ready.head.full_name
    said = passed.content.decode()
    assert "Do bộ phận văn thư cấp, ví dụ 3412/QĐ-CAT" in said
    assert f'name="ticked" value="{seen["ticked"][0]}"' in said


def test_what_was_typed_stays_on_the_way_back_and_forth(head, ready):
    shown = head.post(address(ready.period), typed(ready, step="xac-nhan"))
    back = head.post(address(ready.period), typed(ready, step="quyet-dinh", place="Nơi khác"))
    further = head.post(address(ready.period), typed(ready, step="xem-truoc", place="Nơi khác"))

    confirmed = unboxed(shown.content.decode())
    assert "số 3412/QĐ-CAT-PV01 ngày" in confirmed
    assert "KT. Phó Giám đốc: Đại tá Nguyễn Văn An" in confirmed
    assert "không ai sửa hoặc xóa được" in confirmed
    assert PASSWORD not in confirmed
    assert "Nơi khác" in back.content.decode()
    assert 'name="place" value="Nơi khác"' in further.content.decode()
    assert 'name="password"' not in further.content.decode()


def test_figures_that_changed_after_they_were_looked_at_are_shown_again(head, ready):
    data = typed(ready)
    periods.unlock(ready.period, by=ready.head, comment="Xem lại.")
    periods.lock(ready.period, by=ready.year.organiser)

    answer = head.post(address(ready.period), data)

    said = answer.content.decode()
    assert answer.status_code == 409
    assert "đã thay đổi" in said
    assert 'name="number" value="3412/QĐ-CAT-PV01"' in said
    assert not Edition.objects.exists()
    assert head.post(address(ready.period), data | looked(ready)).status_code == 302


def test_the_head_publishes_and_is_led_to_the_edition(head, ready):
    answer = head.post(address(ready.period), typed(ready))

    edition = Edition.objects.get()
    assert answer.status_code == 302
    assert answer.url == reverse("reports:edition", args=[edition.pk])
    assert (edition.decision_number, edition.place) == ("3412/QĐ-CAT-PV01", "Thử Nghiệm")
    assert (edition.signer_authority, edition.signer_position) == ("KT.", "Phó Giám đốc")
    assert (edition.signer_rank, edition.signer_name) == ("Đại tá", "Nguyễn Văn An")
    assert edition.decided_on == timezone.localdate()
    assert edition.published_by == ready.head
    assert ready.period.state == PeriodState.PUBLISHED
    assert "Đã công bố kết quả" in head.get(answer.url).content.decode()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"password": "sai-mat-khau"}, "Mật khẩu chưa đúng, kết quả chưa được công bố"),
        ({"password": ""}, "Đề nghị nhập mật khẩu để xác nhận"),
        ({"password": PASSWORD + " "}, "Mật khẩu chưa đúng"),
        ({"number": ""}, "Đề nghị nhập nội dung này"),
        ({"number": "3412"}, "cách nhau bằng dấu “/”"),
        ({"number": "QĐ-CAT/3412"}, "cách nhau bằng dấu “/”"),
        ({"number": "3412/"}, "cách nhau bằng dấu “/”"),
        ({"number": "3412/" + "Đ" * 60}, "tối đa 60 ký tự"),
        ({"decided_on": ""}, "Đề nghị"),
        ({"decided_on": "31/02/2026"}, "Ngày không hợp lệ"),
        ({"decided_on": "01/01/2099"}, "không thể sau ngày hôm nay"),
        ({"decided_on": "01/01/2020"}, "không thể trước ngày cuối của kỳ số liệu"),
        ({"place": "\u200b"}, "Đề nghị nhập nội dung này"),
        ({"place": "x" * 81}, "tối đa 80 ký tự"),
        ({"signer_name": ""}, "Đề nghị nhập nội dung này"),
        ({"signer_position": ""}, "Đề nghị nhập nội dung này"),
        ({"signer_authority": "ABC."}, "không có trong danh mục"),
    ],
)
def test_what_cannot_be_published_is_refused_with_a_sentence_and_stays_typed(
    head, ready, changes, sentence
):
    answer = head.post(address(ready.period), typed(ready, place="Nơi vừa gõ") | changes)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    if "place" not in changes:
        assert "Nơi vừa gõ" in page
    assert "sai-mat-khau" not in page
    assert PASSWORD not in page
    assert not Edition.objects.exists()
    assert ready.period.state == PeriodState.LOCKED


@pytest.mark.parametrize("number", ["7/QĐ-CAT", "3412 / QĐ-CAT-PV01", "999999/QĐ/CAT"])
def test_a_number_is_taken_without_its_spaces(head, ready, number):
    assert head.post(address(ready.period), typed(ready, number=number)).status_code == 302

    assert Edition.objects.get().decision_number == number.replace(" ", "")


def test_the_last_day_of_the_data_and_today_can_bear_a_decision(client):
    for day in ("data_until", None):
        ready = a_locked_period(a_province("TN" if day else "TM"))
        client.force_login(ready.head)
        decided = getattr(ready.period, day) if day else timezone.localdate()
        answer = client.post(address(ready.period), typed(ready, decided_on=f"{decided:%Y-%m-%d}"))
        assert answer.status_code == 302


def test_a_decision_of_tomorrow_is_refused(head, ready):
    tomorrow = timezone.localdate() + timedelta(days=1)

    answer = head.post(address(ready.period), typed(ready, decided_on=f"{tomorrow:%d/%m/%Y}"))

    assert answer.status_code == 422


def test_guessing_the_password_at_an_open_session_is_stopped(head, ready):
    for _ in range(settings.AXES_FAILURE_LIMIT):
        head.post(address(ready.period), typed(ready, password="sai"))

    answer = head.post(address(ready.period), typed(ready))

    assert answer.status_code in (422, 429)
    assert not Edition.objects.exists()


@pytest.mark.parametrize("method", ["get", "post"])
def test_who_sees_the_period_but_is_not_its_head_is_refused(client, ready, method):
    province = ready.year.province
    seats = [(role, province.police) for role in Role if role != Role.HEAD]
    seats += [(Role.HEAD, province.departments[0]), (Role.EDITOR, province.departments[0])]

    for role, unit in seats:
        person = province.a_person(role, unit)
        client.force_login(person)
        seen = role not in (Role.STAFF, Role.EDITOR) or unit != province.police
        answer = getattr(client, method)(address(ready.period), typed(ready))
        assert answer.status_code == (403 if seen else 404), (role, unit)
    assert not Edition.objects.exists()


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_stranger_does_not_learn_that_the_period_exists(client, ready, method):
    elsewhere = a_province("TM")
    strangers = [a_user(), elsewhere.a_person(Role.HEAD, elsewhere.police)]

    for person in strangers:
        client.force_login(person)
        assert getattr(client, method)(address(ready.period), typed(ready)).status_code == 404
    client.logout()
    assert getattr(client, method)(address(ready.period), typed(ready)).status_code == 302
    assert not Edition.objects.exists()


def test_a_period_that_is_not_locked_says_what_comes_first(client):
    year = an_open_period()
    client.force_login(year.province.a_person(Role.HEAD, year.province.police))

    shown = client.get(address(year.period))
    refused = client.post(address(year.period), typed())

    assert (shown.status_code, refused.status_code) == (200, 409)
    for page in (shown, refused):
        assert "Kỳ đánh giá chưa chốt" in page.content.decode()
        assert "<form method" not in page.content.decode().split("<main")[1]
    assert not Edition.objects.exists()


def test_the_second_press_is_told_that_it_is_published_and_by_which_decision(head, ready):
    head.post(address(ready.period), typed(ready))

    again = head.post(address(ready.period), typed(ready, number="9/QĐ-CAT"))

    page = unboxed(again.content.decode())
    edition = Edition.objects.get()
    assert again.status_code == 409
    assert "Kỳ này đã được công bố bằng Quyết định số 3412/QĐ-CAT-PV01" in page
    assert reverse("reports:edition", args=[edition.pk]) in page
    assert "3412/QĐ-CAT-PV01" in head.get(address(ready.period)).content.decode()


@pytest.mark.django_db(transaction=True)
def test_two_people_who_press_at_once_publish_once_and_both_are_answered():
    ready = a_locked_period()
    second = ready.year.province.a_person(Role.HEAD, ready.year.province.police)
    answers: list[int] = []

    def press(user, number):
        browser = Client()
        browser.force_login(user)
        data = typed(ready, number=number)
        return lambda: answers.append(browser.post(address(ready.period), data).status_code)

    at_once(press(ready.head, "1/QĐ"), press(second, "2/QĐ"), press(ready.head, "3/QĐ"))

    assert sorted(answers) == [302, 409, 409]
    assert Edition.objects.count() == 1


def test_what_will_be_published_is_read_flatly(client, assert_flat_queries):
    small, large = (
        a_locked_period(a_province(code, departments=number))
        for code, number in (("TN", 3), ("TM", 40))
    )
    client.force_login(small.head)
    shown = [small]

    def grow():
        client.force_login(large.head)
        shown[0] = large

    assert_flat_queries(lambda: (cache.clear(), client.get(address(shown[0].period))), grow=grow)


# --- printing again


def again(edition: Edition) -> str:
    return reverse("reports:print-again", args=[edition.pk])


@pytest.fixture
def failed(monkeypatch) -> Publication:
    monkeypatch.setattr(render_edition, "delay", lambda key: None)
    published = an_edition()
    Edition.objects.update(render_state=RenderState.FAILED, render_error="hết chỗ trên đĩa")
    return published


@pytest.mark.parametrize("role", [Role.HEAD, Role.ORGANISER])
def test_a_failed_paper_is_sent_to_the_press_again(client, failed, role):
    province = failed.year.province
    client.force_login(province.a_person(role, province.police))

    answer = client.post(again(failed.edition), follow=True)

    assert "Đã gửi kết xuất lại tệp PDF." in answer.content.decode()
    failed.edition.refresh_from_db()
    assert failed.edition.render_state == RenderState.WAITING
    assert failed.edition.render_error == ""


def test_a_paper_that_is_on_its_way_is_not_sent_twice(client, failed):
    client.force_login(failed.head)
    client.post(again(failed.edition))

    answer = client.post(again(failed.edition), follow=True)

    assert "đang được kết xuất hoặc đã có tệp PDF" in answer.content.decode()


def test_nobody_else_sends_a_paper_to_the_press(client, failed):
    province = failed.year.province
    others = [
        province.a_person(role, province.police)
        for role in Role
        if role not in (Role.HEAD, Role.ORGANISER)
    ]

    for person in [*others, a_user(), province.a_person(Role.HEAD, province.departments[0])]:
        client.force_login(person)
        assert client.post(again(failed.edition)).status_code == 403
    client.logout()
    assert client.post(again(failed.edition)).status_code == 302
    failed.edition.refresh_from_db()
    assert failed.edition.render_state == RenderState.FAILED


def test_looking_at_the_address_prints_nothing_and_what_is_not_there_is_404(client, failed):
    client.force_login(failed.head)

    assert client.get(again(failed.edition)).status_code == 405
    for pk in (0, 10**18, 10**30):
        assert client.post(reverse("reports:print-again", args=[pk])).status_code == 404
        assert client.get(reverse("reports:publish", args=[pk])).status_code == 404
