"""The organiser's pages of a period."""

import re
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from scoring import tasks
from scoring.forms.periods import MOST_CLASSES
from scoring.models import Dossier, Period
from scoring.services import blocks, dossiers, periods
from tests.factories import a_unit
from tests.worlds import (
    a_draft_period,
    a_prepared_period,
    a_province,
    an_open_period,
    dates_around,
)
from units.permissions import Role

pytestmark = pytest.mark.django_db

PLACES = re.compile(r'<a class="nowrap" href="([^"]+)">')


def sent(**changed) -> dict[str, str]:
    """What the form of a period sends: the usual, with something changed."""
    today = timezone.localdate()
    labels = ["Xuất sắc", "Tốt", "Khá", "Hoàn thành nhiệm vụ"]
    floors = ["95", "80", "70", "50"]
    classes = {}
    for place in range(MOST_CLASSES):
        classes[f"label_{place}"] = labels[place] if place < 4 else ""
        classes[f"floor_{place}"] = floors[place] if place < 4 else ""
    return (
        {
            "year": "2026",
            "title": "Chỉ số cải cách hành chính năm 2026",
            "kind": "index",
            "scale_total": "100",
            "places": "2",
            "reply_rounds": "1",
            "reply_length": "2000",
            "reply_days": "3",
            "tie_rule": "skip",
            "label_below": "Không hoàn thành nhiệm vụ",
            "version": "1",
        }
        | {name: day.isoformat() for name, day in dates_around(today).items()}
        | classes
        | changed
    )


@pytest.fixture
def draft(client):
    year = a_draft_period()
    client.force_login(year.organiser)
    return year


def page(name: str, year) -> str:
    return reverse(f"scoring:{name}", args=[year.period.pk])


def test_a_period_is_drafted_by_the_form(client):
    province = a_province()
    client.force_login(province.a_person(Role.ORGANISER, province.police))

    answer = client.post(
        reverse("scoring:period-new"), sent(assessor=province.police.pk, floor_1="79,5")
    )

    period = Period.objects.get()
    assert answer.url == reverse("scoring:period", args=[period.pk])
    assert period.assessor == province.police
    assert period.band_floors[1] == Decimal("79.5")
    assert period.band_labels == [
        "Xuất sắc",
        "Tốt",
        "Khá",
        "Hoàn thành nhiệm vụ",
        "Không hoàn thành nhiệm vụ",
    ]


def test_the_form_of_a_new_period_proposes_the_usual_dates(client, draft):
    answer = client.get(reverse("scoring:period-new"))

    assert f"{timezone.localdate().year}-09-16" in answer.content.decode()


def test_the_form_offers_the_year_after_the_period_that_is_copied(client, draft):
    answer = client.get(reverse("scoring:period-new"), {"tu": draft.period.pk})

    form = answer.context["form"]
    assert form.initial["title"] == f"Chỉ số cải cách hành chính năm {draft.period.year + 1}"
    assert form.initial["earlier"] == draft.period


def test_a_period_is_copied_by_the_form(client):
    year = a_prepared_period()
    client.force_login(year.organiser)

    client.post(
        reverse("scoring:period-new"),
        sent(assessor=year.province.police.pk, earlier=year.period.pk, year="2031", title="Mới"),
    )

    assert Period.objects.get(title="Mới").blocks.get().name == "Khối phòng"


def test_a_period_of_another_assessor_is_not_offered_for_copying(client, draft):
    other = a_draft_period(draft.province, title="Kỳ của nơi khác")
    Period.objects.filter(pk=other.period.pk).update(assessor=draft.province.ministry)

    answer = client.post(
        reverse("scoring:period-new"),
        sent(assessor=draft.province.police.pk, earlier=other.period.pk, title="Mới"),
    )

    assert answer.status_code == 422
    assert not Period.objects.filter(title="Mới").exists()


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"title": ""}, "Đề nghị nhập nội dung này."),
        ({"year": "1900"}, "2010"),
        ({"submit_by": "hôm qua"}, "Ngày không hợp lệ"),
        ({"submit_by": "2001-01-01"}, "Các mốc phải theo thứ tự"),
        ({"data_until": "2001-01-01"}, "Ngày cuối của số liệu phải sau ngày đầu."),
        ({"scale_total": "0"}, "lớn hơn 0"),
        ({"scale_total": "một trăm"}, "phải ghi bằng chữ số"),
        ({"places": "9"}, "4"),
        ({"tie_rule": "dice"}, "dice"),
        ({"floor_1": "96"}, "giảm dần"),
        ({"floor_1": "101"}, "từ 0 đến 100"),
        ({"floor_1": ""}, "cả tên và ngưỡng"),
        ({"label_1": "Xuất sắc"}, "tên riêng"),
        ({f"{name}_{place}": "" for name in ("label", "floor") for place in range(4)}, "ít nhất"),
        ({"label_below": ""}, "Đề nghị nhập nội dung này."),
    ],
)
def test_a_form_that_is_not_valid_says_why_and_keeps_what_was_typed(client, draft, changed, told):
    words = {"label_0": "Xuất sắc", "title": "Tên vừa gõ"} | changed

    answer = client.post(page("period-edit", draft), sent(**words))

    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert "Tên vừa gõ" in answer.content.decode() or "title" in changed
    assert Period.objects.get().title == draft.period.title


