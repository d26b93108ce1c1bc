"""The tree of units on a day: down from some units, up from one. Recursive queries, no paths.

A unit stands where its spell of that day puts it. One that had ended by then stands where it
ended, one that has not begun stands where it will begin: so its papers always have a superior.
"""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from django.db import connection

_STANDS = """(
    spell.in_force @> %(day)s::date
    or (upper(spell.in_force) <= %(day)s and upper(spell.in_force) = upper(unit.in_force))
    or (lower(spell.in_force) > %(day)s and lower(spell.in_force) = lower(unit.in_force))
)"""

_BELOW = """
with recursive below(id) as (
    select unnest(%(roots)s::bigint[])
  union
    select spell.unit_id from units_unitspell spell join below on spell.parent_id = below.id
    where spell.in_force @> %(day)s::date
) select id from below
"""

_OVERSEEN = f"""
with recursive below(id) as (
    select unnest(%(roots)s::bigint[])
  union
    select spell.unit_id from units_unitspell spell
    join below on spell.parent_id = below.id join units_unit unit on unit.id = spell.unit_id
    where {_STANDS}
) select id from below
"""

_ABOVE = f"""
with recursive above(id, height) as (
    select %(unit)s::bigint, 0
  union all
    select spell.parent_id, above.height + 1
    from units_unitspell spell
    join above on spell.unit_id = above.id join units_unit unit on unit.id = spell.unit_id
    where spell.parent_id is not null and {_STANDS}
) cycle id set is_cycle using path
select id from above where not is_cycle order by height
"""

_ABOVE_THROUGH = """
with recursive above(id, stretch) as (
    select %(unit)s::bigint, %(stretch)s::daterange
  union
    select spell.parent_id, spell.in_force * above.stretch
    from units_unitspell spell join above on spell.unit_id = above.id
    where spell.parent_id is not null and spell.in_force && above.stretch
) select id, min(lower(stretch)) from above group by id
"""

_ORIGINS = """
with recursive origin(root, id) as (
    select root, root from unnest(%(roots)s::bigint[]) as root
  union
    select origin.root, told.predecessor_id
    from units_succession told join origin on told.successor_id = origin.id
)
select origin.root, told.predecessor_id, told.successor_id, told.happened_on
from origin join units_succession told on told.predecessor_id = origin.id
order by origin.root, told.happened_on, told.predecessor_id, told.successor_id
"""


class Origin(NamedTuple):
    """That one unit went into another on a day, told because `root` comes from the first."""

    root: int
    predecessor: int
    successor: int
    happened_on: date


def ids_below(roots: Iterable[int], *, day: date) -> list[int]:
    """Keys of the roots and of every unit that existed below them on the day, in no order."""
    return _keys(_BELOW, {"roots": list(roots), "day": day})


def ids_overseen(roots: Iterable[int], *, day: date) -> list[int]:
    """As `ids_below`, and those that ended below them before the day or will begin there after."""
    return _keys(_OVERSEEN, {"roots": list(roots), "day": day})


def ids_above(unit: int, *, day: date) -> list[int]:
    """Keys of the unit and of those above it on the day, nearest first."""
    return _keys(_ABOVE, {"unit": unit, "day": day})


def origins(roots: Iterable[int]) -> list[Origin]:
    """Everything that is told of the predecessors of the roots, and of theirs, oldest first: also
    that one of them went into others than the root (one query)."""
    with connection.cursor() as cursor:
        cursor.execute(_ORIGINS, {"roots": list(roots)})
        return [Origin(*row) for row in cursor.fetchall()]


def ever_above(unit: int, *, stretch) -> dict[int, date | None]:
    """Every unit above, and itself, on some day of the stretch, with the first such day."""
    with connection.cursor() as cursor:
        cursor.execute(_ABOVE_THROUGH, {"unit": unit, "stretch": stretch})
        return dict(cursor.fetchall())


def _keys(sql: str, values: dict) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return [row[0] for row in cursor.fetchall()]
