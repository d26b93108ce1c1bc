"""What a conference decided to have done: written, accepted out of an item, followed to the end."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from cchc_portal.kit.errors import ChangedMeanwhile, MoveRefused
from cchc_portal.kit.workflow import Move
from commitments.conference_access import require_task_move
from commitments.models import Conference, ConferenceTask, DialogueItem
from commitments.rules.conference import (
    CONCLUSION,
    ITEM,
    MINUTED,
    ConferenceVerb,
    ItemState,
    TaskState,
)
from commitments.services.conference_rows import (
    hold_at_work,
    hold_writable,
    minutes_changed,
    refuse_unless_at_work,
    tell,
)
from commitments.services.dialogue import hold_item, move_item
from commitments.services.scans import hold_own
from units.models import Document, Unit, User

TASKS_AT_MOST = 200


@dataclass(frozen=True)
class Errand:
    """What is to be done, by which unit and whom there, until when."""

    text: str
    owner: Unit
    due_on: date
    person: str = ""


@transaction.atomic
def conclude(conference: Conference, *, errand: Errand, by: User) -> ConferenceTask:
    """One more conclusion; it binds once the minutes are signed. PermissionDenied, MoveRefused."""
    held = hold_writable(conference, by=by)
    task = _add(held, errand)
    tell(held, ConferenceVerb.CONCLUDE, by=by, task=task, comment=_words(errand))
    minutes_changed(held)
    return task


@transaction.atomic
def accept(item: DialogueItem, *, seen: int, errand: Errand, by: User) -> ConferenceTask:
    """An item is accepted and becomes a task, which binds at once.

    Raises PermissionDenied, MoveRefused or ChangedMeanwhile.
    """
    conference = hold_at_work(item.conference, by=by)
    held = hold_item(item, conference, seen=seen)
    move = ITEM.check(ConferenceVerb.ACCEPT, held.state)
    if held.tasks.standing().exists():
        raise MoveRefused(
            "Nhiệm vụ trước của ý kiến này đã báo không hoàn thành; đề nghị yêu cầu thực hiện tiếp "
            "nhiệm vụ đó, hoặc trả lời ý kiến."
        )
    task = _add(conference, errand, item=held)
    move_item(conference, held, move, by=by, comment=_words(errand))
    return task


@transaction.atomic
def reword(task: ConferenceTask, *, seen: int, errand: Errand, by: User) -> ConferenceTask:
    """A conclusion is rewritten before the minutes are signed.

    Raises PermissionDenied, MoveRefused or ChangedMeanwhile.
    """
    conference = hold_writable(task.conference, by=by)
    held = _hold_conclusion(task, conference, seen=seen)
    before = _words(Errand(held.text, held.owner, held.due_on, held.person))
    held.text, held.owner = errand.text, errand.owner
    held.due_on, held.person = errand.due_on, errand.person
    held.version += 1
    held.save(update_fields=["text", "owner", "due_on", "person", "version"])
    told = f"{before} → {_words(errand)}"
    tell(conference, ConferenceVerb.REWORD, by=by, task=held, comment=told)
    minutes_changed(conference)
    return held


@transaction.atomic
def remove(task: ConferenceTask, *, seen: int, comment: str, by: User) -> ConferenceTask:
    """A conclusion is taken out before the minutes are signed. The same refusals."""
    conference = hold_writable(task.conference, by=by)
    held = _hold_conclusion(task, conference, seen=seen)
    move = CONCLUSION.check(ConferenceVerb.REMOVE, held.state, comment)
    minutes_changed(conference)
    return _move(conference, held, move, by=by, comment=comment)


@transaction.atomic
def finish(
    task: ConferenceTask,
    *,
    seen: int,
    result: str,
    done_on: date,
    by: User,
    proofs: Iterable[Document] = (),
) -> ConferenceTask:
    """The owner reports it done, with what proves it; the item it came from has come to its end.

    Raises PermissionDenied, MoveRefused (not binding yet, a day to come, a paper of another unit)
    or ChangedMeanwhile.
    """
    conference, held, move = _ask(task, ConferenceVerb.FINISH, seen=seen, by=by)
    if done_on > timezone.localdate():
        raise MoveRefused("Ngày hoàn thành không thể sau ngày hôm nay.")
    papers = [hold_own(paper, held.owner_id) for paper in proofs]
    held.proofs.set(papers)
    said = {"result": result, "done_on": done_on, **_reported(by)}
    told = "; ".join([result, *(paper.title for paper in papers)])
    _move(conference, held, move, by=by, comment=told, **said)
    item = _item_of(held, conference)
    if item and item.state == ItemState.ACCEPTED:
        move_item(conference, item, ITEM.move(ConferenceVerb.END), by=by, comment=result)
    return held


@transaction.atomic
def give_up(task: ConferenceTask, *, seen: int, comment: str, by: User) -> ConferenceTask:
    """The owner reports that it was not done, and why; an item it came from waits again for the
    unit's word. The same refusals."""
    conference, held, move = _ask(task, ConferenceVerb.GIVE_UP, seen=seen, by=by, comment=comment)
    _move(conference, held, move, by=by, comment=comment, result=comment, **_reported(by))
    item = _item_of(held, conference)
    if item and item.state == ItemState.ACCEPTED:
        back = ITEM.move(ConferenceVerb.RETURN)
        told = f"Nhiệm vụ không hoàn thành: {comment}"
        move_item(conference, item, back, by=by, comment=told)
    return held