def test_a_title_that_is_taken_is_refused_in_the_form(client, draft):
    a_draft_period(draft.province, title="Đã có", year=2026)

    answer = client.post(page("period-edit", draft), sent(title="Đã có"))

    assert answer.status_code == 422
    assert "cùng tên trong năm" in answer.content.decode()


def test_an_edit_is_saved_and_the_reader_comes_back_to_the_period(client, draft):
    answer = client.post(page("period-edit", draft), sent(title="Tên mới"), follow=True)

    assert answer.redirect_chain[-1][0] == page("period", draft)
    assert "Đã lưu thông tin kỳ đánh giá." in answer.content.decode()
    assert Period.objects.get().title == "Tên mới"


def test_an_edit_overtaken_by_another_is_409_and_keeps_what_was_typed(client, draft):
    periods.edit(draft.period, by=draft.organiser, seen=1, title="Người khác")

    answer = client.post(page("period-edit", draft), sent(title="Của tôi"))

    assert answer.status_code == 409
    assert "vừa được người khác thay đổi" in answer.content.decode()
    assert "Của tôi" in answer.content.decode()


@pytest.mark.parametrize("version", ["x", "²", "9" * 5000])
def test_a_version_that_is_no_number_is_not_valid(client, draft, version):
    assert client.post(page("period-edit", draft), sent(version=version)).status_code == 422


def test_an_opened_period_has_no_form(client):
    year = an_open_period()
    client.force_login(year.organiser)

    assert client.get(page("period-edit", year)).url == page("period", year)


def test_the_dates_of_a_year_come_as_a_fragment(client, draft):
    content = client.get(reverse("scoring:period-dates"), {"year": "2031"}).content.decode()

    assert "2031-09-16" in content
    assert "<html" not in content


@pytest.mark.parametrize("typed", ["", "x", "99999999999", "020200", "1", "²"])
def test_a_year_that_makes_no_sense_gets_the_dates_of_this_one(client, draft, typed):
    answer = client.get(reverse("scoring:period-dates"), {"year": typed})

    assert f"{timezone.localdate().year}-09-16" in answer.content.decode()


def test_the_page_lists_what_is_left_to_do_with_the_way_to_it(client, draft):
    block = blocks.add(draft.period, by=draft.organiser, name="Khối phòng", kinds=[])

    content = client.get(page("period", draft)).content.decode()

    assert "Khối “Khối phòng” chưa có đơn vị nào." in content
    assert reverse("scoring:block-units", args=[block.pk]) in content
    assert "disabled" in content


def test_a_period_is_opened_by_its_button(client):
    year = a_prepared_period()
    client.force_login(year.organiser)

    answer = client.post(page("period-open", year), follow=True)

    assert "Đã mở kỳ đánh giá, lập 2 hồ sơ." in answer.content.decode()


def test_an_opening_that_is_refused_is_409_on_the_same_page(client, draft):
    answer = client.post(page("period-open", draft))

    assert answer.status_code == 409
    assert "Chưa mở được: Kỳ đánh giá chưa có khối nào." in answer.content.decode()


def test_a_large_opening_shows_its_progress_until_it_is_done(client, monkeypatch):
    monkeypatch.setattr(periods, "UNITS_AT_ONCE", 1)
    monkeypatch.setattr(tasks, "UNITS_A_STEP", 2)
    year = a_prepared_period(a_province(departments=3))
    client.force_login(year.organiser)
    client.post(page("period-open", year))
    tasks.take_a_step(year.period.pk)

    under_way = client.get(page("period-progress", year))
    tasks.fill_period(year.period.pk)
    done = client.get(page("period-progress", year))

    assert "2/3" in under_way.content.decode()
    assert 'hx-trigger="every 2s"' in under_way.content.decode()
    assert "HX-Refresh" not in under_way.headers
    assert done.headers["HX-Refresh"] == "true"


