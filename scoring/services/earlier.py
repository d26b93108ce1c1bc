"""What the units of a period reached in the assessor's last published one of the same kind."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from statistics import mean

from django.core.cache import cache
from django.db.models import Max, Q

from scoring.models import Block, Period
from scoring.rules.year_change import Result
from scoring.services.standings import BlockStanding, standings

KEPT_FOR = 24 * 60 * 60
"""Seconds. What was published does not change; a correction is another event of the period."""


@dataclass(frozen=True)
class Earlier:
    """The earlier period and, by unit key, what each ranked unit reached in it, as far as it was
    asked for."""

    period: Period
    results: Mapping[int, Result]

    def mean_of(self, block: str) -> Fraction | None:
        """The mean of its block of that name, exact; None where it had none, or nobody ranked."""
        figures = [result.figure for result in self.results.values() if result.block == block]
        return mean(figures) if figures else None


def before(period: Period, *, block: Block | None = None) -> Earlier | None:
    """The last one published for an earlier year; None where there is none. With `block` only what
    its units reached, and the block of its name: of thousands of units no others are summed up.

    Two queries; six more the first time after it was published.
    What is published cannot change any more, so that the sums of today are those of then.
    """
    earlier = Period.objects.published_before(period).annotate(
        last_event=Max("events__happened_at")
    )
    found = earlier.first()
    if found is None:
        return None
    wanted = list(_blocks(found, block))
    keys = {one.pk: f"reached:{found.last_event:%Y%m%d%H%M%S%f}:{one.pk}" for one in wanted}
    kept = cache.get_many(keys.values())
    missing = [one for one in wanted if keys[one.pk] not in kept]
    tables = standings(found, blocks=missing) if missing else []
    made = {keys[table.block.pk]: _reached(table) for table in tables}
    if made:
        cache.set_many(made, KEPT_FOR)
    results = [(kept | made)[keys[one.pk]] for one in wanted]
    return Earlier(found, {unit: result for part in results for unit, result in part.items()})


def _blocks(found: Period, now: Block | None):
    """The blocks of the earlier period, or those in which the units of the block stood then."""
    blocks = found.blocks.order_by("position")
    if now is None:
        return blocks
    units = now.dossiers.values("unit")
    return blocks.filter(Q(name=now.name) | Q(dossiers__unit__in=units)).distinct()


def _reached(table: BlockStanding) -> Mapping[int, Result]:
    return {
        row.unit.pk: Result(row.placing.figure, row.placing.rank, table.block.name)
        for row in table.ranked
        if row.placing
    }
