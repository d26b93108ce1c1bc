"""Remarks of citizens: received, dealt with, answered, closed."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from secrets import choice
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from cchc_portal.kit.errors import ChangedMeanwhile, MoveRefused
from cchc_portal.kit.veil import can_veil, veil
from cchc_portal.kit.workflow import Move
from commitments.models import Voice
from commitments.models.superiors import superior_on
from commitments.models.voice import CODE_LENGTH
from commitments.rules.voice import (
    LEGAL,
    MENDED,
    VOICE,
    Channel,
    Heard,
    Result,
    Sender,
    VoiceKind,
    VoiceState,
    VoiceVerb,
    due,
    goes_above,
)
from commitments.voice_access import fits, require_handling, require_move
from units.models import Unit, User

LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Of a code: no two look alike. Twelve of them are 59 bits, behind a limited rate."""
NOBODY = Sender()
WAITING_AT_MOST = 500
"""So many sent online may wait to be classified at one unit: a machine that writes stops there."""


@transaction.atomic
def receive(
    unit: Unit,
    *,
    concerns: Unit,
    key: UUID,
    heard: Heard,
    by: User,
    sender: Sender = NOBODY,
    made_up: bool = False,
) -> Voice:
    """Somebody of the unit writes down what was brought forward; `key` sent twice arrives once.

    Raises PermissionDenied or MoveRefused (a day to come, a complaint or denunciation, a channel
    that is the portal's own).
    """
    require_handling(by, unit.pk)
    if heard.kind in LEGAL:
        raise MoveRefused("Khiếu nại, tố cáo chỉ ghi nhận, không ghi nội dung lên cổng.")
    if heard.channel == Channel.ONLINE:
        raise MoveRefused("Biểu mẫu trực tuyến do người dân tự gửi trên cổng.")
    return _write_down(
        unit, concerns=concerns, key=key, heard=heard, by=by, sender=sender, made_up=made_up
    )


@transaction.atomic
def send(
    concerns: Unit, *, key: UUID, kind: str, text: str, sender: Sender = NOBODY, made_up=False
) -> Voice:
    """Somebody without an account sends a remark about a unit; `key` sent twice arrives once.

    About the conduct of people it is received by the superior. Raises MoveRefused.
    """
    today = timezone.localdate()
    if kind in LEGAL:
        raise MoveRefused("Khiếu nại, tố cáo không gửi qua biểu mẫu này.")
    above = superior_on(concerns, today) if goes_above(kind) else None
    unit = above or concerns
    heard = Heard(kind, text, Channel.ONLINE, today)
    waiting = unit.voices.filter(channel=Channel.ONLINE, state=VoiceState.RECEIVED)
    if waiting.count() >= WAITING_AT_MOST:
        raise MoveRefused(
            "Đơn vị đang có quá nhiều phản ánh chờ phân loại; đề nghị gọi đường dây nóng."
        )
    return _write_down(
        unit,
        concerns=concerns,
        key=key,
        heard=heard,
        by=None,
        sender=sender,
        made_up=made_up,
    )


@transaction.atomic
def register(
    unit: Unit, *, concerns: Unit, key: UUID, heard: Heard, to: str, by: User, made_up=False
) -> Voice:
    """A complaint or denunciation was brought: that it came and where it was pointed to, no more.

    Raises PermissionDenied or MoveRefused.
    """
    require_handling(by, unit.pk)
    if heard.kind not in LEGAL or heard.text:
        raise MoveRefused("Chỉ ghi nhận khiếu nại, tố cáo tại đây, không kèm nội dung.")
    return _write_down(
        unit, concerns=concerns, key=key, heard=heard, by=by, sender=NOBODY, to=to, made_up=made_up
    )


@transaction.atomic
def classify(voice: Voice, *, seen: int, kind: str, concerns: Unit, by: User) -> Voice:
    """The kind is settled, and with it the day; and which unit it is about.

    Raises PermissionDenied, MoveRefused or ChangedMeanwhile, as all that follow.
    """
    held, move = ask_move(voice, VoiceVerb.CLASSIFY, seen=seen, by=by)
    if kind in LEGAL:
        raise MoveRefused("Đề nghị chọn “Ghi là khiếu nại, tố cáo”: nội dung không giữ trên cổng.")
    own = held.channel == Channel.ONLINE and held.unit_id == concerns.pk
    if own and goes_above(kind) and superior_on(concerns, timezone.localdate()):
        raise MoveRefused(
            "Nội dung này về cán bộ của đơn vị, do cấp trên trực tiếp xử lý; đề nghị chuyển lên "
            "cấp trên."
        )
    told = f"{VoiceKind(kind).label}; {concerns}"
    day = due(kind, held.counted_from)
    return write_move(held, move, by=by, comment=told, kind=kind, concerns=concerns, due_on=day)


@transaction.atomic
def verify(voice: Voice, *, seen: int, result: str, finding: str, by: User) -> Voice:
    """What the verification came to."""
    held, move = ask_move(voice, VoiceVerb.VERIFY, seen=seen, by=by)
    told = str(Result(result).label)
    return write_move(held, move, by=by, comment=told, result=result, finding=finding)


