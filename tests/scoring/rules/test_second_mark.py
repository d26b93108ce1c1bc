"""The lot, the outliers and the tolerance of second marks."""

from decimal import Decimal
from fractions import Fraction
from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.rules.second_mark import Cause, Marked, commitment, drawn, fits, gap, is_drawn, lot
from scoring.rules.verdict import Finding

SEED = "00112233445566778899aabbccddeeff"
SHARES = st.one_of(st.none(), st.fractions(0, 1, max_denominator=8))
BLOCKS = st.lists(SHARES, max_size=30).map(
    lambda shares: [
        Marked(at, f"P{at % 7}", f"1.{at // 7}", share) for at, share in enumerate(shares)
    ]
)


def test_the_lot_of_a_component_is_cast_again_by_hand():
    digest = sha256(b"00112233445566778899aabbccddeeff:PC06:1.2.3").hexdigest()

    assert lot(SEED, "PC06", "1.2.3") == Fraction(int(digest[:8], 16), 2**32)
    assert commitment(SEED) == sha256(SEED.encode()).hexdigest()


@pytest.mark.parametrize("percent", ["0", "5", "12.5", "50", "100"])
def test_about_the_share_is_drawn_of_many_components_none_of_nought_and_all_of_a_hundred(percent):
    names = [
        (f"P{unit}", f"{area}.{part}")
        for unit in range(100)
        for area in range(10)
        for part in range(10)
    ]

    number = sum(is_drawn(SEED, unit, component, Decimal(percent)) for unit, component in names)

    share = Fraction(percent) / 100
    most = 4 * 100  # four standard deviations of ten thousand draws are at most two hundred
    assert abs(number - share * len(names)) <= (most // 2 if 0 < share < 1 else 0)


@settings(max_examples=25)
@given(BLOCKS, st.randoms(), st.sampled_from(["0", "20", "100"]))
def test_the_draw_is_the_same_in_any_order_and_of_any_part_by_lot(block, random, percent):
    found = drawn(SEED, Decimal(percent), block)
    shuffled = block[:]
    random.shuffle(shuffled)

    assert drawn(SEED, Decimal(percent), shuffled) == found
    by_lot = {key for key, cause in found.items() if cause == Cause.LOT}
    half = shuffled[: len(block) // 2]
    of_half = drawn(SEED, Decimal(percent), half)
    assert {key for key, cause in of_half.items() if cause == Cause.LOT} == by_lot & {
        one.key for one in half
    }


@settings(max_examples=25)
@given(BLOCKS)
def test_a_smaller_share_draws_nothing_that_a_larger_one_does_not(block):
    assert set(drawn(SEED, Decimal(10), block)) <= set(drawn(SEED, Decimal("10.1"), block))


def shares(*figures: str) -> list[Marked]:
    return [Marked(at, f"P{at}", "1.1", Fraction(figure)) for at, figure in enumerate(figures)]


def test_every_outlier_is_drawn_whatever_the_lot_and_never_of_fewer_than_five():
    close = ("7/10", "72/100", "74/100", "76/100", "78/100", "1/10")

    assert drawn(SEED, Decimal(0), shares(*close)) == {5: Cause.OUTLIER}
    assert drawn(SEED, Decimal(0), shares(*close[2:])) == {}
    assert drawn(SEED, Decimal(100), shares(*close))[5] == Cause.LOT


def test_among_equals_the_mean_distance_tells_who_is_far():
    one_of_many = ("1",) * 9 + ("0",)
    two_kinds = ("1",) * 6 + ("0",) * 4

    assert drawn(SEED, Decimal(0), shares(*one_of_many)) == {9: Cause.OUTLIER}
    assert drawn(SEED, Decimal(0), shares(*two_kinds)) == {}


def test_what_does_not_apply_may_be_drawn_by_lot_and_is_no_outlier():
    block = [*shares("1", "1", "1", "1", "1"), Marked(9, "P9", "1.1", None)]

    assert drawn(SEED, Decimal(0), block) == {}
    assert 9 in drawn(SEED, Decimal(100), block)


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (Finding(Fraction(3)), Finding(Fraction(3)), True),
        (Finding(Fraction(3)), Finding(Fraction(27, 10)), True),
        (Finding(Fraction(27, 10)), Finding(Fraction(3)), True),
        (Finding(Fraction(3)), Finding(Fraction(269999, 100000)), False),
        (Finding(None, True), Finding(None, True), True),
        (Finding(None, True), Finding(Fraction(0)), False),
        (Finding(Fraction(3)), Finding(None, True), False),
    ],
)
def test_the_tolerance_is_reached_exactly(first, second, expected):
    assert fits(first, second, maximum=Decimal(3), percent=Decimal(10)) == expected
    assert (gap(first, second) is None) == (first.not_applicable != second.not_applicable)
