"""Rows of low risk, accepted in one act: the page that lists them first, and what came of it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from cchc_portal.kit.errors import MoveRefused
from cchc_portal.kit.numerals import grouped
from scoring import access
from scoring.forms.acceptance import AcceptManyForm
from scoring.models import Score
from scoring.rules.workflow import ACCEPT
from scoring.second_access import told_of_acts
from scoring.services import acceptance
from scoring.services.acceptance import Accepted
from scoring.views import across, verification
from scoring.views.dossiers import found
from scoring.views.queue import Queue
from scoring.views.scope import find_component

METHODS = ("GET", "HEAD", "POST")
LINES_SHOWN = 10


@dataclass(frozen=True)
class Place:
    """Where it is done: the desk one came from, its queue, the act, how a row is called there."""

    desk: str
    queue: Callable[[], Queue]
    accept: Callable[[dict[int, int]], Accepted]
    name: Callable[[Score], str]


@require_http_methods(METHODS)
def of_unit(request: HttpRequest, pk: int) -> HttpResponse:
    """The quiet rows of one unit."""
    dossier = found(request, pk)
    access.require_desk(request.user, dossier)
    order = "?thu-tu=bo-tieu-chi" if request.GET.get("thu-tu") == verification.BY_SET else ""
    place = Place(
        desk=reverse("scoring:verification-desk", args=[pk]) + order,
        queue=lambda: verification.queue_of(verification.sheet_at_desk(request, dossier), dossier),
        accept=lambda seen: acceptance.accept_in_dossier(dossier, seen, by=request.user),
        name=lambda score: score.criterion.code,
    )
    told = told_of_acts(dossier.events.filter(verb=ACCEPT), request.user, "dossier__scores")
    context = {
        "dossier": dossier,
        "title": dossier.unit.name,
        "log": told.select_related("by")[:LINES_SHOWN],
        "closed_because": access.why_not_at_the_desk(dossier),
        "made_up": dossier.period.made_up,
    }
    return _page(request, place, context)


@require_http_methods(METHODS)
def of_component(request: HttpRequest, pk: int) -> HttpResponse:
    """One component in the units that are quiet about it."""
    component = find_component(request, pk)
    period = component.criteria_set.block.period
    acts = acceptance.acts_across(component)
    told = told_of_acts(acts, request.user, "period__dossiers__scores")
    place = Place(
        desk=across.address_of(component, across.way_of(request.GET)),
        queue=lambda: across.queue_of(request, component),
        accept=lambda seen: acceptance.accept_across(component, seen, by=request.user),
        name=lambda score: score.dossier.unit.name,
    )
    context = {
        "component": component,
        "title": str(component),
        "log": told.select_related("by")[:LINES_SHOWN],
        "made_up": period.made_up,
    }
    return _page(request, place, context)


def _page(request: HttpRequest, place: Place, context: dict[str, Any]) -> HttpResponse:
    form = AcceptManyForm(request.POST) if request.method == "POST" else None
    status, refusal = 200, ""
    if form:
        status, refusal = 422, form.refusal
    if form and form.is_valid():
        try:
            done = place.accept(form.seen)
        except MoveRefused as refused:
            status, refusal = 409, refused.sentence
        else:
            left = [f"{place.name(score)}: {reason}" for score, reason in done.left]
            if done.taken:
                messages.success(request, f"Đã nhận {grouped(len(done.taken))} dòng rủi ro thấp.")
                if left:
                    messages.warning(request, _left(left))
                return redirect(place.desk)
            status, refusal = 409, _left(left)
    lines = place.queue().low
    context |= {
        "desk": place.desk,
        "joins": "&" if "?" in place.desk else "?",
        "lines": lines,
        "ticked": form.seen if form else {line.row.score.pk for line in lines},
        "refusal": refusal,
    }
    return render(request, "scoring/accept_low.html", context, status=status)


def _left(left: list[str]) -> str:
    """Which rows were not taken, and why."""
    return f"Không nhận {grouped(len(left))} dòng: {'; '.join(left)}."
