"""What is raised at a conference: entered, reworded, split, answered, taken back."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Max

from cchc_portal.kit.errors import ChangedMeanwhile, MoveRefused
from cchc_portal.kit.workflow import Move
from commitments.conference_access import require_holding
from commitments.models import Conference, DialogueItem
from commitments.rules.conference import ITEM, ConferenceVerb, ItemState, Source, TaskState
from commitments.rules.dialogue import COLUMNS, ItemWords, item_differences, told_without_name
from commitments.services.conference_rows import (
    hold_at_work,
    hold_writable,
    minutes_changed,
    refuse_unless_writable,
    tell,
)
from units.models import User

ITEMS_AT_MOST = 2000
PARTS_AT_MOST = 10


@transaction.atomic
def enter(
    conference: Conference,
    *,
    key: UUID,
    words: ItemWords,
    by: User,
    source: Source = Source.LIVE,
) -> DialogueItem:
    """Somebody of the unit writes down what was said, or what was handed in beforehand.

    `key` is made by the page: what is sent twice arrives once, and is answered with what lies
    there. Raises PermissionDenied or MoveRefused.
    """
    held = hold_writable(conference, by=by)
    known = DialogueItem.objects.filter(key=key).first()
    if known:
        if known.conference_id != held.pk:
            raise MoveRefused("Ý kiến này thuộc hội nghị khác, đề nghị tải lại trang.")
        known.conference = held
        return known
    return receive(held, key=key, words=words, by=by, source=source)


def receive(
    held: Conference, *, key: UUID, words: ItemWords, by: User | None, source: Source
) -> DialogueItem:
    """One more item of a conference whose row is locked. Raises MoveRefused where it is full."""
    number = (held.items.aggregate(last=Max("number"))["last"] or 0) + 1
    if number > ITEMS_AT_MOST:
        raise MoveRefused(f"Một hội nghị không quá {ITEMS_AT_MOST} ý kiến.")
    item = held.items.create(number=number, key=key, source=source, entered_by=by, **_said(words))
    tell(held, ConferenceVerb.ENTER, by=by, item=item)
    minutes_changed(held)
    return item


@transaction.atomic
def edit(item: DialogueItem, *, seen: int, words: ItemWords, by: User) -> DialogueItem:
    """The words of an item are rewritten by whoever saw version `seen` of it.

    Once the minutes are signed only `kept_private` may change. Raises PermissionDenied,
    MoveRefused or ChangedMeanwhile.
    """
    conference = Conference.objects.hold(item.conference_id)
    require_holding(by, conference)
    held = hold_item(item, conference, seen=seen)
    changes = item_differences(held.said, words)
    if not changes:
        return held
    if held.said != replace(words, kept_private=held.kept_private):
        refuse_unless_writable(conference)
    _write(held, **_said(words))
    tell(conference, ConferenceVerb.EDIT, by=by, item=held, comment=told_without_name(changes))
    if conference.writable:
        minutes_changed(conference)
    return held


@transaction.atomic
def split(
    item: DialogueItem, *, seen: int, parts: Sequence[ItemWords], by: User
) -> list[DialogueItem]:
    """One statement becomes several items: the first keeps its number, the others follow at the
    end. The log keeps the whole statement.

    Raises PermissionDenied, MoveRefused (minutes signed, dealt with already, fewer than two
    parts) or ChangedMeanwhile.
    """
    conference = hold_writable(item.conference, by=by)
    held = hold_item(item, conference, seen=seen)
    if held.state != ItemState.RECEIVED:
        raise MoveRefused("Chỉ tách ý kiến đang chờ trả lời.")
    if not 2 <= len(parts) <= PARTS_AT_MOST:
        raise MoveRefused(f"Đề nghị tách thành 2 đến {PARTS_AT_MOST} ý kiến.")
    whole = held.text
    first, *others = parts
    _write(held, **_said(first))
    found = [held]
    for words in others:
        part = receive(conference, key=uuid4(), words=words, by=by, source=Source(held.source))
        part.split_from = held
        part.save(update_fields=["split_from"])
        found.append(part)
    told = f"Thành {', '.join(map(str, found))}. Nội dung trước khi tách: {whole}"
    tell(conference, ConferenceVerb.SPLIT, by=by, item=held, comment=told)
    return found


@transaction.atomic
def answer(
    item: DialogueItem,
    *,
    seen: int,
    answer: str,
    answered_by: str,
    answered_on: date,
    by: User,
) -> DialogueItem:
    """What was answered, by whom, when. Raises PermissionDenied, MoveRefused, ChangedMeanwhile."""
    conference = hold_at_work(item.conference, by=by)
    held = hold_item(item, conference, seen=seen)
    move = ITEM.check(ConferenceVerb.ANSWER, held.state)
    said = {"answer": answer, "answered_by": answered_by, "answered_on": answered_on}
    return move_item(conference, held, move, by=by, comment=answer, **said)


@transaction.atomic
def withdraw(item: DialogueItem, *, seen: int, comment: str, by: User) -> DialogueItem:
    """Whoever raised it takes it back; it stays in every count. The same refusals."""
    conference = hold_at_work(item.conference, by=by)
    held = hold_item(item, conference, seen=seen)
    move = ITEM.check(ConferenceVerb.WITHDRAW, held.state, comment)
    return move_item(conference, held, move, by=by, comment=comment)


@transaction.atomic
def discard(item: DialogueItem, *, seen: int, comment: str, by: User) -> DialogueItem:
    """It is no matter of the dialogue, or was entered by mistake: it counts nowhere. The same
    refusals, and once the minutes are signed."""
    conference = hold_writable(item.conference, by=by)
    held = hold_item(item, conference, seen=seen)
    move = ITEM.check(ConferenceVerb.DISCARD, held.state, comment)
    return move_item(conference, held, move, by=by, comment=comment)


@transaction.atomic
def look_again(item: DialogueItem, *, seen: int, comment: str, by: User) -> DialogueItem:
    """What was settled is taken up again, for a reason; a task it became is taken out.

    The same refusals, and where the task has an end already.
    """
    conference = hold_at_work(item.conference, by=by)
    held = hold_item(item, conference, seen=seen)
    move = ITEM.check(ConferenceVerb.RETURN, held.state, comment)
    if held.state == ItemState.DISCARDED and not conference.writable:
        raise MoveRefused("Biên bản đã ký, ý kiến không tiếp nhận không đưa vào lại được.")
    if held.state == ItemState.ACCEPTED:
        held.tasks.filter(state=TaskState.UNDER_WAY).update(state=TaskState.REMOVED)
    cleared = {"answer": "", "answered_by": "", "answered_on": None}
    return move_item(conference, held, move, by=by, comment=comment, **cleared)


def hold_item(
    item: DialogueItem, conference: Conference, *, seen: int | None = None
) -> DialogueItem:
    """The item, locked, of a conference that is locked. ChangedMeanwhile where it was written
    since version `seen`."""
    held = conference.items.select_for_update(no_key=True).get(pk=item.pk)
    if seen is not None and held.version != seen:
        raise ChangedMeanwhile("Ý kiến này vừa được người khác xử lý; đề nghị xem lại.")
    held.conference = conference
    return held


def move_item(
    conference: Conference,
    held: DialogueItem,
    move: Move,
    *,
    by: User,
    comment: str = "",
    **columns,
) -> DialogueItem:
    """The item makes a move that was checked; the log tells of it."""
    source = held.state
    _write(held, state=move.target, **columns)
    tell(conference, move.verb, by=by, move=move, source=source, item=held, comment=comment)
    if conference.writable:
        minutes_changed(conference)
    return held


def _said(words: ItemWords) -> dict:
    return {column: getattr(words, column) for column in COLUMNS}


def _write(held: DialogueItem, **columns) -> None:
    for column, value in columns.items():
        setattr(held, column, value)
    held.version += 1
    held.save(update_fields=[*columns, "version"])
