"""A point lost in a published edition becomes a task of the next year's commitment."""

from fractions import Fraction

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.urls import reverse

from cchc_portal.kit.errors import MoveRefused
from commitments.models import Commitment
from commitments.services import tasks
from reports.models import LostPoint
from reports.rules.loop import area_of, cut, origin_of, serves
from reports.services.losses import become_task, losses_of
from scoring.models import Dossier
from scoring.rules.kinds import Side
from scoring.services.outlook import components_of
from tests.races import at_once
from tests.reports.situations import a_disputed_edition, a_locked_period
from units.permissions import Role


@pytest.fixture
def published(db):
    return a_disputed_edition()


def losing(edition) -> Dossier:
    """The dossier of the one unit that was ranked; it lost two components."""
    line = edition.results.get(rank=1)
    return Dossier.objects.select_related("unit", "period", "block").get(
        period=edition.period_id, unit=line.unit_id
    )


@pytest.fixture
def dossier(published):
    return losing(published.edition)


@pytest.fixture
def editor(published, dossier):
    return published.year.province.a_person(Role.EDITOR, dossier.unit)


def test_what_was_lost_is_read_from_the_sealed_line_and_adds_up(published, dossier):
    found = losses_of(dossier, Side.SELF)
    line = published.edition.results.get(unit=dossier.unit)

    assert found.result == line
    assert found.lost == Fraction(line.maximum) - line.points > 0
    assert [one.lost for one in found.lines] == sorted(
        (one.lost for one in found.lines), reverse=True
    )


def test_before_publication_it_is_what_the_what_if_page_shows(db):
    year = a_locked_period(verified=2).year
    papers = Dossier.objects.select_related("unit", "period", "block")
    dossier = papers.filter(period=year.period).order_by("unit__code").last()

    found = losses_of(dossier, Side.VERIFIED)

    assert found.result is None
    lost = {one.code: one.mark.lost for one in components_of(dossier, Side.VERIFIED)}
    assert found.lines
    assert {one.code: one.lost for one in found.lines} == {
        code: points for code, points in lost.items() if points
    }


def test_one_press_opens_the_draft_of_the_year_after_and_each_shows_the_other(
    dossier, editor, client, published
):
    loss = losses_of(dossier, Side.SELF).lines[0]
    client.force_login(editor)
    address = reverse("reports:losses-to-task", args=[dossier.pk])

    answer = client.post(address, {"code": loss.code})

    point = LostPoint.objects.get(dossier=dossier, code=loss.code)
    task, year = point.task, dossier.period.year + 1
    assert answer.status_code == 302
    assert (task.commitment.unit, task.commitment.year) == (dossier.unit, year)
    assert (point.lost, point.result.edition) == (loss.lost, published.edition)
    assert serves(task.criterion, loss.code)
    there = client.get(reverse("reports:losses", args=[dossier.pk])).content.decode()
    here = client.get(reverse("commitments:task", args=[task.pk])).content.decode()
    assert reverse("commitments:task", args=[task.pk]) in there
    assert f"Từ điểm mất ở tiêu chí {loss.code}" in here
    assert published.edition.decision_number in here
    back = client.get(reverse("reports:lost-of-task", args=[task.pk]))
    assert back.url == reverse("reports:losses", args=[dossier.pk]) + f"#dong-{loss.code}"


def test_a_second_press_and_a_component_without_loss_are_refused_in_words(dossier, editor, client):
    client.force_login(editor)
    address = reverse("reports:losses-to-task", args=[dossier.pk])
    code = losses_of(dossier, Side.SELF).lines[0].code
    client.post(address, {"code": code})

    again, nothing = client.post(address, {"code": code}), client.post(address, {"code": "x\0"})

    assert (again.status_code, nothing.status_code) == (409, 409)
    assert "đã thành nhiệm vụ của bản cam kết" in again.content.decode()
    assert "không mất điểm" in nothing.content.decode()
    assert LostPoint.objects.count() == 1


def test_a_refused_press_leaves_no_empty_draft(dossier, editor):
    with pytest.raises(MoveRefused):
        become_task(dossier, "không có", Side.SELF, by=editor)

    assert not Commitment.objects.filter(unit=dossier.unit).exists()


def test_what_is_taken_out_of_the_draft_may_be_taken_up_again(dossier, editor):
    code = losses_of(dossier, Side.SELF).lines[0].code
    task = become_task(dossier, code, Side.SELF, by=editor)
    tasks.remove(task, seen=task.version, by=editor)

    assert become_task(dossier, code, Side.SELF, by=editor).pk != task.pk


def test_those_above_promise_nothing_for_the_unit(dossier, published):
    above = published.year.province.a_person(Role.EDITOR, published.year.province.police)
    with pytest.raises(PermissionDenied):
        become_task(dossier, losses_of(dossier, Side.SELF).lines[0].code, Side.SELF, by=above)


