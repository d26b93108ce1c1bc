"""Yearly plans: the list, one plan with its tasks, how far it is taken over below."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import wraps
from operator import attrgetter
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from cchc_portal.kit.errors import ChangedMeanwhile, MoveRefused
from commitments import access
from commitments.forms.filters import PlanFilterForm
from commitments.models import Plan, PlannedTask
from commitments.rules.areas import by_area
from commitments.rules.plan import Cover, PlanState, cover
from commitments.rules.progress import Standing
from commitments.views.paper import Chip
from units.access import units_where
from units.models import Unit
from units.permissions import Permission

ROWS = 50


@dataclass(frozen=True)
class Line:
    """A task of a plan with how it stands today."""

    task: PlannedTask
    standing: Standing


@dataclass(frozen=True)
class Covered:
    """A task that was passed down, how far it is taken over, and which units lack it."""

    task: PlannedTask
    cover: Cover
    missing: list[Unit]
    drafted: list[Unit]

    @property
    def lacking(self) -> int:
        """How many units do not have it in an issued plan."""
        return len(self.missing) + len(self.drafted)


def plan_of(request: HttpRequest, pk: int) -> Plan:
    """The plan among what this person may see, else 404."""
    return get_object_or_404(Plan.objects.visible_to(request.user).select_related("unit"), pk=pk)


def address(plan: Plan) -> str:
    """The page of the plan."""
    return reverse("commitments:plan", args=[plan.pk])


def on_plan(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The view is given the plan; what it refuses is said on the plan's page, 409."""

    @wraps(view)
    def with_plan(request: HttpRequest, pk: int) -> HttpResponse:
        plan = plan_of(request, pk)
        try:
            return view(request, plan)
        except (MoveRefused, ChangedMeanwhile) as refusal:
            return page_of(request, pk, refusal=refusal.sentence, status=409)

    return with_plan


@require_safe
def list_(request: HttpRequest) -> HttpResponse:
    """Plans of one's units, of those below and of the unit above; newest year first."""
    form = PlanFilterForm(request.GET)
    wanted = form.cleaned_data if form.is_valid() else {}
    seen = Plan.objects.visible_to(request.user)
    rows = seen.filter(year=wanted["year"]) if wanted.get("year") else seen
    if wanted.get("words"):
        rows = rows.filter(unit__in=Unit.objects.matching(wanted["words"]))
    counts = Counter(rows.order_by().values_list("state", flat=True))
    chips = [Chip("", "Tất cả", counts.total())]
    chips += [Chip(state.value, state.label, counts[state.value]) for state in PlanState]
    chosen = wanted.get("state", "")
    if chosen:
        rows = rows.filter(state=chosen)
    listed = rows.with_counts(timezone.localdate()).select_related("unit").newest_first()
    context = {
        "form": form,
        "page": Paginator(listed, ROWS).get_page(request.GET.get("page")),
        "chips": chips,
        "chosen": chosen,
        "years": seen.order_by("-year").values_list("year", flat=True).distinct(),
        "year": wanted.get("year"),
        "may_draft": bool(units_where(request.user, Permission.DRAFT_COMMITMENT)),
    }
    status = 200 if form.is_valid() else 422
    return render(request, "commitments/plans.html", context, status=status)


@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One plan: its tasks by area, how they stand, what happened to it."""
    return page_of(request, pk)


@require_safe
@on_plan
def coverage(request: HttpRequest, plan: Plan) -> HttpResponse:
    """How far the units below have taken the tasks passed down into their plans."""
    passed = list(plan.tasks.filter(passed_down=True).for_page())
    day = plan.issued_on or timezone.localdate()
    units = {unit.pk: unit for unit in Unit.objects.children_on(plan.unit, day)}
    taken: dict[int, list[tuple[int, str]]] = {task.pk: [] for task in passed}
    found = PlannedTask.objects.filter(taken_from__in=taken)
    for source, unit, state in found.values_list("taken_from", "plan__unit", "plan__state"):
        taken[source].append((unit, state))
    rows = []
    for task in passed:
        how_far = cover(units, taken[task.pk])
        rows.append(
            Covered(task, how_far, _named(units, how_far.missing), _named(units, how_far.drafted))
        )
    whole = [row for row in rows if not row.cover.missing and not row.cover.drafted]
    context = {
        "plan": plan,
        "rows": rows,
        "units": len(units),
        "whole": len(whole),
        "made_up": plan.made_up,
    }
    return render(request, "commitments/plan_coverage.html", context)


def page_of(request: HttpRequest, pk: int, *, refusal: str = "", status: int = 200) -> HttpResponse:
    """The page of a plan as it is now, with a sentence on top where something was refused."""
    plan = plan_of(request, pk)
    user = request.user
    context = text_of(plan) | {
        "refusal": refusal,
        "may_plan": access.may_plan(user, plan),
        "may_tell": access.may_tell(user, plan),
        "moves": [
            (move, reverse(f"commitments:plan-{move.verb.value}", args=[plan.pk]))
            for move in access.open_moves_of_plan(user, plan)
        ],
        "story": [],
        "writing": [],
    }
    if context["may_plan"]:
        context["to_take"] = PlannedTask.objects.to_take(plan).count()
    for event in plan.events.select_related("by"):
        context["writing" if event.of_the_writing else "story"].append(event)
    return render(request, "commitments/plan.html", context, status=status)


def text_of(plan: Plan) -> dict[str, Any]:
    """What every page that shows the whole plan needs: tasks by area, and their counts."""
    today = timezone.localdate()
    lines = [Line(task, task.standing_on(today)) for task in plan.tasks.for_page()]
    stands = Counter(line.standing for line in lines)
    return {
        "plan": plan,
        "areas": list(by_area(lines, task=attrgetter("task"))),
        "counted": len(lines),
        "done": stands[Standing.DONE],
        "overdue": stands[Standing.OVERDUE],
        "at_risk": stands[Standing.AT_RISK],
        "passed": sum(line.task.passed_down for line in lines),
        "made_up": plan.made_up,
    }


def _named(units: dict[int, Unit], keys: Iterable[int]) -> list[Unit]:
    return sorted((units[key] for key in keys), key=lambda unit: (unit.position, unit.code))
