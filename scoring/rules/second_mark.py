"""The blind second mark: which components get one, and whether it fits the first. Pure.

The lot is cast by the digest of the recorded seed and of what the component is called, so that it
can be cast again by hand, in any order: docs/decisions/0051.
"""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from hashlib import sha256

from cchc_portal.kit.numerals import as_fraction
from cchc_portal.kit.worded import Worded
from scoring.rules.risk import middle_of
from scoring.rules.verdict import Finding

DIGITS = 8
"""So many hexadecimal digits of the digest make the lot."""


class Cause(Worded):
    """Why a component is marked twice."""

    LOT = "lot", "Rút thăm"
    OUTLIER = "outlier", "Khác xa trong khối"


class MarkState(Worded):
    """How far a second mark is."""

    WAITING = "waiting", "Chờ chấm lần hai"
    TAKEN = "taken", "Đang chấm lần hai"
    AGREED = "agreed", "Trong ngưỡng"
    DISPUTED = "disputed", "Chờ người thứ ba"
    DECIDED = "decided", "Đã quyết định"
    WAIVED = "waived", "Không chấm lần hai"
    FALLEN = "fallen", "Không còn hiệu lực"

    @property
    def look(self) -> str:
        """How it is drawn: "waiting" is what a row does that has not reached the server."""
        return "awaiting" if self == MarkState.WAITING else self.value


UNDONE = (MarkState.WAITING, MarkState.TAKEN)
"""Until then nobody who may give the second mark is shown the first."""

OPEN = (*UNDONE, MarkState.DISPUTED)
"""What keeps a verification from ending and a period from being locked."""

GIVEN = (MarkState.AGREED, MarkState.DISPUTED, MarkState.DECIDED)
"""The second mark is there: the first is not changed any more, but by a decision."""


class Choice(Worded):
    """Whose figure the third person takes."""

    FIRST = "first", "Giữ kết quả lần một"
    SECOND = "second", "Lấy kết quả lần hai"
    OTHER = "other", "Ghi điểm khác"


@dataclass(frozen=True)
class Marked:
    """One verdict as the draw sees it: which component of which unit, and its share of the
    maximum, None where it does not apply."""

    key: Hashable
    unit: str
    component: str
    share: Fraction | None


def commitment(seed: str) -> str:
    """What is told of the seed from the first day, so that it cannot be exchanged later."""
    return sha256(seed.encode()).hexdigest()


def lot(seed: str, unit: str, component: str) -> Fraction:
    """The lot of one component of one unit: from nought up to, but never, one."""
    digest = sha256(f"{seed}:{unit}:{component}".encode()).hexdigest()
    return Fraction(int(digest[:DIGITS], 16), 16**DIGITS)


def is_drawn(seed: str, unit: str, component: str, percent: Decimal) -> bool:
    """Whether the lot falls below the share that is marked twice."""
    return lot(seed, unit, component) * 100 < as_fraction(percent)


def drawn(seed: str, percent: Decimal, block: Iterable[Marked]) -> dict[Hashable, Cause]:
    """Which verdicts of one block are marked twice, and why: by lot, or an outlier among the
    verdicts on the same component. Where both are true it is the lot, which needs no others."""
    found: dict[Hashable, Cause] = {}
    shares: dict[str, list[Marked]] = {}
    for one in block:
        if is_drawn(seed, one.unit, one.component, percent):
            found[one.key] = Cause.LOT
        if one.share is not None:
            shares.setdefault(one.component, []).append(one)
    for together in shares.values():
        middle = middle_of([one.share for one in together if one.share is not None])
        for one in together:
            if middle and one.share is not None and middle.is_far(one.share):
                found.setdefault(one.key, Cause.OUTLIER)
    return found


def gap(first: Finding, second: Finding) -> Fraction | None:
    """First less second, exact; nought where neither applies, None where one alone does."""
    if first.points is None or second.points is None:
        return Fraction(0) if first == second else None
    return first.points - second.points


def fits(first: Finding, second: Finding, *, maximum: Decimal, percent: Decimal) -> bool:
    """Whether the two lie within the tolerance, given in percent of the component's maximum. That
    a component applies and that it does not never fit."""
    between = gap(first, second)
    return between is not None and abs(between) * 100 <= as_fraction(maximum) * as_fraction(percent)
