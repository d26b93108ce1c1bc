"""Where the rate of a commitment is offered to a component: to the unit, and to the organiser."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from cchc_portal.kit.asked import number
from cchc_portal.kit.errors import ChangedMeanwhile, MoveRefused
from cchc_portal.kit.htmx import fragment
from reports.services import fed_figures
from scoring import access
from scoring.forms.dossiers import long_text
from scoring.models import Block, Criterion, Score
from scoring.rules.kinds import LONGEST_NOTE, Source
from scoring.views.offered import lines_of
from scoring.views.picked import picked_rows
from scoring.views.scope import find_block
from scoring.views.self_assessment import address_of, row_again, visible_score
from units.permissions import Permission

NOTE = long_text("Ghi chú, giải trình", LONGEST_NOTE)

form_page = require_http_methods(["GET", "HEAD", "POST"])


@form_page
def figure(request: HttpRequest, pk: int) -> HttpResponse:
    """The figure offered to one row of a unit; a press takes it."""
    score = visible_score(request, pk)
    if score.criterion.source != Source.SELF or not fed_figures.is_fed(score.criterion):
        raise Http404(fed_figures.NOT_FED)
    access.require_pen(request.user, score.dossier)
    if request.method != "POST":
        return _figure(request, score)
    try:
        note = NOTE.clean(request.POST.get("note", score.self_note))
        fed_figures.take(score, by=request.user, seen_version=_version(request), note=note)
    except ValidationError as fault:
        return _figure(request, score, refusal=" ".join(fault.messages), status=422)
    except (MoveRefused, ChangedMeanwhile) as refusal:
        return _figure(request, score, refusal=refusal.sentence, status=409)
    return row_again(request, visible_score(request, pk))


@form_page
def block(request: HttpRequest, pk: int, component: int) -> HttpResponse:
    """What the commitments of a block's units came to, to be taken for all at once."""
    one = find_block(request, pk, Permission.RUN_PERIOD)
    outside = Criterion.objects.from_outside(criteria_set__block=one)
    node = get_object_or_404(outside, pk=component)
    if not fed_figures.is_fed(node):
        raise Http404(fed_figures.NOT_FED)
    if request.method != "POST":
        return _block(request, one, node)
    try:
        chosen = picked_rows(request)
        written = fed_figures.fill(one, node, chosen=chosen, by=request.user)
    except (MoveRefused, ChangedMeanwhile) as refusal:
        return _block(request, one, node, refusal=refusal.sentence, status=409)
    messages.success(request, f"Đã lấy số liệu của {written} đơn vị từ kết quả thực hiện cam kết.")
    return redirect(f"{reverse('scoring:figures-block', args=[pk])}?dong={node.pk}")


def _figure(
    request: HttpRequest, score: Score, *, refusal: str = "", status: int = 200
) -> HttpResponse:
    achieved = fed_figures.figure_of(score)
    same = achieved is not None and score.self_answer == achieved.answer.as_json()
    context = {
        "score": score,
        "dossier": score.dossier,
        "achieved": achieved,
        "year": score.dossier.period.year,
        "same": same,
        "differs": achieved is not None and score.self_answer is not None and not same,
        "open": access.may_fill(request.user, score.dossier, today=timezone.localdate()),
        "back": address_of(score),
        "refusal": refusal,
        "made_up": score.dossier.period.made_up,
    }
    if request.htmx:
        return fragment(request, "reports/_fed_figure.html", context, status=status)
    return render(request, "reports/fed_figure.html", context, status=status)


def _block(
    request: HttpRequest, one: Block, node: Criterion, *, refusal: str = "", status: int = 200
) -> HttpResponse:
    year = one.period.year
    lines = lines_of(
        one,
        node,
        offered=lambda units: fed_figures.achieved_by(units, year),
        reader=request.user,
    )
    context: dict[str, Any] = {
        "khoi": one,
        "period": one.period,
        "component": node,
        "lines": lines,
        "offered": sum(line.offer is not None for line in lines),
        "takes": any(line.takes for line in lines),
        "refusal": refusal,
        "made_up": one.period.made_up,
    }
    return render(request, "reports/fed_block.html", context, status=status)


def _version(request: HttpRequest) -> int:
    """The version that was on the screen; 0, which is none, for whoever names none."""
    return number(request.POST.get("version")) or 0
