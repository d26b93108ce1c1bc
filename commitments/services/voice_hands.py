"""A remark goes to another unit of the force, with its number."""

from django.db import transaction
from django.utils import timezone

from cchc_portal.kit.errors import MoveRefused
from commitments.models import Voice
from commitments.models.superiors import superior_on
from commitments.rules.voice import HANDS_AT_MOST, VoiceVerb, due_anew
from commitments.services.voice_rows import ask_move, judges_itself, write_move
from commitments.voice_access import reached_by
from units.models import Unit, User

TOO_FAR = (
    "Chỉ chuyển được tới đơn vị trực thuộc, cấp trên trực tiếp hoặc đơn vị cùng cấp trên; với nơi "
    "khác, đề nghị chọn “Chuyển nơi khác”."
)

OF_THEIR_OWN = (
    "Nội dung này về cán bộ của đơn vị được chọn hoặc của cấp trên của đơn vị đó nên không chuyển "
    "cho đơn vị đó giải quyết."
)


@transaction.atomic
def hand_on(voice: Voice, *, seen: int, to: Unit, comment: str, by: User) -> Voice:
    """Another unit deals with it from now on: classified anew, by a day of its own.

    The number stays that of the book it was written in; the term begins anew (`due_anew`), and the
    day it had stays beside the hand, so that a lateness is not lost. Whoever brought it goes along,
    veiled: the new unit may look, the one that handed it on no longer. Where the unit has nobody to
    handle it, the level above hands it on or takes it over by handing it to itself. Raises
    PermissionDenied, MoveRefused (too far, to those it is about, too often) or ChangedMeanwhile.
    """
    held, move = ask_move(voice, VoiceVerb.HAND_ON, seen=seen, by=by, comment=comment)
    today = timezone.localdate()
    if not reached_by(held, by).filter(pk=to.pk).exists():
        raise MoveRefused(TOO_FAR)
    if judges_itself(held, to, kind=held.kind, concerns=held.concerns):
        raise MoveRefused(OF_THEIR_OWN)
    if held.hands.count() >= HANDS_AT_MOST:
        raise MoveRefused(
            f"Phản ánh đã chuyển {HANDS_AT_MOST} lần; đề nghị xác minh, trả lời, hoặc chuyển nơi "
            "khác."
        )
    source, day = held.unit, due_anew(held.kind, today)
    held.hands.create(source=source, target=to, handed_on=today, was_due_on=held.due_on, due_on=day)
    told = f"Từ {source} đến {to}. {comment.strip()}"
    above = superior_on(to, today)
    term = {"counted_from": today, "due_on": day}
    return write_move(held, move, by=by, comment=told, unit=to, above=above, **term)
