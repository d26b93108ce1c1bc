"""Inspections: the list with what the year came to, by inspected unit, and the page of one."""

from collections import Counter
from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from cchc_portal.kit.among import among
from cchc_portal.kit.errors import ChangedMeanwhile, MoveRefused
from cchc_portal.kit.workflow import Move
from commitments import inspection_access as access
from commitments.forms.filters import InspectionFilterForm
from commitments.models import Inspection, InspectionFinding, InspectionPlan, InspectionTask
from commitments.models.superiors import placed, units_under
from commitments.rules.inspection import RUNNING, InspectionState, InspectionVerb
from commitments.views.asking import ask, renewed
from commitments.views.paper import Chip
from units.access import may, units_where
from units.models import Unit
from units.models.tree import ids_below
from units.permissions import Permission

ROWS = 50
WORDS_OF_MOVES = {
    InspectionVerb.DECIDE: "quyet-dinh",
    InspectionVerb.AMEND: "sua-quyet-dinh",
    InspectionVerb.BEGIN: "bat-dau",
    InspectionVerb.MINUTE: "lap-bien-ban",
    InspectionVerb.TAKE_BACK: "mo-lai-bien-ban",
    InspectionVerb.CLOSE: "ket-thuc",
    InspectionVerb.CANCEL: "khong-thuc-hien",
}
"""The verb of a move, and the word for it in the address."""


def found(request: HttpRequest, pk: int) -> Inspection:
    """The inspection among what this person may see, else 404."""
    return get_object_or_404(Inspection.objects.visible_to(request.user).for_page(), pk=pk)


def address(inspection: Inspection) -> str:
    """The page of the inspection."""
    return reverse("inspections:detail", args=[inspection.pk])


