"""The life of a unit cut into stretches: what a change on a day does to the days around it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from units.rules.decision import Decision
from units.rules.spells import Spell, changed, ended, holds, painted, spell_on

DAY_0 = date(2020, 1, 1)


def day(number: int) -> date:
    return DAY_0 + timedelta(days=number)


def decision(number: int) -> Decision:
    return Decision(f"{number}/QĐ", day(number), day(number))


OPEN = [Spell(None, None, "A", 1)]


def test_a_change_cuts_the_life_on_its_day_and_carries_its_decision():
    life = changed(OPEN, "name", "B", decision(10))

    assert life == [
        Spell(None, day(10), "A", 1),
        Spell(day(10), None, "B", 1, decision_number="10/QĐ", decided_on=day(10)),
    ]


def test_a_change_recorded_late_leaves_what_was_decided_for_later_days():
    renamed = changed(OPEN, "name", "C", decision(20))

    life = changed(renamed, "name", "B", decision(10))

    assert [spell_on(life, day(n)).name for n in (9, 10, 19, 20)] == ["A", "B", "B", "C"]


def test_a_change_of_one_column_goes_on_through_later_changes_of_another():
    moved = changed(OPEN, "parent", 2, decision(20))

    life = changed(moved, "name", "B", decision(10))

    assert [(s.name, s.parent) for s in life] == [("A", 1), ("B", 1), ("B", 2)]


def test_a_change_on_the_first_day_of_a_stretch_cuts_nothing():
    life = changed(changed(OPEN, "name", "B", decision(10)), "parent", 2, decision(10))

    assert [(s.first_on, s.name, s.parent) for s in life] == [(None, "A", 1), (day(10), "B", 2)]


def test_a_change_outside_the_life_is_an_error():
    with pytest.raises(ValueError, match="does not exist"):
        changed([Spell(day(5), day(9), "A", 1)], "name", "B", decision(9))


def test_an_end_cuts_the_last_stretch_and_drops_those_after():
    life = changed(changed(OPEN, "name", "B", decision(10)), "name", "C", decision(20))

    assert ended(life, day(15)) == [life[0], replace(life[1], until=day(15))]


def test_neighbours_between_which_nothing_changes_become_one_stretch():
    life = painted(OPEN, "handles_procedures", True, first_on=day(1), until=day(2))

    assert painted(life, "handles_procedures", False, first_on=None, until=None) == OPEN


changes = st.lists(
    st.tuples(
        st.sampled_from(["name", "parent", "handles_procedures"]),
        st.integers(0, 3),
        st.integers(0, 60),
    ),
    max_size=12,
)


@given(changes)
def test_stretches_stay_whole_and_a_change_holds_on_its_day(several):
    life = OPEN
    for column, value, number in several:
        before = life
        life = changed(life, column, value, decision(number))

        assert getattr(spell_on(life, day(number)), column) == value
        assert (life[0].first_on, life[-1].until) == (None, None)
        assert all(one.until == two.first_on for one, two in zip(life, life[1:], strict=False))
        for other in range(-1, number):  # days before stay as they were
            assert _facts(before, other) == _facts(life, other)
        for other in range(-1, 62):  # and nobody touched the other columns
            for untouched in {"name", "parent", "handles_procedures"} - {column}:
                was, now = spell_on(before, day(other)), spell_on(life, day(other))
                assert getattr(was, untouched) == getattr(now, untouched)


@given(changes, st.integers(1, 60))
def test_an_ended_life_holds_on_no_day_after(several, number):
    life = OPEN
    for column, value, at in several:
        life = changed(life, column, value, decision(at))

    short = ended(life, day(number))

    assert not any(holds(spell, day(number)) for spell in short)
    assert _facts(short, number - 1) == _facts(life, number - 1)


def _facts(life, number):
    spell = spell_on(life, day(number))
    return spell.name, spell.parent, spell.handles_procedures
