"""Figures of a collection read together: added up, how complete, what is odd. Reads only."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from cchc_portal.kit.numerals import exactly, written
from scoring.models import Collection, Indicator, Reading
from scoring.rules.indicator import CollectionState, Roll, Span
from scoring.rules.rolling import Stretch, along, oddities, rolled


@dataclass(frozen=True)
class Total:
    """An indicator over all units that were asked: how many of them have reported, what the figures
    come to, and what they came to in the same stretch of the year before."""

    indicator: Indicator
    said: int
    asked: int
    amount: Decimal | Fraction | None = None
    before: Decimal | Fraction | None = None
    odd: tuple[str, ...] = ()

    @property
    def complete(self) -> bool:
        """Whether every unit has reported."""
        return self.said == self.asked


@dataclass(frozen=True)
class UnitLine:
    """A unit in the table: its figures in the order of the columns, and how complete they are."""

    unit: int
    name: str
    said: int
    asked: int
    cells: tuple[Decimal | Fraction | None, ...] = field(default=())

    @property
    def texts(self) -> list[str]:
        """The figures as a table shows them: ratios with two decimals, else empty."""
        return [cell_text(cell) for cell in self.cells]


def earlier_of(collection: Collection) -> Collection | None:
    """The same stretch of the year before, asked by the same level; None for a stretch of its own,
    which has no counterpart. One query."""
    if collection.span == Span.OWN:
        return None
    beside = Collection.objects.filter(owner=collection.owner_id, year=collection.year - 1)
    return beside.filter(span=collection.span).first()


def indicators_of(collection: Collection) -> list[Indicator]:
    """Its indicators in their order."""
    return list(collection.indicators.order_by("position", "code"))


def totals(collection: Collection, indicators: Sequence[Indicator] | None = None) -> list[Total]:
    """Every indicator of the collection over all units. Five queries, however many there are."""
    chosen = indicators_of(collection) if indicators is None else indicators
    counts = collection.readings.by_indicator()
    sums = _sums(chosen, counts)
    before = _before(collection, chosen)
    meanings = [one.meaning for one in chosen]
    now, then = rolled(meanings, sums), rolled(meanings, before)
    told: dict[str, list[str]] = {}
    for odd in oddities(meanings, sums, before):
        told.setdefault(odd.code, []).append(odd.sentence)
    by_code = {one.code: counts.get(one.pk, (None, 0, 0))[1:] for one in chosen}
    return [
        Total(
            one,
            *_reported(one, by_code),
            now.get(one.code),
            then.get(one.code),
            tuple(told.get(one.code, ())),
        )
        for one in chosen
    ]


def lines(
    collection: Collection, indicators: Sequence[Indicator], units: Sequence[tuple[int, str]]
) -> list[UnitLine]:
    """The units, each with its figures. One query for all of them."""
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
        drawn.append(UnitLine(unit, name, len(said), len(found[unit]), cells))
    return drawn


def odd_in(readings: Sequence[Reading], collection: Collection) -> dict[str, list[str]]:
    """Code → what looks odd in the figures of one unit. Two queries; readings with indicators."""
    if not readings:
        return {}
    earlier = earlier_of(collection)
    before: dict[str, Decimal] = {}
    if earlier:
        same = [one.indicator_id for one in readings]  # another edition means something else
        said = earlier.readings.said().filter(unit=readings[0].unit_id, indicator__in=same)
        before = dict(said.values_list("indicator__code", "amount"))
    meanings = [one.meaning for one in indicators_of(collection)]
    amounts = {one.indicator.code: one.amount for one in readings if one.amount is not None}
    told: dict[str, list[str]] = {}
    for odd in oddities(meanings, amounts, before):
        told.setdefault(odd.code, []).append(odd.sentence)
    return told


def below(unit: int, collection: Collection) -> dict[str, tuple[Decimal, int, int]]:
    """Code → what the unit's own collection of the same stretch adds up to, with how many of how
    many below it reported: the figure goes up the tree. Two queries."""
    own = Collection.objects.filter(owner=unit, year=collection.year, span=collection.span)
    days = {"starts_on": collection.starts_on, "ends_on": collection.ends_on}
    first = (own.filter(**days) if collection.span == Span.OWN else own).first()
    if first is None:
        return {}
    codes = {one.pk: one.code for one in indicators_of(first) if one.roll == Roll.SUM}
    return {
        codes[pk]: (total, said, asked)
        for pk, (total, said, asked) in first.readings.by_indicator().items()
        if pk in codes and total is not None
    }


@dataclass(frozen=True)
class YearFigure:
    """A figure of one unit over a year, and the collections it was taken from."""

    amount: Decimal
    from_: tuple[Collection, ...]

    @property
    def words(self) -> str:
        """From which reports."""
        return "; ".join(one.title for one in self.from_)


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
    return YearFigure(amount or Decimal(), tuple(by_stretch[one] for one in taken))


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


def _before(collection: Collection, chosen: Sequence[Indicator]) -> dict[str, Decimal]:
    """Sums of the stretch before, of indicators that mean the same: another edition does not."""
    earlier = earlier_of(collection)
    if earlier is None:
        return {}
    return _sums(chosen, earlier.readings.by_indicator())


def _reported(one: Indicator, by_code: Mapping[str, tuple[int, int]]) -> tuple[int, int]:
    """Of a ratio: as many as have reported the less complete of its two."""
    if one.roll != Roll.RATIO:
        return by_code[one.code]
    ends = [by_code.get(code, (0, 0)) for code in (one.numerator, one.denominator)]
    return min(ends)
