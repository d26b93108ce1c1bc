"""What is done to a yearly plan: opened, written, taken over, issued, opened again, told of."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters

from cchc_portal.kit.errors import ChangedMeanwhile, MoveRefused
from commitments import access
from commitments.forms.fields import Seen
from commitments.forms.plans import (
    IssueForm,
    PlanDraftForm,
    PlannedTaskEditForm,
    PlannedTaskForm,
    PlanRevisionForm,
    ReopenForm,
    ResultForm,
    TakeOverForm,
)
from commitments.models import Plan, PlannedTask
from commitments.rules.plan import PLAN, PlanVerb, heading_changes, task_changes
from commitments.services import plans
from commitments.views.asking import ask, last_hand, posted
from commitments.views.moves import form_page
from commitments.views.plans import address, on_plan, page_of, plan_of, text_of
from units.access import require, units_where
from units.permissions import Permission


def on_planned_task(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The view is given the task, for whoever writes; a refusal is said on the plan's page, 409."""

    @wraps(view)
    def with_task(request: HttpRequest, pk: int) -> HttpResponse:
        seen = PlannedTask.objects.visible_to(request.user).select_related(
            "plan__unit", "updated_by"
        )
        task = get_object_or_404(seen, pk=pk)
        access.require_planning(request.user, task.plan)
        try:
            return view(request, task)
        except (MoveRefused, ChangedMeanwhile) as refusal:
            return page_of(request, task.plan_id, refusal=refusal.sentence, status=409)

    return with_task


@form_page
def draft(request: HttpRequest) -> HttpResponse:
    """Opens the plan of one of one's units."""
    if not units_where(request.user, Permission.DRAFT_COMMITMENT):
        raise PermissionDenied("Đồng chí chưa được giao soạn kế hoạch của đơn vị nào.")
    year = timezone.localdate().year
    initial = {"year": year, "title": f"Kế hoạch cải cách hành chính năm {year}"}

    def act(data: dict[str, Any]) -> str:
        plan = plans.draft(data["unit"], year=data["year"], heading=form.heading(), by=request.user)
        messages.success(request, "Đã lập kế hoạch. Việc tiếp theo: thêm nhiệm vụ.")
        return address(plan)

    form = PlanDraftForm(request.user, posted(request), initial=initial)
    return ask(request, "commitments/plan_draft.html", form, act=act, context=dict)


@form_page
@on_plan
def revise(request: HttpRequest, plan: Plan) -> HttpResponse:
    """Rewrites title and grounds of a draft."""
    access.require_planning(request.user, plan)
    plans.refuse_unless_draft(plan)
    form = PlanRevisionForm(posted(request), instance=plan, initial={"seen": plan.version})
    both: dict[str, Any] = {"differences": []}

    def act(data: dict[str, Any]) -> str:
        plans.revise(plan, seen=data["seen"], heading=form.heading(), by=request.user)
        messages.success(request, "Đã ghi thông tin chung.")
        return address(plan)

    def conflict() -> None:
        fresh = plan_of(request, plan.pk)
        last = fresh.events.select_related("by").first()
        told = heading_changes(fresh.heading, form.heading())
        both.update(differences=told, **last_hand(last))
        form.renew(fresh.version)

    def now() -> dict[str, Any]:
        return {"plan": plan_of(request, plan.pk), "made_up": plan.made_up} | both

    return ask(
        request, "commitments/plan_revise.html", form, act=act, context=now, conflict=conflict
    )


@form_page
@on_plan
def add(request: HttpRequest, plan: Plan) -> HttpResponse:
    """One more task at the end of a draft."""
    access.require_planning(request.user, plan)
    plans.refuse_unless_draft(plan)
    form = PlannedTaskForm(posted(request))

    def act(data: dict[str, Any]) -> str:
        plans.add(plan, terms=form.terms(), by=request.user)
        messages.success(request, "Đã thêm nhiệm vụ.")
        return address(plan)

    context = {"plan": plan, "made_up": plan.made_up}
    return ask(request, "commitments/planned_add.html", form, act=act, context=lambda: context)


@form_page
@on_planned_task
def edit(request: HttpRequest, task: PlannedTask) -> HttpResponse:
    """Rewrites a task; where someone wrote meanwhile both texts are shown."""
    plans.refuse_unless_draft(task.plan)
    form = PlannedTaskEditForm(posted(request), instance=task, initial={"seen": task.version})
    both: dict[str, Any] = {"differences": []}

    def act(data: dict[str, Any]) -> str:
        plans.edit(task, seen=data["seen"], terms=form.terms(), by=request.user)
        messages.success(request, "Đã ghi nhiệm vụ.")
        return address(task.plan)

    def conflict() -> None:
        fresh = _as_it_lies(task)
        told = task_changes(fresh.terms, form.terms())
        both.update(differences=told, who=fresh.updated_by, at=fresh.updated_at)
        form.renew(fresh.version)

    def now() -> dict[str, Any]:
        return _about(_as_it_lies(task)) | both

    return ask(
        request, "commitments/planned_edit.html", form, act=act, context=now, conflict=conflict
    )


