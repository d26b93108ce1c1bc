"""What a conclusion demands: drawn up, mended by the unit, judged by the inspecting side."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from cchc_portal.kit.errors import MoveRefused
from cchc_portal.kit.workflow import Move
from commitments import inspection_access as access
from commitments.models import Inspection, InspectionFinding, InspectionTask
from commitments.rules.inspection import MENDING, InspectionState, InspectionVerb
from commitments.services.inspection_rows import (
    hold,
    hold_drawing_up,
    move_up,
    moved_on,
    next_number,
    refuse_unless_seen,
    tell,
)
from commitments.services.scans import hold_own
from units.models import Document, User
from units.services import documents

TASKS_AT_MOST = 200
CHANGED = "Yêu cầu này vừa được người khác ghi; đề nghị xem lại."


@dataclass(frozen=True)
class Demand:
    """What is to be mended, of which finding, by whom at the unit, until when."""

    text: str
    due_on: date
    person: str = ""
    finding: InspectionFinding | None = None


@transaction.atomic
def demand(inspection: Inspection, *, demand: Demand, by: User) -> InspectionTask:
    """One more demand in the draft of the conclusion; it binds once that is signed.
    PermissionDenied, MoveRefused."""
    held = hold_drawing_up(inspection, by=by)
    if held.tasks.count() >= TASKS_AT_MOST:
        raise MoveRefused(f"Một kết luận không quá {TASKS_AT_MOST} yêu cầu.")
    _refuse_unfit(held, demand)
    if same := held.tasks.filter(**_columns(demand)).first():
        raise MoveRefused(f"Yêu cầu này đã ghi (số {same.number}).")
    task = held.tasks.create(number=next_number(held.tasks), **_columns(demand))
    moved_on(held)
    tell(held, InspectionVerb.DEMAND, by=by, about=task, comment=task.told)
    return task


@transaction.atomic
def reword(task: InspectionTask, *, seen: int, demand: Demand, by: User) -> InspectionTask:
    """A demand is rewritten before the conclusion is signed. PermissionDenied, MoveRefused,
    ChangedMeanwhile."""
    inspection = hold_drawing_up(task.inspection, by=by)
    held = _hold(inspection, task, seen=seen)
    _refuse_unfit(inspection, demand)
    before = held.told
    for column, value in _columns(demand).items():
        setattr(held, column, value)
    held.version += 1
    held.save()
    moved_on(inspection)
    told = f"{before} → {held.told}"
    tell(inspection, InspectionVerb.REWORD_DEMAND, by=by, about=held, comment=told)
    return held


@transaction.atomic
def drop(task: InspectionTask, *, seen: int, by: User) -> Inspection:
    """A demand is taken out before the conclusion is signed, those after it move up; the log keeps
    its words. The same refusals."""
    inspection = hold_drawing_up(task.inspection, by=by)
    held = _hold(inspection, task, seen=seen)
    told = held.told
    tell(inspection, InspectionVerb.DROP_DEMAND, by=by, about=held, comment=told)
    held.delete()
    move_up(inspection.tasks, held.number)
    moved_on(inspection)
    return inspection


@transaction.atomic
def report(
    task: InspectionTask,
    *,
    seen: int,
    result: str,
    done_on: date,
    by: User,
    proofs: Iterable[Document] = (),
) -> InspectionTask:
    """The unit reports that it is mended, with what proves it. Also MoveRefused: not signed yet, a
    day to come or before the inspection, a paper of another unit, no paper at all."""
    inspection, held, move = _ask(task, InspectionVerb.REPORT, seen=seen, by=by)
    _refuse_other_days(inspection, done_on)
    papers = [hold_own(paper, inspection.inspected_id) for paper in proofs]
    if not papers:
        raise MoveRefused("Đề nghị gắn ít nhất một tài liệu chứng minh đã khắc phục.")
    held.proofs.set(papers)
    said = {
        "result": result,
        "done_on": done_on,
        "reported_at": timezone.now(),
        "reported_by": by,
    }
    told = "; ".join([result, *(paper.title for paper in papers)])
    return _move(inspection, held, move, by=by, comment=told, **said)


def bring(
    task: InspectionTask, *, upload, declared_not_secret: bool, by: User, **said: Any
) -> InspectionTask:
    """The same with a new file, filed in the unit's cabinet first; its examination holds no row,
    and what would be refused is refused before. `said` as `report` takes it."""
    access.require_answering(by, task.inspection)
    _refuse_unless_followed(task.inspection)
    MENDING.check(InspectionVerb.REPORT, task.state)
    refuse_unless_seen(task, said["seen"], CHANGED)
    _refuse_other_days(task.inspection, said["done_on"])
    paper = documents.file(
        task.owner, by=by, upload=upload, declared_not_secret=declared_not_secret
    )
    said["proofs"] = [*said.get("proofs", ()), paper]
    return report(task, by=by, **said)


@transaction.atomic
def accept(task: InspectionTask, *, seen: int, by: User) -> InspectionTask:
    """The inspecting side takes it as mended. The same refusals."""
    inspection, held, move = _ask(task, InspectionVerb.ACCEPT, seen=seen, by=by)
    return _move(inspection, held, move, by=by)


@transaction.atomic
def refuse(task: InspectionTask, *, seen: int, comment: str, by: User) -> InspectionTask:
    """The inspecting side is not content, for a reason: it goes on; the log keeps the report."""
    inspection, held, move = _ask(task, InspectionVerb.REFUSE, seen=seen, by=by, comment=comment)
    held.proofs.clear()
    cleared = {"result": "", "done_on": None, "reported_at": None, "reported_by": None}
    return _move(inspection, held, move, by=by, comment=comment, **cleared)


@transaction.atomic
def postpone(
    task: InspectionTask, *, seen: int, due_on: date, comment: str, by: User
) -> InspectionTask:
    """Who may sign the conclusion puts the day of a demand off, for a reason; what was signed keeps
    its own day. Also MoveRefused: a day that is not later, or past already."""
    inspection, held, move = _ask(task, InspectionVerb.POSTPONE, seen=seen, by=by, comment=comment)
    if due_on <= held.due_on:
        raise MoveRefused(f"Thời hạn mới phải sau ngày {held.due_on:%d/%m/%Y}.")
    if due_on < timezone.localdate():
        raise MoveRefused("Thời hạn mới không thể trước ngày hôm nay.")
    told = f"{held.due_on:%d/%m/%Y} → {due_on:%d/%m/%Y}. {comment}"
    columns = {"due_on": due_on, "signed_due_on": held.due_in_conclusion}
    return _move(inspection, held, move, by=by, comment=told, **columns)


def _columns(said: Demand) -> dict[str, Any]:
    return {
        "text": said.text,
        "due_on": said.due_on,
        "person": said.person,
        "finding": said.finding,
    }


def _refuse_unfit(inspection: Inspection, said: Demand) -> None:
    if said.finding and not inspection.findings.filter(pk=said.finding.pk).exists():
        raise MoveRefused("Phát hiện này không còn trong cuộc kiểm tra.")
    if said.finding and not said.finding.shortcoming:
        raise MoveRefused("Chỉ yêu cầu khắc phục tồn tại, hạn chế.")
    if inspection.minuted_on and said.due_on < inspection.minuted_on:
        raise MoveRefused("Thời hạn không thể trước ngày lập biên bản.")


def _refuse_other_days(inspection: Inspection, done_on: date) -> None:
    if not inspection.starts_on <= done_on <= timezone.localdate():
        raise MoveRefused("Ngày hoàn thành phải từ ngày kiểm tra đến hôm nay.")


def _refuse_unless_followed(inspection: Inspection) -> None:
    if inspection.state != InspectionState.FOLLOWED:
        raise MoveRefused("Kết luận chưa ký hoặc đã kết thúc theo dõi.")


def _ask(
    task: InspectionTask, verb: InspectionVerb, *, seen: int, by: User, comment: str = ""
) -> tuple[Inspection, InspectionTask, Move]:
    inspection = hold(task.inspection_id)
    task.inspection = inspection
    access.require_task_move(by, task, MENDING.move(verb))
    _refuse_unless_followed(inspection)
    held = _hold(inspection, task, seen=seen)
    return inspection, held, MENDING.check(verb, held.state, comment)


def _hold(inspection: Inspection, task: InspectionTask, *, seen: int) -> InspectionTask:
    held = inspection.tasks.select_related("finding").filter(pk=task.pk).first()
    if held is None:
        raise MoveRefused("Yêu cầu này vừa được người khác bỏ.")
    held.inspection = inspection
    refuse_unless_seen(held, seen, CHANGED)
    return held


def _move(
    inspection: Inspection,
    held: InspectionTask,
    move: Move,
    *,
    by: User,
    comment: str = "",
    **columns: Any,
) -> InspectionTask:
    source, held.state = held.state, move.target
    for column, value in columns.items():
        setattr(held, column, value)
    held.version += 1
    held.save()
    tell(inspection, move.verb, by=by, move=move, source=source, task=held, comment=comment)
    return held
