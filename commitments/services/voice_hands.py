"""A remark goes to another unit of the force, with its number."""

from django.db import transaction
from django.utils import timezone

from cchc_portal.kit.errors import MoveRefused
from commitments.models import Voice, VoiceHand
from commitments.models.superiors import superior_on, units_beside
from commitments.rules.voice import HANDS_AT_MOST, VoiceVerb, due_anew, goes_above
from commitments.services.voices import ask_move, write_move
from units.models import Unit, User
from units.models.tree import ids_below

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

    The number stays that of the book it was written in; the term begins anew (`due_anew`). Whoever
    brought it goes along, veiled: the new unit may look, the one that handed it on no longer.
    Raises PermissionDenied, MoveRefused (too far, to those it is about, too often) or
    ChangedMeanwhile.
    """
    held, move = ask_move(voice, VoiceVerb.HAND_ON, seen=seen, by=by, comment=comment)
    today = timezone.localdate()
    if not units_beside(held.unit, today).filter(pk=to.pk).exists():
        raise MoveRefused(TOO_FAR)
    if goes_above(held.kind) and to.pk in ids_below([held.concerns_id], day=today):
        raise MoveRefused(OF_THEIR_OWN)
    if held.hands.count() >= HANDS_AT_MOST:
        raise MoveRefused(
            f"Phản ánh đã chuyển {HANDS_AT_MOST} lần; đề nghị xác minh, trả lời, hoặc chuyển nơi "
            "khác."
        )
    source, day = held.unit, due_anew(held.kind, today)
    VoiceHand.objects.create(voice=held, source=source, target=to, handed_on=today, due_on=day)
    told = f"Từ {source} đến {to}. {comment.strip()}"
    above = superior_on(to, today)
    return write_move(held, move, by=by, comment=told, unit=to, above=above, due_on=day)