def test_a_period_with_open_dossiers_names_them_instead_of_locking(client):
    year = an_open_period()
    client.force_login(year.organiser)

    shown = client.get(page("period", year)).content.decode()
    answer = client.post(page("period-lock", year))

    assert shown.count("Còn 2 hồ sơ chưa thẩm định xong") == 1
    assert answer.status_code == 409
    assert "Chưa chốt được: còn 2 hồ sơ" in answer.content.decode()


def test_a_period_is_locked_and_unlocked_by_its_buttons(client):
    year = an_open_period()
    client.force_login(year.organiser)
    for dossier in Dossier.objects.all():
        dossiers.excuse(dossier, by=year.organiser, comment="Đơn vị mới")

    client.post(page("period-lock", year))
    assert Period.objects.get().state == "locked"

    client.force_login(year.province.a_person(Role.LEADER, year.province.police))
    client.post(page("period-unlock", year), {"comment": "Còn sai sót"})
    assert Period.objects.get().state == "open"


def test_unlocking_without_a_reason_is_422_and_the_dialog_opens_again(client):
    year = an_open_period()
    client.force_login(year.organiser)
    for dossier in Dossier.objects.all():
        dossiers.excuse(dossier, by=year.organiser, comment="Đơn vị mới")
    periods.lock(year.period, by=year.organiser)
    client.force_login(year.province.a_person(Role.HEAD, year.province.police))

    answer = client.post(page("period-unlock", year), {"comment": " "})

    assert answer.status_code == 422
    assert "data-open" in answer.content.decode()
    assert "Đề nghị ghi rõ lý do." in answer.content.decode()


def test_the_head_of_the_assessor_is_led_to_publishing(client):
    year = an_open_period()
    for dossier in Dossier.objects.all():
        dossiers.excuse(dossier, by=year.organiser, comment="Đơn vị mới")
    periods.lock(year.period, by=year.organiser)
    client.force_login(year.province.a_person(Role.HEAD, year.province.police))

    content = client.get(page("period", year)).content.decode()

    assert reverse("reports:publish", args=[year.period.pk]) in content


@pytest.mark.parametrize("name", ["period-open", "period-lock", "period-unlock"])
def test_what_writes_is_not_done_by_a_get(client, draft, name):
    assert client.get(page(name, draft)).status_code == 405


def test_a_period_that_does_not_exist_is_404(client, draft):
    assert client.get(reverse("scoring:period", args=[10**18])).status_code == 404


def test_the_list_is_flat(client, draft, assert_flat_queries):
    def more():
        for number in range(20):
            a_draft_period(draft.province, title=f"Kỳ {number}")

    assert_flat_queries(lambda: client.get(reverse("scoring:periods")), grow=more)


def test_the_page_of_a_period_is_flat(client, draft, assert_flat_queries):
    def more():
        for number in range(12):
            blocks.add(draft.period, by=draft.organiser, name=f"Khối {number}", kinds=[])

    blocks.add(draft.period, by=draft.organiser, name="Khối", kinds=[])
    assert_flat_queries(lambda: client.get(page("period", draft)), grow=more)


def test_the_page_of_an_open_period_is_flat(client, assert_flat_queries):
    small = an_open_period(a_province(departments=2))
    client.force_login(small.organiser)
    years = [small]

    def more():
        for _ in range(25):
            a_unit(parent=small.province.police)
        years[0] = an_open_period(small.province, title="Kỳ lớn")
        client.force_login(years[0].organiser)

    assert_flat_queries(lambda: client.get(page("period", years[0])), grow=more)


def test_what_keeps_a_period_open_is_linked_for_whoever_may_open_the_place(client):
    year = an_open_period()
    leader = year.province.a_person(Role.LEADER, year.province.police)
    address = reverse("scoring:period", args=[year.period.pk])

    client.force_login(leader)
    told = PLACES.findall(client.get(address).content.decode())
    client.force_login(year.organiser)
    led = PLACES.findall(client.get(address).content.decode())

    assert "nội dung trước khi chốt kỳ" in client.get(address).content.decode()
    assert reverse("scoring:figures", args=[year.period.pk]) in led
    assert reverse("scoring:figures", args=[year.period.pk]) not in told
    client.force_login(leader)
    assert {client.get(place).status_code for place in told} <= {200}
