"""When work will be done if it goes on as it went: one division, told plainly. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from math import ceil

from cchc_portal.kit.numerals import grouped, written

LONGEST = 3660
"""Days: a pace that needs more tells nothing."""


@dataclass(frozen=True)
class Forecast:
    """`done` of `all` things of one kind, the first of them on the day `first`; `noun` names them
    ("dòng"), `deadline` is the last day for them. `until`: the last day that is reckoned with,
    where it is not today."""

    noun: str
    done: int
    all: int
    first: date | None
    today: date
    deadline: date
    until: date | None = None

    @property
    def left(self) -> int:
        """What is still to do."""
        return self.all - self.done

    @property
    def last(self) -> date:
        """The last day that is reckoned with."""
        return self.until or self.today

    @property
    def days(self) -> int:
        """Days from the first thing done until the last reckoned with, both counted."""
        return (self.last - self.first).days + 1 if self.first else 0

    @property
    def pace(self) -> Fraction | None:
        """Things a day, exact; None before anything is done."""
        return Fraction(self.done, self.days) if self.done and self.days > 0 else None

    @property
    def ends_on(self) -> date | None:
        """The day on which the last is done at that pace; None where no pace is known, nothing is
        left, or the day is too far away to tell anything."""
        if not self.pace or not self.left:
            return None
        needed = ceil(self.left / self.pace)
        return self.last + timedelta(days=needed) if needed <= LONGEST else None

    @property
    def late(self) -> int:
        """Days after the deadline on which the last is done; 0 where it is in time or unknown."""
        return max(0, (self.ends_on - self.deadline).days) if self.ends_on else 0

    @property
    def words(self) -> str:
        """How it is reckoned and what comes out, in one or two sentences."""
        told = f"Đã xong {grouped(self.done)}/{grouped(self.all)} {self.noun}"
        if not self.left:
            return f"{told}."
        if self.pace is None or self.first is None:
            return f"{told}; chưa có ngày nào để tính nhịp."
        until = "hôm nay" if self.last == self.today else f"hết ngày {self.last:%d/%m/%Y}"
        told += (
            f" trong {grouped(self.days)} ngày (từ {self.first:%d/%m/%Y} đến {until}), mỗi ngày "
            f"{written(self.pace, 1)} {self.noun}. Còn {grouped(self.left)} {self.noun}"
        )
        if self.ends_on is None:
            return f"{told}; với nhịp này chưa thấy ngày xong."
        return f"{told}; với nhịp này xong ngày {self.ends_on:%d/%m/%Y}, {self._against}."

    @property
    def _against(self) -> str:
        limit = f"hạn {self.deadline:%d/%m/%Y}"
        return f"chậm {self.late} ngày so với {limit}" if self.late else f"kịp {limit}"
