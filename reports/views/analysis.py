"""Phân tích: one set of pages over a published edition, the cheap ones also over a period.

Everything a reader chose stands in the address, so that a view can be sent to a colleague: `khoi`
the block, `lv` an area, `dv` units by code, `loai` a class, `tim` words of a name, `xep` the order.
`tai=csv` gives the table as a file.
"""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from reports.models import Edition
from reports.services import analysis
from reports.views import analysis_blocks, analysis_files, analysis_inside, analysis_units
from reports.views.analysis_asked import Asked
from scoring.rules.kinds import Side
from scoring.rules.result_file import Sheet, marked_csv
from scoring.second_access import require_empty_hands
from scoring.views.scope import find_period
from units.permissions import Permission


class Page(NamedTuple):
    """One of the tabs: its name, its template, what fills it; `published`: of editions only;
    `sheet`: its table as a file, where no chart carries it."""

    label: str
    template: str
    fill: Callable[[Asked], Mapping[str, Any]]
    published: bool = False
    sheet: Callable[[Asked, Mapping[str, Any]], Sheet] | None = None


PAGES = {
    "xep-hang": Page("Xếp hạng", "ranking", analysis_blocks.ranking),
    "ban-do-nhiet": Page(
        "Bản đồ nhiệt", "heat", analysis_blocks.heat_map, sheet=analysis_files.heat_sheet
    ),
    "don-vi": Page("Một đơn vị", "unit", analysis_units.unit),
    "qua-cac-nam": Page("Qua các năm", "years", analysis_units.years, published=True),
    "thay-doi": Page("Vì đâu thay đổi", "changes", analysis_inside.changes, published=True),
    "tieu-chi": Page(
        "Tiêu chí", "criteria", analysis_inside.criteria, True, analysis_files.criteria_sheet
    ),
    "so-sanh": Page("So sánh", "compare", analysis_units.compare),
    "so-do": Page("Sơ đồ ô", "tiles", analysis_blocks.tiles, sheet=analysis_files.tiles_sheet),
}


@require_safe
def of_edition(request: HttpRequest, pk: int, page: str) -> HttpResponse:
    """A page over a published edition: for whoever is signed in, as the edition is; components
    only of the units whose details the person may read."""
    shown = get_object_or_404(Edition.objects.for_page(), pk=pk)
    asked = Asked(request, shown, analysis.OfEdition(shown))
    return _page(request, asked, page, "reports:analysis", of_periods=False)


@require_safe
def of_period(request: HttpRequest, pk: int, page: str) -> HttpResponse:
    """The same over a period as it stands now, for those who see its standings."""
    period = find_period(request, pk, Permission.SEE_BELOW)
    require_empty_hands(request.user, period)
    said = request.GET.get("side", "")
    side = Side(said) if said in Side.values else Side.VERIFIED
    asked = Asked(request, period, analysis.OfPeriod(period, side), side)
    return _page(request, asked, page, "reports:period-analysis", of_periods=True)


def _page(
    request: HttpRequest, asked: Asked, page: str, name: str, *, of_periods: bool
) -> HttpResponse:
    chosen = PAGES.get(page)
    if chosen is None or of_periods and chosen.published:
        raise Http404
    pages = [(slug, one) for slug, one in PAGES.items() if not (of_periods and one.published)]
    context = {
        "asked": asked,
        "source": asked.source,
        "edition": asked.edition,
        "khoi": asked.block,
        "page_label": chosen.label,
        "tabs": [
            (one.label, f"{reverse(name, args=[asked.source.pk, slug])}?{asked.kept}", slug == page)
            for slug, one in pages
        ],
        "sides": Side.choices,
        "made_up": asked.source.made_up,
    }
    if asked.block and asked.block.ranked:
        filled = chosen.fill(asked)
        anything = filled.get("lines") or filled.get("places")
        if chosen.sheet and anything and asked.get("tai") == "csv":
            return _file(chosen.sheet(asked, filled), f"{page}-{asked.source.year}.csv")
        context |= filled
    return render(request, f"reports/analysis/{chosen.template}.html", context)


def _file(sheet: Sheet, name: str) -> HttpResponse:
    return HttpResponse(
        marked_csv([sheet.header, *sheet.rows]),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
