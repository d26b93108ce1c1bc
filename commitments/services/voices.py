"""Remarks of citizens: received, dealt with, answered, closed."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from cchc_portal.kit.errors import MoveRefused
from commitments.models import Voice
from commitments.models.superiors import superior_on
from commitments.rules.voice import (
    LEGAL,
    MENDED,
    Channel,
    Heard,
    Result,
    Sender,
    VoiceKind,
    VoiceState,
    VoiceVerb,
    due,
    due_anew,
    goes_above,
)
from commitments.services.voice_rows import ask_move, judges_itself, write_down, write_move
from commitments.voice_access import require_handling
from units.models import Unit, User

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
    return write_down(
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
    return write_down(
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
    return write_down(
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
    if judges_itself(held, held.unit, kind=kind, concerns=concerns):
        raise MoveRefused(
            "Nội dung này về cán bộ của đơn vị hoặc của cấp trên của đơn vị, do cấp trên trực tiếp "
            "của đơn vị được phản ánh xử lý; đề nghị chuyển lên cấp trên."
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
    """What the person was told, by which paper, when; the first time tells whether it was in time.
    Also where the day lies before the receipt or in the days to come: MoveRefused."""
    held, move = ask_move(voice, VoiceVerb.ANSWER, seen=seen, by=by)
    if not held.received_on <= answered_on <= timezone.localdate():
        raise MoveRefused("Ngày trả lời phải từ ngày tiếp nhận đến hôm nay.")
    said: dict[str, Any] = {
        "answer": answer,
        "answer_number": answer_number,
        "answered_on": answered_on,
    }
    held.answers.create(due_on=held.due_on, **said)
    if held.first_answered_on is None:
        said |= {"first_answered_on": answered_on, "first_due_on": held.due_on}
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
def refer(voice: Voice, *, seen: int, to: str, by: User, number: str = "") -> Voice:
    """It is not the unit's to decide: it goes elsewhere today, by the paper of that number."""
    held, move = ask_move(voice, VoiceVerb.REFER, seen=seen, by=by)
    told = f"Đến {to}" + f", văn bản số {number}" * bool(number)
    gone = {"referred_to": to, "referred_number": number, "referred_on": timezone.localdate()}
    return write_move(held, move, by=by, comment=told, result=Result.OUTSIDE, **gone)


@transaction.atomic
def point(voice: Voice, *, seen: int, kind: str, to: str, by: User) -> Voice:
    """It is a complaint or denunciation by law: content and person are erased, what stays is that
    it came and where it was pointed to."""
    held, move = ask_move(voice, VoiceVerb.POINT, seen=seen, by=by)
    if kind not in LEGAL:
        raise MoveRefused("Đề nghị chọn khiếu nại hoặc tố cáo.")
    texts = ("text", "sender", "finding", "answer", "measures", "answer_number", "result", "said")
    erased: dict[str, Any] = dict.fromkeys(texts, "")
    erased |= dict.fromkeys(("answered_on", "first_answered_on", "first_due_on"))
    held.answers.update(answer="")
    told = f"{VoiceKind(kind).label}; hướng dẫn đến {to}"
    return write_move(held, move, by=by, comment=told, kind=kind, referred_to=to, **erased)


@transaction.atomic
def discard(voice: Voice, *, seen: int, comment: str, by: User) -> Voice:
    """It is no remark at all, or came twice; whoever sent it is kept, for it may be taken up again,
    until the head erases the person (`forget`)."""
    held, move = ask_move(voice, VoiceVerb.DISCARD, seen=seen, by=by, comment=comment)
    return write_move(held, move, by=by, comment=comment)


@transaction.atomic
def reopen(voice: Voice, *, seen: int, comment: str, by: User) -> Voice:
    """What was settled or put away is dealt with again; what was written stays until it is written
    anew. Once it was answered it has a new term (`due_anew`); until then the old one goes on."""
    held, move = ask_move(voice, VoiceVerb.REOPEN, seen=seen, by=by, comment=comment)
    anew: dict[str, Any] = {"result": "", "referred_to": "", "referred_number": ""}
    anew |= {"referred_on": None}
    if held.first_answered_on:
        today = timezone.localdate()
        anew |= {"counted_from": today, "due_on": due_anew(held.kind, today)}
    return write_move(held, move, by=by, comment=comment, **anew)
