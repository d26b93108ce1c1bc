"""Criteria of a block: a copy of its own, sums that follow, versions that are looked at."""

from decimal import Decimal

import pytest

from cchc_portal.kit.errors import ChangedMeanwhile, MoveRefused
from scoring.models import CriteriaSet, Criterion
from scoring.rules.criteria import faults
from scoring.rules.kinds import Source
from scoring.services import criteria
from scoring.services.catalogue import digest_of
from tests.worlds import a_prepared_period, the_small_set

pytestmark = pytest.mark.django_db

BINARY = {"type": "binary"}


def node(year, code: str) -> Criterion:
    return Criterion.objects.get(criteria_set__block__period=year.period, code=code)


def maxima(year, *codes: str) -> list[str]:
    return [f"{node(year, code).maximum.normalize():f}" for code in codes]


def test_a_copy_says_the_same_as_the_catalogue():
    year = a_prepared_period()
    catalogue = the_small_set()

    copied = CriteriaSet.objects.get(block=year.block)

    tree = criteria.as_tree(copied, copied.criteria.all())
    assert digest_of(tree) == catalogue.digest
    assert copied.copied_from == catalogue


def test_a_new_choice_replaces_the_copy_the_block_had():
    year = a_prepared_period()
    criteria.edit(node(year, "1.1.1"), by=year.organiser, seen=1, title="Đã sửa")

    criteria.copy_into(year.block, the_small_set(), by=year.organiser)

    assert CriteriaSet.objects.filter(block=year.block).count() == 1
    assert node(year, "1.1.1").title == "Ban hành kế hoạch"


def test_editing_the_copy_leaves_the_catalogue_alone():
    year = a_prepared_period()

    criteria.edit(node(year, "1.1.1"), by=year.organiser, seen=1, maximum=Decimal("5.5"))

    assert the_small_set().criteria.get(code="1.1.1").maximum == 5


def test_the_sums_above_follow_the_points_of_a_component():
    year = a_prepared_period()

    criteria.edit(node(year, "1.1.1"), by=year.organiser, seen=1, maximum=Decimal("5.125"))

    assert maxima(year, "1.1.1", "1.1", "1") == ["5.125", "25.125", "40.125"]
    assert CriteriaSet.objects.get(block=year.block).maximum == Decimal("100.125")


def test_points_changed_by_a_person_are_no_longer_assumed():
    year = a_prepared_period()
    criteria.edit(node(year, "1.1.1"), by=year.organiser, seen=1, title="Chỉ sửa tên")
    assert node(year, "1.1.1").assumed

    criteria.edit(node(year, "1.1.1"), by=year.organiser, seen=2, maximum=Decimal(6))

    assert not node(year, "1.1.1").assumed


def test_an_edit_of_an_older_version_is_refused():
    year = a_prepared_period()
    criteria.edit(node(year, "1.1.1"), by=year.organiser, seen=1, title="Người thứ nhất")

    with pytest.raises(ChangedMeanwhile):
        criteria.edit(node(year, "1.1.1"), by=year.organiser, seen=1, title="Người thứ hai")

    assert node(year, "1.1.1").title == "Người thứ nhất"


def test_of_an_area_only_the_title_can_be_changed():
    year = a_prepared_period()

    criteria.edit(node(year, "1"), by=year.organiser, seen=1, title="Chỉ đạo")

    assert node(year, "1").title == "Chỉ đạo"
    with pytest.raises(TypeError):
        criteria.edit(node(year, "1"), by=year.organiser, seen=2, maximum=Decimal(1))


def test_an_added_component_stands_last_in_its_criterion_and_the_set_stays_sound():
    year = a_prepared_period()

    added = criteria.add_component(
        node(year, "1.1"), by=year.organiser, title="Mới", maximum=Decimal(2), rule=BINARY
    )

    owned = CriteriaSet.objects.get(block=year.block)
    order = list(owned.criteria.order_by("position").values_list("code", flat=True))
    assert added.code == "1.1.4"
    assert order[order.index("1.1.3") + 1] == "1.1.4"
    assert order[order.index("1.1.4") + 1] == "1.2"
    assert owned.maximum == 102
    assert not faults(criteria.as_tree(owned, owned.criteria.all()))


def test_a_component_is_added_only_to_a_criterion():
    year = a_prepared_period()

    with pytest.raises(MoveRefused, match="trong một tiêu chí"):
        criteria.add_component(
            node(year, "1"), by=year.organiser, title="Mới", maximum=Decimal(2), rule=BINARY
        )


def test_the_code_of_a_removed_component_is_not_given_to_another_while_one_stands_above_it():
    year = a_prepared_period()
    criteria.remove_component(node(year, "1.1.2"), by=year.organiser)

    added = criteria.add_component(
        node(year, "1.1"), by=year.organiser, title="Mới", maximum=Decimal(1), rule=BINARY
    )

    assert added.code == "1.1.4"


def test_a_removed_component_takes_its_points_out_of_every_sum():
    year = a_prepared_period()

    criteria.remove_component(node(year, "1.1.2"), by=year.organiser)

    assert maxima(year, "1.1", "1") == ["15", "30"]
    assert CriteriaSet.objects.get(block=year.block).maximum == 90


def test_a_criterion_and_an_area_go_with_their_last_component():
    year = a_prepared_period()

    for code in ("2.2.1", "2.1.1", "2.1.2"):
        criteria.remove_component(node(year, code), by=year.organiser)

    left = Criterion.objects.filter(criteria_set__block=year.block, code__startswith="2")
    assert not left.exists()
    assert CriteriaSet.objects.get(block=year.block).maximum == 60


def test_the_last_component_of_a_set_stays():
    year = a_prepared_period()
    owned = CriteriaSet.objects.get(block=year.block)
    codes = list(owned.criteria.components().values_list("code", flat=True))
    for code in codes[1:]:
        criteria.remove_component(node(year, code), by=year.organiser)

    with pytest.raises(MoveRefused, match="ít nhất một"):
        criteria.remove_component(node(year, codes[0]), by=year.organiser)


def test_an_area_cannot_be_removed_as_if_it_were_a_component():
    year = a_prepared_period()

    with pytest.raises(MoveRefused, match="tiêu chí thành phần"):
        criteria.remove_component(node(year, "1"), by=year.organiser)


def test_bonus_points_stand_outside_the_maximum_of_the_set():
    year = a_prepared_period()

    criteria.edit(node(year, "2.2.1"), by=year.organiser, seen=1, source=Source.BONUS)

    assert CriteriaSet.objects.get(block=year.block).maximum == 85


def test_a_change_of_points_is_told_in_the_log():
    year = a_prepared_period()

    criteria.edit(node(year, "1.1.1"), by=year.organiser, seen=1, maximum=Decimal("5.5"))

    told = year.period.events.latest("pk").comment
    assert told == "sửa 1.1.1: điểm tối đa 5 → 5,5, khối “Khối phòng”"
