"""Figures of a unit over a whole year, out of several collections. Reads only."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from scoring.models import Collection, Reading
from scoring.rules.indicator import CollectionState
from scoring.rules.rolling import Stretch, along


@dataclass(frozen=True)
class YearFigure:
    """A figure of one unit over a year, and the collections it was taken from. `left_out`: those
    that asked for another edition of the indicator, which means something else."""

    amount: Decimal
    from_: tuple[Collection, ...]
    left_out: tuple[Collection, ...] = ()

    @property
    def words(self) -> str:
        """From which reports."""
        return "; ".join(one.title for one in self.from_)

    @property
    def words_left_out(self) -> str:
        """Which reports do not count, where any."""
        return "; ".join(one.title for one in self.left_out)


def over_the_year(
    owner: int,
    units: Iterable[int],
    year: int,
    codes: Iterable[str],
    *,
    closed: bool = False,
) -> dict[int, dict[str, YearFigure]]:
    """By key of the unit: code → its figure of the year as it was reported to the owner; where
    asked for, of `closed` collections alone. One query, however many units."""
    said = Reading.objects.said().filter(
        unit__in=set(units),
        collection__owner=owner,
        collection__year=year,
        indicator__code__in=set(codes),
    )
    if closed:
        said = said.filter(collection__state=CollectionState.CLOSED)
    found: dict[int, dict[str, list[Reading]]] = {}
    for one in said.select_related("collection", "indicator"):
        found.setdefault(one.unit_id, {}).setdefault(one.indicator.code, []).append(one)
    return {
        unit: {code: _of_year(rows) for code, rows in by_code.items()}
        for unit, by_code in found.items()
    }


def _of_year(rows: Sequence[Reading]) -> YearFigure:
    """Of the newest edition of the indicator alone: another means something else."""
    newest = max(rows, key=lambda one: one.collection.ends_on)
    by_stretch = {
        Stretch(one.collection.starts_on, one.collection.ends_on, one.amount): one.collection
        for one in rows
        if one.indicator_id == newest.indicator_id
    }
    amount, taken = along(list(by_stretch), newest.indicator.over_time)
    others = [one for one in rows if one.indicator_id != newest.indicator_id]
    others.sort(key=lambda one: one.collection.starts_on)
    return YearFigure(
        amount or Decimal(),
        tuple(by_stretch[one] for one in taken),
        tuple(one.collection for one in others),
    )
