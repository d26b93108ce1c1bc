"""What the assessor published for the year before an edition, and each line held against it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from reports.models import Edition, EditionResult
from reports.rules.year_beside import Beside, beside
from scoring.models import PublishedRow
from scoring.rules.kinds import PeriodKind
from scoring.rules.points import percent
from scoring.rules.year_change import Result
from units.models import Succession, Unit


@dataclass(frozen=True)
class Before:
    """The year and the scale of its points; unit → printed percentage, rank (None on papers without
    one) and block."""

    year: int
    scale: Decimal
    printed: Mapping[int, tuple[Decimal, int | None, str]]

    @cached_property
    def figures(self) -> dict[int, Decimal]:
        """Unit → its printed percentage."""
        return {unit: figure for unit, (figure, _, _) in self.printed.items()}

    @cached_property
    def results(self) -> dict[int, Result]:
        """The same for the rule of changes; without a rank in no block, so that ranks are not
        compared."""
        return {
            unit: Result(Fraction(figure), rank or 0, block if rank else "")
            for unit, (figure, rank, block) in self.printed.items()
        }


def before_of(edition: Edition) -> Before | None:
    """The last year published before, on the portal, else on a paper brought in. Two queries."""
    earlier = Edition.objects.last_before(edition)
    if earlier:
        rows = earlier.results.filter(rank__isnull=False)
        rows = rows.values_list("unit", "percent", "rank", "block_name")
        told = {unit: (figure, rank, block) for unit, figure, rank, block in rows}
        return Before(earlier.year, earlier.scale_total, told)
    if edition.kind != PeriodKind.INDEX:
        return None
    printed = list(PublishedRow.objects.of_the_last_year_before(edition.period))
    if not printed:
        return None
    table = printed[0].table
    told = {row.unit_id: (row.printed_percent, row.printed_rank, row.block) for row in printed}
    return Before(table.year, table.scale_total, told)


def changes_since(
    edition: Edition, before: Before | None, lines: Iterable[EditionResult]
) -> dict[int, Beside]:
    """Key of each ranked line → what stands beside it. Two queries at most: whom those without a
    figure of their own came from, and since when they are there."""
    if before is None:
        return {}
    ranked = [line for line in lines if line.rank is not None]
    strangers = [line.unit_id for line in ranked if line.unit_id not in before.printed]
    came = Succession.objects.origins_of(strangers, edition.decided_on) if strangers else {}
    lives = dict(Unit.objects.filter(pk__in=strangers).values_list("pk", "in_force"))
    return {
        line.pk: beside(
            line.unit_id,
            Result(percent(line.points, line.maximum), line.rank, line.block_name),
            before.results,
            came.get(line.unit_id, {}),
            founded=lives[line.unit_id].lower if line.unit_id in lives else None,
            year=before.year,
            places=edition.places,
        )
        for line in ranked
    }
