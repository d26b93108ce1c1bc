"""A ranked block as an analysis reads it: each unit's exact points by area. Pure.

A line comes from a published edition or from a period under way; the figures are those of the
page it comes from, to the last digit. Percentages are exact until they are shown.
"""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from statistics import median

from scoring.rules.points import percent
from scoring.rules.ranking import Placing, Scale, TieRule, rank

WHOLE = ""
"""Stands for the whole figure where an area may be chosen."""


@dataclass(frozen=True)
class Share:
    """Points of one area or criterion of one unit out of what applies to it, exact."""

    code: str
    title: str
    points: Fraction
    maximum: Fraction

    @property
    def percent(self) -> Fraction | None:
        """What was reached, in percent; None where nothing in it counts."""
        return percent(self.points, self.maximum) if self.maximum else None

    @property
    def lost(self) -> Fraction | None:
        """What was lost, in percent; None where nothing in it counts, below 0 by a bonus."""
        reached = self.percent
        return None if reached is None else 100 - reached


@dataclass(frozen=True)
class Row:
    """A unit of a block. Without a rank it has no figures. `key` is that of its line or dossier;
    `printed` the percentage as it was published."""

    key: int
    unit: int
    code: str
    name: str
    rank: int | None = None
    band: str = ""
    points: Fraction = Fraction(0)
    maximum: Fraction = Fraction(0)
    printed: Decimal | None = None
    shares: tuple[Share, ...] = ()
    reason: str = ""

    @property
    def figure(self) -> Fraction | None:
        """The exact percentage; None where it is not ranked."""
        return None if self.rank is None else percent(self.points, self.maximum)

    def share(self, code: str) -> Share | None:
        """Its share of that code, if it has one."""
        return next((share for share in self.shares if share.code == code), None)

    def reached(self, code: str) -> Fraction | None:
        """The exact percentage of an area, or of the whole for `WHOLE`; None where none counts."""
        if code == WHOLE:
            return self.figure
        share = self.share(code)
        return share.percent if share else None


@dataclass(frozen=True)
class BlockRows:
    """A block: its ranked units, best first, then those without a rank."""

    position: int
    name: str
    ranked: tuple[Row, ...]
    unranked: tuple[Row, ...]

    @property
    def size(self) -> int:
        """All of its units."""
        return len(self.ranked) + len(self.unranked)

    @property
    def areas(self) -> tuple[tuple[str, str], ...]:
        """Code and title of its areas, in order."""
        return heads_of(self.ranked)

    def row(self, code: str) -> Row | None:
        """The ranked unit that bears the code."""
        return next((row for row in self.ranked if row.code == code), None)


@dataclass(frozen=True)
class BlockHead:
    """A block by name, and how many units it has: what is known of those that are not read."""

    position: int
    name: str
    size: int


def heads_of(rows: Sequence[Row]) -> tuple[tuple[str, str], ...]:
    """Code and title of whatever the rows have shares of, in order."""
    return tuple((share.code, share.title) for share in rows[0].shares) if rows else ()


@dataclass(frozen=True)
class Ends:
    """Of one area over the units of a block: middle and best, exact; None where it counts for
    nobody."""

    median: Fraction | None
    best: Fraction | None


def ends_of(rows: Iterable[Row], code: str) -> Ends:
    """Median and best of what the units reached in an area, or in all for `WHOLE`."""
    reached = [figure for row in rows if (figure := row.reached(code)) is not None]
    return Ends(median(reached), max(reached)) if reached else Ends(None, None)


def ranked_by(
    rows: Sequence[Row], code: str, scale: Scale, ties: TieRule, places: int
) -> list[tuple[Row, Placing]]:
    """The units in the order of what they reached in an area (or in all, for `WHOLE`), by the same
    rule that ranks them as a whole. Units to which nothing of the area applies are left out."""
    figures: dict[Hashable, Fraction] = {
        place: figure for place, row in enumerate(rows) if (figure := row.reached(code)) is not None
    }
    placings = rank(figures, scale, ties, places)
    order = {placing.key: placing for placing in placings}
    found = [(row, order[place]) for place, row in enumerate(rows) if place in order]
    return sorted(found, key=lambda pair: -pair[1].figure)