@form_page
@on_planned_task
def remove(request: HttpRequest, task: PlannedTask) -> HttpResponse:
    """Asks once, then takes the task out of the draft."""
    plans.refuse_unless_draft(task.plan)
    form = Seen(posted(request), initial={"seen": task.version})

    def act(data: dict[str, Any]) -> str:
        plans.remove(task, seen=data["seen"], by=request.user)
        messages.success(request, f"Đã xóa nhiệm vụ “{task.title}” khỏi kế hoạch.")
        return address(task.plan)

    return ask(
        request,
        "commitments/planned_remove.html",
        form,
        act=act,
        context=lambda: _about(_as_it_lies(task)),
        conflict=lambda: form.renew(_as_it_lies(task).version),
    )


@form_page
@on_planned_task
def tell(request: HttpRequest, task: PlannedTask) -> HttpResponse:
    """What came of a task of an issued plan."""
    form = ResultForm(posted(request), instance=task, initial={"seen": task.version})
    both: dict[str, Any] = {}

    def act(data: dict[str, Any]) -> str:
        plans.tell(
            task,
            seen=data["seen"],
            result=data["result"],
            done_on=data["done_on"],
            by=request.user,
        )
        messages.success(request, "Đã ghi kết quả thực hiện.")
        return f"{address(task.plan)}#nhiem-vu-{task.pk}"

    def conflict() -> None:
        fresh = _as_it_lies(task)
        both["meanwhile"] = fresh
        form.renew(fresh.version)

    def now() -> dict[str, Any]:
        return _about(_as_it_lies(task)) | both

    return ask(
        request, "commitments/planned_tell.html", form, act=act, context=now, conflict=conflict
    )


@form_page
@on_plan
def take_over(request: HttpRequest, plan: Plan) -> HttpResponse:
    """Chooses among the tasks that the unit above passed down."""
    access.require_planning(request.user, plan)
    plans.refuse_unless_draft(plan)
    offered = PlannedTask.objects.to_take(plan)
    form = TakeOverForm(offered, posted(request))

    def act(data: dict[str, Any]) -> str:
        chosen = {task.pk for task in data["chosen"]}
        number = plans.take_over(plan, chosen=chosen, by=request.user)
        messages.success(request, f"Đã nhận {number} nhiệm vụ vào kế hoạch.")
        return address(plan)

    def now() -> dict[str, Any]:
        ticked = set(form.data.getlist("chosen")) if form.is_bound else None
        rows = [
            (task, ticked is None or str(task.pk) in ticked)
            for task in offered.select_related("plan__unit")
        ]
        return {"plan": plan, "rows": rows, "made_up": plan.made_up}

    return ask(request, "commitments/plan_take.html", form, act=act, context=now)


@sensitive_post_parameters("password")
@form_page
@on_plan
def issue(request: HttpRequest, plan: Plan) -> HttpResponse:
    """The head reads the whole once more and issues it with the password."""
    _at_the_desk(request, plan, PlanVerb.ISSUE)
    form = IssueForm(request, posted(request), initial={"seen": plan.version})

    def act(data: dict[str, Any]) -> str:
        paper = plans.Paper(data["number"], data["issued_on"])
        plans.issue(plan, seen=data["seen"], paper=paper, by=request.user)
        messages.success(request, "Đã ban hành kế hoạch.")
        return address(plan)

    return ask(
        request,
        "commitments/plan_issue.html",
        form,
        act=act,
        context=lambda: text_of(plan_of(request, plan.pk)),
        conflict=lambda: form.renew(plan_of(request, plan.pk).version),
    )


@form_page
@on_plan
def reopen(request: HttpRequest, plan: Plan) -> HttpResponse:
    """The head opens an issued plan again, with a reason."""
    _at_the_desk(request, plan, PlanVerb.REOPEN)
    form = ReopenForm(posted(request))

    def act(data: dict[str, Any]) -> str:
        plans.reopen(plan, comment=data["comment"], by=request.user)
        messages.success(request, "Đã mở lại kế hoạch để điều chỉnh.")
        return address(plan)

    return ask(
        request,
        "commitments/plan_reopen.html",
        form,
        act=act,
        context=lambda: text_of(plan_of(request, plan.pk)),
    )


def _at_the_desk(request: HttpRequest, plan: Plan, verb: PlanVerb) -> None:
    move = PLAN.move(verb)
    require(request.user, move.permission, at=plan.unit_id)
    if request.method != "POST" and plan.state not in move.sources:
        PLAN.check(verb, plan.state)


def _as_it_lies(task: PlannedTask) -> PlannedTask:
    """The task as it is now; or as it was looked up, where somebody has removed it since."""
    now = PlannedTask.objects.select_related("plan__unit", "updated_by")
    return now.filter(pk=task.pk).first() or task


def _about(task: PlannedTask) -> dict[str, Any]:
    return {"task": task, "plan": task.plan, "made_up": task.plan.made_up}
