"""The desk: each duty lies before the person who can do it, and before nobody else."""

from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from reports.models import Edition, RenderState
from scoring.models import Criterion
from scoring.services import dossiers, periods
from scoring.services.parts import Share, last_share, share_out
from tests.factories import a_user
from tests.reports.situations import a_locked_period, an_edition
from tests.worlds import (
    Province,
    a_draft_dossier,
    a_draft_period,
    a_filled_dossier,
    a_province,
    a_submitted_dossier,
    a_verified_dossier,
    an_open_period,
)
from units.models import Unit, User
from units.permissions import Role
from units.services import people

pytestmark = pytest.mark.django_db


@pytest.fixture
def province() -> Province:
    return a_province(departments=2)


def duties(client, user):
    client.force_login(user)
    page = client.get("/")
    assert page.status_code == 200
    return [duty for shelf in page.context["shelves"] for duty in shelf.duties]


def titles(client, user) -> list[str]:
    return [duty.title for duty in duties(client, user)]


def everybody(province: Province) -> dict[tuple[Role, str], User]:
    """Somebody new in every role at the assessor, at the first department and at the second."""
    places: dict[str, Unit] = {
        "above": province.police,
        "here": province.departments[0],
        "beside": province.departments[1],
    }
    return {
        (role, at): province.a_person(role, unit) for role in Role for at, unit in places.items()
    }


def who_finds(client, seats, words: str) -> set[tuple[Role, str]]:
    """The seats on whose desk lies a duty with these words in its title or detail."""
    return {
        seat
        for seat, user in seats.items()
        if any(words in f"{duty.title} {duty.detail}" for duty in duties(client, user))
    }


def test_a_dossier_to_fill_waits_for_its_editor_and_its_head_alone(client, province):
    an_open_period(province)

    assert who_finds(client, everybody(province), "Phòng Nghiệp vụ 1") == {
        (Role.EDITOR, "here"),
        (Role.HEAD, "here"),
    }


def test_a_dossier_is_begun_then_gone_on_with_then_handed_in_by_the_head(client, province):
    work = a_draft_dossier(an_open_period(province))
    (begun,) = duties(client, work.editor)
    assert (begun.action, begun.due) == ("Bắt đầu chấm", work.dossier.period.submit_by)

    work = a_filled_dossier(work.year)
    (mine,) = duties(client, work.editor)
    (to_hand_in,) = duties(client, work.head)

    assert (mine.action, mine.address) == (
        "Xem lại",
        reverse("scoring:dossier", args=[work.dossier.pk]),
    )
    assert "chờ thủ trưởng trình nộp" in mine.detail
    assert (to_hand_in.action, to_hand_in.address) == (
        "Trình nộp",
        reverse("scoring:dossier-submit", args=[work.dossier.pk]),
    )


def test_an_officer_reads_which_areas_are_theirs_and_until_when(client, province):
    work = a_draft_dossier(an_open_period(province))
    area = Criterion.objects.get(criteria_set__block=work.dossier.block_id, code="1")
    due_on = timezone.localdate() + timedelta(days=1)
    share = {area.pk: Share(work.editor.pk, due_on)}
    share_out(work.dossier, share, by=work.head, seen=last_share(work.dossier))

    (mine,) = duties(client, work.editor)
    (whole,) = duties(client, work.head)

    assert mine.detail.endswith("phần của đồng chí: lĩnh vực 1")
    assert mine.due == due_on
    assert "phần của đồng chí" not in whole.detail
    assert whole.due == work.dossier.last_day


def test_a_returned_dossier_waits_with_the_last_reason_and_its_own_deadline(client, province):
    work = a_submitted_dossier(an_open_period(province))
    dossiers.send_back(work.dossier, by=work.verifier, comment="Thiếu minh chứng " + "dài " * 60)

    (duty,) = duties(client, work.editor)

    assert duty.action == "Sửa, nộp lại"
    assert "bị trả lại: “Thiếu minh chứng dài" in duty.detail
    assert duty.detail.endswith("…”")
    assert duty.due == work.dossier.period.verify_by


def test_after_the_deadline_the_dossier_lies_late_and_can_only_be_read(client, province):
    work = a_draft_dossier(an_open_period(province))

    with time_machine.travel(work.dossier.period.submit_by + timedelta(days=2)):
        client.force_login(work.editor)
        page = client.get("/")

    (shelf,) = page.context["shelves"]
    assert (shelf.title, shelf.late) == ("Quá hạn", True)
    assert shelf.duties[0].action == "Xem hồ sơ"
    assert "đều đã quá hạn" in page.context["greeting"]


