"""Letters of the portal to a person: which there are, what one says, when one is tried again."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from typing import Any

from cchc_portal.kit.numerals import grouped
from cchc_portal.kit.worded import Worded
from reports.rules.desk import Shelf


class LetterKind(Worded):
    DIGEST = "digest", "Thư nhắc việc hằng ngày"
    RETURNED = "returned", "Hồ sơ bị trả lại"
    EXTENDED = "extended", "Thời hạn của hồ sơ được gia hạn"
    DECIDED = "decided", "Giải trình đã có kết luận"
    PUBLISHED = "published", "Kết quả đã được công bố"


AT_ONCE = (LetterKind.RETURNED, LetterKind.EXTENDED, LetterKind.DECIDED, LetterKind.PUBLISHED)
"""What is told as soon as it has happened; everything else waits for the daily letter."""


class LetterState(Worded):
    WAITING = "waiting", "Chờ gửi"
    SENT = "sent", "Đã gửi"
    FAILED = "failed", "Không gửi được"
    NOTHING = "nothing", "Không có việc, không gửi"


USUAL_HOUR = 7
LONGEST_SUBJECT = 200
LONGEST_FAULT = 300

BACK_OFF = tuple(timedelta(minutes=number) for number in (1, 5, 20, 60, 180))
"""How long is waited after each try that failed; after the last one the letter has failed."""

ON_ITS_WAY = timedelta(minutes=10)
"""How long a letter that was sent off may take before it counts as lost and is sent off again."""

LISTENS_BACK = timedelta(days=2)
"""How old an event may be that is heard of: longer than any stop of the clock or transaction."""

KEPT = timedelta(days=60)
"""How long a letter and what was heard are remembered; longer than is listened back."""


@dataclass(frozen=True)
class Line:
    """One matter: what, where, until when in words, and the address of the page for it."""

    what: str
    where: str
    address: str
    due: str = ""


@dataclass(frozen=True)
class Told:
    """What a letter says: its subject, a sentence, and lines under headings."""

    subject: str
    opening: str
    parts: tuple[tuple[str, tuple[Line, ...]], ...]

    def stored(self) -> dict[str, Any]:
        """As it is kept until it is sent."""
        parts = [[title, [asdict(line) for line in lines]] for title, lines in self.parts]
        return {"opening": self.opening, "parts": parts}


def next_try(failed: int, now: datetime) -> datetime | None:
    """When a letter is tried again of which so many tries have failed; None: never."""
    return now + BACK_OFF[failed - 1] if failed <= len(BACK_OFF) else None


def subject_of(words: str) -> str:
    """One line that fits a header."""
    line = " ".join(f"[Cổng CCHC] {words}".split())
    return line if len(line) <= LONGEST_SUBJECT else f"{line[: LONGEST_SUBJECT - 1].rstrip()}…"


def digest_of(shelves: Iterable[Shelf], today: date) -> Told:
    """What waits for a person, as the desk has it: what and where, without what anybody wrote."""
    found = list(shelves)
    waiting = sum(shelf.count for shelf in found)
    late = sum(shelf.count for shelf in found if shelf.late)
    number, overdue = f"{grouped(waiting)} việc chờ", f"{grouped(late)} việc quá hạn"
    told = f"{number}, {overdue}" if late else number
    parts = tuple(
        (
            shelf.title,
            tuple(
                Line(
                    duty.title,
                    duty.place,
                    duty.address,
                    f"hạn {duty.due:%d/%m/%Y}" if duty.due else "",
                )
                for duty in shelf.duties
            ),
        )
        for shelf in found
    )
    return Told(
        subject=subject_of(f"{told} – ngày {today:%d/%m/%Y}"),
        opening=f"Có {number} đồng chí trên Cổng chấm điểm cải cách hành chính"
        + (f", trong đó {overdue}." if late else "."),
        parts=parts,
    )


REPORT_RETURNED = "Báo cáo định kỳ bị trả lại để sửa"
ROUND_MOVED = "Hạn gửi báo cáo định kỳ được dời"
MENDING_REFUSED = "Kết quả khắc phục sau kiểm tra chưa được xác nhận"
MENDING_POSTPONED = "Thời hạn khắc phục sau kiểm tra được gia hạn"
"""Of other papers than dossiers; each under the kind that a person chose."""


def of_one(kind: LetterKind, line: Line, words: str = "") -> Told:
    """A letter about one thing that has just happened; `words`: where it is no dossier."""
    words = (
        words
        or {
            LetterKind.RETURNED: "Hồ sơ tự đánh giá bị trả lại để sửa",
            LetterKind.EXTENDED: "Thời hạn của hồ sơ tự đánh giá được gia hạn",
            LetterKind.DECIDED: "Giải trình của đơn vị đã có kết luận",
            LetterKind.PUBLISHED: "Kết quả đánh giá đã được công bố",
        }[kind]
    )
    return Told(subject_of(f"{words}: {line.where}"), f"{words}.", (("", (line,)),))
