"""Figures of a collection read together: added up, how complete, what is odd. Reads only."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from cchc_portal.kit.numerals import exactly, written
from scoring.models import Collection, Indicator, Reading
from scoring.rules.indicator import Roll, Span
from scoring.rules.rolling import (
    Ends,
    Pair,
    both_ends,
    ends_of,
    oddities,
    rates_beside,
    rolled,
)
from scoring.services.underneath import Below

NOBODY = (None, 0, 0)
EMPTY: Mapping[int, Mapping[str, Below]] = {}
NOT_ODD: Mapping[int, Mapping[str, Sequence[str]]] = {}


@dataclass(frozen=True)
class Total:
    """An indicator over all units that were asked: how many of them have reported, what the figures
    come to, and what they came to in the same stretch of the year before, of how many units. Of a
    ratio those count that gave both its ends; `beside`: it and the one before, held against each
    other."""

    indicator: Indicator
    said: int
    asked: int
    amount: Decimal | Fraction | None = None
    before: Decimal | Fraction | None = None
    said_before: int = 0
    odd: tuple[str, ...] = ()
    beside: Pair | None = None

    @property
    def complete(self) -> bool:
        """Whether every unit has reported."""
        return self.said == self.asked


@dataclass(frozen=True)
class UnitLine:
    """A unit in the table: its figures in the order of the columns, how complete they are, and
    beside each in words what stands under it, where the unit asks units of its own, and what looks
    odd in it."""

    unit: int
    name: str
    said: int
    asked: int
    cells: tuple[Decimal | Fraction | None, ...] = field(default=())
    notes: tuple[str, ...] = field(default=())
    odd: tuple[tuple[str, ...], ...] = field(default=())

    @property
    def texts(self) -> list[str]:
        """The figures as a table shows them: ratios with two decimals, else empty."""
        return [cell_text(cell) for cell in self.cells]

    @property
    def noted(self) -> list[tuple[str, str, tuple[str, ...]]]:
        """The same, each with what stands under it and what is odd."""
        return list(zip(self.texts, self.notes, self.odd, strict=True))


def earlier_of(collection: Collection) -> Collection | None:
    """The same stretch of the year before, asked by the same level; None for a stretch of its own,
    which has no counterpart. One query."""
    if collection.span == Span.OWN:
        return None
    beside = Collection.objects.standing().filter(owner=collection.owner_id)
    return beside.filter(year=collection.year - 1, span=collection.span).first()


def indicators_of(collection: Collection) -> list[Indicator]:
    """Its indicators in their order."""
    return list(collection.indicators.order_by("position", "code"))


def totals(collection: Collection, indicators: Sequence[Indicator] | None = None) -> list[Total]:
    """Every indicator of the collection over all units. Seven queries at most, however many."""
    chosen = indicators_of(collection) if indicators is None else indicators
    earlier = earlier_of(collection)
    counts = collection.readings.by_indicator()
    counted = earlier.readings.by_indicator() if earlier else {}
    meanings = [one.meaning for one in chosen]
    here, there = _ends_by_unit(chosen, collection, earlier)
    ends, ends_then = both_ends(meanings, here.values()), both_ends(meanings, there.values())
    now = rolled(meanings, _sums(chosen, counts), ends)
    then = rolled(meanings, _sums(chosen, counted), ends_then)
    beside = rates_beside(meanings, here, there)
    told: dict[str, list[str]] = {}
    for odd in oddities(meanings, ends, _pairs(collection, earlier, chosen, counts, counted)):
        told.setdefault(odd.code, []).append(odd.sentence)
    return [
        Total(
            one,
            *_reported(one, counts, ends),
            now.get(one.code),
            then.get(one.code),
            _reported(one, counted, ends_then)[0],
            tuple(told.get(one.code, ())),
            beside.get(one.code),
        )
        for one in chosen
    ]


def lines(
    collection: Collection,
    indicators: Sequence[Indicator],
    units: Sequence[tuple[int, str]],
    under: Mapping[int, Mapping[str, Below]] = EMPTY,
    odd: Mapping[int, Mapping[str, Sequence[str]]] = NOT_ODD,
) -> list[UnitLine]:
    """The units, each with its figures. One query for all of them. `under`: what stands under
    them (`services/underneath.py`); `odd`: what looks odd in them (`services/odd_units.py`)."""
    found: dict[int, dict[int, Decimal | None]] = {unit: {} for unit, _ in units}
    rows = collection.readings.filter(unit__in=found).order_by()
    for unit, indicator, amount in rows.values_list("unit", "indicator", "amount"):
        found[unit][indicator] = amount
    meanings = [one.meaning for one in indicators]
    codes = {one.pk: one.code for one in indicators}
    drawn = []
    for unit, name in units:
        said = {
            codes[pk]: amount
            for pk, amount in found[unit].items()
            if amount is not None and pk in codes
        }
        figures = rolled(meanings, said)
        cells = tuple(figures.get(one.code) for one in indicators)
        below = under.get(unit, {})
        notes = tuple(
            below[one.code].words if one.code in below and one.code in said else ""
            for one in indicators
        )
        told = odd.get(unit, {})
        marks = tuple(tuple(told.get(one.code, ())) for one in indicators)
        drawn.append(UnitLine(unit, name, len(said), len(found[unit]), cells, notes, marks))
    return drawn


def cell_text(cell: Decimal | Fraction | None) -> str:
    """A figure as a table shows it: a ratio with two decimals, nothing as an empty text."""
    if cell is None:
        return ""
    return written(cell, 2) if isinstance(cell, Fraction) else exactly(cell)


def _sums(indicators: Sequence[Indicator], counts: Mapping[int, tuple]) -> dict[str, Decimal]:
    return {
        one.code: counts[one.pk][0]
        for one in indicators
        if one.roll == Roll.SUM and one.pk in counts and counts[one.pk][0] is not None
    }


def _pairs(
    collection: Collection,
    earlier: Collection | None,
    chosen: Sequence[Indicator],
    counts: Mapping[int, tuple],
    counted: Mapping[int, tuple],
) -> dict[str, Pair]:
    """Sums held against those of the stretch before. Where every unit reported both times, of all;
    else of the units that reported both times, for a sum of fewer units is no fall. Two queries
    where any is missing."""
    if earlier is None:
        return {}
    found, uneven = {}, []
    for one in chosen:
        now, *whole_now = counts.get(one.pk, NOBODY)
        before, *whole_then = counted.get(one.pk, NOBODY)
        if one.roll != Roll.SUM or now is None or before is None:
            continue
        if all(said == asked for said, asked in (whole_now, whole_then)):
            found[one.code] = Pair(now, before)
        else:
            uneven.append(one)
    both_now = collection.readings.said_in(earlier).by_indicator() if uneven else {}
    both_then = earlier.readings.said_in(collection).by_indicator() if uneven else {}
    for one in uneven:
        if one.pk in both_now and one.pk in both_then:
            (now, _, _), (before, units, _) = both_now[one.pk], both_then[one.pk]
            found[one.code] = Pair(now, before, units)
    return found


def _reported(
    one: Indicator, counts: Mapping[int, tuple], ends: Mapping[str, Ends]
) -> tuple[int, int]:
    """How many of how many; of a ratio: that gave both its ends."""
    if one.roll == Roll.RATIO:
        return (ends[one.code].said, ends[one.code].asked) if one.code in ends else (0, 0)
    _, said, asked = counts.get(one.pk, NOBODY)
    return said, asked


def _ends_by_unit(
    indicators: Sequence[Indicator], *collections: Collection | None
) -> list[dict[int, dict[str, Decimal | None]]]:
    """Of each collection: unit → code → figure, of what adds up and stands over or under another.
    One query."""
    named = {code for one in indicators for code in ends_of(one.meaning) or ()}
    codes = {one.pk: one.code for one in indicators if one.roll == Roll.SUM and one.code in named}
    found: dict[int, dict[int, dict[str, Decimal | None]]] = {}
    if codes:
        keys = [one.pk for one in collections if one]
        rows = Reading.objects.filter(collection__in=keys, indicator__in=codes).order_by()
        for key, unit, one, amount in rows.values_list("collection", "unit", "indicator", "amount"):
            found.setdefault(key, {}).setdefault(unit, {})[codes[one]] = amount
    return [found.get(one.pk, {}) if one else {} for one in collections]