@transaction.atomic
def answer(
    voice: Voice, *, seen: int, answer: str, answer_number: str, answered_on: date, by: User
) -> Voice:
    """What the person was told, by which paper, when. Also where the day lies before the receipt
    or in the days to come: MoveRefused."""
    held, move = ask_move(voice, VoiceVerb.ANSWER, seen=seen, by=by)
    if not held.received_on <= answered_on <= timezone.localdate():
        raise MoveRefused("Ngày trả lời phải từ ngày tiếp nhận đến hôm nay.")
    said = {"answer": answer, "answer_number": answer_number, "answered_on": answered_on}
    told = f"Ngày {answered_on:%d/%m/%Y}" + (f", văn bản số {answer_number}" * bool(answer_number))
    return write_move(held, move, by=by, comment=told, **said)


@transaction.atomic
def close(voice: Voice, *, seen: int, measures: str, by: User) -> Voice:
    """Nothing is left to do; what was wrong has its measures."""
    held, move = ask_move(voice, VoiceVerb.CLOSE, seen=seen, by=by)
    if held.result in MENDED and not measures.strip():
        raise MoveRefused("Phản ánh có cơ sở thì đề nghị ghi biện pháp xử lý.")
    return write_move(held, move, by=by, measures=measures)


@transaction.atomic
def refer(voice: Voice, *, seen: int, to: str, by: User) -> Voice:
    """It is not the unit's to decide: it goes elsewhere."""
    held, move = ask_move(voice, VoiceVerb.REFER, seen=seen, by=by)
    told = f"Đến {to}"
    return write_move(held, move, by=by, comment=told, referred_to=to, result=Result.OUTSIDE)


@transaction.atomic
def point(voice: Voice, *, seen: int, kind: str, to: str, by: User) -> Voice:
    """It is a complaint or denunciation by law: content and person are erased, what stays is that
    it came and where it was pointed to."""
    held, move = ask_move(voice, VoiceVerb.POINT, seen=seen, by=by)
    if kind not in LEGAL:
        raise MoveRefused("Đề nghị chọn khiếu nại hoặc tố cáo.")
    erased: dict[str, Any] = dict.fromkeys(("text", "sender", "finding", "answer", "measures"), "")
    erased |= {"answer_number": "", "answered_on": None}
    told = f"{VoiceKind(kind).label}; hướng dẫn đến {to}"
    return write_move(held, move, by=by, comment=told, kind=kind, referred_to=to, **erased)


@transaction.atomic
def discard(voice: Voice, *, seen: int, comment: str, by: User) -> Voice:
    """It is no remark at all, or came twice; whoever sent it is forgotten."""
    held, move = ask_move(voice, VoiceVerb.DISCARD, seen=seen, by=by, comment=comment)
    return write_move(held, move, by=by, comment=comment, sender="")


@transaction.atomic
def reopen(voice: Voice, *, seen: int, comment: str, by: User) -> Voice:
    """What was settled is verified again; what was written stays until it is written anew."""
    held, move = ask_move(voice, VoiceVerb.REOPEN, seen=seen, by=by, comment=comment)
    return write_move(held, move, by=by, comment=comment, result="", referred_to="")


def _write_down(
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
    number plus one has no gap, for a line is never deleted."""
    Unit.objects.select_for_update(no_key=True).get(pk=unit.pk)
    if known := Voice.objects.filter(key=key).first():
        other = known.state == VoiceState.RECEIVED and (known.kind, known.text) != (
            heard.kind,
            heard.text,
        )
        if other or known.book_id != unit.pk or known.entered_by_id != (by and by.pk):
            raise MoveRefused("Trang này đã gửi một nội dung khác, đề nghị mở lại rồi gửi.")
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
        code="".join(choice(LETTERS) for _ in range(CODE_LENGTH)),
        **asdict(heard),
        due_on=due(heard.kind, heard.received_on),
        sender=_veiled(sender),
        state=VoiceState.POINTED if to else VoiceState.RECEIVED,
        referred_to=to,
        entered_by=by,
        made_up=made_up,
    )
    voice.events.create(verb=VoiceVerb.RECEIVE, by=by, target=voice.state)
    return voice


def _veiled(sender: Sender) -> str:
    if not sender:
        return ""
    if not can_veil():
        raise MoveRefused("Cổng chưa có khóa mã hóa nên không nhận thông tin người phản ánh.")
    return veil(json.dumps(asdict(sender)))


def ask_move(
    voice: Voice, verb: VoiceVerb, *, seen: int, by: User, comment: str = ""
) -> tuple[Voice, Move]:
    """The remark, locked, as this person saw it, and the move, if both allow it."""
    held = Voice.objects.select_for_update(no_key=True).get(pk=voice.pk)
    require_move(by, held, VOICE.move(verb))
    if held.version != seen:
        raise ChangedMeanwhile("Phản ánh này vừa được người khác xử lý; đề nghị xem lại.")
    move = VOICE.check(verb, held.state, comment)
    if not fits(held, move):
        raise MoveRefused(
            "Câu hỏi pháp luật thì trả lời ngay, nội dung khác thì ghi kết quả xác minh trước."
        )
    return held, move


def write_move(held: Voice, move: Move, *, by: User, comment: str = "", **columns: Any) -> Voice:
    source = held.state
    written: Mapping[str, Any] = {"state": move.target, "version": held.version + 1} | columns
    for column, value in written.items():
        setattr(held, column, value)
    held.save(update_fields=list(written))
    held.events.create(
        verb=move.verb, by=by, source=source, target=move.target, comment=comment.strip()
    )
    return held
