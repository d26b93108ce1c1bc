"""What can happen to a remark of a citizen, by which day, at whose desk. The tables; nothing else.

Source of channels, kinds and results: practice (đường dây nóng, hòm thư góp ý, tiếp công dân of
Công an huyện Sông Lô, 2017) and the statistics usual in reports.
"""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date

from cchc_portal.kit.worded import Worded
from cchc_portal.kit.workdays import working_days_after
from cchc_portal.kit.workflow import Move, Workflow
from units.permissions import Permission


class Channel(Worded):
    """By which way it came."""

    HOTLINE = "hotline", "Đường dây nóng"
    BOX = "box", "Hòm thư góp ý"
    RECEPTION = "reception", "Tiếp công dân"
    ONLINE = "online", "Biểu mẫu trực tuyến"
    FORWARDED = "forwarded", "Nơi khác chuyển đến"


class VoiceKind(Worded):
    """What it is about. The last two are matters of the law of complaints and denunciations."""

    PROCEDURE = "procedure", "Thủ tục hành chính"
    ATTITUDE = "attitude", "Thái độ, ứng xử"
    HARASSMENT = "harassment", "Phiền hà, sách nhiễu"
    LAW = "law", "Hỏi pháp luật"
    OTHER = "other", "Nội dung khác"
    COMPLAINT = "complaint", "Khiếu nại"
    DENUNCIATION = "denunciation", "Tố cáo"


class VoiceState(Worded):
    RECEIVED = "received", "Chờ phân loại"
    CLASSIFIED = "classified", "Đang xác minh"
    FOUND = "found", "Chờ trả lời"
    ANSWERED = "answered", "Đã trả lời"
    CLOSED = "closed", "Đã kết thúc"
    REFERRED = "referred", "Đã chuyển nơi khác"
    POINTED = "pointed", "Đã hướng dẫn"
    DISCARDED = "discarded", "Không tiếp nhận"


class Result(Worded):
    """What the verification came to."""

    FOUNDED = "founded", "Có cơ sở"
    PARTLY = "partly", "Có cơ sở một phần"
    UNFOUNDED = "unfounded", "Không có cơ sở"
    OUTSIDE = "outside", "Ngoài thẩm quyền, chuyển nơi khác"


class VoiceVerb(Worded):
    """The moves, and below them what else leaves a line in the log."""

    CLASSIFY = "classify", "Phân loại"
    VERIFY = "verify", "Ghi kết quả xác minh"
    ANSWER = "answer", "Trả lời"
    CLOSE = "close", "Kết thúc"
    HAND_ON = "hand_on", "Chuyển đơn vị khác giải quyết"
    REFER = "refer", "Chuyển nơi khác"
    POINT = "point", "Ghi là khiếu nại, tố cáo"
    DISCARD = "discard", "Không tiếp nhận"
    REOPEN = "reopen", "Xem xét lại"
    RECEIVE = "receive", "Tiếp nhận"
    LOOK = "look", "Xem thông tin người phản ánh"
    FORGET = "forget", "Xóa thông tin người phản ánh"


LEGAL = (VoiceKind.COMPLAINT, VoiceKind.DENUNCIATION)
"""Registered without content and pointed to the office that the law names."""
ORDINARY = tuple(kind for kind in VoiceKind if kind not in LEGAL)
ABOUT_PEOPLE = (VoiceKind.ATTITUDE, VoiceKind.HARASSMENT)
"""What is sent in about the conduct of a unit's people is received by the unit above it."""
OPEN = (VoiceState.RECEIVED, VoiceState.CLASSIFIED, VoiceState.FOUND)
"""The unit has to act, by the day of the remark."""
TOLD = (VoiceState.ANSWERED, VoiceState.CLOSED)
"""There is an answer."""
ASIDE = (VoiceState.POINTED, VoiceState.DISCARDED)
"""Nothing to answer: the citizen was shown the way, or it was not received."""
JUDGED = (Result.FOUNDED, Result.PARTLY, Result.UNFOUNDED)
MENDED = (Result.FOUNDED, Result.PARTLY)
"""Something was wrong: measures are due."""

UNIT = "unit"
HANDLING, CONCLUDING = Permission.HANDLE_VOICE, Permission.CONCLUDE_VOICE
_V, _S = VoiceVerb, VoiceState

VOICE = Workflow(
    name="voice",
    title="phản ánh, kiến nghị",
    states=VoiceState,
    moves=(
        Move(_V.ANSWER, (_S.CLASSIFIED, _S.FOUND), _S.ANSWERED, UNIT, HANDLING),
        Move(_V.VERIFY, (_S.CLASSIFIED, _S.FOUND), _S.FOUND, UNIT, HANDLING),
        Move(_V.CLASSIFY, (_S.RECEIVED, _S.CLASSIFIED), _S.CLASSIFIED, UNIT, HANDLING),
        Move(_V.CLOSE, (_S.ANSWERED,), _S.CLOSED, UNIT, CONCLUDING),
        Move(
            _V.HAND_ON,
            (_S.RECEIVED, _S.CLASSIFIED),
            _S.RECEIVED,
            UNIT,
            HANDLING,
            needs_comment=True,
        ),
        Move(_V.REFER, (_S.RECEIVED, _S.CLASSIFIED), _S.REFERRED, UNIT, HANDLING),
        Move(_V.POINT, OPEN, _S.POINTED, UNIT, CONCLUDING),
        Move(_V.DISCARD, (_S.RECEIVED,), _S.DISCARDED, UNIT, CONCLUDING, needs_comment=True),
        Move(
            _V.REOPEN,
            (_S.ANSWERED, _S.CLOSED, _S.REFERRED, _S.DISCARDED),
            _S.CLASSIFIED,
            UNIT,
            CONCLUDING,
            needs_comment=True,
        ),
    ),
)
"""A question of law alone is answered from CLASSIFIED; all else has to be verified first. What
erases a remark or puts it away, the head does: an officer alone cannot make it vanish. The first
move of a state is the usual one."""


