"""Who may do what with a remark: whoever handles them at the unit, and its head."""

from cchc_portal.kit.workflow import Move
from commitments.models import Voice
from commitments.rules.voice import CONCLUDING, HANDLING, VOICE, VoiceKind, VoiceState, VoiceVerb
from units.access import may, require


def require_handling(user, unit: int) -> None:
    """PermissionDenied unless the person handles remarks at this unit."""
    require(user, HANDLING, at=unit)


def require_concluding(user, unit: int) -> None:
    """PermissionDenied unless the person concludes remarks for this unit."""
    require(user, CONCLUDING, at=unit)


def require_move(user, voice: Voice, move: Move) -> None:
    """PermissionDenied unless the person may make this move of the remark."""
    require(user, move.permission, at=voice.unit_id)


def may_look(user, voice: Voice) -> bool:
    """Whether the person may see who brought it forward: only who handles it, not from above."""
    return bool(voice.sender) and may(user, HANDLING, at=voice.unit_id)


def may_forget(user, voice: Voice) -> bool:
    """Whether the person may erase now who brought it forward."""
    return bool(voice.sender) and not voice.open and may(user, CONCLUDING, at=voice.unit_id)


def open_moves(user, voice: Voice) -> list[Move]:
    """What this person could do next with the remark."""
    return [
        move
        for move in VOICE.open_moves(voice.state)
        if may(user, move.permission, at=voice.unit_id) and fits(voice, move)
    ]


def fits(voice: Voice, move: Move) -> bool:
    """A question of law is answered at once; all else is verified first."""
    if voice.state != VoiceState.CLASSIFIED:
        return True
    law = voice.kind == VoiceKind.LAW
    if move.verb == VoiceVerb.ANSWER:
        return law
    return move.verb != VoiceVerb.VERIFY or not law