@transaction.atomic
def resume(task: ConferenceTask, *, seen: int, comment: str, by: User) -> ConferenceTask:
    """The unit that held the conference is not content: the task goes on. The same refusals, and
    where the item it came from was settled otherwise meanwhile."""
    conference, held, move = _ask(task, ConferenceVerb.RESUME, seen=seen, by=by, comment=comment)
    item = _item_of(held, conference)
    again = ITEM.check(ConferenceVerb.RESUME, item.state, comment) if item else None
    cleared = {"result": "", "done_on": None, "reported_at": None, "reported_by": None}
    _move(conference, held, move, by=by, comment=comment, **cleared)
    if item and again:
        move_item(conference, item, again, by=by, comment=comment)
    return held


def _add(held: Conference, errand: Errand, *, item: DialogueItem | None = None) -> ConferenceTask:
    if held.tasks.standing().count() >= TASKS_AT_MOST:
        raise MoveRefused(f"Một hội nghị không quá {TASKS_AT_MOST} nhiệm vụ.")
    if errand.due_on < held.held_on:
        raise MoveRefused("Thời hạn không thể trước ngày họp.")
    return held.tasks.create(
        number=(held.tasks.aggregate(last=Max("number"))["last"] or 0) + 1,
        item=item,
        text=errand.text,
        owner=errand.owner,
        person=errand.person,
        due_on=errand.due_on,
    )


def _ask(
    task: ConferenceTask, verb: ConferenceVerb, *, seen: int, by: User, comment: str = ""
) -> tuple[Conference, ConferenceTask, Move]:
    conference = Conference.objects.hold(task.conference_id)
    refuse_unless_at_work(conference)
    held = _hold(task, conference, seen=seen)
    require_task_move(by, held, CONCLUSION.move(verb))
    if held.item_id is None and conference.state not in MINUTED:
        raise MoveRefused("Biên bản chưa ký nên nội dung kết luận chưa có hiệu lực.")
    return conference, held, CONCLUSION.check(verb, held.state, comment)


def _hold(task: ConferenceTask, conference: Conference, *, seen: int) -> ConferenceTask:
    rows = conference.tasks.select_related("owner").select_for_update(of=("self",), no_key=True)
    held = rows.get(pk=task.pk)
    if held.version != seen:
        raise ChangedMeanwhile("Nhiệm vụ này vừa được người khác ghi; đề nghị xem lại.")
    held.conference = conference
    return held


def _hold_conclusion(task: ConferenceTask, conference: Conference, *, seen: int) -> ConferenceTask:
    held = _hold(task, conference, seen=seen)
    if held.item_id is not None or held.state != TaskState.UNDER_WAY:
        raise MoveRefused("Chỉ sửa, bỏ nội dung kết luận đang soạn.")
    return held


def _item_of(task: ConferenceTask, conference: Conference) -> DialogueItem | None:
    return hold_item(task.item, conference) if task.item_id else None


def _move(
    conference: Conference,
    held: ConferenceTask,
    move: Move,
    *,
    by: User,
    comment: str,
    **columns,
) -> ConferenceTask:
    source, held.state = held.state, move.target
    for column, value in columns.items():
        setattr(held, column, value)
    held.version += 1
    held.save(update_fields=["state", "version", *columns])
    tell(conference, move.verb, by=by, move=move, source=source, task=held, comment=comment)
    return held


def _reported(by: User) -> dict:
    return {"reported_at": timezone.now(), "reported_by": by}


def _words(errand: Errand) -> str:
    person = f" ({errand.person})" if errand.person else ""
    return f"{errand.text} – {errand.owner}{person}, hạn {errand.due_on:%d/%m/%Y}"