def on_inspection(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The view is given the inspection; what it refuses is said on its page, 409."""

    @wraps(view)
    def with_inspection(request: HttpRequest, pk: int, **more: Any) -> HttpResponse:
        inspection = found(request, pk)
        try:
            return view(request, inspection, **more)
        except (MoveRefused, ChangedMeanwhile) as refusal:
            return page(request, pk, refusal=refusal.sentence, status=409)

    return with_inspection


def desks_of(request: HttpRequest) -> list[int]:
    """Units that have others to inspect and whose inspections the person runs; PermissionDenied
    where there is none."""
    if not units_where(request.user, RUNNING):
        raise PermissionDenied("Đồng chí chưa được giao tổ chức kiểm tra của đơn vị nào.")
    desks = access.desks_over_others(request.user)
    if not desks:
        raise PermissionDenied("Đơn vị của đồng chí không có đơn vị trực thuộc để kiểm tra.")
    return desks


@require_safe
def list_(request: HttpRequest) -> HttpResponse:
    """Inspections by and of one's units, newest first, with what those shown came to."""
    form = InspectionFilterForm(request.GET)
    seen, today = Inspection.objects.visible_to(request.user), timezone.localdate()
    wanted = form.cleaned_data if form.is_valid() else {}
    rows = _narrowed(seen, wanted)
    counts = Counter(rows.order_by().values_list("state", flat=True))
    state = wanted.get("state", "")
    chips = [Chip("", "Tất cả", counts.total())]
    chips += [Chip(one.value, one.label, counts[one.value]) for one in InspectionState]
    listed = (rows.filter(state=state) if state else rows).for_list(today).newest_first()
    shown = Paginator(listed, ROWS).get_page(request.GET.get("page"))
    above = units_where(request.user, Permission.SEE_BELOW)
    context = {
        "form": form,
        "selects": [form["kind"]],
        "page": shown,
        "chips": [chip for chip in chips if chip.count or chip.value in ("", state)],
        "chosen": state,
        "years": seen.order_by("-year").values_list("year", flat=True).distinct(),
        "year": wanted.get("year"),
        **_sums(rows, request.user, today),
        "narrowed": any(wanted.values()),
        "may_run": bool(access.desks_over_others(request.user)),
        "oversees": bool(above) and Unit.objects.filter(parent__in=above).exists(),
        "made_up": any(one.made_up for one in shown),
    }
    return render(request, "inspections/list.html", context, status=200 if form.is_valid() else 422)


@require_safe
def by_unit(request: HttpRequest) -> HttpResponse:
    """Who was inspected in a year, what was found there, what is not mended: for those above."""
    overseen = units_where(request.user, Permission.SEE_BELOW)
    if not overseen:
        raise PermissionDenied("Trang này dành cho đơn vị tổ chức kiểm tra và lãnh đạo theo dõi.")
    form = InspectionFilterForm(request.GET)
    wanted = form.cleaned_data if form.is_valid() else {}
    today = timezone.localdate()
    year = wanted.get("year") or today.year
    day = today if year == today.year else date(year, 12, 31)
    below = among("inspected", ids_below(overseen, day=day))
    seen = Inspection.objects.visible_to(request.user).filter(below)
    rows = seen.filter(year=year)
    lines = rows.by_inspected(today)
    met = [line["inspected"] for line in lines]
    left = Paginator(units_under(overseen, day).exclude(pk__in=met), ROWS)
    page = left.get_page(request.GET.get("page"))
    context = {
        "form": form,
        "year": year,
        "years": sorted({year, *seen.values_list("year", flat=True)}, reverse=True),
        **_sums(rows, request.user, today),
        "lines": lines,
        "left": page,
        "names_left": [placed(unit) for unit in page],
        "made_up": rows.filter(made_up=True).exists(),
    }
    return render(
        request, "inspections/by_unit.html", context, status=200 if form.is_valid() else 422
    )


@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One inspection: plan, team, checklist, findings, conclusion, mending; to the inspected unit
    what it is told."""
    return page(request, pk)


def page(request: HttpRequest, pk: int, *, refusal: str = "", status: int = 200) -> HttpResponse:
    """The page of an inspection as it is now, with a sentence on top where it was refused."""
    inspection, user = found(request, pk), request.user
    inspector = access.of_the_inspecting_side(user, inspection)
    reads = access.reads_findings(user, inspection)
    findings = inspection.findings.for_page().with_mending().prefetch_related("evidence")
    tasks = inspection.tasks.for_page().order_by("number")
    seen = Inspection.objects.visible_to(user)
    again = seen.filter(again_of=inspection.pk)
    context = context_of(inspection) | {
        "refusal": refusal,
        "prepared": (prepared := inspector or inspection.decided_on is not None),
        "team": inspection.team.all() if prepared else [],
        "points": inspection.checklist.order_by("position") if prepared else [],
        "reads": reads,
        "findings": findings.order_by("number") if reads else [],
        "reads_conclusion": (sees := access.reads_conclusion(user, inspection)),
        "tasks": tasks if sees else [],
        "moves": [(one, _address(one, inspection)) for one in access.open_moves(user, inspection)],
        "may_seat": access.may_seat(user, inspection),
        "may_prepare": access.may_prepare(user, inspection),
        "may_revise": access.may_revise(user, inspection),
        "may_find": access.may_find(user, inspection),
        "may_draw": access.may_draw_conclusion(user, inspection),
        "may_explain": inspection.told
        and inspection.state != InspectionState.CLOSED
        and may(user, Permission.ANSWER_INSPECTION, at=inspection.inspected_id),
        "may_again": access.may_again(user, inspection),
        "inspector": inspector,
        "opens_plan": InspectionPlan.objects.visible_to(user)
        .filter(pk=inspection.plan_id)
        .exists(),
        "opens_before": seen.filter(again=inspection.pk).exists(),
        "again": again.select_related("inspected").newest_first(),
        "events": inspection.events.for_page() if inspector else [],
    }
    return render(request, "inspections/detail.html", context, status=status)


def context_of(inspection: Inspection) -> dict[str, Any]:
    """What every page about one inspection needs."""
    return {
        "inspection": inspection,
        "made_up": inspection.made_up,
        "today": timezone.localdate(),
        "back": address(inspection),
    }


def ask_in(request: HttpRequest, inspection: Inspection, form, act, **asked: str) -> HttpResponse:
    """Asks for one more thing of an inspection; `asked`: title, press, words."""
    return ask(
        request,
        "inspections/ask.html",
        form,
        act=act,
        context=lambda: context_of(inspection) | asked,
    )


def ask_about(
    request: HttpRequest, one: InspectionFinding | InspectionTask, form, act, **asked: str
) -> HttpResponse:
    """Asks about a finding or a demand, shown as it lies there now; `asked` as above."""
    fresh = type(one).objects.for_page().filter(pk=one.pk)
    name = "finding" if isinstance(one, InspectionFinding) else "task"

    def now() -> dict[str, Any]:
        shown = fresh.first() or one
        changed = shown.version != one.version
        words = "Người khác vừa ghi; nội dung đang lưu ở trên." if changed else ""
        proofs = shown.proofs.order_by("pk") if name == "task" else ()
        more = {name: shown, "proofs": proofs, "words": words}
        return context_of(one.inspection) | more | asked

    return ask(
        request,
        "inspections/ask.html",
        form,
        act=act,
        context=now,
        conflict=lambda: renewed(form, fresh),
    )


def _sums(rows, user, today: date) -> dict[str, Any]:
    """What those came to that one's own units run; where they run none, all."""
    own = rows.filter(unit__in=units_where(user, Permission.SEE_UNIT))
    runs = own.exists()
    return {"sums": (own if runs else rows).sums(today), "sums_own": runs}


def _narrowed(rows, wanted: dict[str, Any]):
    for column in ("year", "kind"):
        if wanted.get(column):
            rows = rows.filter(**{column: wanted[column]})
    if wanted.get("words"):
        units = Unit.objects.matching(wanted["words"]).values("pk")
        rows = rows.filter(inspected__in=units) | rows.filter(unit__in=units)
    return rows


def _address(move: Move, inspection: Inspection) -> str:
    if move.verb == InspectionVerb.CONCLUDE:
        return reverse("inspections:conclude", args=[inspection.pk])
    return reverse("inspections:move", args=[inspection.pk, WORDS_OF_MOVES[move.verb]])
