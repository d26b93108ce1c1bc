"""Tables published before the portal: each row as printed, beside what our rules make of it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from reports.models.marks import mark_of_all
from reports.papers.wording import class_limits
from reports.views.kept import kept
from scoring.models import PublishedTable
from scoring.rules.published_reading import PublishedLine
from scoring.rules.published_standing import PublishedStanding, blocks_of
from scoring.rules.published_table import Finding, findings
from scoring.rules.ranking import Placing, TieRule
from scoring.services.published_tables import lines_of, renaming_of


@dataclass(frozen=True)
class Row:
    """One line of the file: as printed, our placing (None where its result is unknown), where the
    two differ, and what does not fit in it."""

    line: PublishedLine
    placing: Placing | None
    other_rank: bool
    other_percent: bool
    other_band: bool
    findings: tuple[Finding, ...]

    @property
    def differs(self) -> bool:
        """Whether a printed figure is another than ours."""
        return self.other_rank or self.other_percent or self.other_band


@dataclass(frozen=True)
class Block:
    """The rows of one block in the order of the file; without a name where the table has none."""

    name: str
    rows: tuple[Row, ...]


@login_not_required
@require_safe
def table(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole table with its source. Two queries, however long it is."""
    return kept(request, mark_of_all, lambda: _table(request, pk))


def _table(request: HttpRequest, pk: int) -> HttpResponse:
    shown = get_object_or_404(PublishedTable.objects.select_related("assessor"), pk=pk)
    lines = lines_of(shown)
    blocks = _blocks(shown, lines)
    rows = [row for block in blocks for row in block.rows]
    context = {
        "table": shown,
        "blocks": blocks,
        "has_points": any(_told_by_points(line) for line in lines),
        "rows_in_all": len(rows),
        "placed": sum(1 for row in rows if row.placing),
        "differing": sum(1 for row in rows if row.differs),
        "findings": [finding for row in rows for finding in row.findings],
        "limits": class_limits(shown.band_floors, shown.band_labels),
        "made_up": False,
    }
    return render(request, "reports/earlier_table.html", context)


def _blocks(shown: PublishedTable, lines: list[PublishedLine]) -> list[Block]:
    ties, renaming = TieRule(shown.tie_rule), renaming_of(shown)
    odd: dict[int, list[Finding]] = defaultdict(list)
    for finding in findings(lines, shown.scale, ties, shown.places, renaming):
        odd[finding.line].append(finding)

    def row(standing: PublishedStanding) -> Row:
        return Row(
            line=standing.line,
            placing=standing.placing,
            other_rank=standing.other_rank and standing.placing is not None,
            other_percent=standing.other_percent,
            other_band=standing.other_band(renaming),
            findings=tuple(odd[standing.line.line]),
        )

    return [
        Block(block.name, tuple(map(row, _as_printed(block.rows))))
        for block in blocks_of(lines, shown.scale, ties, shown.places)
    ]


def _as_printed(rows: Iterable[PublishedStanding]) -> list[PublishedStanding]:
    return sorted(rows, key=lambda row: row.line.line)


def _told_by_points(line: PublishedLine) -> bool:
    """Whether the row prints points; a percentage printed alone is kept as points of 100."""
    return line.points is not None and (line.maximum != 100 or line.points != line.percent)