def test_the_database_keeps_one_task_for_a_component(dossier, editor):
    first, second, *_ = losses_of(dossier, Side.SELF).lines
    become_task(dossier, first.code, Side.SELF, by=editor)
    task = become_task(dossier, second.code, Side.SELF, by=editor)

    with pytest.raises(IntegrityError, match="lost_point_one_task_for_a_component"):
        LostPoint.objects.filter(task=task).update(code=first.code)


def test_the_published_page_of_a_unit_offers_the_press_to_its_own_people_alone(
    dossier, editor, published, client
):
    line = published.edition.results.get(unit=dossier.unit)
    address = reverse("reports:unit-result", args=[published.edition.pk, line.pk])
    press = reverse("reports:losses-to-task", args=[dossier.pk])
    code = losses_of(dossier, Side.SELF).lines[0].code

    client.force_login(published.head)
    assert press not in client.get(address).content.decode()
    client.force_login(editor)
    assert press in client.get(address).content.decode()
    client.post(press, {"code": code})
    assert "Đã thành <a" in client.get(address).content.decode()


def test_the_what_if_page_has_the_press_on_every_line_that_lost(dossier, editor, published, client):
    address = reverse("scoring:outlook", args=[dossier.pk])
    presses = [
        f'form="thanh-nhiem-vu" name="code" value="{one.code}"'
        for one in losses_of(dossier, Side.SELF).lines
    ]

    client.force_login(editor)
    shown = client.get(address).content.decode()
    assert all(press in shown for press in presses)
    assert (
        f'id="thanh-nhiem-vu" action="{reverse("reports:losses-to-task", args=[dossier.pk])}"'
        in (shown)
    )
    client.force_login(published.year.province.a_person(Role.STAFF, dossier.unit))
    assert "thanh-nhiem-vu" not in client.get(address).content.decode()


def test_the_page_asks_no_more_when_everything_became_a_task(
    dossier, editor, client, assert_flat_queries
):
    client.force_login(editor)
    address = reverse("reports:losses", args=[dossier.pk])
    lines = losses_of(dossier, Side.SELF).lines
    become_task(dossier, lines[0].code, Side.SELF, by=editor)

    def grow():
        for one in lines[1:]:
            become_task(dossier, one.code, Side.SELF, by=editor)

    assert len(lines) > 1
    assert_flat_queries(lambda: client.get(address), grow=grow)


@pytest.mark.django_db(transaction=True)
def test_of_two_presses_at_once_one_makes_the_task():
    publication = a_disputed_edition()
    dossier = losing(publication.edition)
    province = publication.year.province
    people = [province.a_person(role, dossier.unit) for role in (Role.EDITOR, Role.HEAD)]
    code = losses_of(dossier, Side.SELF).lines[0].code

    refusals = at_once(
        *(lambda by=by: become_task(dossier, code, Side.SELF, by=by) for by in people)
    )

    assert len(refusals) == 1
    assert LostPoint.objects.filter(dossier=dossier, code=code).count() == 1
    assert Commitment.objects.filter(unit=dossier.unit).count() == 1


@pytest.mark.parametrize(
    ("title", "area"),
    [
        ("Công tác chỉ đạo, điều hành CCHC", "direction"),
        ("Cải cách thể chế", "institutions"),
        ("Cải cách thủ tục hành chính", "procedures"),
        ("Cải cách tổ chức bộ máy", "apparatus"),
        ("Xây dựng và nâng cao chất lượng đội ngũ cán bộ", "civil_service"),
        ("Cải cách tài chính công", "finance"),
        ("Xây dựng Chính quyền điện tử", "digital"),
        ("Tác động", "direction"),
    ],
)
def test_an_area_of_criteria_speaks_of_an_area_of_reform(title, area):
    assert area_of(title) == area


def test_where_the_area_tells_nothing_the_component_does():
    assert area_of("Kết quả thực hiện", "Hồ sơ giải quyết đúng hạn") == "procedures"
    assert area_of("Cải cách tài chính công", "Hồ sơ quyết toán") == "finance"


def test_a_task_serves_the_component_whose_code_it_names_first():
    assert serves("1.2.3 Kế hoạch", "1.2.3")
    assert serves(" 1.2.3. ", "1.2.3")
    assert not serves("1.2.31 Kế hoạch", "1.2.3")
    assert not serves("", "1.2.3")


def test_words_are_cut_to_their_room():
    assert cut("x" * 10, 10) == "x" * 10
    assert len(cut("x" * 11, 10)) == 10
    assert origin_of("1.2", Fraction(1, 3), "công bố số 1") == (
        "từ điểm mất ở tiêu chí 1.2 (công bố số 1): 0,33 điểm"
    )
