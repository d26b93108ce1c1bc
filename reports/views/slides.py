"""Trình chiếu: a published edition as slides for the conference at which it is announced.

What is chosen stands in the address: `khoi` one block, `thu-tu` the order in which the best are
called. The slide that is shown stands behind the `#`, which only the browser reads.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from reports import seal
from reports.models import Edition, EditionResult
from reports.models.marks import mark_with_years
from reports.papers.editions import check_of
from reports.rules import stage, year_report
from reports.rules.rated import together
from reports.rules.year_report import BlockYear
from reports.services import seal_checks
from reports.views import edition_tables
from reports.views.edition_tables import BlockTable
from reports.views.kept import kept
from reports.views.searched import led_back
from reports.year_before import before_of
from units.models import Succession

MEANS, CLASSES, SATISFIED, BEST, MOVED, NEW = 6, 5, 4, 5, 5, 12
"""So many rows stand on one slide: they fit with names of two lines."""
MOST_NEW = 2 * NEW
"""So many new units are named; of the others it is said how many they are."""
ASKS = ("khoi", "thu-tu")
ORDERS = {"tu-thap": "từ hạng thấp lên", "tu-cao": "từ hạng cao xuống"}


@dataclass(frozen=True)
class Slide:
    """One slide: what it is (its template), its heading, the part of several, what stands on it."""

    kind: str
    heading: str
    part: str = ""
    told: Mapping[str, Any] = field(default_factory=dict)


@login_not_required
@require_safe
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """All slides of an edition in one page, for anyone, as the edition is; at most eight
    queries, one where they are kept."""
    return kept(request, lambda: mark_with_years(pk), lambda: _page(request, pk), asks=ASKS)


def _page(request: HttpRequest, pk: int) -> HttpResponse:
    edition = get_object_or_404(Edition.objects.for_page(), pk=pk)
    order = request.GET.get("thu-tu", "")
    order = order if order in ORDERS else next(iter(ORDERS))
    block = request.GET.get("khoi", "")
    results = list(edition.results.order_by("position"))
    tables = edition_tables.blocks_of(edition, results)
    wanted = {str(table.position): table for table in tables}.get(block)
    if back := led_back(request, khoi=wanted is not None):
        return back
    shown = [wanted] if wanted else tables
    lines = [row for row in results if not wanted or row.block_position == wanted.position]
    check = seal_checks.checked(edition)
    context = {
        "edition": edition,
        "tables": tables,
        "wanted": wanted,
        "order": order,
        "orders": ORDERS.items(),
        "slides": list(_slides(edition, shown, lines, order)),
        "figures": edition_tables.figures_of(edition, lines),
        "blocks": len(shown),
        "sealed": check.holds,
        "sealed_at": timezone.localtime(check.at),
        "code": seal.short_code(edition),
        "check": check_of(edition),
        "made_up": edition.made_up,
    }
    return render(request, "reports/slides.html", context)


def _slides(
    edition: Edition, tables: Sequence[BlockTable], lines: Sequence[EditionResult], order: str
) -> Iterator[Slide]:
    yield Slide("title", stage.unbroken(edition.title))
    blocks = year_report.blocks_of(lines, edition)
    yield from _cut("means", "Chỉ số trung bình từng khối", MEANS, _means(blocks))
    yield from _cut("classes", "Xếp loại của từng khối", CLASSES, _classes(blocks))
    yield from _best(edition, tables, order)
    yield from _movement(edition, lines)
    if whole := together(lines):
        asked = [block for block in blocks if block.ratings]
        bars = [(block, stage.part_of_bar(block.ratings.share)) for block in asked]
        yield from _cut("satisfaction", "Mức độ hài lòng", SATISFIED, bars, whole=whole)
    yield Slide("end", "Xem và kiểm tra kết quả")


def _cut(kind: str, heading: str, most: int, rows: Sequence[Any], **told: Any) -> Iterator[Slide]:
    """As many slides as the rows need, each saying which of them it is."""
    parts = list(stage.cut(rows, most))
    for number, part in enumerate(parts, start=1):
        said = f"{number}/{len(parts)}" if len(parts) > 1 else ""
        yield Slide(kind, heading, said, {"rows": part, **told})


def _means(blocks: Sequence[BlockYear]) -> list[tuple[BlockYear, str]]:
    return [(block, stage.part_of_bar(block.mean)) for block in blocks]


def _classes(blocks: Sequence[BlockYear]) -> list[tuple[BlockYear, tuple[stage.Piece, ...]]]:
    return [(block, stage.pieces(block.counts)) for block in blocks]


def _best(edition: Edition, tables: Sequence[BlockTable], order: str) -> Iterator[Slide]:
    """The units of the best class, block by block; the page uncovers them one by one."""
    label = edition.band_labels[0]
    found = False
    for table in tables:
        best = [line for line in table.lines if line.entry.band == label]
        found = found or bool(best)
        rows = best if order == "tu-cao" else best[::-1]
        yield from _cut("best", f"Xếp loại {label}", BEST, rows, block=stage.unbroken(table.name))
    if not found:
        yield Slide("none", f"Xếp loại {label}", told={"label": label})


def _movement(edition: Edition, lines: Sequence[EditionResult]) -> Iterator[Slide]:
    before = before_of(edition)
    if before is None:
        return
    ranked = {line.unit_id: line.unit_name for line in lines if line.rank is not None}
    strangers = [unit for unit in ranked if unit not in before.figures]
    came = Succession.objects.origins_of(strangers, edition.decided_on)
    origins = {unit: list(names) for unit, names in came.items()}
    told = stage.told_before(ranked, before.figures, origins)
    moved = year_report.movements(lines, told.figures, edition.places)
    if moved:
        names = {unit: came[unit][source] for unit, source in told.passed_on.items()}
        rows = [(row, names.get(row.unit, "")) for row in moved.rows]
        yield Slide(
            "movement",
            f"So với năm {before.year}",
            told={
                "moved": moved,
                "risen": [one for one in rows if one[0].points > 0][:MOVED],
                "fallen": [one for one in reversed(rows) if one[0].points < 0][:MOVED],
                "passed_on": len(told.passed_on),
            },
        )
    fresh = [
        stage.Newcomer(ranked[unit], tuple(came.get(unit, {}).values())) for unit in told.without
    ]
    rest = max(0, len(fresh) - MOST_NEW)
    heading = f"Chưa có kết quả năm {before.year} để so sánh"
    yield from _cut("new", heading, NEW, fresh[:MOST_NEW], rest=rest)
