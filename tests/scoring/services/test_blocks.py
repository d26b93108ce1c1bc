"""Blocks: which units stand in them, on which day."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cchc_portal.kit.errors import ChangedMeanwhile, MoveRefused
from scoring.models import BlockUnit
from scoring.services import blocks
from tests.factories import a_decision, a_unit
from tests.worlds import a_draft_period, a_province
from units.kinds import UnitKind
from units.services import units

pytestmark = pytest.mark.django_db


def a_block(year, name="Khối", kinds=(UnitKind.DEPARTMENT,), handles=None):
    return blocks.add(
        year.period, by=year.organiser, name=name, kinds=list(kinds), handles_procedures=handles
    )


def units_of(block) -> set[int]:
    return set(BlockUnit.objects.filter(block=block).values_list("unit", flat=True))


def test_units_are_chosen_by_kind_below_the_assessor_at_any_depth():
    province = a_province(departments=2, districts=1, communes=3)
    year = a_draft_period(province)
    block = a_block(year, kinds=[UnitKind.COMMUNE_POLICE])

    added = blocks.choose_by_kind(block, by=year.organiser)

    assert added == 3
    assert units_of(block) == {unit.pk for unit in province.communes}


def test_units_are_chosen_by_the_function_they_have_on_the_day_the_period_opens():
    province = a_province(departments=3)
    year = a_draft_period(province)
    changing, later = province.departments[:2]
    opens_on = year.period.opens_on
    change(province, changing, opens_on)
    change(province, later, opens_on + timedelta(days=1))
    block = a_block(year, handles=True)

    blocks.choose_by_kind(block, by=year.organiser)

    assert units_of(block) == {changing.pk}


def test_a_unit_that_begins_or_ended_on_another_day_is_no_candidate():
    province = a_province(departments=1)
    year = a_draft_period(province)
    opens_on = year.period.opens_on
    a_unit(parent=province.police, until=opens_on)
    a_unit(parent=province.police, first_on=opens_on + timedelta(days=1))

    found = set(blocks.candidates(year.period))

    assert found == {province.departments[0]}


def test_the_assessor_and_its_superiors_are_no_candidates():
    province = a_province(departments=1)
    year = a_draft_period(province)

    found = set(blocks.candidates(year.period).values_list("pk", flat=True))

    assert found == {province.departments[0].pk}


def test_a_block_without_kinds_chooses_nobody_by_kind():
    year = a_draft_period()
    block = a_block(year, kinds=[])

    assert blocks.choose_by_kind(block, by=year.organiser) == 0


def test_choosing_by_kind_passes_over_units_of_another_block():
    province = a_province(departments=3)
    year = a_draft_period(province)
    first, second = a_block(year, "Một"), a_block(year, "Hai")
    blocks.add_units(first, [province.departments[0].pk], by=year.organiser)

    added = blocks.choose_by_kind(second, by=year.organiser)

    assert added == 2
    assert units_of(first).isdisjoint(units_of(second))


def test_adding_a_unit_that_is_not_below_the_assessor_is_refused_by_name():
    year = a_draft_period()
    stranger = a_unit(name="Phòng ở nơi khác")

    with pytest.raises(MoveRefused, match="Không trực thuộc .*: Phòng ở nơi khác"):
        blocks.add_units(a_block(year), [stranger.pk], by=year.organiser)


def test_adding_a_unit_that_stands_in_another_block_is_refused_by_name():
    year = a_draft_period()
    department = year.province.departments[0]
    blocks.add_units(a_block(year, "Một"), [department.pk], by=year.organiser)

    with pytest.raises(MoveRefused, match=f"khối khác của kỳ này: {department.name}"):
        blocks.add_units(a_block(year, "Hai"), [department.pk], by=year.organiser)


def test_a_refusal_adds_nobody_of_those_that_came_with_it():
    year = a_draft_period()
    block, department = a_block(year), year.province.departments[0]

    with pytest.raises(MoveRefused):
        blocks.add_units(block, [department.pk, 10**9], by=year.organiser)

    assert units_of(block) == set()


def test_adding_a_unit_twice_adds_it_once():
    year = a_draft_period()
    block, department = a_block(year), year.province.departments[0]
    blocks.add_units(block, [department.pk], by=year.organiser)

    assert blocks.add_units(block, [department.pk], by=year.organiser) == 0
    assert units_of(block) == {department.pk}


def test_a_removed_unit_may_go_into_another_block():
    year = a_draft_period()
    one, two, department = a_block(year, "Một"), a_block(year, "Hai"), year.province.departments[0]
    blocks.add_units(one, [department.pk], by=year.organiser)

    removed = blocks.remove_units(one, [department.pk], by=year.organiser)
    blocks.add_units(two, [department.pk], by=year.organiser)

    assert removed == 1
    assert units_of(two) == {department.pk}


def test_many_strangers_are_named_in_part_and_counted():
    year = a_draft_period()
    strangers = [a_unit(name=f"Phòng lạ {number}").pk for number in range(5)]

    with pytest.raises(MoveRefused, match="Phòng lạ 0, Phòng lạ 1, Phòng lạ 2 và 2 đơn vị khác"):
        blocks.add_units(a_block(year), strangers, by=year.organiser)


def test_two_blocks_may_not_bear_one_name():
    year = a_draft_period()
    a_block(year, "Một")

    with pytest.raises(MoveRefused, match="khối cùng tên"):
        a_block(year, "Một")


def test_a_block_is_renamed_and_its_units_stay():
    year = a_draft_period()
    block = a_block(year)
    blocks.choose_by_kind(block, by=year.organiser)

    edited = blocks.edit(block, by=year.organiser, seen=1, name="Khối phòng", kinds=[])

    assert (edited.name, edited.version) == ("Khối phòng", 2)
    assert len(units_of(block)) == 2


def test_an_edit_of_an_older_version_of_a_block_is_refused():
    year = a_draft_period()
    block = a_block(year)
    blocks.edit(block, by=year.organiser, seen=1, name="Người thứ nhất")

    with pytest.raises(ChangedMeanwhile):
        blocks.edit(block, by=year.organiser, seen=1, name="Người thứ hai")


def test_a_renaming_to_a_name_that_is_taken_is_refused():
    year = a_draft_period()
    a_block(year, "Một")
    other = a_block(year, "Hai")

    with pytest.raises(MoveRefused, match="khối cùng tên"):
        blocks.edit(other, by=year.organiser, seen=1, name="Một")


def test_a_block_goes_with_its_units():
    year = a_draft_period()
    block = a_block(year)
    blocks.choose_by_kind(block, by=year.organiser)

    blocks.remove(block, by=year.organiser)

    assert not year.period.blocks.exists()
    assert not BlockUnit.objects.filter(period=year.period).exists()


def test_every_change_of_a_block_leaves_a_line():
    year = a_draft_period()
    block = a_block(year)
    blocks.choose_by_kind(block, by=year.organiser)
    blocks.remove_units(block, [year.province.departments[0].pk], by=year.organiser)

    lines = year.period.events.order_by("pk").values_list("verb", "comment")

    assert list(lines)[1:] == [
        ("block", "thêm “Khối”"),
        ("units", "thêm 2, khối “Khối”"),
        ("units", "bỏ 1, khối “Khối”"),
    ]


def change(province, unit, day) -> None:
    assert day > timezone.localdate() - timedelta(days=400)
    units.change_function(
        unit, handles_procedures=True, decision=a_decision(day), by=province.administrator
    )
