"""The index over the years as a small drawing on a result sheet: where the dots and lines go."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

from cchc_portal.kit.numerals import exactly, half_up


@dataclass(frozen=True)
class YearFigure:
    """The index of a year; None where there was none."""

    year: int
    percent: Decimal | None


class Dot(NamedTuple):
    """A year on the chart; without a figure it has only its place on the line of years."""

    year: str
    x: str
    y: str
    label_y: str
    figure: str


class Limit(NamedTuple):
    """The floor of a class as a dashed line."""

    y: str
    label_y: str
    words: str


class YearChart(NamedTuple):
    """The chart in units of its own box, 320 wide and 98 high; places are text for the drawing."""

    dots: list[Dot]
    lines: list[str]
    limits: list[Limit]


LEFT, RIGHT, TOP, BOTTOM = 22, 204, 18, 78
"""Right of the years stand the words of the limits, above them the highest figure."""


def year_chart(years: Sequence[YearFigure], limits: Sequence[tuple[Decimal, str]]) -> YearChart:
    """Dots for the years that have a figure, lines between neighbours, the class floors around.

    `years` holds at least two, oldest first, with a figure in at least one of them; `limits` the
    floor and label of each class.
    """
    figures = [figure.percent for figure in years if figure.percent is not None]
    low = max((floor for floor, _ in limits if floor <= min(figures)), default=min(figures))
    high = min((floor for floor, _ in limits if floor >= max(figures)), default=max(figures))
    span = Fraction(high - low) or Fraction(1)

    def x(position: int) -> Fraction:
        return LEFT + Fraction((RIGHT - LEFT) * position, len(years) - 1)

    def y(percent: Decimal) -> Fraction:
        return BOTTOM - (BOTTOM - TOP) * Fraction(percent - low) / span

    dots = [
        Dot(str(figure.year), place(x(position)), "", "", "")
        if figure.percent is None
        else Dot(
            str(figure.year),
            place(x(position)),
            place(y(figure.percent)),
            place(y(figure.percent) - 6),
            exactly(figure.percent, 2),
        )
        for position, figure in enumerate(years)
    ]
    lines = [
        f"M{one.x} {one.y}L{other.x} {other.y}"
        for one, other in pairwise(dots)
        if one.y and other.y
    ]
    floors = [
        Limit(place(y(floor)), place(y(floor) - 4), f"{label} từ {exactly(floor)}")
        for floor, label in limits
        if low <= floor <= high
    ]
    return YearChart(dots, lines, floors)


def place(value: Fraction) -> str:
    """A place on a drawing, to a tenth, with the decimal point that drawings want."""
    return str(half_up(value, 1))
