"""What a unit cannot settle itself goes up by a document, is answered there and comes back down."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from cchc_portal.kit.errors import ChangedMeanwhile, MoveRefused
from cchc_portal.kit.workflow import Move
from commitments.conference_access import require_upper
from commitments.models import Conference, DialogueItem, Escalation
from commitments.models.superiors import units_above
from commitments.rules.conference import ESCALATION, IN_TRANSIT, ITEM, ConferenceVerb
from commitments.services.conference_rows import hold_at_work, refuse_unless_at_work, tell
from commitments.services.dialogue import hold_item, move_item
from units.models import Unit, User


@dataclass(frozen=True)
class Letter:
    """The document by which a matter goes up: its number, its day, until when an answer is asked
    for, and why it is sent."""

    number: str
    sent_on: date
    due_on: date
    reason: str = ""


@transaction.atomic
def escalate(item: DialogueItem, *, seen: int, to: Unit, letter: Letter, by: User) -> Escalation:
    """The unit sends an item to its superior, or to a department of it; it lies there as work.

    Raises PermissionDenied, MoveRefused (not in the unit's hands, no unit above, days out of
    order) or ChangedMeanwhile.
    """
    conference = hold_at_work(item.conference, by=by)
    held = hold_item(item, conference, seen=seen)
    move = ITEM.check(ConferenceVerb.ESCALATE, held.state)
    _refuse_unless_above(conference.unit, to)
    step = _send(held, conference.unit, to, letter)
    move_item(conference, held, move, by=by, comment=_words(step))
    return step


@transaction.atomic
def recall(item: DialogueItem, *, seen: int, comment: str, by: User) -> DialogueItem:
    """The unit takes it back into its own hands; nobody above has to answer any more.

    Raises PermissionDenied, MoveRefused or ChangedMeanwhile.
    """
    conference = hold_at_work(item.conference, by=by)
    held = hold_item(item, conference, seen=seen)
    move = ITEM.check(ConferenceVerb.RECALL, held.state, comment)
    for step in held.escalations.filter(state__in=IN_TRANSIT):
        _write(step, ESCALATION.check(ConferenceVerb.RECALL, step.state, comment))
    return move_item(conference, held, move, by=by, comment=comment)


@transaction.atomic
def reply(escalation: Escalation, *, seen: int, reply: str, number: str, by: User) -> Escalation:
    """The unit above answers; the answer lies with whoever sent the matter up.

    Raises PermissionDenied, MoveRefused or ChangedMeanwhile.
    """
    conference, held, move = _ask(escalation, ConferenceVerb.REPLY, seen=seen, by=by)
    said = {"reply": reply, "reply_number": number}
    dated = {"replied_on": timezone.localdate(), "replied_by": by}
    _write(held, move, **said, **dated)
    tell(conference, move.verb, by=by, item=held.item, comment=f"{held.to_unit}: {reply}")
    _down(conference, held, ConferenceVerb.COME_BACK, by=by)
    return held


@transaction.atomic
def turn_back(escalation: Escalation, *, seen: int, comment: str, by: User) -> Escalation:
    """The unit above gives it back: the unit may settle it itself, or has to say more.

    Raises PermissionDenied, MoveRefused or ChangedMeanwhile.
    """
    conference, held, move = _ask(
        escalation, ConferenceVerb.TURN_BACK, seen=seen, by=by, comment=comment
    )
    _write(held, move)
    _down(conference, held, ConferenceVerb.TURN_BACK, by=by, comment=comment)
    return held


@transaction.atomic
def pass_on(escalation: Escalation, *, seen: int, to: Unit, letter: Letter, by: User) -> Escalation:
    """The unit above sends it on to its own superior; the answer comes down the same way.

    Raises PermissionDenied, MoveRefused or ChangedMeanwhile.
    """
    conference, held, move = _ask(escalation, ConferenceVerb.PASS_ON, seen=seen, by=by)
    _refuse_unless_above(held.to_unit, to)
    _write(held, move)
    step = _send(held.item, held.to_unit, to, letter, passed_from=held)
    tell(conference, move.verb, by=by, item=held.item, comment=_words(step))
    return step


def _ask(
    escalation: Escalation, verb: ConferenceVerb, *, seen: int, by: User, comment: str = ""
) -> tuple[Conference, Escalation, Move]:
    """Conference, then item, then step, locked in this order by everybody."""
    require_upper(by, escalation)
    conference = Conference.objects.hold(escalation.item.conference_id)
    refuse_unless_at_work(conference)
    item = hold_item(escalation.item, conference)
    held = item.escalations.select_for_update(of=("self",), no_key=True)
    step = held.select_related("to_unit", "passed_from").get(pk=escalation.pk)
    if step.version != seen:
        raise ChangedMeanwhile("Ý kiến này vừa được người khác xử lý; đề nghị xem lại.")
    step.item = item
    return conference, step, ESCALATION.check(verb, step.state, comment)


def _down(
    conference: Conference, step: Escalation, verb: ConferenceVerb, *, by: User, comment: str = ""
) -> None:
    """Back to whoever sent it: the unit between, or the unit that held the conference."""
    between = step.passed_from
    if between is None:
        move_item(
            conference,
            step.item,
            ITEM.check(verb, step.item.state, comment),
            by=by,
            comment=comment,
        )
        return
    _write(between, ESCALATION.check(ConferenceVerb.COME_BACK, between.state))
    told = f"về {step.from_unit}. {comment}"
    tell(conference, verb, by=by, item=step.item, comment=told)


def _send(
    item: DialogueItem,
    from_unit: Unit,
    to: Unit,
    letter: Letter,
    *,
    passed_from: Escalation | None = None,
) -> Escalation:
    today = timezone.localdate()
    if letter.due_on < letter.sent_on:
        raise MoveRefused("Hạn trả lời không thể trước ngày văn bản.")
    if letter.sent_on > today:
        raise MoveRefused("Ngày văn bản không thể sau ngày hôm nay.")
    return item.escalations.create(
        from_unit=from_unit,
        to_unit=to,
        passed_from=passed_from,
        number=letter.number,
        sent_on=letter.sent_on,
        due_on=letter.due_on,
        reason=letter.reason,
    )


def _refuse_unless_above(unit: Unit, to: Unit) -> None:
    if not units_above(unit, timezone.localdate()).filter(pk=to.pk).exists():
        raise MoveRefused(
            "Chỉ chuyển đến cấp trên trực tiếp hoặc phòng nghiệp vụ của cấp trên trực tiếp."
        )


def _words(step: Escalation) -> str:
    return (
        f"Đến {step.to_unit}, văn bản số {step.number} ngày {step.sent_on:%d/%m/%Y}, hạn trả lời "
        f"{step.due_on:%d/%m/%Y}. {step.reason}"
    )


def _write(step: Escalation, move: Move, **columns) -> None:
    for column, value in columns.items():
        setattr(step, column, value)
    step.state = move.target
    step.version += 1
    step.save(update_fields=["state", "version", *columns])
