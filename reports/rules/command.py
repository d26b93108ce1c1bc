"""What a leader is told on one page: where points are lost, who moved, where figures part. Pure.

Sums are exact and rounded when they are shown; what is compared is what the standings hold.
"""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from statistics import median, quantiles

from cchc_portal.kit.numerals import summed
from scoring.rules.year_change import Result, year_change

FEWEST_TO_COMPARE = 4
"""With fewer units a lower quarter says nothing."""

AreaPoints = tuple[str, Fraction, Decimal]
"""Title of an area, points reached in it, the unit's own applicable maximum."""


@dataclass(frozen=True)
class AreaLoss:
    """One area over several units: points lost of the points that counted."""

    title: str
    lost: Fraction
    maximum: Fraction
    units: int

    @property
    def share(self) -> Fraction:
        """Percent of the area's points that were lost, exact."""
        return 100 * self.lost / self.maximum

    @property
    def each(self) -> Fraction:
        """Points lost by a unit on average, exact."""
        return self.lost / self.units


def area_losses(units: Iterable[Sequence[AreaPoints]]) -> dict[str, AreaLoss]:
    """By title, in the order in which areas first appear; an area of a unit in which nothing counts
    (bonus, penalty) is left out. Sums first: the share of the whole, not the mean of shares."""
    counted: dict[str, list[tuple[Fraction, Decimal]]] = {}
    for areas in units:
        for title, points, maximum in areas:
            if maximum:
                counted.setdefault(title, []).append((points, maximum))
    return {title: _loss(title, parts) for title, parts in counted.items()}


def _loss(title: str, parts: Sequence[tuple[Fraction, Decimal]]) -> AreaLoss:
    whole = Fraction(sum((maximum for _, maximum in parts), Decimal(0)))
    return AreaLoss(title, whole - summed(points for points, _ in parts), whole, len(parts))


def worst_first(losses: Iterable[AreaLoss]) -> list[AreaLoss]:
    """Those that cost the most points first: the largest sum, not the largest share."""
    return sorted(losses, key=lambda one: -one.lost)


@dataclass(frozen=True)
class Move:
    """How many places higher (below 0: lower) a unit stands than the year before, and whose place
    that was: its own, or that of the unit it succeeds."""

    unit: int
    places_up: int
    before: int


def moves(
    now: Mapping[int, Result],
    before: Mapping[int, Result],
    origins: Mapping[int, Sequence[int]],
) -> list[Move]:
    """Of every unit that stood in a block of the same name the year before, the best climb first.

    A unit without a result of its own then is held against the only ranked one of those it
    succeeds; where several of them were ranked, no place of then is its own: it is not compared.
    """
    found = []
    for unit, result in now.items():
        source = source_of(unit, before, origins)
        if source is None:
            continue
        places = year_change(result, before[source]).places_up
        if places is not None:
            found.append(Move(unit, places, source))
    return sorted(found, key=lambda one: -one.places_up)


def source_of(
    unit: int, before: Container[int], origins: Mapping[int, Sequence[int]]
) -> int | None:
    """Whose result of the year before is held against the unit: its own, else that of the only
    ranked one of those it succeeds, else nobody's."""
    if unit in before:
        return unit
    ranked = [one for one in origins.get(unit, ()) if one in before]
    return ranked[0] if len(ranked) == 1 else None


def ends(found: Sequence[Move], each: int) -> list[Move]:
    """So many that climbed most, then so many that fell most, the deepest last."""
    up = [one for one in found if one.places_up > 0][:each]
    down = [one for one in found if one.places_up < 0][-each:]
    return up + down


@dataclass(frozen=True)
class Both:
    """Index and satisfaction of a unit in percent, exact; the upper end of the 95 % interval of its
    satisfaction, None where it is not known how many people rated."""

    index: Fraction
    satisfaction: Fraction
    until: Decimal | None = None


@dataclass(frozen=True)
class Parting:
    """Index against satisfaction, in percent, exact: the middles of both, the satisfaction below
    which the lower quarter lies, and the units to ask about, the least satisfying first; after
    them those whose figures lie there too, but may do so by chance."""

    index: Fraction
    satisfaction: Fraction
    floor: Fraction
    asked: tuple[int, ...]
    unsure: tuple[int, ...] = ()


def parting(figures: Mapping[int, Both]) -> Parting | None:
    """Who stands at or above the middle by the index, and in the lower quarter by satisfaction.

    Of those only a unit whose whole 95 % interval lies below the middle of satisfaction is asked
    about; without an interval, or where it reaches the middle, it is not sure. None where fewer
    than four units have both.
    """
    if len(figures) < FEWEST_TO_COMPARE:
        return None
    index = median(one.index for one in figures.values())
    said = sorted(one.satisfaction for one in figures.values())
    middle, floor = median(said), quantiles(said, n=4, method="inclusive")[0]
    low = [unit for unit, one in figures.items() if one.index >= index and one.satisfaction < floor]
    low.sort(key=lambda unit: figures[unit].satisfaction)
    sure = [unit for unit in low if _surely_below(figures[unit], middle)]
    unsure = [unit for unit in low if unit not in sure]
    return Parting(index, middle, floor, tuple(sure), tuple(unsure))


def _surely_below(one: Both, middle: Fraction) -> bool:
    return one.until is not None and Fraction(one.until) < middle
