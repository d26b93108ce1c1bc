"""How far it is to the class above: the next one, in points, never nothing."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.rules.next_class import next_class
from scoring.rules.points import shown
from scoring.rules.ranking import USUAL_SCALE

BANDS = USUAL_SCALE.bands


@pytest.mark.parametrize(
    ("points", "maximum", "printed", "label", "missing"),
    [
        ("90.68", "100", "90.68", "Xuất sắc", "4.32"),
        ("62", "80", "77.50", "Tốt", "2.00"),
        ("49.996", "100", "49.99", "Hoàn thành nhiệm vụ", "0.01"),
        ("0", "100", "0", "Hoàn thành nhiệm vụ", "50.00"),
        ("9.1", "10", "91", "Xuất sắc", "0.40"),
    ],
)
def test_the_lowest_class_not_reached_and_what_is_missing_to_it(
    points, maximum, printed, label, missing
):
    above = next_class(Fraction(points), Decimal(maximum), Decimal(printed), BANDS)

    assert above == (label, Decimal(missing))


@pytest.mark.parametrize("printed", ["95", "95.01", "100", "103.5"])
def test_there_is_nothing_above_the_best_class(printed):
    assert next_class(Fraction(printed), Decimal(100), Decimal(printed), BANDS) is None


def test_what_is_missing_has_the_decimals_that_are_shown():
    above = next_class(Fraction(90), Decimal(100), Decimal(90), BANDS, places=3)

    assert str(above.missing) == "5.000"


@given(
    points=st.fractions(min_value=0, max_value=100, max_denominator=10_000),
    maximum=st.decimals(min_value=1, max_value=1000, places=3),
)
def test_with_what_is_missing_the_class_above_is_reached_to_the_printed_decimal(points, maximum):
    share = points * Fraction(maximum) / 100
    above = next_class(share, maximum, shown(points, 2), BANDS)

    if above is None:
        assert shown(points, 2) >= BANDS[0][0]
        return
    floor = next(floor for floor, label in BANDS if label == above.label)
    assert shown(points, 2) < floor
    assert above.missing > 0
    needed = Fraction(floor) * Fraction(maximum) / 100 - share
    assert abs(Fraction(above.missing) - needed) <= Fraction(1, 100)
