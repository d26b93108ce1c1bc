"""Plans of inspections: the list, one of them, its lines, its issue."""

from collections.abc import Callable
from dataclasses import asdict
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_safe

from cchc_portal.kit.errors import ChangedMeanwhile, MoveRefused
from commitments import inspection_access as access
from commitments.forms.fields import ReasonForm, Seen
from commitments.forms.inspections import PaperForm, PlanForm, PlanReviseForm, TermsForm
from commitments.models import Inspection, InspectionPlan
from commitments.rules.inspection import (
    INSPECTION_PLAN,
    RUNNING,
    InspectionState,
    InspectionVerb,
)
from commitments.services import inspection_plans
from commitments.views.asking import ask, lying, posted, renewed
from commitments.views.inspections import context_of, desks_of, on_inspection
from commitments.views.moves import form_page
from units.access import may

ROWS = 50


def found(request: HttpRequest, pk: int) -> InspectionPlan:
    """The plan among what this person may see, else 404."""
    seen = InspectionPlan.objects.visible_to(request.user).select_related("unit", "above")
    return get_object_or_404(seen, pk=pk)


def address(plan: InspectionPlan) -> str:
    """The page of the plan."""
    return reverse("inspections:plan", args=[plan.pk])


def on_plan(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The view is given the plan; what it refuses is said on its page, 409."""

    @wraps(view)
    def with_plan(request: HttpRequest, pk: int, **more: Any) -> HttpResponse:
        plan = found(request, pk)
        try:
            return view(request, plan, **more)
        except (MoveRefused, ChangedMeanwhile) as refusal:
            return page(request, pk, refusal=refusal.sentence, status=409)

    return with_plan


@require_safe
def list_(request: HttpRequest) -> HttpResponse:
    """Plans of one's units, of those below, and those that name one's unit."""
    seen = InspectionPlan.objects.visible_to(request.user).with_counts()
    shown = Paginator(seen.select_related("unit").newest_first(), ROWS)
    page = shown.get_page(request.GET.get("page"))
    context = {
        "page": page,
        "may_run": bool(access.desks_over_others(request.user)),
        "made_up": any(one.made_up for one in page),
    }
    return render(request, "inspections/plans.html", context)


@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One plan with its inspections and how each stands."""
    return page(request, pk)


def page(request: HttpRequest, pk: int, *, refusal: str = "", status: int = 200) -> HttpResponse:
    """The page of a plan as it is now, with a sentence on top where something was refused."""
    plan, user = found(request, pk), request.user
    today = timezone.localdate()
    seen = plan.inspections.visible_to(user)
    words = {InspectionVerb.ISSUE: "plan-issue", InspectionVerb.REOPEN: "plan-reopen"}
    context = _context(plan) | {
        "refusal": refusal,
        "lines": seen.for_list(today).order_by("starts_on", "pk"),
        "sums": seen.sums(today),
        "moves": [
            (move, reverse(f"inspections:{words[move.verb]}", args=[plan.pk]))
            for move in access.plan_moves(user, plan)
        ],
        "may_write": not plan.issued and may(user, RUNNING, at=plan.unit_id),
        "runs": may(user, RUNNING, at=plan.unit_id),
        "events": plan.events.for_page(),
    }
    return render(request, "inspections/plan.html", context, status=status)


@form_page
def draft(request: HttpRequest) -> HttpResponse:
    """Opens the plan of a year."""
    form = PlanForm(desks_of(request), posted(request))

    def act(data: dict[str, Any]) -> str:
        plan = inspection_plans.draft(
            data["unit"], year=data["year"], words=form.words(), by=request.user
        )
        messages.success(request, "Đã lập kế hoạch. Việc tiếp theo: thêm các cuộc kiểm tra.")
        return address(plan)

    asked = {"title": "Lập kế hoạch kiểm tra", "words": "", "press": "Lập kế hoạch"}
    back = reverse("inspections:plans")
    return ask(
        request,
        "inspections/ask.html",
        form,
        act=act,
        context=lambda: asked | {"back": back, "of_plans": True},
    )


@form_page
@on_plan
def revise(request: HttpRequest, plan: InspectionPlan) -> HttpResponse:
    """Rewrites what stands above the lines."""
    access.require_running(request.user, plan.unit_id)
    _refuse_issued(request, plan)
    form = PlanReviseForm(posted(request), initial=_words(plan))

    def act(data: dict[str, Any]) -> str:
        inspection_plans.revise(plan, seen=data["seen"], words=form.words(), by=request.user)
        messages.success(request, "Đã ghi thông tin kế hoạch.")
        return address(plan)

    asked: dict[str, Any] = {"title": "Sửa thông tin kế hoạch", "press": "Ghi", "words": ""}

    def conflict() -> None:
        now = _words(found(request, plan.pk))
        form.renew(now.pop("seen"))
        asked["stored"] = lying(form, now)

    return ask(
        request,
        "inspections/ask.html",
        form,
        act=act,
        context=lambda: _context(found(request, plan.pk)) | asked,
        conflict=conflict,
    )


@form_page
@on_plan
def add(request: HttpRequest, plan: InspectionPlan) -> HttpResponse:
    """One more inspection in the plan."""
    access.require_running(request.user, plan.unit_id)
    _refuse_issued(request, plan)
    form = TermsForm([plan.unit_id], posted(request))

    def act(data: dict[str, Any]) -> str:
        inspection_plans.add(plan, inspected=data["inspected"], terms=form.terms(), by=request.user)
        messages.success(request, "Đã thêm cuộc kiểm tra.")
        return address(plan)

    return _ask(request, plan, form, act, title="Thêm cuộc kiểm tra", press="Thêm")


@sensitive_post_parameters("password")
@form_page
@on_plan
def issue(request: HttpRequest, plan: InspectionPlan) -> HttpResponse:
    """The head writes number and day and signs with the password: the plan is in force."""
    access.require_plan_move(request.user, plan, INSPECTION_PLAN.move(InspectionVerb.ISSUE))
    if request.method != "POST":
        INSPECTION_PLAN.check(InspectionVerb.ISSUE, plan.state)
    form = PaperForm(request, posted(request), initial={"seen": plan.version})

    def act(data: dict[str, Any]) -> str:
        inspection_plans.issue(plan, seen=data["seen"], paper=form.paper(), by=request.user)
        messages.success(request, "Đã ban hành kế hoạch kiểm tra.")
        return address(plan)

    words = "Sau khi ban hành, đơn vị có tên trong kế hoạch đọc được; muốn sửa phải mở lại."
    lines = plan.inspections.exclude(state=InspectionState.CANCELLED)
    lines = lines.select_related("inspected").order_by("starts_on", "pk")
    said = {"title": "Ban hành kế hoạch", "press": "Ban hành", "words": words}
    return _ask(request, plan, form, act, **said, lines=lines)


@form_page
@on_plan
def reopen(request: HttpRequest, plan: InspectionPlan) -> HttpResponse:
    """The head opens the plan again, with a reason."""
    access.require_plan_move(request.user, plan, INSPECTION_PLAN.move(InspectionVerb.REOPEN))
    if request.method != "POST":
        INSPECTION_PLAN.check(InspectionVerb.REOPEN, plan.state, "đã có")
    form = ReasonForm(posted(request), initial={"seen": plan.version})

    def act(data: dict[str, Any]) -> str:
        inspection_plans.reopen(plan, by=request.user, **data)
        messages.success(request, "Đã mở lại kế hoạch để điều chỉnh.")
        return address(plan)

    words = "Số, ngày và người ký không còn; sửa xong cần ban hành lại. Nhật ký vẫn giữ."
    return _ask(request, plan, form, act, title="Mở lại để điều chỉnh", press="Mở lại", words=words)


@form_page
@on_inspection
def drop(request: HttpRequest, inspection: Inspection) -> HttpResponse:
    """A line leaves the draft of its plan."""
    access.require_running_apart(request.user, inspection.unit_id, inspection.inspected_id)
    form = Seen(posted(request), initial={"seen": inspection.version})

    def act(data: dict[str, Any]) -> str:
        plan = inspection_plans.drop(inspection, seen=data["seen"], by=request.user)
        messages.success(request, "Đã bỏ khỏi kế hoạch.")
        return address(plan)

    asked = {
        "title": "Bỏ khỏi kế hoạch",
        "words": "Cuộc kiểm tra này không còn trong dự thảo kế hoạch; nhật ký kế hoạch vẫn giữ.",
        "press": "Bỏ",
    }
    return ask(
        request,
        "inspections/ask.html",
        form,
        act=act,
        context=lambda: context_of(inspection) | asked,
        conflict=lambda: renewed(form, Inspection.objects.filter(pk=inspection.pk)),
    )


def _ask(
    request: HttpRequest,
    plan: InspectionPlan,
    form,
    act,
    *,
    title: str,
    press: str,
    words: str = "",
    **more: Any,
) -> HttpResponse:
    asked = {"title": title, "press": press, "words": words, **more}

    def renew() -> None:
        form.renew(found(request, plan.pk).version)

    return ask(
        request,
        "inspections/ask.html",
        form,
        act=act,
        context=lambda: _context(found(request, plan.pk)) | asked,
        conflict=renew,
    )


def _refuse_issued(request: HttpRequest, plan: InspectionPlan) -> None:
    """Where a page is looked at; what was typed is refused by the service, and stays."""
    if request.method != "POST" and plan.issued:
        raise MoveRefused("Kế hoạch đã ban hành; đề nghị mở lại để điều chỉnh trước.")


def _words(plan: InspectionPlan) -> dict[str, str]:
    return asdict(plan.words) | {"seen": plan.words.seal}


def _context(plan: InspectionPlan) -> dict[str, Any]:
    return {"plan": plan, "made_up": plan.made_up, "back": address(plan)}
