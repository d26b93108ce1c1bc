"""A published year in figures: blocks, classes, areas, movement, satisfaction. Pure, exact."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import groupby
from statistics import mean
from typing import NamedTuple, Protocol

from reports.rules.rated import Rated, together
from reports.rules.summary import Classed, class_counts
from scoring.rules.points import percent, shown


class Line(Classed, Protocol):
    """A frozen line; without a rank it bears no figures."""

    unit_id: int
    unit_name: str
    block_position: int
    block_name: str
    points: Fraction | None
    maximum: Decimal | None
    rank: int | None
    areas: Sequence[Mapping[str, str]]
    satisfied: int | None
    rated: int | None
    people: int | None


class Rules(Protocol):
    """What figures and classes are told by."""

    places: int
    band_labels: Sequence[str]


class Named(NamedTuple):
    """An exact figure and whose it is."""

    name: str
    figure: Fraction


@dataclass(frozen=True)
class BlockYear:
    """One block; figures are None where nobody in it is ranked, or nobody was asked."""

    name: str
    units: int
    ranked: int
    mean: Fraction | None
    best: Named | None
    last: Named | None
    counts: tuple[tuple[str, int], ...]
    ratings: Rated


class Movement(NamedTuple):
    """A unit's printed figures of two years, and their difference."""

    name: str
    before: Decimal
    now: Decimal
    points: Decimal
    unit: int


@dataclass(frozen=True)
class Movements:
    """Units with a figure in both years, by difference, the largest rise first."""

    rows: tuple[Movement, ...]
    mean_before: Fraction
    mean_now: Fraction

    @property
    def up(self) -> int:
        return sum(row.points > 0 for row in self.rows)

    @property
    def down(self) -> int:
        return sum(row.points < 0 for row in self.rows)

    @property
    def same(self) -> int:
        return len(self.rows) - self.up - self.down


def blocks_of(lines: Iterable[Line], rules: Rules) -> list[BlockYear]:
    """Block by block, from lines in the order of the edition."""
    blocks = groupby(lines, key=lambda line: (line.block_position, line.block_name))
    return [_block(name, list(found), rules) for (_, name), found in blocks]


def figures_of(lines: Iterable[Line]) -> list[Named]:
    """The exact index of every ranked unit, in the order given."""
    return [
        Named(line.unit_name, percent(line.points, line.maximum))
        for line in lines
        if line.points is not None and line.maximum is not None
    ]


def area_rates(lines: Iterable[Line]) -> list[Named]:
    """Area by area the points of all ranked units together out of what they could have, in
    percent, best first. Areas of one title are one area, in whichever block."""
    sums: dict[str, tuple[Fraction, Fraction]] = {}
    for area in (area for line in lines for area in line.areas):
        points, maximum = sums.get(area["title"], (Fraction(0), Fraction(0)))
        sums[area["title"]] = (
            points + Fraction(area["points"]),
            maximum + Fraction(area["maximum"]),
        )
    rates = [Named(title, percent(*sum_)) for title, sum_ in sums.items() if sum_[1]]
    return sorted(rates, key=lambda one: -one.figure)


def movements(
    lines: Iterable[Line], before: Mapping[int, Decimal], places: int
) -> Movements | None:
    """How units stand against the year before; `before`: unit → its printed figure of then. None
    where no unit has both. Differences are of the printed figures, so that a reader who subtracts
    finds them again."""
    rows = []
    for line in lines:
        if line.points is not None and line.maximum is not None and line.unit_id in before:
            then = shown(before[line.unit_id], places)
            now = shown(percent(line.points, line.maximum), places)
            rows.append(Movement(line.unit_name, then, now, now - then, line.unit_id))
    if not rows:
        return None
    return Movements(
        rows=tuple(sorted(rows, key=lambda row: -row.points)),
        mean_before=mean(Fraction(row.before) for row in rows),
        mean_now=mean(Fraction(row.now) for row in rows),
    )


def _block(name: str, lines: list[Line], rules: Rules) -> BlockYear:
    figures = figures_of(lines)
    return BlockYear(
        name=name,
        units=len(lines),
        ranked=len(figures),
        mean=mean(one.figure for one in figures) if figures else None,
        best=max(figures, key=lambda one: one.figure, default=None),
        last=min(figures, key=lambda one: one.figure, default=None),
        counts=tuple(class_counts([line for line in lines if line.rank], rules)),
        ratings=together(lines),
    )
