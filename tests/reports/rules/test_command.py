"""What a leader is told: exact sums, moves by successors, units to ask about."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.rules.command import (
    Both,
    area_losses,
    ends,
    moves,
    parting,
    worst_first,
)
from scoring.rules.year_change import Result

POINTS = st.tuples(
    st.sampled_from(["Một", "Hai", "Ba"]),
    st.fractions(min_value=0, max_value=9, max_denominator=12),
    st.decimals(min_value=0, max_value=9, places=2),
)


@given(st.lists(st.lists(POINTS, max_size=4), max_size=6))
def test_what_the_whole_lost_is_the_sum_of_what_its_units_lost(units):
    found = area_losses(units)

    for title, loss in found.items():
        counted = [
            (Fraction(maximum) - points, maximum)
            for areas in units
            for name, points, maximum in areas
            if name == title and maximum
        ]
        assert loss.lost == sum(lost for lost, _ in counted)
        assert loss.share == 100 * loss.lost / sum(Fraction(maximum) for _, maximum in counted)
        assert loss.each * len(counted) == loss.lost


def test_an_area_in_which_nothing_counts_loses_nothing():
    assert area_losses([[("Điểm thưởng", Fraction(2), Decimal(0))]]) == {}


def test_the_area_that_costs_most_points_comes_first_not_that_of_the_largest_share():
    found = area_losses([[("Nhỏ", Fraction(0), Decimal(1)), ("Lớn", Fraction(8), Decimal(12))]])

    assert [one.title for one in worst_first(found.values())] == ["Lớn", "Nhỏ"]


def a_result(rank: int, block: str = "Khối xã") -> Result:
    return Result(Fraction(90), rank, block)


def test_a_successor_is_held_against_the_one_ranked_unit_it_succeeds():
    found = moves({9: a_result(1)}, {1: a_result(4)}, {9: [1, 2]})

    assert [(one.places_up, one.before) for one in found] == [(3, 1)]


def test_a_successor_of_several_ranked_units_has_no_place_of_then():
    assert moves({9: a_result(1)}, {1: a_result(4), 2: a_result(5)}, {9: [1, 2]}) == []


def test_a_unit_with_a_result_of_its_own_is_not_held_against_those_it_took_in():
    found = moves({9: a_result(1)}, {9: a_result(2), 1: a_result(8)}, {9: [1]})

    assert [one.places_up for one in found] == [1]


def test_ranks_of_different_blocks_are_not_compared():
    assert moves({9: a_result(1)}, {9: a_result(2, "Khối phòng")}, {}) == []


def test_the_ends_are_who_climbed_and_who_fell_and_nobody_who_stayed():
    before = {unit: a_result(unit) for unit in range(1, 6)}
    now = {1: a_result(3), 2: a_result(2), 3: a_result(1), 4: a_result(5), 5: a_result(4)}

    chosen = ends(moves(now, before, {}), 1)

    assert [(one.unit, one.places_up) for one in chosen] == [(3, 2), (1, -2)]


def stands(index: int, satisfaction: int, until: str | None = None) -> Both:
    return Both(Fraction(index), Fraction(satisfaction), Decimal(until) if until else None)


OTHERS = {
    1: stands(95, 80, "85"),
    2: stands(94, 97, "99"),
    3: stands(70, 96, "98"),
    4: stands(71, 70, "75"),
    5: stands(72, 95, "97"),
}


def test_who_scores_well_and_surely_satisfies_little_is_asked_about():
    found = parting(OTHERS)

    assert found is not None
    assert found.asked == ()
    assert parting({**OTHERS, 6: stands(90, 60, "68")}).asked == (6,)


@pytest.mark.parametrize("until", ["90", None])
def test_nobody_is_asked_about_whose_interval_reaches_the_middle_or_is_not_known(until):
    found = parting({**OTHERS, 6: stands(90, 60, until)})

    assert (found.asked, found.unsure) == ((), (6,))
    assert found.satisfaction == Fraction(175, 2)


def test_of_three_units_nobody_stands_in_the_lower_quarter():
    assert parting({unit: stands(90, unit) for unit in range(3)}) is None
