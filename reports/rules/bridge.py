"""From the figure of one year to that of the next: which parts made the change. Pure, exact.

A part counts by what was lost in it, in percent of the unit's whole applicable maximum. So a part
that had full marks in both years changes nothing, also where the maximum of the whole changed, and
the changes of all parts sum to the change of the figure, without a rest.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from fractions import Fraction

from scoring.rules.points import percent, shown

FLOOR = "Không tính dưới 0 điểm"


@dataclass(frozen=True)
class Part:
    """An area or a component in one year: its lineage ("" where it has none), and what it counts
    for: exact points (below nought for a penalty) and maximum."""

    lineage: str
    code: str
    title: str
    points: Fraction
    maximum: Fraction


class Known(Enum):
    """In which of the two years a part is found."""

    BOTH = ""
    NOW = "chỉ có năm nay"
    BEFORE = "chỉ có năm trước"


@dataclass(frozen=True)
class Step:
    """One part of the way: its exact change in points of percent; the level it starts from and the
    one it reaches, as printed, and their difference, so that the printed column adds up."""

    code: str
    title: str
    known: Known
    change: Fraction
    start: Decimal
    end: Decimal

    @property
    def printed(self) -> Decimal:
        """The change as printed: from one printed level to the next."""
        return self.end - self.start


@dataclass(frozen=True)
class Bridge:
    """The way from a figure to the next, step by step; parts that changed nothing are counted in
    `still`."""

    before: Fraction
    now: Fraction
    places: int
    steps: tuple[Step, ...]
    still: int

    @property
    def first(self) -> Decimal:
        """The figure it starts from, as printed."""
        return shown(self.before, self.places)

    @property
    def last(self) -> Decimal:
        """The figure it comes to, as printed."""
        return shown(self.now, self.places)

    @property
    def change(self) -> Decimal:
        """The change as printed: the difference of the two printed figures."""
        return self.last - self.first


def bridge(before: Sequence[Part], now: Sequence[Part], places: int) -> Bridge:
    """The way from one year to the next, the largest change first.

    Parts are matched by lineage; one without a counterpart stands alone, with all that was lost in
    it. Each year needs a maximum above nought.
    """
    lost = [(part, share, True) for part, share in _lost(now)]
    gone = [(part, share, False) for part, share in _lost(before)]
    earlier = {part.lineage: (part, share) for part, share, _ in gone if part.lineage}
    later = {part.lineage for part in now if part.lineage}
    ways: list[tuple[str, str, Known, Fraction]] = []
    for part, share, _ in lost:
        _, then = earlier.get(part.lineage, (None, Fraction(0)))
        known = Known.BOTH if part.lineage in earlier else Known.NOW
        ways.append((part.code, part.title, known, then - share))
    ways += [
        (part.code, part.title, Known.BEFORE, share)
        for part, share, _ in gone
        if not part.lineage or part.lineage not in later
    ]
    ways.append(("", FLOOR, Known.BOTH, _lifted(now) - _lifted(before)))
    moved = sorted((way for way in ways if way[3]), key=lambda way: -abs(way[3]))
    still = len(ways) - 1 - sum(1 for way in moved if way[1] != FLOOR)
    return Bridge(figure_of(before), figure_of(now), places, _steps(before, moved, places), still)


def figure_of(parts: Iterable[Part]) -> Fraction:
    """The exact percentage that the parts come to, never below nought."""
    points, maximum = _sums(parts)
    return percent(max(points, Fraction(0)), maximum)


def _steps(
    before: Sequence[Part], moved: Sequence[tuple[str, str, Known, Fraction]], places: int
) -> tuple[Step, ...]:
    level, steps = figure_of(before), []
    for code, title, known, change in moved:
        start, level = shown(level, places), level + change
        steps.append(Step(code, title, known, change, start, shown(level, places)))
    return tuple(steps)


def _lost(parts: Sequence[Part]) -> list[tuple[Part, Fraction]]:
    """Each part with what was lost in it, in percent of the whole maximum."""
    _, maximum = _sums(parts)
    return [(part, percent(part.maximum - part.points, maximum)) for part in parts]


def _lifted(parts: Iterable[Part]) -> Fraction:
    """What the rule that nobody falls below nought adds to the figure."""
    points, maximum = _sums(parts)
    return percent(max(-points, Fraction(0)), maximum)


def _sums(parts: Iterable[Part]) -> tuple[Fraction, Fraction]:
    found = list(parts)
    points = sum((part.points for part in found), Fraction(0))
    return points, sum((part.maximum for part in found), Fraction(0))
