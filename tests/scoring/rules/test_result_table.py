"""The table as people read it."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.rules.ranking import USUAL_SCALE, rank
from scoring.rules.result_table import lines

BANDS = USUAL_SCALE.bands


def a_table(*figures, places=2):
    exact = {number: Fraction(figure) for number, figure in enumerate(figures)}
    placings = rank(exact, USUAL_SCALE, places=places)
    return list(
        lines([(placing.key, placing.rank, placing.figure) for placing in placings], BANDS, places)
    )


def test_only_true_equals_are_called_tied():
    table = a_table("90.68", "90.68", "90.684", "70")

    assert [(line.rank, line.tied) for line in table] == [
        (1, False),
        (2, True),
        (2, True),
        (4, False),
    ]


def test_figures_that_print_alike_but_differ_get_the_decimal_that_tells_them_apart():
    table = a_table("94.184", "94.181", "60")

    assert [str(line.percent) for line in table] == ["94.184", "94.181", "60.00"]


def test_the_limit_is_drawn_between_the_last_above_and_the_first_below():
    table = a_table("97", "95", "94.99", "81")

    assert [line.limit_above for line in table] == [None, None, ("Xuất sắc", Decimal(95)), None]


def test_where_a_class_is_empty_the_lowest_limit_crossed_is_drawn():
    table = a_table("97", "75")

    assert table[1].limit_above == ("Tốt", Decimal(80))


def test_a_figure_that_rounds_up_to_the_limit_stands_above_it():
    table = a_table("94.995", "94.994")

    assert [line.limit_above for line in table] == [None, ("Xuất sắc", Decimal(95))]


@pytest.mark.parametrize("floor", [floor for floor, _ in BANDS])
@pytest.mark.parametrize(
    ("off", "near"),
    [
        ("0", True),
        ("0.10", True),
        ("-0.10", True),
        ("0.1001", False),
        ("-0.1001", False),
        ("0.11", False),
    ],
)
def test_a_tenth_of_a_point_from_any_limit_is_near(floor, off, near):
    (line,) = a_table(Fraction(floor) + Fraction(off))

    assert line.near_limit is near


def test_no_limit_is_drawn_above_the_first_nor_between_units_of_one_class():
    assert [line.limit_above for line in a_table("94.99", "90", "80")] == [None, None, None]


def test_equals_on_a_limit_stand_together_above_it():
    table = a_table("95", "95", "94.9949")

    assert [(line.rank, line.tied) for line in table] == [(1, True), (1, True), (3, False)]
    assert [line.limit_above for line in table] == [None, None, ("Xuất sắc", Decimal(95))]
    assert [line.near_limit for line in table] == [True, True, True]


@given(st.lists(st.fractions(0, 100, max_denominator=10_000), max_size=30))
def test_two_lines_print_alike_only_if_they_are_equal(figures):
    table = a_table(*figures)

    for one in table:
        for other in table:
            assert (one.percent == other.percent) == (one.figure == other.figure)
