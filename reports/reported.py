"""Reported figures as leaders see them beside a period: those of the last closed collection, the
rates first."""

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
    """A closed collection with its rates, and what was added up over the units, both in the order
    of its indicators."""

    collection: Collection
    rates: tuple[Rate, ...]
    sums: tuple[Total, ...]


def newest_of(period: Period) -> Reported | None:
    """Of the collections that the period's assessor closed for its year the last one that holds a
    rate, else the last; None where nothing was reported. Eight queries at most, however many units
    and indicators."""
    closed = Collection.objects.filter(
        owner=period.assessor_id, year=period.year, state=CollectionState.CLOSED
    ).order_by("-ends_on", "-pk")
    newest = closed.filter(indicators__roll=Roll.RATIO).distinct().first() or closed.first()
    if newest is None:
        return None
    told = [one for one in totals(newest) if one.amount is not None]
    rates = tuple(Rate(one) for one in told if one.indicator.roll == Roll.RATIO)
    sums = tuple(one for one in told if one.indicator.roll == Roll.SUM)
    return Reported(newest, rates, sums) if told else None
