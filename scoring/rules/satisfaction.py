"""Satisfaction in figures: share or mean of the five steps, how sure it is, who may be ranked.

Pure. Figures are exact fractions; only the interval holds a root and is a Decimal of 28 digits, far
more than the two places that are printed. Nobody is told from a figure of few people.
"""

from collections.abc import Iterable, Mapping, Sequence
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


def without_the_hidden(readings: Mapping[int, ShownTally], minimum: int) -> list[int]:
    """Whose ratings make up the whole, by key: everybody's, unless one unit alone is too small to
    be shown, or all that are so are too few together. Then they are left out, for their sum could
    be had by taking the others away from the whole."""
    hidden = [key for key, one in readings.items() if not one.enough]
    people = sum(readings[key].tally.people for key in hidden)
    told_apart = len(hidden) == 1 or people < minimum
    left_out = hidden if told_apart and len(hidden) < len(readings) else []
    return [key for key in readings if key not in left_out]


def without_remainders(aspects: Sequence[ShownTally], minimum: int) -> tuple[ShownTally, ...]:
    """The aspects of one whole as they may be shown beside it. Where one alone is too small, or all
    that are so are too few together, its ratings are the whole less the others: then the smallest
    of the others are hidden with it, until that is so no more."""
    hidden = {at for at, one in enumerate(aspects) if one.tally.rated and not one.enough}
    others = [at for at, one in enumerate(aspects) if one.enough]
    others.sort(key=lambda at: (aspects[at].tally.people, at))

    def told_apart() -> bool:
        people = sum(aspects[at].tally.people for at in hidden)
        return bool(hidden) and (len(hidden) == 1 or people < minimum)

    while others and told_apart():
        hidden.add(others.pop(0))
    return tuple(
        ShownTally(one.tally, None, None, None, False) if at in hidden else one
        for at, one in enumerate(aspects)
    )


def groups(readings: Mapping[int, ShownTally]) -> list[list[int]]:
    """Units put in order as far as the intervals allow, by key; only those that may be shown.

    From the highest figure downwards: who overlaps with the interval of the first of the group
    stands in the group, the first who does not begins the next. Inside a group nobody is ahead.
    """
    shown = {key: one for key, one in readings.items() if one.enough and one.figure is not None}
    found: list[list[int]] = []
    for key in sorted(shown, key=lambda one: (-(shown[one].figure or 0), one)):
        first = shown[found[-1][0]] if found else None
        if first is not None and (shown[key].high or 0) >= (first.low or 0):
            found[-1].append(key)
        else:
            found.append([key])
    return found


def places(found: list[list[int]]) -> dict[int, str]:
    """The place of each as it is printed: “1”, or “2–5” where nobody of a group is ahead."""
    printed: dict[int, str] = {}
    before = 0
    for group in found:
        first, last = before + 1, before + len(group)
        printed |= dict.fromkeys(group, str(first) if first == last else f"{first}–{last}")
        before = last
    return printed


GROUPS_IN_WORDS = (
    "Xét từ tỷ lệ cao xuống thấp: đơn vị có khoảng tin cậy giao với khoảng của đơn vị đầu nhóm thì "
    "cùng nhóm, thứ tự trong nhóm không có ý nghĩa; đơn vị đầu tiên không giao thì mở nhóm sau."
)


def why_not_compared(
    now: ShownTally, formula: Formula, before: ShownTally | None, formula_before: Formula | None
) -> str:
    """Why a change against the campaign before is not told, as words; empty where it is."""
    if formula_before is None or before is None:
        return "không có đợt trước"
    if formula != formula_before:
        return "đợt trước tính theo công thức khác"
    if not before.enough or not now.enough:
        return "quá ít người đánh giá"
    return ""


def change(now: ShownTally, before: ShownTally) -> Fraction:
    """In percentage points, of two readings that may be compared."""
    return (now.figure or Fraction(0)) - (before.figure or Fraction(0))
