"""Who may do what at a conference: the unit that holds it, those above, the owners of its tasks."""

from cchc_portal.kit.workflow import Move
from commitments.models import Conference, ConferenceTask, DialogueItem, Escalation
from commitments.rules.conference import (
    AT_WORK,
    BY_HAND,
    CONCLUSION,
    CONFERENCE,
    ESCALATION,
    HOLDING,
    ITEM,
    MINUTED,
    OWNER,
    UPPER,
    ConferenceVerb,
)
from units.access import may, require
from units.permissions import Permission


def require_holding(user, conference: Conference) -> None:
    """PermissionDenied unless the person works on conferences of this unit."""
    require(user, HOLDING, at=conference.unit_id)


def require_releasing(user, conference: Conference) -> None:
    """PermissionDenied unless the person decides for the unit what the public may read."""
    require(user, Permission.SIGN_MINUTES, at=conference.unit_id)


def require_move(user, conference: Conference, move: Move) -> None:
    """PermissionDenied unless the person may make this move of the conference."""
    require(user, move.permission, at=conference.unit_id)


def require_upper(user, escalation: Escalation) -> None:
    """PermissionDenied unless the person answers for the unit to which the matter was sent."""
    require(user, HOLDING, at=escalation.to_unit_id)


def require_task_move(user, task: ConferenceTask, move: Move) -> None:
    """PermissionDenied unless the person sits at the desk of the move: owner, or holder."""
    require(user, move.permission, at=_desk(task, move))


def may_write(user, conference: Conference) -> bool:
    """Whether the person may write now what the minutes will say."""
    return conference.writable and may(user, HOLDING, at=conference.unit_id)


def may_release(user, conference: Conference) -> bool:
    """Whether the person may release its table to the public now."""
    signs = may(user, Permission.SIGN_MINUTES, at=conference.unit_id)
    return conference.state in MINUTED and signs


def open_moves(user, conference: Conference) -> list[Move]:
    """What this person could do next with the conference."""
    moves = CONFERENCE.open_moves(conference.state)
    return [move for move in moves if may(user, move.permission, at=conference.unit_id)]


def item_moves(user, item: DialogueItem) -> list[Move]:
    """What this person of the unit could do next with the item."""
    conference = item.conference
    if conference.state not in AT_WORK or not may(user, HOLDING, at=conference.unit_id):
        return []
    return [
        move
        for move in ITEM.open_moves(item.state)
        if move.verb in BY_HAND and (move.verb != ConferenceVerb.DISCARD or conference.writable)
    ]


def upper_moves(user, escalation: Escalation) -> list[Move]:
    """What this person above could do next with what was sent up."""
    running = escalation.item.conference.state in AT_WORK
    if not running or not may(user, HOLDING, at=escalation.to_unit_id):
        return []
    by_hand = (ConferenceVerb.REPLY, ConferenceVerb.PASS_ON, ConferenceVerb.TURN_BACK)
    return [
        move
        for move in ESCALATION.open_moves(escalation.state)
        if move.desk == UPPER and move.verb in by_hand
    ]


def task_moves(user, task: ConferenceTask) -> list[Move]:
    """What this person could do next with the task."""
    conference = task.conference
    if conference.state not in AT_WORK:
        return []
    binding = task.item_id is not None or conference.state in MINUTED
    return [
        move
        for move in CONCLUSION.open_moves(task.state)
        if may(user, move.permission, at=_desk(task, move))
        and (binding or move.desk != OWNER)
        and (move.verb != ConferenceVerb.REMOVE or may_reword(user, task))
    ]


def may_reword(user, task: ConferenceTask) -> bool:
    """Whether the person may change or take out a conclusion, before the minutes are signed."""
    return task.item_id is None and may_write(user, task.conference)


def _desk(task: ConferenceTask, move: Move) -> int:
    return task.owner_id if move.desk == OWNER else task.conference.unit_id
