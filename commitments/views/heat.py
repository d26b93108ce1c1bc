"""The receiver's view of a year: every unit against the areas of reform, or against standings."""

from typing import Any, NamedTuple

from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from commitments.forms.filters import HeatForm
from commitments.models import Commitment, CommitmentTask
from commitments.rules.areas import ReformArea
from commitments.rules.heat import SHADES, Across, Cell, Order, Row, ordered, rows, shade_of, total
from commitments.rules.progress import Standing
from commitments.rules.workflow import COUNTERSIGNED
from units.models import Unit

ROWS = 50


class Shown(NamedTuple):
    """One cell of the table: its figure, what is late, its shade, and all of it in words."""

    figure: str
    late: int
    shade: int | None
    words: str


class Line(NamedTuple):
    """One unit of the table, with the key of its commitment."""

    unit: Unit
    commitment: int
    cells: list[Shown]
    whole: Cell


@require_safe
def heat(request: HttpRequest) -> HttpResponse:
    """The heat list of one year, over what the person may see. Flat in units and tasks."""
    form = HeatForm(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    seen = Commitment.objects.visible_to(request.user).whole().filter(state__in=COUNTERSIGNED)
    years = list(seen.order_by("-year").values_list("year", flat=True).distinct())
    year = asked.get("year") or (years[0] if years else timezone.localdate().year)
    across, order = asked.get("across") or Across.AREA, asked.get("order") or Order.LATE
    found = rows(_counted(request.user, year, asked.get("kind", "")))
    if standing := asked.get("standing"):
        found = [row for row in found if row.whole.counts.get(standing)]
    page = Paginator(ordered(found, order), ROWS).get_page(request.GET.get("page"))
    whole = total(found)
    columns = list(ReformArea) if across == Across.AREA else list(Standing)
    context = {
        "form": form,
        "page": page,
        "lines": _lines(list(page), seen.filter(year=year), columns, across),
        "columns": columns,
        "whole": whole.whole,
        "whole_cells": _cells(whole, columns, across),
        "years": years,
        "year": year,
        "across": across,
        "order": order,
        "standing": standing,
        "shades": SHADES,
        "ways": list(Across),
        "orders": list(Order),
        "chips": [(one, whole.whole.counts.get(one, 0)) for one in Standing],
        "made_up": seen.filter(year=year, made_up=True).exists(),
    }
    status = 200 if form.is_valid() else 422
    return render(request, "commitments/heat.html", context, status=status)


def _counted(user, year: int, kind: str) -> Any:
    """(unit, area, standing, number) in the order of units; annexes counted in. One query."""
    live = CommitmentTask.objects.visible_to(user).live()
    binding = live.filter(commitment__year=year, commitment__state__in=COUNTERSIGNED)
    if kind:
        binding = binding.filter(commitment__unit__kind=kind)
    grouped = binding.with_standing(timezone.localdate()).order_by(
        "commitment__unit__position", "commitment__unit__code"
    )
    return (
        grouped.values_list("commitment__unit", "area", "stands")
        .annotate(number=Count("pk"))
        .values_list("commitment__unit", "area", "stands", "number")
    )


def _lines(found: list[Row], seen, columns: list, across: str) -> list[Line]:
    keys = [row.unit for row in found]
    units = Unit.objects.in_bulk(keys)
    papers = dict(seen.filter(unit__in=keys).values_list("unit", "pk"))
    return [
        Line(units[row.unit], papers[row.unit], _cells(row, columns, across), row.whole)
        for row in found
    ]


def _cells(row: Row, columns: list, across: str) -> list[Shown]:
    if across == Across.AREA:
        cells = [row.cells.get(column, Cell()) for column in columns]
        return [
            Shown(f"{cell.done}/{cell.all}" if cell.all else "", cell.late, cell.shade, cell.words)
            for cell in cells
        ]
    return [_of_standing(row.whole, standing) for standing in columns]


def _of_standing(whole: Cell, standing: Standing) -> Shown:
    number = whole.counts.get(standing, 0)
    dark = shade_of(whole, standing)
    words = f"{number} nhiệm vụ {str(standing.label).lower()}"
    return Shown(str(number) if number else "", 0, dark if number else None, words)