@dataclass(frozen=True)
class Term:
    """So many working days after the receipt, and where that is said."""

    days: int
    source: str


_HEARD = "Điều 28 Luật Tiếp công dân năm 2013: thông báo kết quả trong 10 ngày làm việc"
_HOUSE = "Mức do cổng đặt"

TERMS: dict[VoiceKind, Term] = {
    VoiceKind.PROCEDURE: Term(10, _HEARD),
    VoiceKind.ATTITUDE: Term(10, _HEARD),
    VoiceKind.HARASSMENT: Term(10, _HEARD),
    VoiceKind.LAW: Term(5, _HOUSE),
    VoiceKind.OTHER: Term(10, _HEARD),
    VoiceKind.COMPLAINT: Term(10, _HEARD),
    VoiceKind.DENUNCIATION: Term(10, _HEARD),
}
"""By when each kind is to be answered, with the source of the number."""


def due(kind: str, received_on: date) -> date:
    """The last day on which a remark of this kind is answered in time."""
    return working_days_after(received_on, TERMS[VoiceKind(kind)].days)


HANDS_AT_MOST = 3
"""So often a remark is handed on inside the force; then somebody has to answer it."""


def due_anew(kind: str, handed_on: date) -> date:
    """The day of the unit that a remark was handed on to: its term begins anew on the day it gets
    it, for it answers for no time in which the remark lay elsewhere. The citizen's wait is told
    beside it, from the receipt."""
    return due(kind, handed_on)


def looks_as(kind: str, state: str) -> VoiceState:
    """The state as it is told: nothing is verified for a question of law, it waits for its
    answer."""
    asked = kind == VoiceKind.LAW and state == VoiceState.CLASSIFIED
    return VoiceState.FOUND if asked else VoiceState(state)


def days_late(due_on: date, day: date) -> int:
    """How many days the term had run out by that day; 0 while it holds."""
    return max(0, (day - due_on).days)


def goes_above(kind: str) -> bool:
    """Whether what is sent in online is received by the superior of the unit concerned."""
    return kind in ABOUT_PEOPLE


@dataclass(frozen=True)
class Heard:
    """What was brought forward: kind, text, by which way, on which day; `received_from` names the
    office that passed it on, where one did."""

    kind: str
    text: str
    channel: str
    received_on: date
    received_from: str = ""


FEWEST_DIGITS = 6
"""Of a telephone number; a line of a village has no fewer."""


def can_be_called(phone: str) -> bool:
    """Whether a number stands there: words in its place are found only when somebody calls."""
    return sum(letter.isdigit() for letter in phone) >= FEWEST_DIGITS


@dataclass(frozen=True)
class Sender:
    """Who brought it forward, as far as they said. Never written readable."""

    name: str = ""
    phone: str = ""
    address: str = ""

    def __bool__(self) -> bool:
        return bool(self.name or self.phone or self.address)


@dataclass(frozen=True, kw_only=True)
class Counts:
    """How many were received, and where each of them is, once: handed on to another unit, open,
    answered by what was found out (or `explained`, where nothing had to be), passed on outside, put
    `aside` as pointed elsewhere or not received. `overdue`: of the open ones. Beside that: first
    answered `in_time` or `late`; `handed_late`, past its day when it was handed on, whoever deals
    with it now."""

    received: int = 0
    handed_on: int = 0
    open: int = 0
    overdue: int = 0
    founded: int = 0
    partly: int = 0
    unfounded: int = 0
    explained: int = 0
    outside: int = 0
    aside: int = 0
    in_time: int = 0
    late: int = 0
    handed_late: int = 0

    @property
    def answered(self) -> int:
        """How many have an answer, whatever was found out."""
        return self.founded + self.partly + self.unfounded + self.explained


@dataclass(frozen=True, kw_only=True)
class KindCount(Counts):
    """Those of a kind."""

    kind: VoiceKind


@dataclass(frozen=True, kw_only=True)
class UnitCount(Counts):
    """Those about a unit: its key, its name, and the name of the unit it stands in where that is
    none of the reader's."""

    unit: int
    name: str
    within: str = ""


def together(counts: Iterable[Counts]) -> Counts:
    """What these come to."""
    counts = list(counts)
    names = [field.name for field in fields(Counts)]
    return Counts(**{name: sum(getattr(one, name) for one in counts) for name in names})
