"""The index over the years as a small drawing on a result sheet: where the dots and lines go."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from operator import itemgetter
from typing import NamedTuple

from cchc_portal.kit.numerals import exactly, half_up


@dataclass(frozen=True)
class YearFigure:
    """The index of a year; None where there was none."""

    year: int
    percent: Decimal | None


class Dot(NamedTuple):
    """A year on the chart. Without a figure it has no `y`, and `label` says that there is none.

    label_y: the line the label stands on; ground: left, top and width of the paper-coloured ground
    it has where no place is free of lines.
    """

    year: str
    x: str
    y: str
    label: str
    label_y: str
    ground: tuple[str, ...] = ()


class Limit(NamedTuple):
    """The floor of a class: a dashed line, and its words where the line ends."""

    y: str
    words_y: str
    words: str


class YearChart(NamedTuple):
    """The chart in units of its own box, 360 wide and 79 high; places are text for the drawing."""

    dots: list[Dot]
    lines: list[str]
    limits: list[Limit]


Point = tuple[Fraction, Fraction]

LEFT, RIGHT, TOP, BOTTOM = 22, 204, 16, 60
"""Right of the years stand the words of the limits, above them the highest figure."""
NONE_YET = "chưa có"
LETTER = Fraction(5, 2)
"""Half of how wide a letter of a label is."""
RISES, SINKS = Fraction(15, 2), Fraction(9, 5)
"""How far a label reaches above the line it stands on, with its commas below it, and some air."""
ABOVE, NEAREST, BELOW, LOWEST = 6, 5, 14, 66
"""From a dot to the line its label stands on, at the least too; lower stand the years."""
WORDS_HIGH = 9


def year_chart(years: Sequence[YearFigure], limits: Sequence[tuple[Decimal, str]]) -> YearChart:
    """Dots for the years that have a figure, lines between neighbours, the class floors around.

    `years` holds at least two, oldest first, with a figure in at least one of them; `limits` the
    floor and label of each class, best first.
    """
    figures = [figure.percent for figure in years if figure.percent is not None]
    low = max((floor for floor, _ in limits if floor <= min(figures)), default=min(figures))
    high = min((floor for floor, _ in limits if floor >= max(figures)), default=max(figures))
    span = Fraction(high - low) or Fraction(1)

    def x(position: int) -> Fraction:
        return LEFT + Fraction((RIGHT - LEFT) * position, len(years) - 1)

    def y(percent: Decimal) -> Fraction:
        return BOTTOM - (BOTTOM - TOP) * Fraction(percent - low) / span

    shown = [(floor, label) for floor, label in limits if low <= floor <= high]
    floors = [y(floor) for floor, _ in shown]
    points = [
        None if figure.percent is None else (x(position), y(figure.percent))
        for position, figure in enumerate(years)
    ]
    steps = [(one, other) for one, other in pairwise(points) if one and other]
    return YearChart(
        [
            _dot(figure, x(position), points[position], floors, steps)
            for position, figure in enumerate(years)
        ],
        [
            f"M{place(one[0])} {place(one[1])}L{place(other[0])} {place(other[1])}"
            for one, other in steps
        ],
        [
            Limit(place(line), place(words), f"{label} từ {exactly(floor)}")
            for (floor, label), line, words in zip(shown, floors, _beside(floors), strict=True)
        ],
    )


def _dot(
    figure: YearFigure,
    x: Fraction,
    point: Point | None,
    floors: Sequence[Fraction],
    steps: Sequence[tuple[Point, Point]],
) -> Dot:
    label = NONE_YET if figure.percent is None else exactly(figure.percent, 2)
    half = LETTER * len(label)
    crossed, stands = min(
        (
            (_crossed(x - half, x + half, line, floors, steps), line)
            for line in _stands_on(point, floors)
        ),
        key=itemgetter(0),
    )
    ground = (x - half, stands - RISES, 2 * half) if any(crossed) else ()
    return Dot(
        year=str(figure.year),
        x=place(x),
        y=place(point[1]) if point else "",
        label=label,
        label_y=place(stands),
        ground=tuple(map(place, ground)),
    )


def _stands_on(point: Point | None, floors: Sequence[Fraction]) -> list[Fraction]:
    """Where a label may stand, best first: close above its dot, under or on a class line that would
    cross it there, close below."""
    if point is None:
        middle = Fraction(TOP + BOTTOM, 2)
        return [middle + step for step in range(0, BOTTOM - TOP, 4) if middle + step < BOTTOM]
    above = point[1] - ABOVE
    crossing = [line for line in floors if above - RISES < line < above + SINKS]
    under = [line + RISES for line in crossing if line + RISES <= point[1] - NEAREST]
    below = point[1] + BELOW
    upon = [line - SINKS for line in crossing]
    return [above, *under, *upon, *([below] if below <= LOWEST else [])]


def _crossed(
    left: Fraction,
    right: Fraction,
    stands: Fraction,
    floors: Sequence[Fraction],
    steps: Sequence[tuple[Point, Point]],
) -> tuple[int, int]:
    """How many class lines, and how many steps of the years, run through a label."""
    top, bottom = stands - RISES, stands + SINKS
    through = 0
    for (x1, y1), (x2, y2) in steps:
        begin, end = max(left, x1), min(right, x2)
        if begin < end:
            slope = (y2 - y1) / (x2 - x1)
            ends = y1 + slope * (begin - x1), y1 + slope * (end - x1)
            through += min(ends) < bottom and max(ends) > top
    return sum(top < line < bottom for line in floors), through


def _beside(floors: Sequence[Fraction]) -> list[Fraction]:
    """Where the words of the limits stand, each in the middle of its line, none upon another."""
    lines: list[Fraction] = []
    for floor in floors:
        lines.append(max([floor + 3, *(line + WORDS_HIGH for line in lines[-1:])]))
    return lines


def place(value: Fraction) -> str:
    """A place on a drawing, to a tenth, with the decimal point that drawings want."""
    return str(half_up(value, 1))
