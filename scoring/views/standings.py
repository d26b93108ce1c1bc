"""Standings as those see them who oversee the units: by block, as they stand now."""

import io
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from scoring import documents
from scoring.models import Block, Period
from scoring.rules.kinds import Side
from scoring.rules.result_summary import short_title
from scoring.rules.workflow import PeriodState, PeriodVerb
from scoring.second_access import require_empty_hands
from scoring.services import earlier, periods, readiness
from scoring.services.standing_sums import Progress
from scoring.services.standings import standings, standings_of
from scoring.views.scope import find_period
from scoring.views.standing_file import empty_page, page_of
from scoring.views.standing_order import chosen, columns_of, headings, ordered
from scoring.views.standing_rows import bar_of, chips_of, rows_of
from units.access import units_where
from units.permissions import Permission
from units.rules.file_kinds import XLSX

PERIODS_A_PAGE = 30
UNITS_A_PAGE = 100
LONGEST_TEXT = 100


@require_safe
def period_list(request: HttpRequest) -> HttpResponse:
    """The opened periods of the units whose subordinates the person oversees, newest first."""
    if not units_where(request.user, Permission.SEE_BELOW):
        raise PermissionDenied("Trang này dành cho người theo dõi kết quả của đơn vị trực thuộc.")
    found = Period.objects.overseen_by(request.user).assessing().for_list()
    ordered = found.order_by("-year", "-opens_on", "pk")
    page = Paginator(ordered, PERIODS_A_PAGE).get_page(request.GET.get("page"))
    counts = readiness.dossiers_by_state(page.object_list)
    rows = [(period, counts.get(period.pk, readiness.NONE_YET)) for period in page]
    return render(request, "scoring/standings_list.html", {"page": page, "rows": rows})


@require_safe
def table(request: HttpRequest, pk: int) -> HttpResponse:
    """One block of a period, as it is ranked now by what was verified, or by what units say."""
    period = find_period(request, pk, Permission.SEE_BELOW)
    require_empty_hands(request.user, period)
    blocks = list(period.blocks.order_by("position"))
    counts = readiness.dossiers_by_state([period], part="block")
    block, side = _chosen(blocks, request.GET.get("khoi", "")), _side(request)
    context: dict[str, Any] = {
        "period": period,
        "made_up": period.made_up,
        "provisional": period.state == PeriodState.OPEN,
        "may_lock": any(
            move.verb == PeriodVerb.LOCK for move in periods.open_moves(period, request.user)
        ),
        "tabs": [(one, counts.get(one.pk, readiness.NONE_YET)) for one in blocks],
        "side": side,
        "sides": Side.choices,
        "khoi": block,
        "tally": counts.get(block.pk) if block else None,
    }
    if block and block.pk in counts:
        context |= _of_block(request, block, side)
    return render(request, "scoring/standings.html", context)


@require_safe
def workbook(request: HttpRequest, pk: int) -> FileResponse:
    """The shown block, or with none named the whole period, as an Excel file."""
    period = find_period(request, pk, Permission.SEE_BELOW)
    require_empty_hands(request.user, period)
    side, asked = _side(request), request.GET.get("khoi", "")
    blocks = list(period.blocks.order_by("position"))
    block = _chosen(blocks, asked) if asked else None
    tables = [standings_of(block, side=side)] if block else standings(period, side=side)
    last = earlier.before(period, block=block) if side != Side.SELF else None
    pages = [page_of(one, rows_of(request.user, one, last), side, last) for one in tables]
    what = {Side.SELF: "tu-cham", Side.PROVISIONAL: "tam-tinh"}.get(side, "xep-hang")
    part = f"-khoi-{block.position}" if block else ""
    answer = FileResponse(
        io.BytesIO(documents.book(pages or [empty_page(period)], period.title)),
        as_attachment=True,
        filename=f"{what}-{period.year}{part}.xlsx",
        content_type=XLSX.content_type,
    )
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _of_block(request: HttpRequest, block: Block, side: Side) -> dict[str, Any]:
    """What the page says of one block that has dossiers."""
    period, standing = block.period, standings_of(block, side=side)
    last = earlier.before(period, block=block) if side != Side.SELF else None
    rows = rows_of(request.user, standing, last)
    compared = any(row.change for row in rows)
    summary = standing.summary(period.band_labels)
    areas = standing.rows[0].areas
    text, band = request.GET.get("tim", "")[:LONGEST_TEXT], request.GET.get("loai", "")
    band = band if band in period.band_labels else ""
    chips = chips_of(chosen(rows, text=text, band=band), compared=compared)
    chip = next((one for one in chips if one.key == request.GET.get("loc")), chips[0])
    columns = columns_of(len(areas))
    sorted_rows, order = ordered(chip.rows, columns, request.GET.get("xep", ""))
    heads = headings(columns, order)
    progress = Progress()
    for row in standing.rows:
        one = row.progress
        progress.add(one.answered, one.own, one.settled, one.all)
    return {
        "page": Paginator(sorted_rows, UNITS_A_PAGE).get_page(request.GET.get("page")),
        "text": text,
        "band": band,
        "order": order,
        "heads": heads,
        "whole": order == "hang" and len(sorted_rows) == len(rows),
        "progress": progress,
        "ranked": len(standing.ranked),
        "against": f"So với {last.period.year}" if last else "",
        "earlier_mean": last.mean_of(block.name) if last and compared else None,
        "chips": chips,
        "chip": chip,
        "summary": summary,
        "bar": bar_of(summary, len(standing.unranked)),
        "size": len(standing.rows),
        "unranked": len(standing.unranked),
        "areas": [
            (area.title, short_title(area.title), heads[f"lv_{place}"])
            for place, area in enumerate(areas, start=1)
        ],
        "earlier": last.period if last and compared else None,
        "told_apart": any(row.line and row.line.places > period.places for row in rows),
        "columns": 8 + len(areas) + (2 if compared else 0),
    }


def _chosen(blocks: list[Block], asked: str) -> Block | None:
    """The block whose position is asked for in the address, else the first."""
    wanted = {str(block.position): block for block in blocks}
    return wanted.get(asked) or next(iter(blocks), None)


def _side(request: HttpRequest) -> Side:
    asked = request.GET.get("side", "")
    return Side(asked) if asked in Side.values else Side.VERIFIED
