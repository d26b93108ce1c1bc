"""Two organisers at the same moment: one does it, the other reads a sentence."""

from decimal import Decimal

import pytest

from cchc_portal.kit.errors import ChangedMeanwhile
from scoring.models import Block, BlockUnit, CriteriaSet, Criterion, Dossier, Period
from scoring.services import blocks, catalogue, criteria, periods
from tests.races import at_once
from tests.worlds import (
    a_draft_period,
    a_prepared_period,
    a_province,
    dates_around,
    small_trees,
)

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_who_open_at_once_make_one_set_of_dossiers():
    year = a_prepared_period(a_province(departments=3))

    (refusal,) = at_once(
        lambda: periods.open(year.period, by=year.organiser),
        lambda: periods.open(year.period, by=year.organiser),
    )

    assert refusal == ("Không thể mở kỳ đánh giá: kỳ đánh giá đang ở trạng thái “đang đánh giá”.")
    assert Dossier.objects.count() == 3


def test_an_opening_and_an_edit_at_once_never_freeze_half_an_edit():
    year = a_prepared_period(a_province(departments=2))
    component = Criterion.objects.get(criteria_set__block=year.block, code="1.1.1")

    refusals = at_once(
        lambda: periods.open(year.period, by=year.organiser),
        lambda: criteria.edit(component, by=year.organiser, seen=1, maximum=Decimal(6)),
    )

    opened = Period.objects.get().state == "open"
    component.refresh_from_db()
    assert len(refusals) == 1
    assert opened == (component.maximum == 5)


def test_the_same_title_drafted_twice_at_once_is_drafted_once():
    year = a_draft_period()
    columns = dates_around(year.period.opens_on)

    def draft():
        periods.draft(
            assessor=year.province.police, by=year.organiser, year=2031, title="Một", **columns
        )

    (refusal,) = at_once(draft, draft)

    assert "cùng tên" in refusal
    assert Period.objects.filter(title="Một").count() == 1


def test_a_unit_put_into_two_blocks_at_once_stands_in_one():
    year = a_draft_period()
    one, two = (
        blocks.add(year.period, by=year.organiser, name=name, kinds=[]) for name in ("Một", "Hai")
    )
    unit = year.province.departments[0].pk

    (refusal,) = at_once(
        lambda: blocks.add_units(one, [unit], by=year.organiser),
        lambda: blocks.add_units(two, [unit], by=year.organiser),
    )

    assert "khối khác" in refusal
    assert BlockUnit.objects.count() == 1


def test_two_blocks_of_one_name_at_once_are_one_block():
    year = a_draft_period()

    (refusal,) = at_once(
        lambda: blocks.add(year.period, by=year.organiser, name="Một", kinds=[]),
        lambda: blocks.add(year.period, by=year.organiser, name="Một", kinds=[]),
    )

    assert "cùng tên" in refusal
    assert Block.objects.count() == 1


def test_two_edits_of_one_component_at_once_keep_one():
    year = a_prepared_period()
    component = Criterion.objects.get(criteria_set__block=year.block, code="1.1.1")

    (refusal,) = at_once(
        lambda: criteria.edit(component, by=year.organiser, seen=1, title="Một"),
        lambda: criteria.edit(component, by=year.organiser, seen=1, title="Hai"),
    )

    component.refresh_from_db()
    assert "người khác thay đổi" in refusal
    assert component.version == 2


def test_two_edits_of_one_period_at_once_keep_one():
    year = a_draft_period()

    (refusal,) = at_once(
        lambda: periods.edit(year.period, by=year.organiser, seen=1, title="Một"),
        lambda: periods.edit(year.period, by=year.organiser, seen=1, title="Hai"),
    )

    assert "người khác thay đổi" in refusal


def test_two_who_add_a_component_at_once_add_two_with_codes_of_their_own():
    year = a_prepared_period()
    parent = Criterion.objects.get(criteria_set__block=year.block, code="1.1")

    def add():
        criteria.add_component(
            parent, by=year.organiser, title="Mới", maximum=Decimal(1), rule={"type": "binary"}
        )

    assert at_once(add, add) == []
    assert set(parent.children.values_list("code", flat=True)) >= {"1.1.4", "1.1.5"}


def test_two_who_remove_one_component_at_once_are_told_that_it_is_gone():
    year = a_prepared_period()
    component = Criterion.objects.get(criteria_set__block=year.block, code="1.1.1")

    (refusal,) = at_once(
        lambda: criteria.remove_component(component, by=year.organiser),
        lambda: criteria.remove_component(component, by=year.organiser),
    )

    assert "không còn" in refusal


def test_a_block_removed_while_another_edits_it_is_told_to_be_gone():
    year = a_prepared_period()
    kept = year.block
    blocks.remove(year.block, by=year.organiser)

    for late in (
        lambda: blocks.edit(kept, by=year.organiser, seen=1, name="Khác"),
        lambda: criteria.copy_into(kept, CriteriaSet.objects.get(), by=year.organiser),
    ):
        with pytest.raises(ChangedMeanwhile, match="người khác bỏ"):
            late()


def test_one_file_imported_twice_at_once_is_one_version():
    trees = small_trees()

    refusals = at_once(lambda: catalogue.import_sets(trees), lambda: catalogue.import_sets(trees))

    assert refusals == []
    assert CriteriaSet.objects.count() == 1
