"""What changed since the earlier period: points and rank, kept apart."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.rules.points import shown
from scoring.rules.year_change import Result, year_change

percentages = st.fractions(0, 105, max_denominator=1_000)


def result(figure, rank=1, block="Khối phòng"):
    return Result(Fraction(figure), rank, block)


@pytest.mark.parametrize(
    ("now", "before", "points"),
    [("97.44", "96.02", "1.42"), ("94", "94.97", "-0.97"), ("90", "90", "0.00")],
)
def test_points_are_what_the_unit_won_or_lost(now, before, points):
    assert str(year_change(result(now), result(before)).points) == points


def test_the_difference_is_the_one_a_reader_finds_between_the_two_prints():
    change = year_change(result("90.005"), result("90.004"))

    assert change.points == Decimal("0.01")


@given(percentages, percentages, st.integers(0, 4))
def test_the_change_there_and_back_is_nought(one, other, places):
    there = year_change(result(one), result(other), places)
    back = year_change(result(other), result(one), places)

    assert there.points == -back.points == shown(one, places) - shown(other, places)


@pytest.mark.parametrize(
    ("now", "before", "up", "down"), [(1, 5, 4, -4), (5, 1, -4, 4), (3, 3, 0, 0)]
)
def test_a_smaller_rank_is_a_higher_place(now, before, up, down):
    change = year_change(result("90", now), result("80", before))

    assert (change.places_up, change.places_down) == (up, down)


def test_ranks_of_two_blocks_are_not_compared():
    change = year_change(result("90", 1, "Khối phòng"), result("80", 9, "Khối cấp huyện"))

    assert (change.points, change.places_up) == (10, None)
