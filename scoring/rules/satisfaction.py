"""Satisfaction in figures: share or mean of the five steps, how sure it is, which place is sure.

Pure. Figures are exact fractions; only the interval holds a root and is a Decimal of 28 digits, far
more than the two places that are printed. Nobody is told from a figure of few people.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Context, Decimal
from fractions import Fraction
from math import ceil

from cchc_portal.kit.worded import Worded

STEPS = ("Rất hài lòng", "Hài lòng", "Bình thường", "Không hài lòng", "Rất không hài lòng")
"""The scale, best first; as marks five to one."""

BEST = len(STEPS)
SATISFIED_STEPS = 2
Z = Decimal("1.959963984540054")
"""The point of the normal distribution with 2,5 % above it: 95 % lie between both."""

_PRECISE = Context(prec=28)


class Formula(Worded):
    """How ratings become one figure in percent. Figures of two formulas are never compared."""

    SHARE = "share", "Tỷ lệ lượt “hài lòng” và “rất hài lòng” trên tổng số lượt đánh giá"
    MEAN = "mean", "Trung bình của thang 5 bậc (5 là rất hài lòng), tính ra phần trăm"


@dataclass(frozen=True)
class Tally:
    """Ratings by step, best first: of a unit, of one aspect, or of several together.

    `people` is how many persons stand behind them at least: whoever rates seven aspects gives seven
    ratings and is one person.
    """

    steps: tuple[int, ...] = (0,) * BEST
    people: int = 0

    @property
    def rated(self) -> int:
        return sum(self.steps)

    @property
    def satisfied(self) -> int:
        return sum(self.steps[:SATISFIED_STEPS])

    def __add__(self, other: "Tally") -> "Tally":
        """Of other people: both their ratings and they themselves are added."""
        steps = tuple(a + b for a, b in zip(self.steps, other.steps, strict=True))
        return Tally(steps, self.people + other.people)


NOTHING = Tally()


def of_aspects(counts: Iterable[tuple[int, ...]]) -> Tally:
    """The aspects of one unit together. Nobody rates an aspect twice, so there are at least as many
    people as the most rated aspect has ratings."""
    found = list(counts)
    if not found:
        return NOTHING
    steps = tuple(sum(column) for column in zip(*found, strict=True))
    return Tally(steps, max(map(sum, found)))


def figure(tally: Tally, formula: Formula) -> Fraction | None:
    """In percent, exact; None where nobody rated."""
    if not tally.rated:
        return None
    if formula == Formula.SHARE:
        return Fraction(100 * tally.satisfied, tally.rated)
    marks = sum(count * (BEST - place) for place, count in enumerate(tally.steps))
    return Fraction(100 * marks, BEST * tally.rated)


def interval(tally: Tally, formula: Formula) -> tuple[Decimal, Decimal] | None:
    """The 95 % interval of Wilson around the figure, both ends in percent; None where nobody rated.

    Counted by people, not by ratings: the ratings of one person are not told from one another. Of a
    mean it is the widest that a mean between nought and a hundred can have.
    Source: E. B. Wilson, Journal of the American Statistical Association 22 (1927), 209–212.
    """
    middle = figure(tally, formula)
    if middle is None or not tally.people:
        return None
    c = _PRECISE
    p = c.divide(Decimal(middle.numerator), Decimal(middle.denominator * 100))
    n, z2 = Decimal(tally.people), c.multiply(Z, Z)
    whole = c.add(1, c.divide(z2, n))
    centre = c.add(p, c.divide(z2, 2 * n))
    spread = c.divide(c.multiply(p, c.subtract(1, p)), n)
    root = c.sqrt(c.add(spread, c.divide(z2, 4 * n * n)))
    half = c.multiply(Z, root)
    low = c.multiply(100, c.divide(c.subtract(centre, half), whole))
    high = c.multiply(100, c.divide(c.add(centre, half), whole))
    return max(low, Decimal(0)), min(high, Decimal(100))


def share_interval(satisfied: int, rated: int, people: int) -> tuple[Decimal, Decimal] | None:
    """The same of a share that is told by its counts alone."""
    return interval(_of_share(satisfied, rated, people), Formula.SHARE)


def share_reading(satisfied: int, rated: int, people: int) -> "ShownTally":
    """Such a share with its interval, as it stands published."""
    return read(_of_share(satisfied, rated, people), Formula.SHARE, 1)


def _of_share(satisfied: int, rated: int, people: int) -> Tally:
    return Tally((satisfied, 0, rated - satisfied, 0, 0), people)


def sample_size(dealings: int, margin: Decimal) -> int:
    """How many people to ask: n = N / (1 + N·e²), rounded up. `margin` is e in percent.

    Source: the method of measuring satisfaction of the Ministry of Home Affairs; with 5 % it is 80
    of 100, 286 of 1.000 and never more than 400.
    """
    error = Fraction(margin) / 100
    return ceil(Fraction(dealings) / (1 + dealings * error**2))


@dataclass(frozen=True)
class ShownTally:
    """A tally as it may be shown. `enough` is whether it may be shown at all."""

    tally: Tally
    figure: Fraction | None
    low: Decimal | None
    high: Decimal | None
    enough: bool


def read(tally: Tally, formula: Formula, minimum: int) -> ShownTally:
    """Nothing but the number of people where there are fewer than the minimum."""
    if tally.people < max(minimum, 1):
        return ShownTally(tally, None, None, None, False)
    low, high = interval(tally, formula) or (None, None)
    return ShownTally(tally, figure(tally, formula), low, high, True)


@dataclass(frozen=True)
class Places:
    """The places a unit may have: no better than the first, no worse than the last."""

    first: int
    last: int

    def __str__(self) -> str:
        """As it is printed: “1”, or “2–5”."""
        return str(self.first) if self.first == self.last else f"{self.first}–{self.last}"


def places(readings: Mapping[int, ShownTally]) -> dict[int, Places]:
    """The places of each, by key; only of those that may be shown.

    Every two are compared by themselves. One is ahead of another where its whole interval lies
    above the other's: the first place is one more than how many are ahead of the unit, the last is
    the number of all less how many it is ahead of. Whoever overlaps with many has many places, and
    takes from nobody else what told them apart.
    """
    shown = {
        key: (one.low, one.high)
        for key, one in readings.items()
        if one.low is not None and one.high is not None
    }
    lows = sorted(low for low, _ in shown.values())
    highs = sorted(high for _, high in shown.values())
    count = len(shown)
    return {
        key: Places(1 + count - bisect_right(lows, high), count - bisect_left(highs, low))
        for key, (low, high) in shown.items()
    }


PLACES_IN_WORDS = (
    "Đơn vị hơn rõ rệt một đơn vị khác khi cả khoảng tin cậy nằm trên khoảng của đơn vị kia; hai "
    "khoảng giao nhau thì chưa nói được đơn vị nào hơn. Ví dụ hạng “2–5” trong 8 đơn vị: có 1 đơn "
    "vị hơn rõ rệt đơn vị này nên cao nhất là hạng 2; đơn vị này hơn rõ rệt 3 đơn vị nên thấp nhất "
    "là hạng 5. Trong bảng, kết quả cao ghi trước."
)


@dataclass(frozen=True)
class Measure:
    """What a campaign measures by: figures of two are compared only where both are the same."""

    formula: Formula
    aspects: frozenset[str]

    @classmethod
    def of(cls, formula: str, aspects: Iterable[str]) -> "Measure":
        """The order of the aspects and how they are capitalised change no figure."""
        return cls(Formula(formula), frozenset(one.casefold() for one in aspects))


def why_not_compared(
    now: ShownTally, by: Measure, before: ShownTally | None, by_before: Measure | None
) -> str:
    """Why a change against the campaign before is not told, as words; empty where it is.

    Of other aspects neither: a share over all of them moves with what was asked, though nobody is
    more content. To count the common ones alone would print a change of two figures that stand
    nowhere.
    """
    if by_before is None:
        return "không có đợt trước"
    if before is None or not before.tally.rated:
        return "đợt trước không có lượt đánh giá"
    if by.formula != by_before.formula:
        return "đợt trước tính theo công thức khác"
    if by.aspects != by_before.aspects:
        return "đợt trước đo bộ khía cạnh khác"
    if not now.enough:
        return "quá ít người đánh giá"
    return "" if before.enough else "đợt trước quá ít người đánh giá"


def change(now: ShownTally, before: ShownTally) -> Fraction:
    """In percentage points, of two readings that may be compared."""
    return (now.figure or Fraction(0)) - (before.figure or Fraction(0))
