"""Ratings at the counter: codes of slips, answers, and what looks odd about one. Pure."""

import hashlib
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from cchc_portal.kit.numerals import grouped
from cchc_portal.kit.worded import Worded
from cchc_portal.kit.workdays import is_day_off
from scoring.rules.satisfaction import BEST

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Without what is read for something else: 0 and O, 1, I and L."""

CODE_LENGTH = 12
PART = 4
MOST_SLIPS, MOST_PAPER_SLIPS = 60, 24
"""At once: five pages, or twelve with tables to be marked, drawn while somebody waits."""

OPENS, CLOSES = 7, 18
"""Whole hours between which a counter is open on any day but a Sunday or a day off by law; Saturday
counts."""

PAPER_CLOSES = 20
"""Until when the paper of the day is typed: after the counter has closed."""

SUNDAY = 6
NOT_RATED = "0"


class Way(Worded):
    """How a rating came in."""

    PHONE = "phone", "Mã QR"
    PAPER = "paper", "Phiếu giấy do đơn vị nhập"


FEWEST_TOLD = 5
"""Fewer slips of one way than these are told by no number, for one of them might be recognised."""

TOO_FEW_WAYS = "quá ít để hiện cách gửi"


@dataclass(frozen=True)
class Ways:
    """Slips that came back from the counter by the way they came in; of persons, not of aspects.

    shown: whether the unit has enough people for anything of it to be shown.
    """

    phone: int = 0
    paper: int = 0
    shown: bool = True

    @property
    def slips(self) -> int:
        return self.phone + self.paper

    @property
    def told(self) -> bool:
        """Whether both numbers may be told: each of them is nought or not small."""
        return self.shown and all(
            one == 0 or one >= FEWEST_TOLD for one in (self.phone, self.paper)
        )

    @property
    def mostly_paper(self) -> bool:
        """Whether more than `MOSTLY_PAPER` percent are paper, as the words let anybody work out."""
        if not self.slips or self.words == TOO_FEW_WAYS:
            return False
        return self.paper * 100 > self.slips * MOSTLY_PAPER

    @property
    def words(self) -> str:
        """What of it may be told beside the number of slips. A small number stays a range whose
        ends cannot be had from that number either."""
        if not self.told:
            if not self.shown or self.slips < 2 * FEWEST_TOLD - 1:
                return TOO_FEW_WAYS
            few = Way.PAPER if self.paper < self.phone else Way.PHONE
            return f"dưới {FEWEST_TOLD} {WAYS_IN_WORDS[few]}"
        if not self.paper:
            return f"tất cả {WAYS_IN_WORDS[Way.PHONE]}" if self.phone else ""
        if not self.phone:
            return f"tất cả là {WAYS_IN_WORDS[Way.PAPER]}"
        return (
            f"{grouped(self.phone)} {WAYS_IN_WORDS[Way.PHONE]}, "
            f"{grouped(self.paper)} {WAYS_IN_WORDS[Way.PAPER]}"
        )


WAYS_IN_WORDS = {Way.PHONE: "gửi bằng mã QR", Way.PAPER: "phiếu giấy do đơn vị nhập"}


def ways_together(units: Iterable[Ways]) -> str:
    """The same of several units whose slips are told together. Where one of them does not tell its
    paper, only what the others tell is, as the least: the rest could be had by subtraction."""
    found = list(units)
    open_ = [one for one in found if one.told or not one.paper]
    paper = sum(one.paper for one in open_)
    if len(open_) == len(found):
        return Ways(sum(one.phone for one in found), paper).words if found else ""
    if paper:
        return f"ít nhất {grouped(paper)} {WAYS_IN_WORDS[Way.PAPER]}"
    return f"có {WAYS_IN_WORDS[Way.PAPER]}, quá ít để hiện số"


MOSTLY_PAPER = 50
"""Percent of a unit's slips; where more of them are its own paper, the level above is told so."""


class Flag(Worded):
    """What looks odd about a rating. It is counted all the same; the level above is shown."""

    DEVICE = "device", "Nhiều lượt liên tiếp từ cùng thiết bị hoặc cùng mạng"
    BURST = "burst", "Nhiều lượt dồn trong ít phút"
    HOURS = "hours", "Gửi ngoài giờ tiếp nhận"
    TYPED = "typed", "Phiếu giấy nhập dồn, nhanh hơn tốc độ đọc và gõ thường thấy"
    LATE = "late", "Phiếu giấy nhập ngoài giờ làm việc"
    FRESH = "fresh", "Phiếu giấy nhập trong ít phút sau khi in"


