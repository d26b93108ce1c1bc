"""The tree of units on a day: down from some units, up from one. Two recursive queries, no paths."""

from collections.abc import Iterable
from datetime import date

from django.db import connection

_BELOW = """
with recursive below(id) as (
    select unnest(%(roots)s)
  union
    select spell.unit_id from units_unitspell spell join below on spell.parent_id = below.id
    where spell.in_force @> %(day)s::date
) select id from below
"""

_ABOVE = """
with recursive above(id, height) as (
    select %(unit)s::bigint, 0
  union all
    select spell.parent_id, above.height + 1
    from units_unitspell spell join above on spell.unit_id = above.id
    where spell.parent_id is not null and spell.in_force @> %(day)s::date
) cycle id set is_cycle using path
select id from above where not is_cycle order by height
"""


def ids_below(roots: Iterable[int], *, day: date) -> list[int]:
    """Keys of the roots and of every unit below them on the day, in no order."""
    with connection.cursor() as cursor:
        cursor.execute(_BELOW, {"roots": list(roots), "day": day})
        return [row[0] for row in cursor.fetchall()]


def ids_above(unit: int, *, day: date) -> list[int]:
    """Keys of the unit and of those above it on the day, nearest first."""
    with connection.cursor() as cursor:
        cursor.execute(_ABOVE, {"unit": unit, "day": day})
        return [row[0] for row in cursor.fetchall()]