def test_what_was_handed_in_waits_for_those_who_verify_there_alone(client, province):
    a_submitted_dossier(an_open_period(province))

    assert who_finds(client, everybody(province), "Thẩm định 1 hồ sơ") == {
        (Role.VERIFIER, "above"),
        (Role.ORGANISER, "above"),
    }


def test_nobody_is_asked_to_verify_their_own_unit(client, province):
    work = a_submitted_dossier(an_open_period(province))
    people.appoint(
        work.verifier,
        unit=work.dossier.unit,
        role=Role.STAFF,
        first_on=date(2020, 1, 1),
        by=province.administrator,
    )

    assert titles(client, work.verifier) == []


def test_two_periods_of_one_name_are_two_lines_for_who_verifies_in_both(client):
    here, there = a_province("TN"), a_province("TM")
    first = a_submitted_dossier(an_open_period(here))
    a_submitted_dossier(an_open_period(there))
    people.appoint(
        first.verifier,
        unit=there.police,
        role=Role.VERIFIER,
        first_on=date(2020, 1, 1),
        by=there.administrator,
    )

    assert titles(client, first.verifier) == ["Thẩm định 1 hồ sơ đã trình nộp"] * 2


def test_a_period_to_prepare_waits_for_its_organiser_and_nobody_below_knows(client, province):
    year = a_draft_period(province)
    seats = everybody(province)

    assert who_finds(client, seats, year.period.title) == {(Role.ORGANISER, "above")}
    client.force_login(seats[Role.EDITOR, "here"])
    assert year.period.title not in client.get("/").content.decode()


def test_after_the_deadline_the_organiser_is_told_who_never_handed_in(client):
    province = a_province(departments=3)
    work = a_submitted_dossier(an_open_period(province))
    dossiers.send_back(work.dossier, by=work.verifier, comment="Đề nghị bổ sung.")
    deadline = work.dossier.period.submit_by

    with time_machine.travel(deadline):
        assert titles(client, work.year.organiser) == []
    with time_machine.travel(deadline + timedelta(days=1, hours=12)):
        found = titles(client, work.year.organiser)

    assert found == ["2 đơn vị chưa nộp hồ sơ"]


def test_when_all_are_settled_the_organiser_is_to_lock(client, province):
    work = a_verified_dossier(an_open_period(province))
    other = work.year.period.dossiers.exclude(pk=work.dossier.pk).get()
    dossiers.excuse(other, by=work.year.organiser, comment="Đơn vị mới thành lập.")

    assert who_finds(client, everybody(province), "Chốt kỳ đánh giá") == {(Role.ORGANISER, "above")}


def test_a_locked_period_waits_for_the_head_of_the_assessor_alone(client, province):
    a_locked_period(province)

    assert who_finds(client, everybody(province), "Ký, công bố kết quả") == {(Role.HEAD, "above")}


def test_what_is_published_waits_for_nobody(client, province):
    an_edition(province)

    assert who_finds(client, everybody(province), "") == set()


def test_a_paper_that_failed_waits_for_those_who_may_print_again(client, province):
    published = an_edition(province)
    Edition.objects.update(render_state=RenderState.FAILED, render_error="hết chỗ trên đĩa")

    found = who_finds(client, everybody(province), published.edition.decision_number)

    assert found == {(Role.ORGANISER, "above"), (Role.HEAD, "above")}


def test_the_desk_of_another_unit_says_nothing_of_a_dossier(client, province):
    work = a_submitted_dossier(an_open_period(province))
    dossiers.send_back(work.dossier, by=work.verifier, comment="Lý do chỉ đơn vị được đọc.")
    client.force_login(province.a_person(Role.HEAD, province.departments[1]))

    page = client.get("/").content.decode()

    assert "Phòng Nghiệp vụ 2" in page
    assert "Phòng Nghiệp vụ 1" not in page
    assert "Lý do chỉ đơn vị được đọc." not in page
    assert str(work.head) not in page


def test_another_province_says_nothing_of_its_periods(client, province):
    year = an_open_period(province, title="Chỉ số của riêng tỉnh này")
    elsewhere = a_province("TM")
    a_submitted_dossier(year)

    for role in Role:
        client.force_login(elsewhere.a_person(role, elsewhere.police))
        assert "Chỉ số của riêng tỉnh này" not in client.get("/").content.decode()


def test_the_unit_sees_the_calendar_and_the_assessor_the_progress_too(client, province):
    work = a_submitted_dossier(an_open_period(province))

    client.force_login(work.editor)
    unit = client.get("/").content.decode()
    client.force_login(work.year.organiser)
    assessor = client.get("/").content.decode()

    assert f"Lịch: {work.year.period.title}" in unit
    assert "Tiến độ các kỳ" not in unit
    assert "0 hồ sơ đã thẩm định xong, 1 chờ thẩm định, 1 ở đơn vị" in assessor


