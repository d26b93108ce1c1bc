"""Reported figures as leaders see them beside a period: the rates of the last closed collection."""

from dataclasses import dataclass
from fractions import Fraction

from cchc_portal.kit.numerals import half_up
from scoring.models import Collection, Period
from scoring.rules.indicator import CollectionState, Roll
from scoring.services.rollups import Total, totals


@dataclass(frozen=True)
class Rate:
    """One rate over all units that were asked, and how far it moved, in percentage points."""

    total: Total

    @property
    def change(self) -> Fraction | None:
        """Against the same stretch of the year before, over the units that reported both times;
        None where there is none."""
        pair = self.total.beside
        return pair and Fraction(pair.now) - Fraction(pair.before)

    @property
    def way(self) -> str:
        """“up” or “down” as far as the two decimals that are shown tell it, else nothing."""
        shown = half_up(self.change or Fraction(0), 2)
        return ("down" if shown < 0 else "up") if shown else ""


@dataclass(frozen=True)
class Reported:
    """A closed collection with its rates, in the order of its indicators."""

    collection: Collection
    rates: tuple[Rate, ...]


def newest_of(period: Period) -> Reported | None:
    """Of the collections that the period's assessor closed for its year the last one that holds a
    rate; None where there is none. Seven queries at most, however many units and indicators."""
    closed = Collection.objects.filter(
        owner=period.assessor_id, year=period.year, state=CollectionState.CLOSED
    )
    found = closed.filter(indicators__roll=Roll.RATIO).distinct().order_by("-ends_on", "-pk")
    newest = found.first()
    if newest is None:
        return None
    rates = [
        Rate(one)
        for one in totals(newest)
        if one.indicator.roll == Roll.RATIO and one.amount is not None
    ]
    return Reported(newest, tuple(rates)) if rates else None
