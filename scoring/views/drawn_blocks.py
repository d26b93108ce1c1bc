"""Where reported figures are taken into many rows at once: of a block, of one's own dossier."""

from collections import Counter
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from cchc_portal.kit.errors import MoveRefused
from cchc_portal.kit.numerals import grouped
from scoring import access
from scoring.models import Criterion
from scoring.rules.drawn import Standing
from scoring.services import drawn_blocks
from scoring.services.drawn_blocks import Line
from scoring.views.dossiers import found
from scoring.views.rows import Row
from scoring.views.scope import find_block
from units.permissions import Permission

UNITS_A_PAGE = 100

form_page = require_http_methods(["GET", "HEAD", "POST"])


@form_page
def block(request: HttpRequest, pk: int) -> HttpResponse:
    """Every component of a block that draws on reports, how many units stand how; one of them unit
    by unit. A press fills the empty rows of all."""
    one = find_block(request, pk, Permission.RUN_PERIOD)
    here = reverse("scoring:drawn-block", args=[pk])
    status, refusal = 200, ""
    if request.method == "POST":
        answer = _pressed(request, lambda: drawn_blocks.fill_block(one, by=request.user), here)
        if isinstance(answer, HttpResponse):
            return answer
        status, refusal = 409, answer
    lines = drawn_blocks.lines(drawn_blocks.rows_of_block(one))
    nodes = {line.score.criterion_id: line.score.criterion for line in lines}
    chosen = _chosen(request, list(nodes.values()))
    shown = [line for line in lines if line.score.criterion_id == getattr(chosen, "pk", None)]
    page = Paginator(shown, UNITS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "khoi": one,
        "period": one.period,
        "component": chosen,
        "summary": _summary(lines),
        "standings": Standing,
        "page": page,
        "made_up": one.period.made_up,
    }
    return _shown(request, "scoring/drawn_block.html", lines, page, refusal, context, status)


@form_page
def dossier(request: HttpRequest, pk: int) -> HttpResponse:
    """The same of one's own dossier, component by component."""
    one = found(request, pk)
    access.require_pen(request.user, one)
    here = reverse("scoring:drawn-dossier", args=[pk])
    status, refusal = 200, ""
    if request.method == "POST":
        answer = _pressed(request, lambda: drawn_blocks.fill_dossier(one, by=request.user), here)
        if isinstance(answer, HttpResponse):
            return answer
        status, refusal = 409, answer
    lines = drawn_blocks.lines(drawn_blocks.rows_of_dossier(one))
    context = {"dossier": one, "period": one.period, "made_up": one.period.made_up}
    return _shown(request, "scoring/drawn_dossier.html", lines, lines, refusal, context, status)


def _pressed(request: HttpRequest, fill: Callable[[], int], here: str) -> HttpResponse | str:
    """The way back to the page after the rows were filled, or the sentence of a refusal."""
    try:
        written = fill()
    except MoveRefused as refusal:
        return refusal.sentence
    messages.success(request, f"Đã lấy số liệu báo cáo vào {grouped(written)} dòng còn trống.")
    asked = request.GET.urlencode()
    return redirect(f"{here}?{asked}" if asked else here)


def _chosen(request: HttpRequest, nodes: list[Criterion]) -> Criterion | None:
    asked = request.GET.get("dong", "")
    first = next(iter(nodes), None)
    return next((node for node in nodes if str(node.pk) == asked), first)


def _summary(lines: list[Line]) -> list[tuple[Criterion, list[tuple[Standing, int]]]]:
    """Component by component how many units stand how, in the order of `Standing`."""
    counts: dict[int, Counter] = {}
    nodes: dict[int, Criterion] = {}
    for line in lines:
        nodes.setdefault(line.score.criterion_id, line.score.criterion)
        counts.setdefault(line.score.criterion_id, Counter())[line.standing] += 1
    return [
        (nodes[node], [(one, counted[one]) for one in Standing]) for node, counted in counts.items()
    ]


def _shown(
    request: HttpRequest,
    template: str,
    lines: list[Line],
    shown: Any,
    refusal: str,
    context: dict[str, Any],
    status: int,
) -> HttpResponse:
    context |= {
        "rows": [(line, Row(line.score)) for line in shown],
        "takes": sum(line.standing == Standing.TAKES for line in lines),
        "refusal": refusal,
    }
    return render(request, template, context, status=status)
