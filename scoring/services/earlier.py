"""What the units of a period reached in the assessor's last published one of the same kind."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from statistics import mean

from scoring.models import Period
from scoring.rules.year_change import Result
from scoring.services.standings import standings


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
    """The last one published for an earlier year; None where there is none. Seven queries.

    What is published cannot change any more, so that the sums of today are those of then.
    """
    found = Period.objects.published_before(period).first()
    if found is None:
        return None
    results = {
        row.unit.pk: Result(row.placing.figure, row.placing.rank, table.block.name)
        for table in standings(found)
        for row in table.ranked
        if row.placing
    }
    return Earlier(found, results)
