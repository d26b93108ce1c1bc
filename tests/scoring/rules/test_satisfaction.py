"""Satisfaction in figures: published ones come out exactly, and what is not sure is not told."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc_portal.kit.numerals import half_up, written
from scoring.rules.satisfaction import (
    Formula,
    Measure,
    ShownTally,
    Tally,
    figure,
    interval,
    of_aspects,
    places,
    read,
    sample_size,
    why_not_compared,
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


def an_interval(low: int, high: int) -> ShownTally:
    return ShownTally(Tally(), Fraction(low + high, 2), Decimal(low), Decimal(high), True)


def places_of(readings: dict[int, ShownTally]) -> dict[int, str]:
    return {key: str(one) for key, one in places(readings).items()}


def test_a_place_is_as_sure_as_comparing_every_two_allows():
    readings = {
        1: read(a_tally(990, 1000), SHARE, 30),
        2: read(a_tally(985, 1000), SHARE, 30),
        3: read(a_tally(900, 1000), SHARE, 30),
        4: read(a_tally(5, 9), SHARE, 30),
        5: read(a_tally(700, 1000), SHARE, 30),
    }

    assert places_of(readings) == {1: "1–2", 2: "1–2", 3: "3", 5: "4"}


def test_a_small_unit_does_not_hold_together_two_that_are_told_apart():
    """One of 31 people, between 83,81 and 99,43, made one group of all eight."""
    best, wide, low = an_interval(9412, 9816), an_interval(8381, 9943), an_interval(8292, 9260)

    assert places_of({1: best, 2: low}) == {1: "1", 2: "2"}
    assert places_of({1: best, 2: low, 3: wide}) == {1: "1–2", 2: "2–3", 3: "1–3"}


INTERVALS = st.lists(
    st.tuples(st.integers(0, 40), st.integers(0, 40)).map(sorted), min_size=1, max_size=12
)


@given(INTERVALS, st.tuples(st.integers(0, 40), st.integers(0, 40)).map(sorted))
def test_who_is_ahead_of_another_is_so_in_both_ends_whoever_comes_to_them(ends, another):
    readings = {key: an_interval(*both) for key, both in enumerate(ends)}
    found = places(readings)
    more = places(readings | {-1: an_interval(*another)})

    for one in readings:
        assert 1 <= found[one].first <= found[one].last <= len(readings)
        for other in readings:
            if readings[one].low > readings[other].high:
                for now in (found, more):
                    assert now[one].first < now[other].first
                    assert now[one].last < now[other].last
            if ends[one] == ends[other]:
                assert found[one] == found[other]


def test_nothing_is_compared_across_a_change_of_formula_or_aspects_without_saying_so():
    now, few = read(a_tally(90, 100), SHARE, 30), read(a_tally(3, 4), SHARE, 30)
    by = Measure.of(SHARE, ["Thời hạn", "Kết quả"])

    def told(before: ShownTally | None, *measure: object) -> str:
        return why_not_compared(now, by, before, Measure.of(*measure) if measure else None)

    assert told(now, SHARE, ["Kết quả", "thời hạn"]) == ""
    assert told(now, Formula.MEAN, ["Thời hạn"]) == "đợt trước tính theo công thức khác"
    for other in (["Thời hạn", "Kết quả", "Chi phí"], ["Chung"]):
        assert told(now, SHARE, other) == "đợt trước đo bộ khía cạnh khác"
    assert told(None, SHARE, by.aspects) == "đợt trước không có lượt đánh giá"
    assert told(few, SHARE, by.aspects) == "đợt trước quá ít người đánh giá"
    assert why_not_compared(few, by, now, by) == "quá ít người đánh giá"
    assert told(None) == "không có đợt trước"
