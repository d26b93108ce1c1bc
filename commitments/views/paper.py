"""The list of commitments, and the page of one."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from cchc_portal.kit.errors import ChangedMeanwhile, MoveRefused
from cchc_portal.kit.workflow import Move
from commitments import access
from commitments.forms.filters import FilterForm
from commitments.models import Commitment, CommitmentTask, PlannedTask
from commitments.rules.progress import Standing, mean_progress, rate
from commitments.rules.workflow import CommitmentState
from commitments.services import seal
from units.access import units_where
from units.models import Unit
from units.permissions import Permission

ROWS = 50


@dataclass(frozen=True)
class Chip:
    """A state to filter by, with how many there are."""

    value: str
    label: str
    count: int


@dataclass(frozen=True)
class Step:
    """One station of the paper's way: past, now, or still to come."""

    label: str
    at: datetime | None
    looks: str


def found(request: HttpRequest, pk: int) -> Commitment:
    """The commitment among what this person may see, else 404."""
    return get_object_or_404(Commitment.objects.visible_to(request.user).for_page(), pk=pk)


def address(commitment: Commitment) -> str:
    """The page of the commitment."""
    return reverse("commitments:detail", args=[commitment.pk])


def on_commitment(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The view is given the commitment; what it refuses is said on the commitment's page, 409."""

    @wraps(view)
    def with_commitment(request: HttpRequest, pk: int, **more: Any) -> HttpResponse:
        commitment = found(request, pk)
        try:
            return view(request, commitment, **more)
        except (MoveRefused, ChangedMeanwhile) as refusal:
            return paper(request, pk, refusal=refusal.sentence, status=409)

    return with_commitment


@require_safe
def list_(request: HttpRequest) -> HttpResponse:
    """What one's units promised and what they received, newest year first."""
    form = FilterForm(request.GET)
    seen = Commitment.objects.visible_to(request.user).whole()
    wanted = form.cleaned_data if form.is_valid() else {}
    rows = of_year_and_unit(seen, wanted)
    counts = Counter(rows.order_by().values_list("state", flat=True))
    waiting = rows.awaiting(request.user).count()
    chips = [Chip("", "Tất cả", counts.total())]
    if waiting:
        chips.append(Chip("mine", "Chờ đồng chí ký", waiting))
    chips += [Chip(state.value, state.label, counts[state.value]) for state in CommitmentState]
    narrowed = in_state(rows, wanted.get("state", ""), request.user)
    listed = narrowed.with_progress(timezone.localdate()).with_parties().newest_first()
    page = Paginator(listed, ROWS).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "chips": chips,
        "chosen": wanted.get("state", ""),
        "years": seen.order_by("-year").values_list("year", flat=True).distinct(),
        "year": wanted.get("year"),
        "waiting": Commitment.objects.to_countersign(
            units_where(request.user, Permission.SIGN_COMMITMENT)
        ).exists(),
        "may_draft": bool(units_where(request.user, Permission.DRAFT_COMMITMENT)),
    }
    return render(request, "commitments/list.html", context, status=200 if form.is_valid() else 422)


@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One commitment: who signed what, how its tasks stand, what happened to it."""
    return paper(request, pk)


def paper(request: HttpRequest, pk: int, *, refusal: str = "", status: int = 200) -> HttpResponse:
    """The page of a commitment as it is now, with a sentence on top where something was refused."""
    commitment = found(request, pk)
    user = request.user
    annexes = list(commitment.annexes.order_by("number"))
    context = text_of(commitment) | {
        "annexes": annexes,
        "may_amend": access.may_amend(user, commitment),
        "may_file_scan": access.may_file_scan(user, commitment),
        "may_judge": access.may_judge(user, commitment),
        "refusal": refusal,
        "moves": [
            (move, _address(move, commitment)) for move in access.open_moves(user, commitment)
        ],
        "may_edit": access.may_edit(user, commitment),
        "may_report": access.may_report(user, commitment),
        "steps": _steps(commitment),
        "story": [],
        "writing": [],
    }
    if commitment.countersigned and not commitment.amends_id:
        signed = context["tasks"]
        live = CommitmentTask.objects.of_the_whole(commitment.pk).select_related("commitment")
        context |= _counts(list(live)) | {"signed_tasks": signed if annexes else []}
    elif commitment.amends_id and context["may_edit"]:
        whole = CommitmentTask.objects.of_the_whole(commitment.amends_id)
        untouched = whole.exclude(changes__commitment=commitment)
        context["to_touch"] = untouched.select_related("commitment")
    if context["may_edit"]:
        context["to_commit"] = PlannedTask.objects.to_commit(commitment).count()
    for event in commitment.events.for_page():
        context["writing" if event.of_the_writing else "story"].append(event)
    return render(request, "commitments/detail.html", context, status=status)


def text_of(commitment: Commitment) -> dict[str, Any]:
    """What every page that shows the whole text as signed needs: tasks, their counts, the seal."""
    tasks = list(commitment.tasks.all())
    for task in tasks:
        task.commitment = commitment
    return _counts(tasks) | {
        "commitment": commitment,
        "seal_holds": bool(commitment.digest) and seal.holds(commitment),
        "made_up": commitment.made_up,
    }


def _counts(tasks: list[CommitmentTask]) -> dict[str, Any]:
    standings = Counter(task.standing for task in tasks)
    achieved = rate(task.standing for task in tasks)
    return {
        "tasks": tasks,
        "measured": sum(task.target is not None for task in tasks),
        "done": standings[Standing.DONE],
        "awaiting": standings[Standing.AWAITING],
        "overdue": standings[Standing.OVERDUE],
        "at_risk": standings[Standing.AT_RISK],
        "partly": standings[Standing.PARTLY],
        "not_done": standings[Standing.NOT_DONE],
        "carried": standings[Standing.CARRIED],
        "rate": achieved,
        "mean": mean_progress(task.progress for task in tasks if task.target is not None),
    }


def of_year_and_unit(rows, wanted):
    """Commitments narrowed to what the filter names."""
    if wanted.get("year"):
        rows = rows.filter(year=wanted["year"])
    if wanted.get("words"):
        rows = rows.filter(unit__in=Unit.objects.matching(wanted["words"]))
    return rows


def in_state(rows, state, user):
    """Commitments in a state, or waiting for the person."""
    if state == "mine":
        return rows.awaiting(user)
    return rows.filter(state=state) if state else rows


def _address(move: Move, commitment: Commitment) -> str:
    return reverse(f"commitments:{move.verb.value}", args=[commitment.pk])


def _steps(commitment: Commitment) -> list[Step]:
    """The way from draft to end. The station after the last one passed is where it stands."""
    passed = [commitment.signed_at, commitment.countersigned_at, commitment.closed_at]
    stations = [
        ("Soạn", None),
        ("Bên cam kết ký", passed[0]),
        ("Bên nhận ký", passed[1]),
        ("Thực hiện", None),
        ("Đánh giá, kết thúc", passed[2]),
    ]
    reached = {
        CommitmentState.DRAFT: 0,
        CommitmentState.SIGNED: 2,
        CommitmentState.IN_FORCE: 3,
        CommitmentState.CLOSED: len(stations),
    }[CommitmentState(commitment.state)]
    looks = {True: "past", False: ""}
    return [
        Step(label, at, "now" if place == reached else looks[place < reached])
        for place, (label, at) in enumerate(stations)
    ]
