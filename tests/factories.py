"""Nouns for tests: one unit, one person, one decision, put straight into the database.

What takes more than one of them to be true is a situation: see worlds.py.
"""

from datetime import date
from itertools import count

from psycopg2.extras import DateRange

from units.kinds import UnitKind
from units.models import Unit, UnitSpell, User
from units.rules.decision import Decision

PASSWORD = "Buoi-sang-thang-Tam-1945"

_numbers = count(1)


def a_unit(
    code: str = "",
    *,
    name: str = "",
    kind: UnitKind = UnitKind.DEPARTMENT,
    parent: Unit | None = None,
    first_on: date | None = None,
    until: date | None = None,
    handles_procedures: bool = False,
) -> Unit:
    """A unit with one stretch from `first_on` up to but not including `until` (None: open)."""
    number = next(_numbers)
    said = {
        "name": name or f"Phòng số {number}",
        "parent": parent,
        "handles_procedures": handles_procedures,
        "in_force": DateRange(first_on, until),
    }
    unit = Unit.objects.create(code=code or f"U{number}", kind=kind, position=number, **said)
    UnitSpell.objects.create(unit=unit, **said)
    return unit


def a_user(username: str = "", *, full_name: str = "", **columns) -> User:
    """A person with an account and no role, who signs in with PASSWORD."""
    number = next(_numbers)
    return User.objects.create_user(
        username or f"canbo{number}",
        password=PASSWORD,
        full_name=full_name or f"Cán bộ số {number}",
        **columns,
    )


def a_decision(effective_on: date, number: str = "") -> Decision:
    """A decision signed ten days into its own month or before, with effect from the day."""
    return Decision(
        number=number or f"{next(_numbers)}/QĐ-BCA",
        decided_on=effective_on.replace(day=1),
        effective_on=effective_on,
    )
