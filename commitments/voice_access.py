"""Who may do what with a remark: whoever handles them at the unit, and its head; where the unit has
nobody, whoever stands in above may hand it on."""

from django.db.models import Q
from django.utils import timezone

from cchc_portal.kit.workflow import Move
from commitments.models import Voice
from commitments.models.superiors import units_beside
from commitments.models.voice_stand_ins import stood_in_for
from commitments.rules.voice import CONCLUDING, HANDLING, VOICE, VoiceKind, VoiceState, VoiceVerb
from units.access import may, require, units_where
from units.models import Unit
from units.permissions import Permission


def require_handling(user, unit: int) -> None:
    """PermissionDenied unless the person handles remarks at this unit."""
    require(user, HANDLING, at=unit)


def require_concluding(user, unit: int) -> None:
    """PermissionDenied unless the person concludes remarks for this unit."""
    require(user, CONCLUDING, at=unit)


def require_move(user, voice: Voice, move: Move) -> None:
    """PermissionDenied unless the person may make this move of the remark."""
    if not (move.verb == VoiceVerb.HAND_ON and stands_in(user, voice)):
        require(user, move.permission, at=voice.unit_id)


def seats_of(user) -> list[int]:
    """Keys of the units at which the person handles remarks, or which they lead."""
    return sorted({*units_where(user, HANDLING), *units_where(user, Permission.SEE_DASHBOARD)})


def stands_in(user, voice: Voice) -> bool:
    """Whether the unit has nobody to handle the remark and this person, above it, has to see to
    it: by handing it on, to the own unit too."""
    return not may(user, HANDLING, at=voice.unit_id) and voice.unit_id in stood_in_for(user)


def reached_by(voice: Voice, user):
    """Units to which this person may hand the remark on today."""
    today = timezone.localdate()
    near = units_beside(voice.unit, today)
    if not stands_in(user, voice):
        return near
    own = Unit.objects.in_force_on(today).filter(pk__in=units_where(user, HANDLING))
    return Unit.objects.filter(
        Q(pk__in=near.order_by().values("pk")) | Q(pk__in=own.order_by().values("pk"))
    ).order_by("position", "code")


def may_look(user, voice: Voice) -> bool:
    """Whether the person may see who brought it forward: only who handles it, not from above."""
    return bool(voice.sender) and may(user, HANDLING, at=voice.unit_id)


def may_forget(user, voice: Voice) -> bool:
    """Whether the person may erase now who brought it forward."""
    return bool(voice.sender) and not voice.open and may(user, CONCLUDING, at=voice.unit_id)


def open_moves(user, voice: Voice) -> list[Move]:
    """What this person could do next with the remark."""
    instead = stands_in(user, voice)
    return [
        move
        for move in VOICE.open_moves(voice.state)
        if (may(user, move.permission, at=voice.unit_id) and fits(voice, move))
        or (instead and move.verb == VoiceVerb.HAND_ON)
    ]


def fits(voice: Voice, move: Move) -> bool:
    """A question of law is answered at once; all else is verified first."""
    if voice.state != VoiceState.CLASSIFIED:
        return True
    law = voice.kind == VoiceKind.LAW
    if move.verb == VoiceVerb.ANSWER:
        return law
    return move.verb != VoiceVerb.VERIFY or not law
