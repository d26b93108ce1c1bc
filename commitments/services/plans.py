"""A yearly plan from its first line to what came of it: draft, tasks, issue, reopen, results."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from cchc_portal.kit.errors import ChangedMeanwhile, MoveRefused
from commitments.access import require_planning
from commitments.models import Plan, PlannedTask
from commitments.rules.deadline import deadline
from commitments.rules.plan import (
    PLAN,
    PLANNED_COLUMNS,
    PlanHeading,
    PlannedTerms,
    PlanState,
    PlanVerb,
    heading_changes,
    task_changes,
)
from units.access import require
from units.models import Unit, User
from units.permissions import Permission

TASKS_AT_MOST = 200
SIGNATURE = ("number", "issued_on", "unit_name", "signer", "signer_post", "issued_at", "issued_by")


@dataclass(frozen=True)
class Paper:
    """What the records office gives an issued plan."""

    number: str
    day: date


@transaction.atomic
def draft(unit: Unit, *, year: int, heading: PlanHeading, by: User, made_up: bool = False) -> Plan:
    """A unit opens its plan of a year. Raises PermissionDenied, or MoveRefused if it has one."""
    held = Unit.objects.select_for_update(no_key=True).get(pk=unit.pk)
    require(by, Permission.DRAFT_COMMITMENT, at=held)
    if held.plans.filter(year=year).exists():
        raise MoveRefused(f"Đơn vị đã có kế hoạch năm {year}.")
    plan = Plan.objects.create(
        unit=held, year=year, title=heading.title, ground=heading.ground, made_up=made_up
    )
    plan.events.create(verb=PlanVerb.DRAFT, target=plan.state, by=by)
    return plan


@transaction.atomic
def revise(plan: Plan, *, seen: int, heading: PlanHeading, by: User) -> Plan:
    """The heading of a draft is rewritten by whoever saw version `seen` of the plan.

    Raises PermissionDenied, MoveRefused (issued) or ChangedMeanwhile.
    """
    held = _hold_draft(plan, by=by)
    _refuse_unless_seen(held, seen)
    changes = heading_changes(held.heading, heading)
    if changes:
        held.title, held.ground = heading.title, heading.ground
        held.save(update_fields=["title", "ground"])
        _written(held, PlanVerb.REVISE, by=by, comment="; ".join(map(str, changes)))
    return held


@transaction.atomic
def add(plan: Plan, *, terms: PlannedTerms, by: User) -> PlannedTask:
    """One more task at the end of a draft. Raises PermissionDenied or MoveRefused."""
    held = _hold_draft(plan, by=by)
    task = _create(held, terms, position=held.tasks.count() + 1, by=by)
    _written(held, PlanVerb.ADD_TASK, by=by, about=str(task))
    return task


@transaction.atomic
def edit(task: PlannedTask, *, seen: int, terms: PlannedTerms, by: User) -> PlannedTask:
    """A task of a draft is rewritten by whoever saw version `seen` of it.

    Raises PermissionDenied, MoveRefused (issued, or removed) or ChangedMeanwhile.
    """
    plan = _hold_draft(task.plan, by=by)
    held = _hold_task(task, plan)
    _refuse_unless_seen(held, seen)
    changes = task_changes(held.terms, terms)
    if not changes:
        return held
    for column in PLANNED_COLUMNS:
        setattr(held, column, getattr(terms, column))
    held.deadline = deadline(terms.due_on, terms.due_text, plan.year)
    _save(held, *PLANNED_COLUMNS, "deadline", by=by)
    _written(plan, PlanVerb.EDIT_TASK, by=by, about=str(held), comment="; ".join(map(str, changes)))
    return held


@transaction.atomic
def remove(task: PlannedTask, *, seen: int, by: User) -> Plan:
    """A task leaves the draft and those behind it close the gap.

    Raises PermissionDenied, MoveRefused (issued, removed, taken over by units below, or promised
    in the commitment) or ChangedMeanwhile.
    """
    plan = _hold_draft(task.plan, by=by)
    held = _hold_task(task, plan)
    _refuse_unless_seen(held, seen)
    takers = held.taken_by.count()
    if takers:
        raise MoveRefused(
            f"Nhiệm vụ này đã được {takers} đơn vị trực thuộc nhận vào kế hoạch nên không xóa được."
        )
    if held.committed_as.exists():
        raise MoveRefused("Nhiệm vụ này đã đưa vào bản cam kết của đơn vị nên không xóa được.")
    held.delete()
    plan.tasks.filter(position__gt=held.position).update(position=F("position") - 1)
    _written(plan, PlanVerb.REMOVE_TASK, by=by, about=str(held))
    return plan


@transaction.atomic
def take_over(plan: Plan, *, chosen: Collection[int], by: User) -> int:
    """Tasks that the unit above passed down join the draft, to be fitted; how many there were.

    chosen: keys of tasks of the plan above. What is taken already is passed over. Raises
    PermissionDenied or MoveRefused (issued, nothing chosen, or not passed down any more).
    """
    above = Plan.objects.of_the_unit_above(plan).select_for_update(of=("self",), no_key=True)
    list(above)
    held = _hold_draft(plan, by=by)
    passed = PlannedTask.objects.filter(
        plan__in=[one.pk for one in above], passed_down=True, pk__in=chosen
    )
    if not chosen or passed.count() != len(set(chosen)):
        raise MoveRefused("Đề nghị chọn nhiệm vụ đang được cấp trên giao.")
    own = list(passed.exclude(taken_by__plan=held).order_by("position"))
    last = held.tasks.count()
    for position, task in enumerate(own, start=last + 1):
        terms = replace(task.terms, passed_down=False)
        _create(held, terms, position=position, by=by, taken_from=task)
    if own:
        told = "; ".join(task.title for task in own)
        _written(held, PlanVerb.TAKE_OVER, by=by, comment=told)
    return len(own)


@transaction.atomic
def issue(plan: Plan, *, seen: int, paper: Paper, by: User) -> Plan:
    """The head issues exactly the version that was on the screen, under the number given.

    Raises PermissionDenied, MoveRefused (issued already, or no task) or ChangedMeanwhile.
    """
    held = Plan.objects.hold(plan.pk)
    move = PLAN.move(PlanVerb.ISSUE)
    require(by, move.permission, at=held.unit_id)
    PLAN.check(PlanVerb.ISSUE, held.state)
    _refuse_unless_seen(held, seen)
    if not held.tasks.exists():
        raise MoveRefused("Kế hoạch chưa có nhiệm vụ nào nên chưa ban hành được.")
    held.number, held.issued_on = paper.number, paper.day
    held.unit_name, held.signer, held.signer_post = held.unit.name, str(by), by.post
    held.issued_at, held.issued_by = timezone.now(), by
    return _move(held, PlanVerb.ISSUE, by=by, comment=f"Số {paper.number}")


@transaction.atomic
def reopen(plan: Plan, *, comment: str, by: User) -> Plan:
    """The head opens an issued plan to change it; the log keeps number and reason.

    Raises PermissionDenied or MoveRefused (a draft, or no reason).
    """
    held = Plan.objects.hold(plan.pk)
    move = PLAN.move(PlanVerb.REOPEN)
    require(by, move.permission, at=held.unit_id)
    PLAN.check(PlanVerb.REOPEN, held.state, comment)
    told = f"Kế hoạch số {held.number}: {comment.strip()}"
    held.number = held.unit_name = held.signer = held.signer_post = ""
    held.issued_on = held.issued_at = held.issued_by = None
    return _move(held, PlanVerb.REOPEN, by=by, comment=told)


@transaction.atomic
def tell(
    task: PlannedTask, *, seen: int, result: str, done_on: date | None, by: User
) -> PlannedTask:
    """The unit says what came of a task of an issued plan; with a day it is done.

    Raises PermissionDenied, MoveRefused (a draft, a day to come, done without a result) or
    ChangedMeanwhile.
    """
    plan = Plan.objects.hold(task.plan_id)
    require_planning(by, plan)
    if plan.state != PlanState.ISSUED:
        raise MoveRefused("Kế hoạch chưa ban hành nên chưa ghi kết quả.")
    held = _hold_task(task, plan)
    _refuse_unless_seen(held, seen)
    if done_on and done_on > timezone.localdate():
        raise MoveRefused("Ngày hoàn thành không thể sau ngày hôm nay.")
    if done_on and not result.strip():
        raise MoveRefused("Nhiệm vụ hoàn thành thì đề nghị ghi kết quả thực hiện.")
    held.result, held.done_on = result.replace("\r\n", "\n").strip(), done_on
    _save(held, "result", "done_on", by=by)
    day = f"Hoàn thành ngày {done_on:%d/%m/%Y}. " if done_on else ""
    plan.events.create(verb=PlanVerb.TELL, about=str(held), comment=day + held.result, by=by)
    return held


def _hold_draft(plan: Plan, *, by: User) -> Plan:
    held = Plan.objects.hold(plan.pk)
    require_planning(by, held)
    refuse_unless_draft(held)
    return held


def refuse_unless_draft(plan: Plan) -> None:
    """MoveRefused where the plan is issued."""
    if plan.state != PlanState.DRAFT:
        raise MoveRefused("Kế hoạch đã ban hành, nội dung không sửa được nữa.")


def _hold_task(task: PlannedTask, plan: Plan) -> PlannedTask:
    held = plan.tasks.select_for_update(no_key=True).filter(pk=task.pk).first()
    if held is None:
        raise MoveRefused("Nhiệm vụ này vừa được người khác xóa khỏi kế hoạch.")
    held.plan = plan
    return held


def _refuse_unless_seen(row: Plan | PlannedTask, seen: int) -> None:
    if row.version != seen:
        raise ChangedMeanwhile("Nội dung vừa được người khác ghi; đề nghị xem lại.")


def _create(
    plan: Plan,
    terms: PlannedTerms,
    *,
    position: int,
    by: User,
    taken_from: PlannedTask | None = None,
) -> PlannedTask:
    if position > TASKS_AT_MOST:
        raise MoveRefused(f"Một kế hoạch không quá {TASKS_AT_MOST} nhiệm vụ.")
    return plan.tasks.create(
        position=position,
        taken_from=taken_from,
        deadline=deadline(terms.due_on, terms.due_text, plan.year),
        updated_at=timezone.now(),
        updated_by=by,
        **{column: getattr(terms, column) for column in PLANNED_COLUMNS},
    )


def _save(task: PlannedTask, *columns: str, by: User) -> None:
    task.version += 1
    task.updated_at, task.updated_by = timezone.now(), by
    task.save(update_fields=[*columns, "version", "updated_at", "updated_by"])


def _written(plan: Plan, verb: PlanVerb, *, by: User, about: str = "", comment: str = "") -> None:
    """The draft has moved on: whoever saw it before cannot issue it; and a line in the log."""
    plan.version += 1
    plan.save(update_fields=["version"])
    plan.events.create(verb=verb, about=about, comment=comment, by=by)


def _move(plan: Plan, verb: PlanVerb, *, by: User, comment: str) -> Plan:
    source, plan.state = plan.state, PLAN.move(verb).target
    plan.version += 1
    plan.save(update_fields=["state", "version", *SIGNATURE])
    plan.events.create(verb=verb, source=source, target=plan.state, comment=comment, by=by)
    return plan
