"""Agreement between verifiers, and drift in time: exact, and silent where there is too little."""

from datetime import date, timedelta
from fractions import Fraction
from statistics import mean

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.rules.agreement import (
    FEWEST,
    Gap,
    Pair,
    agreement,
    by_area,
    by_verifier,
    drift,
    monday_of,
    moved,
)

GAPS = st.one_of(st.none(), st.fractions(-100, 100, max_denominator=7))
PAIRS = st.lists(
    st.builds(Pair, st.sampled_from("abc"), st.sampled_from(("I", "II")), GAPS, st.booleans()),
    max_size=25,
)
MONDAY = date(2026, 11, 2)
VERDICTS = st.lists(
    st.builds(
        Gap,
        st.sampled_from("ab"),
        st.integers(0, 40).map(lambda days: MONDAY + timedelta(days=days)),
        st.fractions(-100, 100, max_denominator=7),
    ),
    max_size=40,
)


def pairs(*gaps, within: bool = True) -> list[Pair]:
    return [Pair("a", "I", None if gap is None else Fraction(gap), within) for gap in gaps]


def test_agreement_is_told_in_exact_shares_and_a_signed_mean():
    found = agreement([*pairs(0, 0, 0, "1/3"), *pairs("-20/3", within=False)])

    assert (found.number, found.same, found.within) == (5, 3, 4)
    assert (found.same_percent, found.within_percent) == (60, 80)
    assert found.mean_gap == Fraction(-19, 15)
    assert found.words == "chặt hơn lần hai"


@pytest.mark.parametrize(
    ("gaps", "words"),
    [
        (["2"] * 5, "rộng hơn lần hai"),
        (["99/100"] * 5, "không lệch đáng kể"),
        (["2"] * 4, "quá ít để kết luận"),
        (["2"] * 4 + [None], "quá ít để kết luận"),
    ],
)
def test_a_small_gap_is_no_matter_and_of_few_pairs_nothing_is_said(gaps, words):
    assert agreement(pairs(*gaps)).words == words


def test_one_who_says_not_applicable_counts_against_agreement_and_has_no_distance():
    found = agreement([*pairs("2", "2", "2", "2", "2"), *pairs(None, within=False)])

    assert (found.apart, found.within_percent) == (1, Fraction(500, 6))
    assert found.mean_gap == 2


@settings(max_examples=30)
@given(PAIRS)
def test_the_parts_add_up_to_the_whole_in_any_order(rows):
    whole = agreement(rows)

    for parts in (by_verifier(rows), by_area(rows)):
        for column in ("number", "same", "within", "apart", "by_lot"):
            assert sum(getattr(one, column) for one in parts.values()) == getattr(whole, column)
    assert agreement(reversed(rows)) == whole
    assert (whole.same_percent is None) == (len(rows) < FEWEST)


def week(monday: date, *gaps) -> list[Gap]:
    return [Gap("a", monday + timedelta(days=at % 7), Fraction(gap)) for at, gap in enumerate(gaps)]


def test_a_hand_that_grows_strict_is_told_week_by_week():
    later, last = MONDAY + timedelta(weeks=1), MONDAY + timedelta(weeks=3)
    rows = [*week(MONDAY, *[-1] * 5), *week(later, *[-4] * 6), *week(last, *[-9] * 5)]

    weeks = drift(rows)["a"]

    assert [one.monday for one in weeks] == [MONDAY + timedelta(weeks=n) for n in range(4)]
    assert [one.mean_gap for one in weeks] == [-1, -4, None, -9]
    assert [one.change for one in weeks] == [None, -3, None, -5]
    assert [one.words for one in weeks] == [
        "tuần đầu đủ số dòng",
        "chặt tay hơn",
        "không thẩm định",
        "chặt tay hơn",
    ]
    assert moved(weeks) == -8


def test_a_week_of_few_verdicts_says_nothing_and_is_compared_with_nothing():
    weeks = drift([*week(MONDAY, -1, -2, -3, -4), *week(MONDAY + timedelta(weeks=1), *[0] * 5)])[
        "a"
    ]

    assert [(one.number, one.mean_gap, one.change) for one in weeks] == [
        (4, None, None),
        (5, 0, None),
    ]
    assert weeks[0].words == "quá ít"
    assert moved(weeks) is None


def test_a_week_begins_on_its_monday():
    assert {monday_of(MONDAY + timedelta(days=day)) for day in range(7)} == {MONDAY}


@settings(max_examples=30)
@given(VERDICTS)
def test_every_verdict_is_in_one_week_of_who_gave_it_and_the_mean_is_exact(rows):
    found = drift(rows)

    for verifier, weeks in found.items():
        mine = [one for one in rows if one.verifier == verifier]
        assert sum(one.number for one in weeks) == len(mine)
        for one in weeks:
            here = [each.gap for each in mine if monday_of(each.day) == one.monday]
            assert one.mean_gap == (mean(here) if len(here) >= FEWEST else None)
    assert drift(reversed(rows)) == found
