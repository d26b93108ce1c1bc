"""Who was given what to verify: the list of a period, giving more, passing it on, its history."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from cchc_portal.kit.asked import number
from cchc_portal.kit.errors import ChangedMeanwhile, MoveRefused
from cchc_portal.kit.numerals import grouped
from scoring import parties
from scoring.forms.assignments import NO_VERIFIER, AssignForm, PassOnForm, WhoForm
from scoring.models import Assignment, Block, Criterion, Dossier, Period
from scoring.rules.workflow import BESIDE_THE_STATES, PeriodState
from scoring.services import assignments
from scoring.services.workload import workload_of
from scoring.views.scope import find_period
from units.access import may
from units.models import User
from units.permissions import Permission

PAGE = 100
LINES_SHOWN = 10
MOST_LINES = 300


@require_http_methods(["GET", "HEAD", "POST"])
def assigned(request: HttpRequest, pk: int) -> HttpResponse:
    """Every assignment of the period with what is left of it; ticked ones are passed on."""
    writes = request.method == "POST"
    permission = Permission.RUN_PERIOD if writes else Permission.SEE_BELOW
    period = find_period(request, pk, permission)
    if not writes:
        return _list(request, period, PassOnForm(None, officers=_officers(period)))
    form = PassOnForm(request.POST, officers=_officers(period))
    if not form.is_valid():
        return _list(request, period, form, status=422)
    seen, to = form.cleaned_data["seen"], form.cleaned_data["to"]
    try:
        if form.cleaned_data["act"] == form.TAKE_AWAY:
            given = assignments.take_away(period, seen, by=request.user)
            words = f"Đã thôi giao {grouped(len(given))} phần việc."
        else:
            person = User.objects.get(pk=to)
            given = assignments.hand_over(period, seen, to=person, by=request.user)
            words = f"Đã chuyển {grouped(len(given))} phần việc cho {person}."
    except (MoveRefused, ChangedMeanwhile) as refusal:
        form.add_error(None, refusal.sentence)
        return _list(request, period, form, status=409)
    messages.success(request, words)
    return redirect("scoring:period-assignments", pk)


@require_http_methods(["GET", "HEAD", "POST"])
def give(request: HttpRequest, pk: int) -> HttpResponse:
    """Gives units of a block, or an area or criterion in them, to one person."""
    period = find_period(request, pk, Permission.RUN_PERIOD)
    blocks = list(period.blocks.order_by("position"))
    people = {f"{one.user_id}-{one.unit_id}": one for one in assignments.verifiers_of(period)}
    labels = [(key, f"{one.user}, {one.unit}") for key, one in people.items()]
    who = WhoForm(request.GET, verifiers=labels, blocks=blocks)
    said = who.cleaned_data if who.is_valid() else {}
    pair = said.get("nguoi")
    block = next((one for one in blocks if one.pk == said.get("khoi")), next(iter(blocks), None))
    context = {
        "period": period,
        "here": "assignments",
        "who": who,
        "chosen": people.get("{}-{}".format(*pair)) if pair else None,
        "khoi": block,
        "closed": period.state != PeriodState.OPEN,
        "made_up": period.made_up,
    }
    if not context["chosen"] or block is None:
        status = 422 if request.method == "POST" else 200
        if request.method == "POST" and who.is_valid():
            who.add_error("nguoi", NO_VERIFIER)
        return render(request, "scoring/period_assign.html", context, status=status)
    return _given(request, period, block, context)


def _given(
    request: HttpRequest, period: Period, block: Block, context: dict[str, Any]
) -> HttpResponse:
    """The second half of the page: what may be given to the person, and giving it."""
    officer, desk = context["chosen"].user, context["chosen"].unit
    papers = list(
        Dossier.objects.for_page()
        .filter(block=block)
        .with_progress()
        .order_by("unit__position", "unit__code")
    )
    refusals = parties.why_not_judges(officer, papers, period=period)
    form = AssignForm(
        request.POST if request.method == "POST" else None,
        nodes=_nodes_of(block, desk.pk, period),
        dossiers=[one.pk for one in papers if one.pk not in refusals],
    )
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            typed = form.cleaned_data
            try:
                given = assignments.assign(
                    block,
                    officer=officer,
                    desk=desk.pk,
                    dossiers=typed["dossiers"],
                    node=typed["node"],
                    due_on=typed["due_on"],
                    by=request.user,
                )
            except MoveRefused as refusal:
                form.add_error(None, refusal.sentence)
                status = 409
            else:
                words = f"Đã phân công {grouped(len(given))} phần việc cho {officer}."
                messages.success(request, words)
                return redirect("scoring:period-assignments", period.pk)
    held: dict[int, list[Assignment]] = {}
    for one in Assignment.objects.for_page().filter(block=block).exclude(dossier=None):
        held.setdefault(one.dossier_id, []).append(one)
    context |= {
        "form": form,
        "rows": [
            (
                one,
                parties.told_of(officer, refusals[one.pk]) if one.pk in refusals else "",
                str(one.pk) in form.ticked,
                held.get(one.pk, ()),
            )
            for one in papers
        ],
    }
    return render(request, "scoring/period_assign.html", context, status=status)


def _nodes_of(block: Block, desk: int, period: Period) -> list[Criterion]:
    """Areas and criteria of which something is verified at the desk, in the order of the tree."""
    here = None if desk == period.assessor_id else desk
    found: dict[int, Criterion] = {}
    for node in Criterion.objects.to_own(period).filter(criteria_set__block=block):
        if (node.ownership.unit_id if hasattr(node, "ownership") else None) == here:
            found.setdefault(node.parent_id, node.parent)
            found[node.pk] = node
    return list(found.values())


def _officers(period: Period) -> list[User]:
    """Everybody who verifies in the period today, once, by name."""
    people = {one.user_id: one.user for one in assignments.verifiers_of(period)}
    return sorted(people.values(), key=lambda one: (one.full_name.split()[-1:], one.full_name))


def _list(
    request: HttpRequest, period: Period, form: PassOnForm, *, status: int = 200
) -> HttpResponse:
    given = everything = Assignment.objects.for_page().filter(block__period=period)
    asked = {name: number(request.GET.get(name)) for name in ("nguoi", "khoi")}
    if asked["nguoi"] is not None:
        given = given.filter(officer=asked["nguoi"])
    if asked["khoi"] is not None:
        given = given.filter(block=asked["khoi"])
    page = Paginator(given, PAGE).get_page(request.GET.get("page"))
    loads, today = workload_of(period), timezone.localdate()
    log = list(period.events.filter(verb__in=BESIDE_THE_STATES).select_related("by")[:MOST_LINES])
    holders = everything.order_by("officer__full_name").values_list("officer", flat=True)
    runs = may(request.user, Permission.RUN_PERIOD, at=period.assessor_id)
    context = {
        "period": period,
        "here": "assignments",
        "page": page,
        "rows": [
            (
                one,
                load,
                load.is_late(today, verify_by=period.verify_by),
                f"{one.pk}-{one.officer_id}" in form.ticked,
            )
            for one in page
            if (load := loads.parts.get(one.pk))
        ],
        "free": sum(load.left for load in loads.free.values()),
        "rows_of": reverse("scoring:period-rows", args=[period.pk]),
        "holders": User.objects.filter(pk__in=holders).order_by("full_name"),
        "blocks": period.blocks.order_by("position"),
        "asked": asked,
        "form": form,
        "writes": runs and period.state == PeriodState.OPEN,
        "runs": runs,
        "log": log[:LINES_SHOWN],
        "log_rest": log[LINES_SHOWN:],
        "made_up": period.made_up,
    }
    return render(request, "scoring/period_assignments.html", context, status=status)
