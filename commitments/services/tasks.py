"""The tasks of a commitment, or of an annex, while it is a draft."""

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from cchc_portal.kit.errors import ChangedMeanwhile, MoveRefused
from commitments.models import (
    Commitment,
    CommitmentTask,
    ConferenceTask,
    DialogueItem,
    InspectionTask,
    PlannedTask,
)
from commitments.rules.deadline import deadline
from commitments.rules.terms import COLUMNS, TaskTerms, differences
from commitments.rules.workflow import Change, CommitmentVerb
from commitments.services.commitments import hold_draft
from units.models import User

TASKS_AT_MOST = 100


@transaction.atomic
def add(
    commitment: Commitment,
    *,
    terms: TaskTerms,
    by: User,
    carried_from: CommitmentTask | None = None,
    item: DialogueItem | None = None,
    conclusion: ConferenceTask | None = None,
    demand: InspectionTask | None = None,
    taken_from_plan: PlannedTask | None = None,
    origin: str = "",
) -> CommitmentTask:
    """One more task at the end of a draft; `carried_from` is the task of an earlier year that it
    goes on with, `taken_from_plan` that of the unit's plan, `item` or `conclusion` what it comes
    from out of a conference, `demand` out of an inspection, `origin` where it comes from in
    words. Raises PermissionDenied or MoveRefused."""
    held = hold_draft(commitment, by=by)
    position = held.tasks.count() + 1
    if position > TASKS_AT_MOST:
        raise MoveRefused(f"Một bản cam kết không quá {TASKS_AT_MOST} nhiệm vụ.")
    task = held.tasks.create(
        position=position,
        carried_from=carried_from,
        item=item,
        conclusion=conclusion,
        demand=demand,
        origin=origin,
        taken_from_plan=taken_from_plan,
        updated_at=timezone.now(),
        updated_by=by,
        **_columns(terms, held),
    )
    _written(held, CommitmentVerb.ADD_TASK, task, by=by, comment=_origin(task))
    return task


@transaction.atomic
def edit(task: CommitmentTask, *, seen: int, terms: TaskTerms, by: User) -> CommitmentTask:
    """The words of a task are rewritten by whoever saw version `seen` of it.

    The log says what each term was and became; writing the same again leaves no line. Raises
    PermissionDenied, MoveRefused (signed, or removed) or ChangedMeanwhile.
    """
    commitment = hold_draft(task.commitment, by=by)
    held = hold_task(task, commitment)
    refuse_unless_seen(held, seen)
    changes = differences(held.terms, terms)
    if not changes:
        return held
    if held.change == Change.CANCEL:
        raise MoveRefused("Dòng này chỉ thôi thực hiện một nhiệm vụ, không có nội dung để sửa.")
    for column, value in _columns(terms, commitment).items():
        setattr(held, column, value)
    held.updated_at, held.updated_by = timezone.now(), by
    held.version += 1
    held.save(update_fields=[*COLUMNS, "deadline", "version", "updated_at", "updated_by"])
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
    held = hold_task(task, commitment)
    refuse_unless_seen(held, seen)
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
    held = hold_task(task, commitment)
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


def hold_task(task: CommitmentTask, commitment: Commitment) -> CommitmentTask:
    """The row, locked, of a task of this commitment. Raises MoveRefused where it was removed."""
    held = commitment.tasks.select_for_update(no_key=True).filter(pk=task.pk).first()
    if held is None:
        raise MoveRefused("Nhiệm vụ này vừa được người khác xóa khỏi bản cam kết.")
    held.commitment = commitment
    return held


def refuse_unless_seen(held: CommitmentTask, seen: int) -> None:
    """ChangedMeanwhile where somebody wrote since."""
    if held.version != seen:
        raise ChangedMeanwhile("Nhiệm vụ này vừa được người khác ghi; đề nghị xem lại.")


def _columns(terms: TaskTerms, commitment: Commitment) -> dict:
    columns = {column: getattr(terms, column) for column in COLUMNS}
    last = deadline(terms.due_on, terms.due_text, commitment.year)
    return columns | {"deadline": last}


def _origin(task: CommitmentTask) -> str:
    if before := task.carried_from:
        return f"chuyển tiếp từ năm {before.commitment.year}: {before}"
    return f"từ kế hoạch: {task.taken_from_plan}" if task.taken_from_plan else task.origin


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
