"""The words of a conference: what stands above its items and conclusions."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date, time

from cchc_portal.kit.numerals import grouped
from commitments.rules.conference import Attending, ConferenceKind
from commitments.rules.terms import Difference, compared

LABELS = {
    "title": "Tên hội nghị",
    "kinds": "Hội nghị để",
    "plan_number": "Số kế hoạch",
    "plan_on": "Ngày kế hoạch",
    "held_on": "Ngày họp",
    "starts": "Bắt đầu",
    "ends": "Kết thúc",
    "place": "Địa điểm",
    "online": "Có họp trực tuyến",
    "points": "Các điểm cầu",
    "chair": "Chủ trì",
    "chair_post": "Chức vụ người chủ trì",
    "secretary": "Thư ký",
    "answer_by": "Hạn trả lời các ý kiến",
    "proceedings": "Diễn biến hội nghị",
    "conclusion": "Kết luận chung",
    "attendance": "Thành phần dự",
}
"""Every part by its Vietnamese name, in the order of the form."""


@dataclass(frozen=True)
class ConferenceTerms:
    """All that is said of a conference; empty text and None mean that nothing is said.

    kinds: values of ConferenceKind, in its order; attendance: pairs of Attending and how many.
    """

    title: str
    kinds: tuple[str, ...]
    held_on: date
    plan_number: str = ""
    plan_on: date | None = None
    starts: time | None = None
    ends: time | None = None
    place: str = ""
    online: bool = False
    points: str = ""
    chair: str = ""
    chair_post: str = ""
    secretary: str = ""
    answer_by: date | None = None
    proceedings: str = ""
    conclusion: str = ""
    attendance: tuple[tuple[str, int], ...] = ()

    def words(self) -> dict[str, str]:
        """Each part as a person reads it."""
        return {column: _said(column, getattr(self, column)) for column in LABELS}


COLUMNS = tuple(field.name for field in fields(ConferenceTerms) if field.name != "attendance")
"""The parts that are columns of the conference itself."""


def differences(before: ConferenceTerms, after: ConferenceTerms) -> list[Difference]:
    """The parts in which two wordings differ, in the order of the form."""
    return compared(LABELS, before.words(), after.words())


def kinds_words(kinds: Iterable[str]) -> str:
    """ "Tổng kết, đối thoại"."""
    words = ", ".join(str(ConferenceKind(kind).label).lower() for kind in kinds)
    return words[:1].upper() + words[1:]


def attendance_words(attendance: Iterable[tuple[str, int]]) -> str:
    """ "46 cán bộ, chiến sĩ; 31 công dân"."""
    return "; ".join(
        f"{grouped(number)} {str(Attending(kind).label).lower()}" for kind, number in attendance
    )


def _said(column: str, value: object) -> str:
    if value is None or value is False:
        return ""
    if value is True:
        return "có"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if column == "kinds" and isinstance(value, tuple):
        return kinds_words(value)
    if column == "attendance" and isinstance(value, tuple):
        return attendance_words(value)
    return str(value)
