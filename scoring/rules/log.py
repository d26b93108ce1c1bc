"""One line of the log of a period, and what the log may be narrowed to. Pure."""

from dataclasses import dataclass
from datetime import datetime

COLUMNS = ("Thời điểm", "Việc", "Đơn vị", "Tiêu chí", "Nội dung", "Người thực hiện")
"""What a file of the log is headed with."""


@dataclass(frozen=True)
class Entry:
    """One thing that happened: when, by whom, of which kind, to which unit and component, in words.

    `place` is where more of it is to be seen: name of the address and key.
    """

    at: datetime
    by: str
    kind: str
    unit: str
    subject: str
    words: str
    place: tuple[str, int] | None = None


@dataclass(frozen=True)
class Asked:
    """What the log is narrowed to; what is left out narrows nothing.

    `kind` as `LogSource.key_of` names it; `since` is the first moment, `before` the first one that
    is no more.
    """

    kind: str = ""
    unit: int | None = None
    person: int | None = None
    since: datetime | None = None
    before: datetime | None = None
    text: str = ""
