"""What the units of a period reached in the assessor's last published one of the same kind."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from statistics import mean

from django.core.cache import cache
from django.db.models import Max

from scoring.models import Period
from scoring.rules.year_change import Result
from scoring.services.standings import standings

KEPT_FOR = 24 * 60 * 60
"""Seconds. What was published does not change; a correction is another event of the period."""


@dataclass(frozen=True)
class Earlier:
    """The earlier period and, by unit key, what each ranked unit reached in it."""

    period: Period
    results: Mapping[int, Result]

    def mean_of(self, block: str) -> Fraction | None:
        """The mean of its block of that name, exact; None where it had none, or nobody ranked."""
        figures = [result.figure for result in self.results.values() if result.block == block]
        return mean(figures) if figures else None


def before(period: Period) -> Earlier | None:
    """The last one published for an earlier year; None where there is none. One query; six more
    the first time after it was published.

    What is published cannot change any more, so that the sums of today are those of then.
    """
    earlier = Period.objects.published_before(period).annotate(
        last_event=Max("events__happened_at")
    )
    found = earlier.first()
    if found is None:
        return None
    key = f"reached:{found.pk}:{found.last_event:%Y%m%d%H%M%S%f}"
    results = cache.get_or_set(key, lambda: _reached(found), KEPT_FOR)
    return Earlier(found, results)


def _reached(found: Period) -> Mapping[int, Result]:
    return {
        row.unit.pk: Result(row.placing.figure, row.placing.rank, table.block.name)
        for table in standings(found)
        for row in table.ranked
        if row.placing
    }
