"""What anyone may read across editions: all that was published, by unit, satisfaction, data."""

from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from reports.edition_data import COLUMNS
from reports.models import Edition, EditionResult
from reports.models.marks import mark_of_all
from reports.rules.rated import Rated, measured_in, places_of, together, why_without
from reports.services import unit_years
from reports.views import analysis_charts as charts
from reports.views.analysis_units import year_lines
from reports.views.kept import kept
from reports.views.searched import led_back, of_page, tidied
from scoring.models import PublishedTable
from scoring.rules.satisfaction import PLACES_IN_WORDS
from units.models import Unit

EDITIONS_A_PAGE, UNITS_A_PAGE = 20, 60


@login_not_required
@require_safe
def published(request: HttpRequest) -> HttpResponse:
    """Every edition and every table brought in from a paper older than the portal, newest year
    first; or those, and the units, that are searched for."""
    return kept(request, mark_of_all, lambda: _published(request), asks=("page",))


def _published(request: HttpRequest) -> HttpResponse:
    words = tidied(request.GET.get("q", ""))
    editions = Edition.objects.for_page().with_counts()
    tables = PublishedTable.objects.for_page()
    lines: list[EditionResult] = []
    if words:
        editions, tables = editions.matching(words), tables.matching(words)
        lines = list(EditionResult.objects.latest_of_each_unit().matching(words)[:UNITS_A_PAGE])
    found = sorted([*editions, *tables], key=lambda one: -one.year)  # an edition before a table
    page = Paginator(found, EDITIONS_A_PAGE).get_page(request.GET.get("page"))
    if back := of_page(request, page):
        return back
    shown = [*page, *(line.edition for line in lines)]
    made_up = any(isinstance(one, Edition) and one.made_up for one in shown)
    context = {"words": words, "units": lines, "page": page, "made_up": made_up}
    context["without"] = why_without(together([line]) for line in lines)
    return render(request, "reports/published.html", context)


@login_not_required
@require_safe
def units(request: HttpRequest) -> HttpResponse:
    """Every unit about which something stands published, with the last that was."""
    return kept(request, mark_of_all, lambda: _units(request), asks=("page",))


def _units(request: HttpRequest) -> HttpResponse:
    words = tidied(request.GET.get("q", ""))
    found = EditionResult.objects.latest_of_each_unit()
    if words:
        found = found.matching(words)
    page = Paginator(found, UNITS_A_PAGE).get_page(request.GET.get("page"))
    if back := of_page(request, page):
        return back
    made_up = any(line.edition.made_up for line in page)
    without = why_without(together([line]) for line in page)
    context = {"page": page, "words": words, "made_up": made_up, "without": without}
    return render(request, "reports/public_units.html", context)


@login_not_required
@require_safe
def unit(request: HttpRequest, pk: int) -> HttpResponse:
    """One unit: what was published about it over the years, and about those it comes from."""
    return kept(request, mark_of_all, lambda: _unit(request, pk))


def _unit(request: HttpRequest, pk: int) -> HttpResponse:
    shown = get_object_or_404(Unit, pk=pk)
    lines = unit_years.years_of_unit(shown)
    if not lines:
        raise Http404("Chưa có kết quả nào của đơn vị này được công bố.")
    own = lines[0].years
    context = {
        "unit": shown,
        "heirs": [told.successor for told in shown.successions.select_related("successor")],
        "lines": [(line, year_lines(line)) for line in lines if line.years],
        "newest": own[-1] if own else None,
        "without": why_without(one.ratings for line in lines for one in line.years),
        "chart": charts.trend(shown.name, [line for line in lines if line.years]),
        "made_up": any(one.made_up for line in lines for one in line.years),
    }
    return render(request, "reports/public_unit.html", context)


@dataclass(frozen=True)
class RatedBlock:
    """The units of a block that were rated, each with its places, and all their ratings. Without
    places the units are in the order of the edition: no figure sets one before another."""

    name: str
    lines: list[tuple[EditionResult, str]]
    ratings: Rated
    placed: bool
    measured: str


def _rated_block(name: str, lines: list[EditionResult]) -> RatedBlock:
    places = places_of(lines)
    if places:
        lines = sorted(lines, key=lambda line: -(line.satisfaction or 0))
    told = [(line, places.get(line.unit_id, "")) for line in lines]
    return RatedBlock(name, told, together(lines), bool(places), measured_in(lines))


@login_not_required
@require_safe
def satisfaction(request: HttpRequest) -> HttpResponse:
    """How satisfied people were: the years, and the units of one edition."""
    return kept(request, mark_of_all, lambda: _satisfaction(request), asks=("ban",))


def _satisfaction(request: HttpRequest) -> HttpResponse:
    editions = list(Edition.objects.with_ratings())
    asked = request.GET.get("ban", "")
    chosen = next((one for one in editions if str(one.pk) == asked), next(iter(editions), None))
    if back := led_back(request, ban=chosen is None or str(chosen.pk) == asked):
        return back
    context: dict[str, Any] = {"editions": editions, "chosen": chosen}
    if chosen:
        rated = chosen.results.filter(rated__gt=0).order_by("block_position", "position")
        context["blocks"] = [
            _rated_block(name, list(lines))
            for (_, name), lines in groupby(rated, lambda one: (one.block_position, one.block_name))
        ]
        context["has_intervals"] = any(
            line.people for block in context["blocks"] for line, _ in block.lines
        )
        context["rule"] = PLACES_IN_WORDS if any(one.placed for one in context["blocks"]) else ""
        context["years"] = [
            (one, Rated(one.satisfied, one.rated, None if one.untold else one.people))
            for one in editions
        ]
        context["without"] = why_without(ratings for _, ratings in context["years"])
    context["made_up"] = any(one.made_up for one in editions)
    return render(request, "reports/published_satisfaction.html", context)


@login_not_required
@require_safe
def open_data(request: HttpRequest) -> HttpResponse:
    """The files of every edition at addresses that stay, and what their columns mean."""
    return kept(request, mark_of_all, lambda: _open_data(request), asks=("page",))


def _open_data(request: HttpRequest) -> HttpResponse:
    editions = Edition.objects.for_page().with_counts()
    page = Paginator(editions, EDITIONS_A_PAGE).get_page(request.GET.get("page"))
    if back := of_page(request, page):
        return back
    made_up = any(one.made_up for one in page)
    context = {"page": page, "columns": COLUMNS, "made_up": made_up}
    return render(request, "reports/open_data.html", context)
