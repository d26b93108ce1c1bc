"""The tasks of a commitment: written while it is a draft, reported on while it is in force."""

from datetime import date
from decimal import Decimal

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from cchc_portal.kit.errors import ChangedMeanwhile, MoveRefused
from cchc_portal.kit.numerals import exactly
from commitments.access import require_writing
from commitments.models import Commitment, CommitmentTask
from commitments.rules.terms import COLUMNS, TaskTerms, differences
from commitments.rules.workflow import REPORTABLE, CommitmentVerb, TaskOutcome
from commitments.services.commitments import hold_draft
from units.models import User

TASKS_AT_MOST = 100


@transaction.atomic
def add(commitment: Commitment, *, terms: TaskTerms, by: User) -> CommitmentTask:
    """One more task at the end of a draft. Raises PermissionDenied or MoveRefused."""
    held = hold_draft(commitment, by=by)
    position = held.tasks.count() + 1
    if position > TASKS_AT_MOST:
        raise MoveRefused(f"Một bản cam kết không quá {TASKS_AT_MOST} nhiệm vụ.")
    task = held.tasks.create(
        position=position, updated_at=timezone.now(), updated_by=by, **_columns(terms)
    )
    _written(held, CommitmentVerb.ADD_TASK, task, by=by)
    return task


@transaction.atomic
def edit(task: CommitmentTask, *, seen: int, terms: TaskTerms, by: User) -> CommitmentTask:
    """The words of a task are rewritten by whoever saw version `seen` of it.

    The log says what each term was and became; writing the same again leaves no line. Raises
    PermissionDenied, MoveRefused (signed, or removed) or ChangedMeanwhile.
    """
    commitment = hold_draft(task.commitment, by=by)
    held = _hold(task, commitment)
    _refuse_unless_seen(held, seen)
    changes = differences(held.terms, terms)
    if not changes:
        return held
    for column, value in _columns(terms).items():
        setattr(held, column, value)
    held.updated_at, held.updated_by = timezone.now(), by
    held.version += 1
    held.save(update_fields=[*COLUMNS, "version", "updated_at", "updated_by"])
    _written(
        commitment, CommitmentVerb.EDIT_TASK, held, by=by, comment="; ".join(map(str, changes))
    )
    return held


@transaction.atomic
def remove(task: CommitmentTask, *, seen: int, by: User) -> Commitment:
    """A task leaves the draft and those behind it close the gap.

    Raises PermissionDenied, MoveRefused (signed, or removed) or ChangedMeanwhile.
    """
    commitment = hold_draft(task.commitment, by=by)
    held = _hold(task, commitment)
    _refuse_unless_seen(held, seen)
    _written(commitment, CommitmentVerb.REMOVE_TASK, held, by=by)
    held.delete()
    behind = commitment.tasks.filter(position__gt=held.position)
    behind.update(position=F("position") - 1)
    return commitment


@transaction.atomic
def shift(task: CommitmentTask, *, to: int, seen: int, by: User) -> CommitmentTask:
    """A task takes the place `to` (1 is first; beyond the ends counts as the end), others give way.

    `seen` is the place at which the person saw it. Raises PermissionDenied, MoveRefused or
    ChangedMeanwhile.
    """
    commitment = hold_draft(task.commitment, by=by)
    held = _hold(task, commitment)
    if held.position != seen:
        raise ChangedMeanwhile("Thứ tự nhiệm vụ vừa được người khác đổi; đề nghị xem lại.")
    order = list(commitment.tasks.order_by("position"))
    target = min(max(to, 1), len(order))
    if target == held.position:
        return held
    order.insert(target - 1, order.pop(held.position - 1))
    for position, moved in enumerate(order, start=1):
        moved.position = position
    CommitmentTask.objects.bulk_update(order, ["position"])
    held.position = target
    _written(commitment, CommitmentVerb.SHIFT_TASK, held, by=by, comment=f"từ vị trí {seen}")
    return held


@transaction.atomic
def report(
    task: CommitmentTask,
    *,
    seen: int,
    outcome: TaskOutcome,
    result: str,
    by: User,
    done_on: date | None = None,
    reached: Decimal | None = None,
) -> CommitmentTask:
    """The unit says what came of a task: how far, with which result, done on which day.

    A later report takes the place of the one before; the log keeps both. Raises
    PermissionDenied, MoveRefused (not in force) or ChangedMeanwhile (someone reported since).
    """
    commitment = Commitment.objects.hold(task.commitment_id)
    require_writing(by, commitment)
    refuse_unless_reportable(commitment)
    held = _hold(task, commitment)
    _refuse_unless_seen(held, seen)
    held.outcome, held.result = outcome, result
    held.done_on, held.reached = done_on, reached
    held.reported_at, held.reported_by = timezone.now(), by
    held.version += 1
    report = ("outcome", "result", "done_on", "reached", "reported_at", "reported_by")
    held.save(update_fields=[*report, "version"])
    commitment.events.create(
        verb=CommitmentVerb.REPORT_TASK, about=str(held), comment=_report_words(held), by=by
    )
    return held


def refuse_unless_reportable(commitment: Commitment) -> None:
    """MoveRefused where the commitment is not in force."""
    if commitment.state not in REPORTABLE:
        raise MoveRefused("Chỉ báo cáo kết quả khi bản cam kết đang thực hiện.")


def _hold(task: CommitmentTask, commitment: Commitment) -> CommitmentTask:
    held = commitment.tasks.select_for_update(no_key=True).filter(pk=task.pk).first()
    if held is None:
        raise MoveRefused("Nhiệm vụ này vừa được người khác xóa khỏi bản cam kết.")
    held.commitment = commitment
    return held


def _refuse_unless_seen(held: CommitmentTask, seen: int) -> None:
    if held.version != seen:
        raise ChangedMeanwhile("Nhiệm vụ này vừa được người khác ghi; đề nghị xem lại.")


def _columns(terms: TaskTerms) -> dict:
    return {column: getattr(terms, column) for column in COLUMNS}


def _written(
    commitment: Commitment,
    verb: CommitmentVerb,
    task: CommitmentTask,
    *,
    by: User,
    comment: str = "",
) -> None:
    """The draft has moved on: whoever saw it before cannot sign it; and a line in the log."""
    commitment.version += 1
    commitment.save(update_fields=["version"])
    commitment.events.create(verb=verb, about=str(task), comment=comment, by=by)


def _report_words(task: CommitmentTask) -> str:
    words = [str(TaskOutcome(task.outcome).label)]
    if task.done_on:
        words.append(f"ngày {task.done_on:%d/%m/%Y}")
    if task.reached is not None:
        words.append(f"đạt {exactly(task.reached)} {task.measure_unit}".rstrip())
    return f"{', '.join(words)}. {task.result}"
