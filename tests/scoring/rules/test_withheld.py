"""What is told beside figures of too few people: what is hidden cannot be worked out from it."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import chain

from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.rules.satisfaction import NOTHING, Formula, ShownTally, Tally, read
from scoring.rules.withheld import aspects_in_part, without_remainders, without_the_hidden

SHARE, MINIMUM = Formula.SHARE, 30


def of(people: int) -> Tally:
    """An aspect that so many rated."""
    return Tally((people, 0, 0, 0, 0), people)


def a_reading(people: int) -> ShownTally:
    return read(of(people), SHARE, MINIMUM)


def a_unit(*people: int) -> tuple[ShownTally, ...]:
    """Its aspects as they stand on its page."""
    return without_remainders([a_reading(one) for one in people], MINIMUM)


def test_what_units_hide_that_are_too_few_cannot_be_had_from_the_whole():
    large, small = a_reading(100), a_reading(4)
    some = a_reading(20)

    assert without_the_hidden({1: large, 2: small}, 30) == [1]
    assert without_the_hidden({1: large, 2: small, 3: small}, 30) == [1]
    assert without_the_hidden({1: large, 2: some, 3: some}, 30) == [1, 2, 3]
    assert without_the_hidden({1: large}, 30) == [1]
    assert without_the_hidden({1: small}, 30) == [1]


def test_an_aspect_that_too_few_rated_cannot_be_had_from_the_whole_beside_it():
    many, fewer, few, nobody = map(a_reading, (90, 40, 3, 0))

    def shown(*aspects):
        return [one.enough for one in without_remainders(aspects, 30)]

    assert shown(many, few, fewer) == [True, False, False], "the next smallest goes with it"
    assert shown(many, few, few, fewer) == [True, False, False, False], "six are too few as well"
    assert shown(many, nobody, fewer) == [True, False, True], "nothing is to be had of nobody"
    assert shown(many, fewer) == [True, True]
    assert without_remainders([many, few, fewer], 30)[2].figure is None


def told_in_part(*units: Sequence[ShownTally], unshown: Sequence[Sequence[ShownTally]] = ()):
    return set(aspects_in_part(units, unshown, MINIMUM))


def test_an_aspect_that_one_unit_hides_is_told_without_it():
    open_, hiding = a_unit(90, 90, 90), a_unit(90, 20, 25)

    assert [one.enough for one in hiding] == [True, False, False]
    assert told_in_part(open_, open_) == set()
    assert told_in_part(open_, hiding) == {1, 2}
    assert told_in_part(open_, hiding, hiding) == set(), "the sum of two is nobody's figure"
    few = a_unit(90, 3, 27)
    assert told_in_part(open_, few, few) == {1, 2}, "six are too few as well"


def test_a_unit_between_two_pairs_is_not_worked_out_from_the_rows_and_columns_of_others():
    left, right = a_unit(20, 25, 90, 90), a_unit(90, 90, 20, 25)
    between = a_unit(20, 90, 25, 90)

    assert told_in_part(left, left, right, right) == set()
    assert told_in_part(left, left, right, right, between) == {0, 2}


def test_units_that_are_not_shown_at_all_are_in_the_aspects_only_where_they_are_enough():
    open_, small, smaller = a_unit(90, 90), a_unit(20, 20), a_unit(0, 20)

    assert told_in_part(open_, unshown=[small, small]) == set()
    assert told_in_part(open_, unshown=[small, smaller]) == {0, 1}, "one alone rated the first"


def determined(equations: list[dict[int, Fraction]], unknown: int) -> bool:
    """Whether the equations leave one value for it: Gauss, every other unknown taken out first."""
    rows = [dict(one) for one in equations]
    for column in set(chain.from_iterable(rows)) - {unknown}:
        pivot = next((row for row in rows if row.get(column)), None)
        if pivot is None:
            continue
        rows.remove(pivot)
        for row in rows:
            if times := row.get(column, Fraction(0)) / pivot[column]:
                for key, value in pivot.items():
                    row[key] = row.get(key, Fraction(0)) - times * value
    return any(row.get(unknown) for row in rows)


PEOPLE = st.sampled_from([0, 3, 12, 20, 29, 30, 40, 90])
TABLES = st.integers(1, 4).flatmap(
    lambda width: st.lists(st.tuples(*[PEOPLE] * width), min_size=1, max_size=7)
)


@settings(max_examples=400, deadline=None)
@given(TABLES)
def test_no_hidden_aspect_of_a_unit_follows_from_the_units_the_whole_and_its_aspects(table):
    units = dict(enumerate(a_unit(*people) for people in table if any(people)))
    readings = {
        key: a_reading(max(one.tally.people for one in unit)) for key, unit in units.items()
    }
    kept = without_the_hidden(readings, MINIMUM)
    shown = [key for key in kept if readings[key].enough]
    unshown = [key for key in kept if not readings[key].enough]
    in_part = aspects_in_part(
        [units[key] for key in shown], [units[key] for key in unshown], MINIMUM
    )
    width = len(table[0])
    cells = [
        (key, at)
        for key in kept
        for at in range(width)
        if units[key][at].tally.rated and not units[key][at].enough
    ]
    number = {cell: place for place, cell in enumerate(cells)}
    sums = []
    for at in range(width):
        of_whole = [
            units[key][at].tally for key in kept if units[key][at].enough or at not in in_part
        ]
        sums.append(read(sum(of_whole, NOTHING), SHARE, MINIMUM))
    printed = without_remainders(sums, MINIMUM)
    equations = [{number[cell]: Fraction(1) for cell in cells if cell[0] == key} for key in shown]
    equations += [
        {number[cell]: Fraction(1) for cell in cells if cell[1] == at}
        for at, one in enumerate(printed)
        if one.enough and at not in in_part
    ]
    equations.append({place: Fraction(1) for place in number.values()})

    if sum(readings[key].tally.people for key in kept) < MINIMUM:
        return  # the whole is not told either
    for cell in cells:
        assert not determined(equations, number[cell]), (cell, in_part)
