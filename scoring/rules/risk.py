"""How far a self-assessed component wants a close look, each reason with its sentence. Pure.

An outlier is told by the modified z-score of Iglewicz and Hoaglin (1993), exact: farther from the
median of the block than 3.5 × MAD / 0.6745, where MAD is the median distance from the median, or
where that is nought, because more than half are equal, 3.5 × 1.253314 × the mean distance; and by
no less than a tenth of the maximum, so that a block of equals does not suspect a hair's breadth.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import accumulate

from cchc_portal.kit.numerals import as_fraction, exactly, written
from cchc_portal.kit.worded import Worded
from scoring.rules.oddities import FAR_ABOVE
from scoring.rules.proof import Claim

FEWEST = 5
"""Of so many units at least a block can be said to have a middle."""

FARTHEST = Fraction(7, 2) / Fraction(6745, 10000)
FARTHEST_OF_EQUALS = Fraction(7, 2) * Fraction(1253314, 1000000)
LEAST_DISTANCE = Fraction(1, 10)
FINE = 10**30


class Risk(Worded):
    """Why a component wants a close look."""

    NO_EVIDENCE = "no_evidence", "Thiếu minh chứng"
    JUMP = "jump", "Tăng nhiều so với kỳ trước"
    PAST_GAP = "past_gap", "Kỳ trước bị giảm điểm"
    OUTLIER = "outlier", "Khác xa trong khối"
    REPORTED = "reported", "Khác số liệu báo cáo"
    EXCUSED = "excused", "Đề nghị không áp dụng"
    UNSAID = "unsaid", "Đơn vị không tự chấm"


class Grade(Worded):
    """How pressing the reasons are together."""

    HIGH = "high", "Rủi ro cao"
    MIDDLE = "middle", "Cần xem"
    LOW = "low", "Rủi ro thấp"


WEIGHTS = {
    Risk.NO_EVIDENCE: 3,
    Risk.JUMP: 3,
    Risk.PAST_GAP: 3,
    Risk.OUTLIER: 2,
    Risk.REPORTED: 2,
    Risk.EXCUSED: 2,
    Risk.UNSAID: 1,
}
HIGH_FROM = 3


@dataclass(frozen=True)
class Past:
    """The same component of the same unit the time before: said, found, out of what."""

    year: int
    said: Fraction | None
    found: Fraction | None
    maximum: Decimal

    @property
    def cut(self) -> Fraction:
        """What the assessor took away; nought where either figure is missing or it added."""
        if self.said is None or self.found is None:
            return Fraction(0)
        return max(Fraction(0), self.said - self.found)


@dataclass(frozen=True)
class Reason:
    """Why, in a sentence for the verifier."""

    kind: Risk
    sentence: str


@dataclass(frozen=True)
class Assessed:
    """All reasons of one component, the most pressing first."""

    reasons: tuple[Reason, ...] = ()

    @property
    def weight(self) -> int:
        return sum(WEIGHTS[reason.kind] for reason in self.reasons)

    @property
    def grade(self) -> Grade:
        if self.weight >= HIGH_FROM:
            return Grade.HIGH
        return Grade.MIDDLE if self.reasons else Grade.LOW


@dataclass(frozen=True)
class Middle:
    """The middle of the shares of a block, with the median and the mean distance from it."""

    share: Fraction
    spread: Fraction
    mean_distance: Fraction

    def is_far(self, share: Fraction) -> bool:
        """Whether the share is an outlier."""
        distance = abs(share - self.share)
        limit = FARTHEST * self.spread or FARTHEST_OF_EQUALS * self.mean_distance
        return distance >= LEAST_DISTANCE and distance > limit


def middle_of(shares: Iterable[Fraction]) -> Middle | None:
    """The middle of a block; None where too few units have a share."""
    return middle_counted(Counter(shares))


def middle_counted(shares: Mapping[Fraction, int]) -> Middle | None:
    """The same where each share is given once, with how many units have it."""
    if sum(shares.values()) < FEWEST:
        return None
    share = _median(list(shares.items()))
    away = [(abs(one - share), units) for one, units in shares.items()]
    distance = sum((one * units for one, units in away), Fraction(0))
    return Middle(share, _median(away), distance / sum(shares.values()))


def _median(counted: Sequence[tuple[Fraction, int]]) -> Fraction:
    """Exact; hundreds of fractions are put in order by whole numbers first, which is quicker."""
    ordered = sorted(counted, key=lambda one: (one[0].numerator * FINE // one[0].denominator, one))
    count = sum(units for _, units in ordered)
    places = accumulate(units for _, units in ordered)
    reached = [(share, place) for (share, _), place in zip(ordered, places, strict=True)]
    lower = next(share for share, place in reached if 2 * place >= count)
    upper = next(share for share, place in reached if 2 * place > count)
    return (lower + upper) / 2


def assess(
    claim: Claim,
    maximum: Decimal,
    *,
    past: Past | None = None,
    middle: Middle | None = None,
    reported: str = "",
    unreasoned: bool = False,
) -> Assessed:
    """Every reason to look closely at what the unit says. `reported`: the answer that its own
    reports make, in words, where the unit says another; `unreasoned`: it does not say why."""
    found: list[Reason] = []
    if claim.not_applicable:
        found.append(Reason(Risk.EXCUSED, "đề nghị không áp dụng"))
    elif claim.points is None:
        found.append(Reason(Risk.UNSAID, "đơn vị không tự chấm"))
    else:
        found += _of_points(claim.points, claim, maximum, past, middle)
    if reported:
        why = ", chưa nêu lý do" if unreasoned else ""
        found.append(Reason(Risk.REPORTED, f"khác số liệu báo cáo ({reported}){why}"))
    if past and past.cut:
        found.append(Reason(Risk.PAST_GAP, f"kỳ {past.year} bị giảm {written(past.cut, 2)} điểm"))
    return Assessed(tuple(sorted(found, key=lambda reason: -WEIGHTS[reason.kind])))


def _of_points(
    points: Fraction, claim: Claim, maximum: Decimal, past: Past | None, middle: Middle | None
) -> list[Reason]:
    share, found = points / as_fraction(maximum), []
    if claim.lacks_evidence:
        found.append(Reason(Risk.NO_EVIDENCE, "có điểm mà không có minh chứng"))
    if past and past.found is not None:
        more = share - past.found / as_fraction(past.maximum)
        if more >= FAR_ABOVE:
            then = f"{written(past.found, 2)}/{exactly(past.maximum, least=2)}"
            said = f"tăng {written(more * 100, 1)} điểm phần trăm so với kỳ {past.year} ({then})"
            found.append(Reason(Risk.JUMP, said))
    if middle and middle.is_far(share):
        usual, side = written(middle.share * 100, 1), "cao" if share > middle.share else "thấp"
        said = f"{side} hơn hẳn trung vị của khối ({usual} % điểm tối đa)"
        found.append(Reason(Risk.OUTLIER, said))
    return found
