"""The life of a unit between its rows and the rules: read as spells, written back as spells.

The one place that keeps the columns of `Unit` (its latest name, superior, function and its life)
and its `UnitSpell` rows in step.
"""

from collections.abc import Iterable, Sequence
from datetime import date

from psycopg2.extras import DateRange

from cchc_portal.kit.errors import MoveRefused
from units.kinds import UnitVerb
from units.models import Unit, UnitEvent, UnitSpell, User
from units.rules.decision import Decision
from units.rules.spells import Spell, begins, ends


def stretch(first_on: date | None, until: date | None) -> DateRange:
    """The days from the first up to but not including `until`, as the database keeps them."""
    return DateRange(first_on, until, "[)")


def lives_of(units: Iterable[Unit]) -> dict[int, list[Spell]]:
    """Unit key → its spells in the order of time, superiors by key. One query."""
    lives: dict[int, list[Spell]] = {unit.pk: [] for unit in units}
    for row in UnitSpell.objects.filter(unit__in=lives).order_by("in_force"):
        lives[row.unit_id].append(
            Spell(
                row.in_force.lower,
                row.in_force.upper,
                row.name,
                row.parent_id,
                row.handles_procedures,
                row.decision_number,
                row.decided_on,
            )
        )
    return lives


def life_of(unit: Unit) -> list[Spell]:
    """The spells of one unit in the order of time."""
    return lives_of([unit])[unit.pk]


def rows_for(unit: Unit, life: Iterable[Spell]) -> list[UnitSpell]:
    """The spells as rows that are not stored yet."""
    return [
        UnitSpell(
            unit=unit,
            name=spell.name,
            parent_id=spell.parent,
            handles_procedures=spell.handles_procedures,
            in_force=stretch(spell.first_on, spell.until),
            decision_number=spell.decision_number,
            decided_on=spell.decided_on,
        )
        for spell in life
    ]


def wear(unit: Unit, life: Sequence[Spell]) -> None:
    """Puts the latest spell into the unit's own columns, without storing."""
    last = life[-1]
    unit.name = last.name
    unit.parent_id = last.parent
    unit.handles_procedures = last.handles_procedures
    unit.in_force = stretch(life[0].first_on, last.until)


LIFE_COLUMNS = ("name", "parent", "handles_procedures", "in_force")


def write_life(unit: Unit, life: Sequence[Spell]) -> None:
    """Stores the whole life in place of the one before. The caller holds the tree."""
    unit.spells.all().delete()
    UnitSpell.objects.bulk_create(rows_for(unit, life))
    wear(unit, life)
    unit.save(update_fields=LIFE_COLUMNS)


def log(unit: Unit, verb: UnitVerb, decision: Decision, *, by: User, comment: str = "") -> None:
    """One line of the unit's logbook."""
    UnitEvent.objects.create(
        unit=unit,
        verb=verb,
        comment=comment,
        decision_number=decision.number,
        decided_on=decision.decided_on,
        effective_on=decision.effective_on,
        by=by,
    )


def require_alive(unit: Unit, day: date) -> None:
    """MoveRefused unless the unit exists on the day."""
    if day < begins(unit.in_force.lower):
        raise MoveRefused(
            f"{unit} được thành lập từ ngày {unit.in_force.lower:%d/%m/%Y}, "
            f"sau ngày {day:%d/%m/%Y}."
        )
    if day >= ends(unit.in_force.upper):
        raise MoveRefused(f"{unit} đã kết thúc hoạt động từ ngày {unit.in_force.upper:%d/%m/%Y}.")


def require_alive_until(unit: Unit, until: date | None) -> None:
    """MoveRefused if the unit is to end before `until` (None: it must have no end)."""
    if ends(unit.in_force.upper) < ends(until):
        raise MoveRefused(
            f"{unit} kết thúc hoạt động từ ngày {unit.in_force.upper:%d/%m/%Y}, "
            "trước đơn vị trực thuộc."
        )
