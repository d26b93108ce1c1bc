"""Satisfaction in figures: published ones come out exactly, and what is not sure is not told."""

from decimal import Decimal
from fractions import Fraction

import pytest

from cchc_portal.kit.numerals import half_up, written
from scoring.rules.satisfaction import (
    Formula,
    ShownTally,
    Tally,
    figure,
    groups,
    interval,
    of_aspects,
    places,
    read,
    sample_size,
    why_not_compared,
    without_remainders,
    without_the_hidden,
)

SHARE = Formula.SHARE


def a_tally(satisfied: int, rated: int) -> Tally:
    return of_aspects([(satisfied // 2, satisfied - satisfied // 2, rated - satisfied, 0, 0)])


@pytest.mark.parametrize(
    ("satisfied", "rated", "printed"),
    [
        (2518, 2756, "91,36"),  # Gia Lai 2020, districts
        (927, 1144, "81,03"),  # communes
        (3205, 3628, "88,34"),  # the province's own units
        (6650, 7528, "88,34"),  # all of them
    ],
)
def test_the_published_shares_of_gia_lai_2020_come_out_exactly(satisfied, rated, printed):
    assert written(figure(a_tally(satisfied, rated), SHARE), 2) == printed


def test_the_mean_is_taken_of_marks_five_to_one():
    tally = of_aspects([(2, 1, 0, 0, 1)])

    assert figure(tally, Formula.MEAN) == Fraction(100 * (5 + 5 + 4 + 1), 5 * 4)
    assert figure(Tally(), Formula.MEAN) is None


def test_whoever_rates_seven_aspects_is_one_person():
    tally = of_aspects([(30, 10, 0, 0, 0)] * 6 + [(5, 0, 0, 0, 0)])

    assert (tally.people, tally.rated, tally.satisfied) == (40, 245, 245)
    assert (tally + tally).people == 80


@pytest.mark.parametrize(
    ("dealings", "margin", "people"),
    [(100, 5, 80), (1000, 5, 286), (10**9, 5, 400), (1, 5, 1), (1000, 10, 91), (0, 5, 0)],
)
def test_a_sample_is_as_large_as_the_method_says(dealings, margin, people):
    assert sample_size(dealings, Decimal(margin)) == people


@pytest.mark.parametrize(
    ("satisfied", "people", "low", "high"),
    [(81, 263, "25.53", "36.62"), (15, 148, "6.24", "16.05"), (0, 20, "0.00", "16.11")],
)
def test_the_interval_is_the_one_of_the_books(satisfied, people, low, high):
    """R. G. Newcombe, Statistics in Medicine 17 (1998), table I, method 3."""
    found = interval(a_tally(satisfied, people), SHARE)

    assert [str(half_up(Fraction(end), 2)) for end in found] == [low, high]


def test_all_satisfied_is_not_certain_and_the_end_is_a_hundred():
    low, high = interval(a_tally(40, 40), SHARE)

    assert 91 < low < 92
    assert high == 100


def test_too_few_people_give_no_figure_at_all():
    few = read(a_tally(29, 29), SHARE, 30)

    assert (few.enough, few.figure, few.low, few.high) == (False, None, None, None)
    assert read(a_tally(30, 30), SHARE, 30).enough


def test_units_whose_intervals_overlap_with_the_first_of_a_group_are_not_ranked_inside_it():
    readings = {
        1: read(a_tally(990, 1000), SHARE, 30),
        2: read(a_tally(985, 1000), SHARE, 30),
        3: read(a_tally(900, 1000), SHARE, 30),
        4: read(a_tally(5, 9), SHARE, 30),
        5: read(a_tally(700, 1000), SHARE, 30),
    }

    found = groups(readings)

    assert found == [[1, 2], [3], [5]]
    assert places(found) == {1: "1–2", 2: "1–2", 3: "3", 5: "4"}


def test_what_units_hide_that_are_too_few_cannot_be_had_from_the_whole():
    large, small = read(a_tally(90, 100), SHARE, 30), read(a_tally(3, 4), SHARE, 30)
    some = read(a_tally(16, 20), SHARE, 30)

    assert without_the_hidden({1: large, 2: small}, 30) == [1]
    assert without_the_hidden({1: large, 2: small, 3: small}, 30) == [1]
    assert without_the_hidden({1: large, 2: some, 3: some}, 30) == [1, 2, 3]
    assert without_the_hidden({1: large}, 30) == [1]
    assert without_the_hidden({1: small}, 30) == [1]


def test_an_aspect_that_too_few_rated_cannot_be_had_from_the_whole_beside_it():
    many, fewer, few = (
        read(Tally((people, 0, 0, 0, 0), people), Formula.SHARE, 30) for people in (90, 40, 3)
    )
    nobody = read(Tally(), Formula.SHARE, 30)

    def shown(*aspects):
        return [one.enough for one in without_remainders(aspects, 30)]

    assert shown(many, few, fewer) == [True, False, False], "the next smallest goes with it"
    assert shown(many, few, few, fewer) == [True, False, False, False], "six are too few as well"
    assert shown(many, nobody, fewer) == [True, False, True], "nothing is to be had of nobody"
    assert shown(many, fewer) == [True, True]
    assert without_remainders([many, few, fewer], 30)[2].figure is None


def test_nothing_is_compared_across_a_change_of_formula_without_saying_so():
    now, few = read(a_tally(90, 100), SHARE, 30), read(a_tally(3, 4), SHARE, 30)

    def told(before: ShownTally | None, formula: Formula | None) -> str:
        return why_not_compared(now, SHARE, before, formula)

    assert told(now, SHARE) == ""
    assert told(now, Formula.MEAN) == "đợt trước tính theo công thức khác"
    assert told(few, SHARE) == "quá ít người đánh giá"
    assert told(None, None) == "không có đợt trước"
