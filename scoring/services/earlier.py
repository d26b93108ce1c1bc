"""What the units of a period reached in the assessor's last published one of the same kind."""

from collections.abc import Mapping
from dataclasses import dataclass

from scoring.models import Period
from scoring.rules.year_change import Result
from scoring.services.standings import standings


@dataclass(frozen=True)
class Earlier:
    """The earlier period and, by unit key, what each ranked unit reached in it."""

    period: Period
    results: Mapping[int, Result]


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
