"""Sums are exact, the maximum is the unit's own, and rounding happens once."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.rules.points import percent, shown, telling_places

FIGURES = st.fractions(min_value=0, max_value=100, max_denominator=500)


@pytest.mark.parametrize(
    ("points", "maximum", "expected"),
    [
        (Decimal("69.25"), Decimal("71.5"), "96.85"),
        (Decimal("83.59"), Decimal("96.5"), "86.62"),
        (Decimal("49.07"), 100, "49.07"),
        (Fraction(62), 70, "88.57"),
        (Fraction(71), 75, "94.67"),
        (2518, 2756, "91.36"),
        (927, 1144, "81.03"),
    ],
)
def test_published_percentages_follow_from_points_and_own_maximum(points, maximum, expected):
    assert shown(percent(points, maximum)) == Decimal(expected)


def test_a_unit_with_exempt_criteria_is_held_against_what_applies_to_it():
    exempt, full = percent(Decimal("69.00"), Decimal("71.5")), percent(Decimal("86.05"), 100)

    assert exempt > full


def test_nothing_applicable_is_no_division_by_nought():
    assert percent(0, 0) == 0


def test_parts_rounded_before_the_sum_would_give_another_total():
    sections = [Fraction(205, 1000), Fraction(205, 1000), Fraction(1925, 10_000)]

    assert sum(sections) == Fraction(6025, 10_000)
    assert shown(sum(sections)) == Decimal("0.60")
    assert sum(shown(section) for section in sections) == Decimal("0.61")


def test_two_units_that_differ_are_not_cut_to_the_same_figure():
    thirds, eighths = Fraction(13, 3), Fraction(35, 8)

    assert shown(thirds, 1) == Decimal("4.3")
    assert shown(eighths, 1) == Decimal("4.4")
    assert telling_places([thirds, eighths], 0) == 1


def test_a_small_unit_is_not_printed_as_nothing_beside_one_that_has_nothing():
    assert telling_places([Fraction(0), Fraction(1, 300)]) == 3


@given(st.lists(FIGURES, max_size=8), st.integers(min_value=0, max_value=3))
def test_telling_places_are_the_fewest_that_tell_every_figure_apart(figures, least):
    places = telling_places(figures, least)

    def kinds(decimals):
        return len({shown(figure, decimals) for figure in figures})

    assert places >= least
    assert kinds(places) == len(set(figures))
    assert places == least or kinds(places - 1) < len(set(figures))


@given(st.lists(st.tuples(FIGURES, st.integers(min_value=1, max_value=100)), min_size=1))
def test_a_percentage_lies_within_nought_and_a_hundred_and_is_exact(scores):
    earned = sum(share * maximum / 100 for share, maximum in scores)
    figure = percent(earned, sum(maximum for _, maximum in scores))

    assert type(figure) is Fraction
    assert 0 <= figure <= 100
