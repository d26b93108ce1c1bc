"""The life of a unit as stretches of days, in each of which name, superior and function hold still.

A stretch runs from `first_on` up to but not including `until`; None is open on that side. The
stretches of one unit touch each other, do not overlap and stand in the order of time.
"""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from units.rules.decision import Decision


@dataclass(frozen=True)
class Spell:
    """What held for a stretch, and the decision that began it (empty where none is known)."""

    first_on: date | None
    until: date | None
    name: str
    parent: Hashable | None
    handles_procedures: bool = False
    decision_number: str = ""
    decided_on: date | None = None


def begins(day: date | None) -> date:
    """A first day as a date that can be compared: open means before everything."""
    return day or date.min


def ends(day: date | None) -> date:
    """The day after the last as a date that can be compared: open means after everything."""
    return day or date.max


def holds(spell: Spell, day: date) -> bool:
    """Whether the day lies in the stretch."""
    return begins(spell.first_on) <= day < ends(spell.until)


def painted(
    spells: Iterable[Spell],
    column: str,
    value: object,
    *,
    first_on: date | None,
    until: date | None,
    decision: Decision | None = None,
) -> list[Spell]:
    """The same life with one column set to the value on the days from `first_on` to `until`.

    Stretches are cut where needed; a stretch that now begins by this change carries its decision.
    """
    painted = []
    for piece in _cut(spells, [day for day in (first_on, until) if day]):
        if begins(first_on) <= begins(piece.first_on) and ends(piece.until) <= ends(until):
            changes: dict[str, Any] = {column: value}
            piece = replace(piece, **changes)
            if decision and piece.first_on == first_on:
                piece = replace(
                    piece, decision_number=decision.number, decided_on=decision.decided_on
                )
        painted.append(piece)
    return _joined(painted)


def changed(spells: Sequence[Spell], column: str, value: object, decision: Decision) -> list[Spell]:
    """From the decision's day on the column holds the value, up to where it changes next.

    A change recorded late therefore keeps what was decided for later days. ValueError where the
    unit did not exist on the day.
    """
    day = decision.effective_on
    until = lasts_until(spells, column, day)
    return painted(spells, column, value, first_on=day, until=until, decision=decision)


def spell_on(spells: Iterable[Spell], day: date) -> Spell:
    """The stretch the day lies in. ValueError where the unit did not exist on the day."""
    for spell in spells:
        if holds(spell, day):
            return spell
    raise ValueError("the unit does not exist on that day")


def lasts_until(spells: Sequence[Spell], column: str, day: date) -> date | None:
    """The first day after `day` on which the column holds another value or the unit no longer
    exists; None where it goes on. ValueError where the unit did not exist on the day."""
    value = getattr(spell_on(spells, day), column)
    later = (spell for spell in spells if begins(spell.first_on) > day)
    return next((one.first_on for one in later if getattr(one, column) != value), spells[-1].until)


def ended(spells: Iterable[Spell], until: date) -> list[Spell]:
    """The life up to but not including the day."""
    return [
        replace(spell, until=min(ends(spell.until), until))
        for spell in spells
        if begins(spell.first_on) < until
    ]


def _cut(spells: Iterable[Spell], days: Iterable[date]) -> list[Spell]:
    pieces = list(spells)
    for day in days:
        for place, spell in enumerate(pieces):
            if begins(spell.first_on) < day < ends(spell.until):
                rest = replace(spell, first_on=day, decision_number="", decided_on=None)
                pieces[place : place + 1] = [replace(spell, until=day), rest]
                break
    return pieces


def _joined(spells: Iterable[Spell]) -> list[Spell]:
    """Neighbours between which nothing changes and nothing was decided are one stretch."""
    joined: list[Spell] = []
    for spell in spells:
        last = joined[-1] if joined else None
        if last and not spell.decision_number and _same(last, spell):
            joined[-1] = replace(last, until=spell.until)
        else:
            joined.append(spell)
    return joined


def _same(one: Spell, other: Spell) -> bool:
    return (one.name, one.parent, one.handles_procedures) == (
        other.name,
        other.parent,
        other.handles_procedures,
    )
