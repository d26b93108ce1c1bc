"""What the slides of an edition read beyond its frozen lines. Reads only."""

from collections.abc import Iterable, Mapping
from datetime import date

from units.models import Succession


def origins_of(units: Iterable[int], day: date) -> Mapping[int, Mapping[int, str]]:
    """Unit → key and last name of each one it had succeeded by the day (one query)."""
    told = Succession.objects.filter(successor__in=units, happened_on__lte=day)
    columns = ("successor", "predecessor", "predecessor__name")
    found: dict[int, dict[int, str]] = {}
    for successor, predecessor, name in told.values_list(*columns):
        found.setdefault(successor, {})[predecessor] = name
    return found