def test_a_published_result_is_told_to_the_unit_with_the_way_to_its_block(client, province):
    edition = an_edition(province).edition
    client.force_login(province.a_person(Role.STAFF, province.departments[0]))

    page = client.get("/")

    (result,) = page.context["results"]
    best = edition.results.get(rank=1)
    assert result.title == best.unit_name
    assert f"xếp loại {best.band}, hạng 1 trong Khối phòng" in result.words
    assert result.address == f"/cong-bo/{edition.pk}/don-vi/{best.pk}/"
    assert client.get(result.address).status_code == 200


def test_a_unit_without_a_rank_is_told_why(client, province):
    an_edition(province)
    client.force_login(province.a_person(Role.STAFF, province.departments[1]))

    (result,) = client.get("/").context["results"]

    assert result.words.endswith("không đánh giá kỳ này")


def test_the_assessor_is_told_how_many_reached_the_best_class(client, province):
    edition = an_edition(province).edition
    client.force_login(province.a_person(Role.LEADER, province.police))

    (result,) = client.get("/").context["results"]

    best = sum(1 for row in edition.results.all() if row.band == edition.band_labels[0])
    assert result.words == (
        f"2 đơn vị, {best} xếp loại Xuất sắc; Quyết định số {edition.decision_number}"
    )


def test_the_news_end_after_eight_lines_newest_first(client, province):
    work = a_submitted_dossier(an_open_period(province))
    for _ in range(5):
        dossiers.send_back(work.now(), by=work.verifier, comment="Đề nghị bổ sung.")
        work.dossier = work.now()
        dossiers.submit(work.dossier, by=work.head, seen=work.dossier.scores.stamp())
    client.force_login(work.head)

    changes = client.get("/").context["news"].before

    assert len(changes) == 8
    assert [change.words for change in changes[:2]] == ["Trình nộp", "Trả lại"]
    assert changes[1].comment == "Đề nghị bổ sung."
    moments = [change.happened_at for change in changes]
    assert moments == sorted(moments, reverse=True)


def test_only_who_may_open_a_period_is_given_its_address_in_the_news(client, province):
    year = an_open_period(province)
    editor = province.a_person(Role.EDITOR, province.departments[0])

    def address(user) -> str:
        client.force_login(user)
        (line,) = client.get("/").context["news"].before
        assert line.about == year.period.title
        return line.address

    assert address(year.organiser) == reverse("scoring:period", args=[year.period.pk])
    assert address(editor) == ""


@pytest.mark.parametrize(
    ("role", "advice"),
    [
        (None, "chưa được phân công vai trò nào"),
        (Role.STAFF, "Khi kỳ đánh giá mở"),
        (Role.EDITOR, "Khi kỳ đánh giá mở"),
        (Role.HEAD, "vẫn xem được từ trình đơn"),
        (Role.LEADER, "vẫn xem được từ trình đơn"),
        (Role.ADMINISTRATOR, "phân công vai trò cho cán bộ"),
    ],
)
def test_an_empty_desk_says_what_can_be_done_meanwhile(client, province, role, advice):
    user = province.a_person(role, province.police) if role else a_user()
    client.force_login(user)

    page = client.get("/")

    assert page.context["shelves"] == []
    assert "Không có việc nào chờ đồng chí" in page.content.decode()
    assert advice in page.content.decode()


def test_the_heading_names_the_day(client, province):
    client.force_login(a_user(full_name="Lê Thị Hạnh"))

    with time_machine.travel(date(2026, 9, 27)):
        page = client.get("/").content.decode()

    assert "Chủ nhật, 27/09/2026" in page
    assert "Chào đồng chí Hạnh. Hiện không có việc nào chờ." in page


def test_nobody_sees_a_desk_without_signing_in(client):
    assert client.get("/").status_code == 302
    client.force_login(a_user())
    assert client.post("/").status_code == 405


def test_a_period_opened_early_waits_for_its_first_day(client, province):
    today = timezone.localdate()
    year = an_open_period(province, opens_on=today + timedelta(days=3))
    client.force_login(province.a_person(Role.EDITOR, province.departments[0]))

    page = client.get("/")

    (shelf,) = page.context["shelves"]
    assert shelf.title == "Chưa đến ngày làm"
    assert f"Từ {year.period.opens_on:%d/%m/%Y}" in page.content.decode()


def test_a_period_that_was_opened_again_waits_for_its_organiser_to_lock_it(client, province):
    published = a_locked_period(province)
    period = periods.unlock(published.period, by=published.head, comment="Kiểm tra lại.")

    assert titles(client, published.head) == []
    assert period.title in duties(client, published.year.organiser)[0].detail
