"""The other way through the work: one component across all units of its block."""

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q, prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from cchc_portal.kit.htmx import fragment
from scoring import access
from scoring.models import Criterion, ReturnRemark, Score
from scoring.rules.workflow import SUBMITTED_ONCE
from scoring.second_access import hide, why_bound
from scoring.services.ownership import owner_of
from scoring.services.risks import risks_of
from scoring.views.judging import untouched
from scoring.views.queue import CHIPS, Line, Queue, line_of
from scoring.views.rows import Row
from scoring.views.scope import find_component
from units.access import units_where
from units.permissions import Permission

BY_UNIT = "don-vi"


@require_safe
def desk(request: HttpRequest, pk: int) -> HttpResponse:
    """One component on the desk: the units by risk, what one says, its evidence, the verdict."""
    return page_of(request, find_component(request, pk), request.GET)


def page_of(
    request: HttpRequest,
    component: Criterion,
    asked: Mapping[str, str],
    *,
    told: Callable[[Row], Mapping[str, Any]] | None = None,
    status: int = 200,
) -> HttpResponse:
    """The desk as the query `asked` has it; `told` adds to it what a verdict was answered."""
    kept = way_of(asked)
    queue = queue_of(request, component, also=asked.get("dong", "") if told else "")
    queue = queue if kept.get("thu-tu") == BY_UNIT else queue.by_risk()
    last, one = queue.line(asked.get("vua", "")), queue.line(asked.get("dong", ""))
    shown = queue.narrowed(kept.get("loc", ""), but=(last, one))
    line = one or shown.next_unsettled(last) or last or next(iter(shown.lines), None)
    stretch, quiet = shown.around(line), shown.first_quiet
    desks = units_where(request.user, Permission.VERIFY_DOSSIER)
    siblings = list(
        component.criteria_set.criteria.components()
        .at_desks(desks)
        .order_by("position")
        .only("criteria_set", "code", "title")
    )
    at = siblings.index(component)
    context: dict[str, Any] = {
        "component": component,
        "owner": owner_of(component.parent),
        "khoi": component.criteria_set.block,
        "queue": queue,
        "sheet": queue,
        "stretch": stretch,
        "first_quiet": quiet,
        "quiet_elsewhere": quiet not in (None, *stretch.lines),
        "chips": [
            (key, label, sum(one.answers(key) for one in queue.lines)) for key, label in CHIPS
        ],
        "chip": kept.get("loc", ""),
        "by_unit": kept.get("thu-tu") == BY_UNIT,
        "siblings": siblings,
        "component_before": siblings[at - 1] if at else None,
        "component_after": siblings[at + 1] if at + 1 < len(siblings) else None,
        "line": line,
        "last": last.row if last else None,
        "through": f"?{urlencode({'ngang': 1} | kept)}",
        "way_on": f"?{urlencode(kept)}" if kept else "",
        "kept": f"&{urlencode(kept)}" if kept else "",
        "made_up": component.criteria_set.block.period.made_up,
    }
    if line:
        context |= _of_line(request, line, shown)
        context |= told(line.row) if told and line is one else {}
    if not request.htmx:
        return render(request, "scoring/across.html", context, status=status)
    answer = fragment(request, "scoring/_across.html", context, status=status)
    answer.headers["HX-Push-Url"] = address_of(component, asked)
    return answer


def way_of(asked: Mapping[str, str]) -> dict[str, str]:
    """What of a query goes on from row to row: the order and the filter."""
    return {name: asked[name] for name in ("thu-tu", "loc") if asked.get(name)}


def address_of(component: Criterion, asked: Mapping[str, str]) -> str:
    """Where the page stands."""
    query = {name: asked[name] for name in ("dong", "vua") if asked.get(name)} | way_of(asked)
    page = reverse("scoring:component-desk", args=[component.pk])
    return f"{page}?{urlencode(query)}" if query else page


def queue_of(request: HttpRequest, component: Criterion, *, also: str = "") -> Queue:
    """The rows over which the person has a say, by unit; `also` one that was just sent back.

    Seven queries, however many units; one more where it takes its answer from reports.
    """
    here = Q(dossier__state__in=SUBMITTED_ONCE)
    scores = hide(
        Score.objects.judged_by(request.user)
        .filter(here | Q(pk=also) if also else here, criterion=component)
        .select_related("dossier__unit", "updated_by")
        .prefetch_related("evidence")
        .order_by("dossier__unit__position", "dossier__unit__code"),
        request.user,
    )
    period = component.criteria_set.block.period
    for one in scores:
        one.criterion, one.dossier.period = component, period
    known = risks_of(scores, period)
    rows = [Row(one, list(one.evidence.all())) for one in scores]
    return Queue([line_of(row, known[row.score.pk]) for row in rows])


def _of_line(request: HttpRequest, line: Line, shown: Queue) -> dict[str, Any]:
    row = line.row
    prefetch_related_objects(row.evidence, "document")
    later = shown.next_unsettled(line)
    returned = ReturnRemark.objects.of_the_last_return(row.score.dossier)
    return {
        "dossier": row.score.dossier,
        "past": line.past,
        "later": later.row.score.pk if later else None,
        "resaid": None,
        "asked": returned.filter(score=row.score).first(),
        "closed_because": access.why_not_at_the_desk(row.score.dossier)
        or why_bound(request.user, row.score),
    } | untouched(row)
