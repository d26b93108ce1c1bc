"""The rows of remarks: one more in a book, the one that is held, the one that is written."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from secrets import choice
from typing import Any
from uuid import UUID

from django.db.models import Max
from django.utils import timezone
from django.utils.crypto import salted_hmac

from cchc_portal.kit.digest import canonical
from cchc_portal.kit.errors import ChangedMeanwhile, MoveRefused
from cchc_portal.kit.veil import can_veil, veil
from cchc_portal.kit.workflow import Move
from commitments.models import Voice
from commitments.models.superiors import superior_on
from commitments.models.voice import CODE_LENGTH
from commitments.rules.voice import (
    VOICE,
    Channel,
    Heard,
    Sender,
    VoiceState,
    VoiceVerb,
    due,
    goes_above,
)
from commitments.voice_access import fits, require_move
from units.models import Unit, User
from units.models.tree import ids_below

LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Of a code: no two look alike. Twelve of them are 59 bits, behind a limited rate."""
SPENT = (
    "Trang này đã gửi một nội dung khác và nội dung đó đã được ghi. Nội dung đang hiện chưa được "
    "ghi; bấm lần nữa để ghi thành phản ánh mới."
)


def write_down(
    unit: Unit,
    *,
    concerns: Unit,
    key: UUID,
    heard: Heard,
    by: User | None,
    sender: Sender,
    made_up: bool,
    to: str = "",
) -> Voice:
    """One more line in the book of the unit and year, behind the lock of the unit's row: the last
    number plus one has no gap, for a line is never deleted. The same sent again under its key is
    the line that is there; anything else under that key is ChangedMeanwhile."""
    Unit.objects.select_for_update(no_key=True).get(pk=unit.pk)
    said = _sealed(unit, concerns, heard, sender, to, by)
    if known := Voice.objects.filter(key=key).first():
        if known.said != said:
            raise ChangedMeanwhile(SPENT)
        return known
    if heard.received_on > timezone.localdate():
        raise MoveRefused("Ngày tiếp nhận không thể sau ngày hôm nay.")
    book = Voice.objects.filter(book=unit, year=heard.received_on.year)
    voice = Voice.objects.create(
        unit=unit,
        book=unit,
        above=superior_on(unit, heard.received_on),
        concerns=concerns,
        year=heard.received_on.year,
        number=(book.aggregate(last=Max("number"))["last"] or 0) + 1,
        key=key,
        said=said,
        code="".join(choice(LETTERS) for _ in range(CODE_LENGTH)),
        **asdict(heard),
        counted_from=heard.received_on,
        due_on=due(heard.kind, heard.received_on),
        sender=_veiled(sender),
        state=VoiceState.POINTED if to else VoiceState.RECEIVED,
        referred_to=to,
        entered_by=by,
        made_up=made_up,
    )
    voice.events.create(verb=VoiceVerb.RECEIVE, by=by, target=voice.state)
    return voice


def _sealed(
    unit: Unit, concerns: Unit, heard: Heard, sender: Sender, to: str, by: User | None
) -> str:
    """Seal of all that was sent, made with the portal's secret, for a telephone number could be
    found by trying. What is sent online bears no day of its own."""
    told = asdict(heard) | asdict(sender)
    if by is None:
        del told["received_on"]
    told |= {"unit": unit.pk, "concerns": concerns.pk, "to": to, "by": by.pk if by else None}
    return salted_hmac("commitments.voice", canonical(told), algorithm="sha256").hexdigest()


def _veiled(sender: Sender) -> str:
    if not sender:
        return ""
    if not can_veil():
        raise MoveRefused("Cổng chưa có khóa mã hóa nên không nhận thông tin người phản ánh.")
    return veil(json.dumps(asdict(sender)))


def judges_itself(voice: Voice, unit: Unit, *, kind: str, concerns: Unit) -> bool:
    """Whether the unit would deal with a remark about the conduct of its own people or of those it
    stands under. What its officers wrote down in its own book stays with it; and where nobody
    stands above, there is nobody else."""
    if not goes_above(kind):
        return False
    if unit.pk == voice.unit_id == voice.book_id and voice.channel != Channel.ONLINE:
        return False
    today = timezone.localdate()
    if unit.pk == concerns.pk and superior_on(concerns, today) is None:
        return False
    return unit.pk in ids_below([concerns.pk], day=today)


def ask_move(
    voice: Voice, verb: VoiceVerb, *, seen: int, by: User, comment: str = ""
) -> tuple[Voice, Move]:
    """The remark, locked, as this person saw it, and the move, if both allow it."""
    held = Voice.objects.select_for_update(no_key=True).get(pk=voice.pk)
    require_move(by, held, VOICE.move(verb))
    if held.version != seen:
        raise ChangedMeanwhile("Phản ánh này vừa được người khác xử lý; đề nghị xem lại.")
    move = VOICE.check(verb, held.state, comment)
    refuse_unfit(held, move)
    return held, move


def refuse_unfit(voice: Voice, move: Move) -> None:
    """MoveRefused where another move comes first."""
    if not fits(voice, move):
        raise MoveRefused(
            "Câu hỏi pháp luật thì trả lời ngay, nội dung khác thì ghi kết quả xác minh trước."
        )


def write_move(held: Voice, move: Move, *, by: User, comment: str = "", **columns: Any) -> Voice:
    """The remark is written with its new state, its version, and a line in the log."""
    source = held.state
    written: Mapping[str, Any] = {"state": move.target, "version": held.version + 1} | columns
    for column, value in written.items():
        setattr(held, column, value)
    held.save(update_fields=list(written))
    held.events.create(
        verb=move.verb, by=by, source=source, target=move.target, comment=comment.strip()
    )
    return held
