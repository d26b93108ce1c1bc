"""Numbers are written the Vietnamese way, read as people type them, and stay exact."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc_portal.kit.numerals import (
    NotANumber,
    as_fraction,
    exactly,
    grouped,
    half_up,
    parse_number,
    summed,
    written,
)

SMALL = st.fractions(min_value=-10_000, max_value=10_000, max_denominator=1000)
NO_BREAK, THIN = "\N{NO-BREAK SPACE}", "\N{NARROW NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("figure", "places", "text"),
    [
        (Decimal("1.5"), 2, "1,50"),
        (Decimal("-12480.5"), 2, "−12.480,50"),
        (Fraction(69, 47), 2, "1,47"),
        (Fraction(1, 8), 2, "0,13"),
        (Fraction(-1, 8), 2, "−0,13"),
        (Decimal("-0.001"), 2, "0,00"),
        (100, 0, "100"),
        (1_234_567, 1, "1.234.567,0"),
        (10**40, 0, "10" + ".000" * 13),
    ],
)
def test_a_figure_is_written_with_decimal_comma_and_true_minus(figure, places, text):
    assert written(figure, places) == text


@pytest.mark.parametrize(("count", "text"), [(0, "0"), (999, "999"), (12480, "12.480")])
def test_a_count_has_a_point_between_thousands(count, text):
    assert grouped(count) == text


@pytest.mark.parametrize(
    ("figure", "least", "text"),
    [
        (Fraction(4, 3), 2, "4/3"),
        (Fraction(-40000, 3), 0, "−40.000/3"),
        (Fraction(1, 8), 0, "0,125"),
        (Fraction(1, 8), 2, "0,125"),
        (Decimal("1.50"), 0, "1,5"),
        (Decimal("1.50"), 2, "1,50"),
        (5, 0, "5"),
    ],
)
def test_an_exact_figure_ends_or_stays_a_fraction(figure, least, text):
    assert exactly(figure, least) == text


@pytest.mark.parametrize("figure", [1.5, True, "1", None])
def test_a_float_is_not_an_exact_figure(figure):
    with pytest.raises(TypeError):
        as_fraction(figure)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0", "0"),
        ("007", "7"),
        (" 12480 ", "12480"),
        ("12.480", "12480"),
        ("1.234.567", "1234567"),
        ("1,234,567", "1234567"),
        ("12 480", "12480"),
        (f"12{NO_BREAK}480", "12480"),
        (f"12{THIN}480", "12480"),
        ("３１２", "312"),
        ("\ufeff46", "46"),
        ("3,0", "3"),
        ("3.00", "3"),
        ("−3", "-3"),
        ("-3", "-3"),
        ("+3", "3"),
        ("-0", "0"),
    ],
)
def test_a_whole_number_is_understood(text, number):
    read = parse_number(text, whole=True)

    assert str(read) == number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1,5", "1.5"),
        ("1.5", "1.5"),
        ("1．5", "1.5"),
        ("1.234", "1.234"),
        ("1,234", "1.234"),
        ("0,125", "0.125"),
        ("1.234,5", "1234.5"),
        ("1,234.5", "1234.5"),
        (f"12{NO_BREAK}480,25", "12480.25"),
        ("1.234.567", "1234567"),
        ("−0,75", "-0.75"),
        ("12480", "12480"),
    ],
)
def test_decimal_comma_and_decimal_point_are_both_understood(text, number):
    assert parse_number(text, whole=False) == Decimal(number)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-",
        "--5",
        "abc",
        "1e5",
        "NaN",
        "Infinity",
        "1_000",
        "٣",
        "½",
        "10²",
        "1 2",
        "1..5",
        "1.23.456",
        "1.234.56",
        "12.480.5",
        "0x1F",
        "46 / 47",
        "97,87 %",
        ",5",
        "5,",
        "9" * 41,
    ],
)
@pytest.mark.parametrize("whole", [True, False])
def test_what_is_no_number_is_refused(text, whole):
    with pytest.raises(NotANumber):
        parse_number(text, whole=whole)


@pytest.mark.parametrize("text", ["1,5", "1.5", "0.480", "0,480", "12.4801", "3,14"])
def test_a_whole_number_has_no_decimals(text):
    with pytest.raises(NotANumber, match="số nguyên"):
        parse_number(text, whole=True)


def test_a_comma_before_three_digits_is_not_guessed_in_a_whole_number():
    with pytest.raises(NotANumber) as refusal:
        parse_number("12,480", whole=True)

    assert refusal.value.reason == (
        "ghi “12,480” có thể hiểu theo hai cách; đề nghị ghi 12480 hoặc 12.480"
    )


@pytest.mark.parametrize("text", ["1.234", "1,234"])
def test_three_digits_after_one_sign_are_not_guessed_where_thousands_are_usual(text):
    with pytest.raises(NotANumber, match="hai cách; đề nghị ghi 1234 hoặc 1,2340"):
        parse_number(text, whole=False, large=True)


@pytest.mark.parametrize(
    ("text", "number"), [("0,125", "0.125"), ("1234,5", "1234.5"), ("1.234,50", "1234.5")]
)
def test_where_thousands_are_usual_the_unambiguous_forms_are_understood(text, number):
    assert parse_number(text, whole=False, large=True) == Decimal(number)


@given(SMALL, st.integers(min_value=1, max_value=6))
def test_what_was_written_with_decimals_is_read_back(figure, places):
    assert parse_number(written(figure, places), whole=False) == half_up(figure, places)


@given(st.integers(min_value=-(10**12), max_value=10**12))
def test_a_written_count_is_read_back(count):
    assert parse_number(grouped(count), whole=True) == count


@given(SMALL, st.integers(min_value=0, max_value=8))
def test_rounding_is_off_by_half_a_unit_at_most_and_halves_go_outward(figure, places):
    rounded = half_up(figure, places)

    gap = Fraction(rounded) - figure
    half = Fraction(1, 2 * 10**places)
    assert abs(gap) <= half
    assert abs(gap) < half or abs(Fraction(rounded)) > abs(figure)
    assert -rounded.as_tuple().exponent == places


@given(SMALL, SMALL, st.integers(min_value=0, max_value=6))
def test_rounding_never_turns_the_order_round(one, other, places):
    low, high = sorted([one, other])

    assert half_up(low, places) <= half_up(high, places)


@given(st.text(max_size=45), st.booleans(), st.booleans())
def test_whatever_is_typed_is_a_number_or_a_reason(text, whole, large):
    try:
        told = parse_number(text, whole=whole, large=large)
    except NotANumber as refusal:
        told = refusal.reason

    assert told if isinstance(told, str) else told.is_finite()


@given(st.lists(st.fractions(max_denominator=10**9), max_size=30))
def test_a_sum_brought_to_lowest_terms_once_is_the_sum(figures):
    assert summed(figures) == sum(figures, Fraction(0))