DEVICE_SECONDS, DEVICE_MOST = 30 * 60, 2
"""Two of a family may use one phone; a third within half an hour is flagged. Many telephones call
themselves alike, so whoever shares their network looks the same."""

BURST_SECONDS, BURST_MOST = 5 * 60, 20
"""A counter that closes more than twenty dealings in five minutes is hard to believe."""

PAPER_MOST, DESKS = 15, 2
"""Slips one person types within the same five minutes: to read one, type its code of twelve signs
and tap its marks takes twenty seconds. A day's box is typed honestly in one go, only not faster. Of
a unit so many desks are believed."""

FRESH_SECONDS = 5 * 60
"""A slip that comes back sooner was not printed, cut, handed out, filled in and typed."""

REFUSED_SECONDS, REFUSED_MOST = 10 * 60, 200
"""Wrong codes from one address of the network, after which the form waits: nobody guesses codes.
A hall full of people who mistype theirs shares one address; of 59 bits 200 guesses are nothing."""


def new_code() -> str:
    """Twelve letters and digits by lot: 59 bits."""
    return "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))


def in_parts(code: str) -> str:
    """As it is printed and typed: ABCD-EFGH-JKMN."""
    return "-".join(code[at : at + PART] for at in range(0, len(code), PART))


def is_typed(code: str) -> bool:
    """Whether there is anything of a code in it."""
    return bool(_plain(code))


def digest_of(code: str) -> str:
    """What is kept of a code, however it was typed."""
    return hashlib.sha256(_plain(code).encode()).hexdigest()


def _plain(code: str) -> str:
    return "".join(one for one in code.upper() if one in ALPHABET)


def answers_of(chosen: Sequence[str], aspects: int) -> str:
    """Marks one to five, or nothing, an aspect each, as they are kept; empty where none is rated.

    Raises ValueError for what is no mark, or for another number of aspects.
    """
    if len(chosen) != aspects:
        raise ValueError("another number of aspects")
    marks = [one or NOT_RATED for one in chosen]
    if any(len(one) != 1 or one not in "012345" for one in marks):
        raise ValueError("no mark")
    joined = "".join(marks)
    return joined if joined.strip(NOT_RATED) else ""


def steps_of(counted: Iterable[tuple[str, int]], aspects: int) -> list[tuple[int, ...]]:
    """Steps of every aspect, best first, out of answers and how often they were given."""
    lines = [[0] * BEST for _ in range(aspects)]
    for answers, times in counted:
        for place, mark in enumerate(answers[:aspects]):
            if mark != NOT_RATED:
                lines[place][BEST - int(mark)] += times
    return [tuple(line) for line in lines]


def flags_of(*, of_device: int, of_unit: int, at: datetime) -> list[str]:
    """What is odd about a rating that a telephone sent at `at` (local time).

    of_device, of_unit: how many came from the device and to the unit in their stretches, this one
    with them.
    """
    return _odd(
        (Flag.DEVICE, of_device > DEVICE_MOST),
        (Flag.BURST, of_unit > BURST_MOST),
        (Flag.HOURS, not _open(at, CLOSES)),
    )


def flags_of_paper(
    *, of_person: int, of_unit: int, since_printed: float | None, at: datetime
) -> list[str]:
    """What is odd about a paper slip that a colleague typed at `at` (local time).

    of_person, of_unit: how many slips the one and the other typed within `BURST_SECONDS`, this one
    with them. since_printed: seconds, None where that is no longer known.
    """
    return _odd(
        (Flag.TYPED, of_person > PAPER_MOST or of_unit > PAPER_MOST * DESKS),
        (Flag.LATE, not _open(at, PAPER_CLOSES)),
        (Flag.FRESH, since_printed is not None and since_printed < FRESH_SECONDS),
    )


def _odd(*looked_at: tuple[Flag, bool]) -> list[str]:
    return [str(flag) for flag, odd in looked_at if odd]


def _open(at: datetime, closes: int) -> bool:
    rests = at.weekday() == SUNDAY or is_day_off(at.date())
    return OPENS <= at.hour < closes and not rests
