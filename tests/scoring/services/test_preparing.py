"""Drafting, editing and copying a period while it is being prepared."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from cchc_portal.kit.errors import ChangedMeanwhile, MoveRefused
from scoring.models import BlockUnit, Criterion, Period
from scoring.rules.kinds import Level, Preparation
from scoring.services import blocks, criteria, periods
from tests.factories import a_decision
from tests.worlds import (
    a_draft_period,
    a_prepared_period,
    a_province,
    an_open_period,
    dates_around,
)
from units.kinds import UnitKind
from units.permissions import Role
from units.services import units

pytestmark = pytest.mark.django_db

NOT_ORGANISERS = (Role.EDITOR, Role.HEAD, Role.VERIFIER, Role.LEADER, Role.ADMINISTRATOR)


def test_a_draft_has_the_usual_rules_of_ranking_and_a_line_in_its_log():
    year = a_draft_period()

    period = Period.objects.get(pk=year.period.pk)
    assert period.state == "preparing"
    assert [str(floor) for floor in period.band_floors] == ["95.00", "80.00", "70.00", "50.00"]
    assert period.band_labels[-1] == "Không hoàn thành nhiệm vụ"
    assert [line.verb for line in period.events.all()] == [Preparation.DRAFT]


@pytest.mark.parametrize("role", NOT_ORGANISERS)
def test_only_an_organiser_at_the_assessor_drafts_a_period(role):
    province = a_province()
    somebody = province.a_person(role, province.police)

    with pytest.raises(PermissionDenied):
        periods.draft(
            assessor=province.police,
            by=somebody,
            year=2026,
            title="Kỳ thử",
            **dates_around(date(2026, 9, 20)),
        )


def test_an_organiser_of_a_department_drafts_nothing_for_the_province():
    province = a_province()
    somebody = province.a_person(Role.ORGANISER, province.departments[0])

    with pytest.raises(PermissionDenied):
        periods.draft(assessor=province.police, by=somebody, year=2026, title="Kỳ thử")


def test_two_periods_of_a_year_may_not_bear_one_title():
    year = a_draft_period()

    with pytest.raises(MoveRefused, match="cùng tên trong năm"):
        a_draft_period(year.province)


def test_an_edit_writes_what_changed_and_names_it_in_the_log():
    year = a_draft_period()

    edited = periods.edit(year.period, by=year.organiser, seen=1, title="Tên mới", places=3)

    kept = Period.objects.get(pk=edited.pk)
    assert (kept.title, kept.places, kept.version) == ("Tên mới", 3, 2)
    assert kept.events.latest("pk").comment == "tên kỳ đánh giá, số chữ số thập phân công bố"


def test_an_edit_of_an_older_version_is_refused():
    year = a_draft_period()
    periods.edit(year.period, by=year.organiser, seen=1, title="Người thứ nhất")

    with pytest.raises(ChangedMeanwhile):
        periods.edit(year.period, by=year.organiser, seen=1, title="Người thứ hai")

    assert Period.objects.get(pk=year.period.pk).title == "Người thứ nhất"


def test_an_edit_to_a_title_that_is_taken_is_refused():
    year = a_draft_period()
    other = a_draft_period(year.province, title="Kỳ khác")

    with pytest.raises(MoveRefused, match="cùng tên"):
        periods.edit(other.period, by=other.organiser, seen=1, title=year.period.title)


@pytest.mark.parametrize(
    "change",
    [
        lambda year: periods.edit(year.period, by=year.organiser, seen=1, title="Khác"),
        lambda year: blocks.add(year.period, by=year.organiser, name="Thêm", kinds=[]),
        lambda year: blocks.edit(year.block, by=year.organiser, seen=1, name="Khác"),
        lambda year: blocks.remove(year.block, by=year.organiser),
        lambda year: blocks.choose_by_kind(year.block, by=year.organiser),
        lambda year: blocks.add_units(year.block, [1], by=year.organiser),
        lambda year: blocks.remove_units(year.block, [1], by=year.organiser),
        lambda year: criteria.copy_into(
            year.block, year.block.criteria_set.copied_from, by=year.organiser
        ),
        lambda year: criteria.edit(a_component(year), by=year.organiser, seen=1, maximum=1),
        lambda year: criteria.add_component(a_component(year).parent, by=year.organiser),
        lambda year: criteria.remove_component(a_component(year), by=year.organiser),
    ],
)
def test_nothing_is_prepared_any_more_once_the_period_has_been_opened(change):
    year = an_open_period()

    with pytest.raises(MoveRefused, match="đã mở"):
        change(year)


@pytest.mark.parametrize("role", NOT_ORGANISERS)
@pytest.mark.parametrize(
    "change",
    [
        lambda year, by: periods.edit(year.period, by=by, seen=1, title="Khác"),
        lambda year, by: periods.copy(year.period, by=by, year=2027),
        lambda year, by: blocks.add(year.period, by=by, name="Thêm", kinds=[]),
        lambda year, by: blocks.choose_by_kind(year.block, by=by),
        lambda year, by: criteria.remove_component(a_component(year), by=by),
        lambda year, by: periods.open(year.period, by=by),
        lambda year, by: periods.lock(year.period, by=by),
    ],
)
def test_nobody_but_an_organiser_changes_a_period(role, change):
    year = a_prepared_period()
    somebody = year.province.a_person(role, year.province.police)

    with pytest.raises(PermissionDenied):
        change(year, somebody)


def test_a_copy_has_the_rules_the_blocks_and_the_criteria_as_they_were_used():
    year = a_prepared_period(places=3)
    component = a_component(year)
    criteria.edit(component, by=year.organiser, seen=1, title="Tên đã sửa")

    copied = periods.copy(year.period, by=year.organiser, **next_year(year.period))

    block = copied.blocks.get()
    assert (copied.places, block.name, block.kinds) == (3, "Khối phòng", [UnitKind.DEPARTMENT])
    titles = block.criteria_set.criteria.components().values_list("title", flat=True)
    assert "Tên đã sửa" in titles
    assert block.criteria_set.copied_from == year.block.criteria_set.copied_from
    assert units_of(block) == units_of(year.block)


def test_a_copy_chooses_units_anew_and_keeps_the_exceptions_made_by_hand():
    province = a_province(departments=3, communes=1)
    year = a_prepared_period(province)
    left_out, added = province.departments[0], province.communes[0]
    blocks.remove_units(year.block, [left_out.pk], by=year.organiser)
    blocks.add_units(year.block, [added.pk], by=year.organiser)
    newcomer = units.found(
        province.police,
        code="TN-P09",
        name="Phòng mới",
        kind=UnitKind.DEPARTMENT,
        decision=a_decision(timezone.localdate() + timedelta(days=30)),
        by=province.administrator,
    )

    copied = periods.copy(year.period, by=year.organiser, **next_year(year.period))

    kept = {unit.pk for unit in province.departments[1:]}
    assert units_of(copied.blocks.get()) == kept | {added.pk, newcomer.pk}


def a_component(year) -> Criterion:
    return Criterion.objects.filter(
        criteria_set__block__period=year.period, level=Level.COMPONENT
    ).first()


def units_of(block) -> set[int]:
    return set(BlockUnit.objects.filter(block=block).values_list("unit", flat=True))


def next_year(period) -> dict:
    later = {
        name: getattr(period, name) + timedelta(days=365)
        for name in dates_around(timezone.localdate())
    }
    return later | {"year": period.year + 1, "title": "Kỳ năm sau"}
