"""What is lost, what is supposed and how the others fared, without a database."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.rules.account import Entry
from scoring.rules.answers import parse_answer, parse_rule
from scoring.rules.kinds import Source
from scoring.rules.next_rank import next_rank
from scoring.rules.outlook import Beside, Said, beside, by_loss, said_in, supposed
from scoring.rules.points import percent
from scoring.rules.ranking import USUAL_SCALE, TieRule, rank
from scoring.rules.tally import Mark

RATIO = parse_rule(
    {
        "type": "ratio",
        "numerator": "xử lý",
        "denominator": "tiếp nhận",
        "floor_percent": "0",
        "full_percent": "100",
    }
)


def ratio(part: int, whole: int):
    return parse_answer(RATIO, {"numerator": part, "denominator": whole})


def an_entry(code="1.1.1", **columns) -> Entry:
    usual = {"title": "", "area_code": "1", "area_title": "", "maximum": Decimal(3), "rule": RATIO}
    return Entry(code=code, **(usual | columns))


def a_mark(points: str | None, source=Source.SELF, *, excused=False) -> Mark:
    return Mark(source, Decimal(3), None if points is None else Fraction(points), excused)


def test_another_answer_goes_through_the_rule_and_the_same_one_changes_nothing():
    entry = an_entry(answer=ratio(46, 47), points=Fraction(2), reason="Ghi tay.")

    assert supposed(entry, Said(ratio(46, 47))) is entry
    other = supposed(entry, Said(ratio(1, 3)))
    assert (other.points, other.not_applicable, other.reason) == (Fraction(1), False, "")


def test_a_ratio_of_nothing_does_not_apply_without_being_said_so():
    entry = an_entry(answer=ratio(0, 0), not_applicable=True)

    assert said_in(entry) == Said(ratio(0, 0), False)
    assert supposed(entry, said_in(entry)) is entry
    assert supposed(an_entry(answer=ratio(1, 2)), Said(ratio(0, 0))).not_applicable


def test_no_answer_and_not_applicable_leave_no_points():
    entry = an_entry(answer=ratio(1, 2), points=Fraction(3, 2))

    taken, excused = supposed(entry, Said()), supposed(entry, Said(ratio(1, 2), True))

    assert (taken.points, taken.mark.lost) == (None, 3)
    assert (excused.points, excused.mark.lost) == (None, 0)


def test_the_largest_loss_comes_first_equals_as_they_came_and_a_penalty_loses_what_it_takes():
    entries = [
        an_entry("1", points=Fraction(2)),
        an_entry("2", points=Fraction(1)),
        an_entry("3", points=Fraction(2)),
        an_entry("4", points=Fraction(5, 2), source=Source.PENALTY),
        an_entry("5", points=Fraction(0), source=Source.BONUS),
    ]

    ordered = by_loss(entries)

    assert [entry.code for entry in ordered] == ["4", "2", "1", "3", "5"]


def test_others_are_counted_where_they_have_points_and_the_component_applies():
    others = [
        (a_mark("3"), 4),
        (a_mark("2"), 2),
        (a_mark("1"), 1),
        (a_mark(None), 5),
        (a_mark(None, excused=True), 6),
    ]

    assert beside(a_mark("1"), others) == Beside(full=4, better=6, among=7)


def test_of_a_penalty_the_best_is_to_lose_nothing():
    others = [(a_mark("0", Source.PENALTY), 2), (a_mark("3", Source.PENALTY), 1)]

    assert beside(a_mark("1", Source.PENALTY), others) == Beside(full=2, better=2, among=3)


@pytest.mark.parametrize(("number", "told"), [(2, False), (3, True)])
def test_among_too_few_no_number_is_told(number, told):
    assert bool(beside(a_mark("1"), [(a_mark("3"), number)], fewest=3)) is told


def test_nobody_beside_is_no_number():
    assert beside(a_mark("1"), []) is None


def test_whoever_is_first_has_no_rank_above():
    first, second = rank({"a": Fraction(90), "b": Fraction(80)}, USUAL_SCALE)

    assert next_rank(Fraction(90), Decimal(100), first, [first, second]) is None
    assert next_rank(Fraction(40), Decimal(50), second, [first, second]) == (1, 1, 5, 5)


SHARES = st.lists(st.fractions(0, 100, max_denominator=97), min_size=2, max_size=8)


@given(
    figures=SHARES,
    ties=st.sampled_from(list(TieRule)),
    maximum=st.decimals(min_value=1, max_value=200, places=2),
)
def test_with_the_missing_points_a_unit_stands_level_and_with_the_least_more_ahead(
    figures, ties, maximum
):
    keyed = dict(enumerate(figures))
    placings = rank(keyed, USUAL_SCALE, ties)
    own = placings[-1]
    points = own.figure * Fraction(maximum) / 100
    ahead = next_rank(points, maximum, own, placings)
    if ahead is None:
        assert len(set(figures)) == 1
        return

    def placed(more: Fraction):
        again = keyed | {own.key: percent(points + ahead.exact + more, maximum)}
        by_key = {one.key: one for one in rank(again, USUAL_SCALE, ties)}
        return by_key[own.key], [one for one in by_key.values() if one.key != own.key]

    level, others = placed(Fraction(0))
    assert level.rank == ahead.rank
    assert sum(one.rank == level.rank for one in others) == ahead.sharing
    past, others = placed(Fraction(1, 10**9))
    assert past.rank == ahead.rank
    assert all(one.rank != past.rank for one in others)
    assert ahead.missing > 0
