"""Ratings at the counter: codes of slips, answers, and what looks odd about one. Pure."""

import hashlib
import secrets
from collections.abc import Iterable, Sequence
from datetime import datetime

from cchc_portal.kit.worded import Worded
from scoring.rules.satisfaction import BEST

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Without what is read for something else: 0 and O, 1, I and L."""

CODE_LENGTH = 12
PART = 4
MOST_SLIPS = 60
"""At once: five pages, drawn while somebody waits."""

OPENS, CLOSES = 7, 18
"""Whole hours between which a counter is open on any day; Saturday counts, Sunday does not."""

SUNDAY = 6
NOT_RATED = "0"


class Way(Worded):
    """How a rating came in."""

    PHONE = "phone", "Mã QR"
    PAPER = "paper", "Phiếu giấy do đơn vị nhập"


class Flag(Worded):
    """What looks odd about a rating. It is counted all the same; the level above is shown."""

    DEVICE = "device", "Một thiết bị gửi nhiều lượt liên tiếp"
    BURST = "burst", "Nhiều lượt dồn trong ít phút"
    HOURS = "hours", "Gửi ngoài giờ tiếp nhận"


DEVICE_SECONDS, DEVICE_MOST = 30 * 60, 2
"""Two of a family may use one phone; a third within half an hour is flagged."""

BURST_SECONDS, BURST_MOST = 5 * 60, 20
"""A counter that closes more than twenty dealings in five minutes is hard to believe."""

REFUSED_SECONDS, REFUSED_MOST = 10 * 60, 30
"""Wrong codes from one visitor, after which the form waits: nobody guesses codes."""


def new_code() -> str:
    """Twelve letters and digits by lot: 59 bits."""
    return "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))


def in_parts(code: str) -> str:
    """As it is printed and typed: ABCD-EFGH-JKMN."""
    return "-".join(code[at : at + PART] for at in range(0, len(code), PART))


def digest_of(code: str) -> str:
    """What is kept of a code, however it was typed."""
    plain = "".join(one for one in code.upper() if one in ALPHABET)
    return hashlib.sha256(plain.encode()).hexdigest()


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


def flags_of(*, of_device: int, of_unit: int, at: datetime, way: str) -> list[str]:
    """What is odd about a rating that came in at `at` (local time).

    of_device, of_unit: how many came from the device and to the unit in their stretches, this one
    with them. Paper is entered by a colleague at one desk, at any hour.
    """
    if way == Way.PAPER:
        return []
    closed = at.weekday() == SUNDAY or not OPENS <= at.hour < CLOSES
    found = [
        (Flag.DEVICE, of_device > DEVICE_MOST),
        (Flag.BURST, of_unit > BURST_MOST),
        (Flag.HOURS, closed),
    ]
    return [str(flag) for flag, odd in found if odd]
