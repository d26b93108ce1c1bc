"""How far verifiers agree where a verdict was marked twice, and how their hand moves with time.

Pure and exact. Gaps are in percent of the component's maximum, so that components of different
weight can be laid together; above nought is generous.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from statistics import mean

FEWEST = 5
"""Of fewer pairs, or fewer verdicts in a week, nothing is said but how many there are."""

SLIGHT = Fraction(1)
"""A mean gap, or a change from week to week, below one percent of the maximum is no matter."""


@dataclass(frozen=True)
class Pair:
    """A verdict marked twice: who gave the first, in which area, and the first less the second.

    `gap` is None where one says that the component does not apply and the other gives points: they
    are neither the same nor within, and have no distance.
    """

    verifier: Hashable
    area: str
    gap: Fraction | None
    within: bool
    by_lot: bool = True


@dataclass(frozen=True)
class Agreement:
    """What some pairs come to; percentages and the mean are None where there are too few."""

    number: int
    same: int
    within: int
    by_lot: int
    apart: int
    mean_gap: Fraction | None

    @property
    def enough(self) -> bool:
        """Whether there are enough pairs to say something."""
        return self.number >= FEWEST

    @property
    def same_percent(self) -> Fraction | None:
        return Fraction(100 * self.same, self.number) if self.enough else None

    @property
    def within_percent(self) -> Fraction | None:
        return Fraction(100 * self.within, self.number) if self.enough else None

    @property
    def words(self) -> str:
        """Which way the first marks lie from the second."""
        if not self.enough or self.mean_gap is None:
            return "quá ít để kết luận"
        if abs(self.mean_gap) < SLIGHT:
            return "không lệch đáng kể"
        return "rộng hơn lần hai" if self.mean_gap > 0 else "chặt hơn lần hai"


def agreement(pairs: Iterable[Pair]) -> Agreement:
    """The pairs in a few figures. The mean gap is over those that have a distance, and there are at
    least `FEWEST` of them."""
    rows = list(pairs)
    gaps = [one.gap for one in rows if one.gap is not None]
    return Agreement(
        number=len(rows),
        same=sum(gap == 0 for gap in gaps),
        within=sum(one.within for one in rows),
        by_lot=sum(one.by_lot for one in rows),
        apart=len(rows) - len(gaps),
        mean_gap=mean(gaps) if len(gaps) >= FEWEST else None,
    )


def by_verifier(pairs: Iterable[Pair]) -> dict[Hashable, Agreement]:
    """Each first verifier's own."""
    return _grouped(pairs, lambda one: one.verifier)


def by_area(pairs: Iterable[Pair]) -> dict[Hashable, Agreement]:
    """Each area's, whoever marked."""
    return _grouped(pairs, lambda one: one.area)


@dataclass(frozen=True)
class Gap:
    """A verdict beside what the unit said: who gave it, on which day, found less said."""

    verifier: Hashable
    day: date
    gap: Fraction


@dataclass(frozen=True)
class Week:
    """One verifier's verdicts of one week, from its Monday; the mean and what changed against the
    last week in which there were enough are None where there are too few."""

    monday: date
    number: int
    mean_gap: Fraction | None
    change: Fraction | None

    @property
    def words(self) -> str:
        """Which way the hand moved."""
        if self.mean_gap is None:
            return "quá ít" if self.number else "không thẩm định"
        if self.change is None:
            return "tuần đầu đủ số dòng"
        if abs(self.change) < SLIGHT:
            return "như trước"
        return "rộng tay hơn" if self.change > 0 else "chặt tay hơn"


def monday_of(day: date) -> date:
    """The first day of its week."""
    return day - timedelta(days=day.weekday())


def drift(gaps: Iterable[Gap]) -> dict[Hashable, list[Week]]:
    """Each verifier's weeks in turn, those without a verdict between two others included."""
    found: dict[Hashable, dict[date, list[Fraction]]] = defaultdict(lambda: defaultdict(list))
    for one in gaps:
        found[one.verifier][monday_of(one.day)].append(one.gap)
    return {verifier: _weeks(by_week) for verifier, by_week in found.items()}


def moved(weeks: Sequence[Week]) -> Fraction | None:
    """The last week's mean less the first's, of those with enough; None where there is but one."""
    told = [week.mean_gap for week in weeks if week.mean_gap is not None]
    return told[-1] - told[0] if len(told) > 1 else None


def _weeks(by_week: Mapping[date, list[Fraction]]) -> list[Week]:
    weeks: list[Week] = []
    last: Fraction | None = None
    for monday in _in_turn(sorted(by_week)):
        gaps = by_week.get(monday, [])
        middle = mean(gaps) if len(gaps) >= FEWEST else None
        change = None if middle is None or last is None else middle - last
        weeks.append(Week(monday, len(gaps), middle, change))
        last = last if middle is None else middle
    return weeks


def _in_turn(mondays: list[date]) -> list[date]:
    """The same with the weeks between."""
    every = mondays[:1]
    for one, other in pairwise(mondays):
        every += [one + timedelta(weeks=n) for n in range(1, (other - one).days // 7 + 1)]
    return every


def _grouped(pairs: Iterable[Pair], key: Callable[[Pair], Hashable]) -> dict[Hashable, Agreement]:
    found: dict[Hashable, list[Pair]] = defaultdict(list)
    for one in pairs:
        found[key(one)].append(one)
    return {name: agreement(rows) for name, rows in found.items()}
