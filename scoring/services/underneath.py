"""What stands under a unit's own figure: its units' figures for the same stretch. Reads only."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.db.models import Count, Q, Sum

from cchc_portal.kit.numerals import exactly, grouped
from scoring.models import Collection, Indicator, Reading
from scoring.rules.indicator import CollectionState, Roll
from scoring.rules.rolling import both_ends, rolled


@dataclass(frozen=True)
class Below:
    """What the units below one unit come to, how many of how many of them reported, and the figure
    that the unit itself reports."""

    amount: Decimal | Fraction
    said: int
    asked: int
    own: Decimal | Fraction | None = None

    @property
    def complete(self) -> bool:
        """Whether every unit below has reported."""
        return self.said == self.asked

    @property
    def same(self) -> bool:
        """Whether the unit reports just this."""
        return self.own == self.amount

    @property
    def of(self) -> str:
        """How many reported: "6/13 đơn vị"."""
        return of_units(self.said, self.asked)

    @property
    def words(self) -> str:
        """Beside the unit's own figure, for the level above."""
        if self.same:
            return f"gồm {self.of} trực thuộc"
        return f"trực thuộc cộng {exactly(self.amount)} ({self.of})"


def of_units(said: int, asked: int) -> str:
    """How many of how many units reported."""
    return f"{grouped(said)}/{grouped(asked)} đơn vị"


def underneath(
    collection: Collection,
    indicators: Iterable[Indicator],
    units: Sequence[int] | None = None,
) -> dict[int, dict[str, Below]]:
    """Key of a unit that reports in the collection → code → what its own collection of the same
    stretch adds up to; of what adds up and is measured alike. Of all units, or of `units`.

    One query where nobody asks units below, two else, however many units there are.
    """
    measures = {one.code: one.measure for one in indicators if one.roll == Roll.SUM}
    whose = collection.readings.values("unit") if units is None else units
    rows = (
        Reading.objects.filter(_same_stretch(collection), collection__owner__in=whose)
        .filter(indicator__roll=Roll.SUM, indicator__code__in=measures)
        .order_by("collection")
        .values("collection", "collection__owner", "indicator__code", "indicator__measure")
        .annotate(total=Sum("amount"), said=Count("amount"), asked=Count("pk"))
    )
    summed: dict[int, dict[str, tuple[Decimal, int, int]]] = {}
    for row in rows:
        code = row["indicator__code"]
        if row["total"] is not None and row["indicator__measure"] == measures[code]:
            told = row["total"], row["said"], row["asked"]
            summed.setdefault(row["collection__owner"], {}).setdefault(code, told)
    own = _own(collection, summed) if summed else {}
    return {
        unit: {code: Below(*told, own.get((unit, code))) for code, told in by_code.items()}
        for unit, by_code in summed.items()
    }


def below(unit: int, collection: Collection, indicators: Sequence[Indicator]) -> dict[str, Below]:
    """The same of one unit, with the ratios that follow, over the units below that gave both ends.
    One query more where there are ratios."""
    sums = underneath(collection, indicators, [unit]).get(unit, {})
    ratios = [one.meaning for one in indicators if one.roll == Roll.RATIO]
    if not sums or not ratios:
        return sums
    own = rolled(ratios, {code: one.own for code, one in sums.items() if one.own is not None})
    found = dict(sums)
    for code, ends in both_ends(ratios, _places(unit, collection, indicators)).items():
        if ends.rate is not None:
            found[code] = Below(ends.rate, ends.said, ends.asked, own.get(code))
    return found


def _places(unit: int, collection: Collection, indicators: Sequence[Indicator]) -> list[dict]:
    """What each unit below was asked by the unit for the same stretch, by code, of what adds up and
    is measured alike."""
    measures = {one.code: one.measure for one in indicators if one.roll == Roll.SUM}
    rows = Reading.objects.filter(
        _same_stretch(collection),
        collection__owner=unit,
        indicator__roll=Roll.SUM,
        indicator__code__in=measures,
    ).order_by("collection")
    found: dict[tuple[int, int], dict[str, Decimal | None]] = {}
    for key, below, code, measure, amount in rows.values_list(
        "collection", "unit", "indicator__code", "indicator__measure", "amount"
    ):
        if measure == measures[code]:
            found.setdefault((key, below), {})[code] = amount
    first = next(iter(found), (0, 0))[0]
    return [said for (key, _), said in found.items() if key == first]


def _same_stretch(collection: Collection) -> Q:
    stretch = {f"collection__{name}": value for name, value in collection.stretch.items()}
    return ~Q(collection__state=CollectionState.CANCELLED) & Q(**stretch)


def _own(
    collection: Collection, units: Mapping[int, object]
) -> dict[tuple[int, str], Decimal | None]:
    rows = collection.readings.filter(unit__in=units).order_by()
    told = rows.values_list("unit", "indicator__code", "amount")
    return {(unit, code): amount for unit, code, amount in told}


def unfinished(under: Mapping[int, Mapping[str, Below]], code: str) -> int:
    """How many units report the figure while not all of their own units have."""
    told = [by_code[code] for by_code in under.values() if code in by_code]
    return sum(one.own is not None and not one.complete for one in told)


def differing(under: Mapping[int, Mapping[str, Below]], code: str) -> int:
    """How many units report another figure than their own units come to."""
    told = [by_code[code] for by_code in under.values() if code in by_code]
    return sum(one.own is not None and not one.same for one in told)
