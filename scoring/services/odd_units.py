"""What looks odd in the figures of single units: a part above its whole, a jump. Reads only."""

from collections.abc import Collection as Several
from collections.abc import Mapping, Sequence
from decimal import Decimal

from scoring.models import Collection, Indicator, Reading
from scoring.rules.rolling import Pair, both_ends, oddities
from scoring.services.rollups import earlier_of, indicators_of


def odd_units(
    collection: Collection,
    indicators: Sequence[Indicator] | None = None,
    units: Several[int] | None = None,
    typed: Mapping[tuple[int, int], Decimal | None] | None = None,
) -> dict[int, dict[str, list[str]]]:
    """Key of the unit → code → what looks odd there; units with nothing odd are left out. Of all
    units, or of `units`. `typed`: what would stand there instead, by keys of unit and indicator.

    Three queries at most, however many units.
    """
    chosen = indicators_of(collection) if indicators is None else indicators
    codes = {one.pk: one.code for one in chosen}
    earlier = earlier_of(collection)
    rows = Reading.objects.said().filter(
        collection__in=[one for one in (collection, earlier) if one]
    )
    if units is not None:
        rows = rows.filter(unit__in=units)
    now: dict[int, dict[int, Decimal]] = {}
    then: dict[int, dict[int, Decimal]] = {}
    for key, unit, one, amount in rows.order_by().values_list(
        "collection", "unit", "indicator", "amount"
    ):
        if one in codes:  # another edition means something else
            (now if key == collection.pk else then).setdefault(unit, {})[one] = amount
    for (unit, one), amount in (typed or {}).items():
        if amount is not None:
            now.setdefault(unit, {})[one] = amount
    meanings = [one.meaning for one in chosen]
    told: dict[int, dict[str, list[str]]] = {}
    for unit, said in now.items():
        amounts = {codes[one]: amount for one, amount in said.items()}
        before = then.get(unit, {})
        pairs = {codes[one]: Pair(said[one], before[one]) for one in said.keys() & before.keys()}
        for odd in oddities(meanings, both_ends(meanings, [amounts]), pairs):
            told.setdefault(unit, {}).setdefault(odd.code, []).append(odd.sentence)
    return told


def odd_in(collection: Collection, unit: int) -> dict[str, list[str]]:
    """The same of one unit."""
    return odd_units(collection, units=[unit]).get(unit, {})
