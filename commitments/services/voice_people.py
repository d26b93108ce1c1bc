"""Who brought a remark forward: looked at, and forgotten; either is written first."""

import json

from django.db import transaction

from cchc_portal.kit.errors import ChangedMeanwhile, MoveRefused
from cchc_portal.kit.veil import Unreadable, lift
from commitments.models import Voice
from commitments.rules.voice import OPEN, Sender, VoiceVerb
from commitments.voice_access import require_concluding, require_handling
from units.models import User

STILL_OPEN = "Phản ánh đang xử lý, chưa xóa được thông tin người phản ánh."
NOBODY_KEPT = "Phản ánh này không có thông tin người phản ánh."


@transaction.atomic
def look(voice: Voice, *, reason: str, by: User) -> Sender:
    """Who brought it forward; that this person looked is written first. The row is held, so that
    nobody sees a person who was just handed on or forgotten.

    Raises PermissionDenied, or MoveRefused where nothing is kept or no key lifts it.
    """
    held = Voice.objects.select_for_update(no_key=True).get(pk=voice.pk)
    require_handling(by, held.unit_id)
    if not held.sender:
        raise MoveRefused(NOBODY_KEPT)
    held.events.create(verb=VoiceVerb.LOOK, by=by, comment=reason.strip())
    try:
        return Sender(**json.loads(lift(held.sender)))
    except Unreadable as fault:
        raise MoveRefused(
            "Không giải mã được thông tin này: khóa đã đổi hoặc đã mất, đề nghị báo quản trị."
        ) from fault


@transaction.atomic
def forget(voice: Voice, *, seen: int, by: User) -> Voice:
    """Nobody has to be called back any more: the person is erased, the remark stays.

    Raises PermissionDenied, MoveRefused (still open, nothing kept) or ChangedMeanwhile.
    """
    held = Voice.objects.select_for_update(no_key=True).get(pk=voice.pk)
    require_concluding(by, held.unit_id)
    if held.version != seen:
        raise ChangedMeanwhile("Phản ánh này vừa được người khác xử lý; đề nghị xem lại.")
    if held.state in OPEN:
        raise MoveRefused(STILL_OPEN)
    if not held.sender:
        raise MoveRefused(NOBODY_KEPT)
    held.sender, held.said, held.version = "", "", held.version + 1
    held.save(update_fields=["sender", "said", "version"])
    held.events.create(verb=VoiceVerb.FORGET, by=by)
    return held
