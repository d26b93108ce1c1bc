"""Pages of an analysis about chosen units: one against its block, over the years, several side by
side."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from reports.rules.lineage import Line, YearOf
from reports.rules.shares import Row, Share, ends_of, ranked_by
from reports.services import unit_years
from reports.views import analysis_charts as charts
from reports.views.analysis_asked import MOST_UNITS, Asked
from scoring.rules.points import shown


@dataclass(frozen=True)
class AreaLine:
    """One area of the unit: its share, where it stands there, and the block's middle and best;
    `against` is the difference of the printed figures."""

    share: Share
    rank: int | None
    ranked: int
    median: Fraction | None
    best: Fraction | None
    against: Decimal | None


def unit(asked: Asked) -> Mapping[str, Any]:
    """One unit by area against the middle and the best of its block."""
    row = asked.unit
    return {
        "unit": row,
        "line": asked.figures[row.key],
        "areas": [_area_line(asked, row, share) for share in row.shares],
        "whole": ends_of(asked.block.ranked, ""),
        "chart": charts.radar(asked, [row], with_block=True),
    }


def _area_line(asked: Asked, row: Row, share: Share) -> AreaLine:
    placed = ranked_by(asked.block.ranked, share.code, asked.source.scale, asked.ties, asked.places)
    ends, reached = ends_of(asked.block.ranked, share.code), share.percent
    return AreaLine(
        share,
        next((placing.rank for one, placing in placed if one.key == row.key), None),
        len(placed),
        ends.median,
        ends.best,
        None
        if reached is None or ends.median is None
        else shown(reached, asked.places) - shown(ends.median, asked.places),
    )


@dataclass(frozen=True)
class YearLine:
    """A year of a line, with its change from the year before of the same line; None after a gap."""

    found: YearOf
    change: Decimal | None


def years(asked: Asked) -> Mapping[str, Any]:
    """One unit over the years, and those it comes from; three queries beyond the edition's own."""
    row = asked.unit
    lines = unit_years.years_of(asked.edition, row)
    return {
        "unit": row,
        "lines": [(line, year_lines(line)) for line in lines],
        "apart": len(lines) > 1,
        "chart": charts.trend(row.name, lines),
    }


def year_lines(line: Line) -> Sequence[YearLine]:
    """The years of a line, the newest first; a change only from one year to the next."""
    told = [
        YearLine(
            one,
            None
            if (then := line.in_year(one.year - 1)) is None
            else shown(one.percent, one.places) - shown(then.percent, then.places),
        )
        for one in line.years
    ]
    return told[::-1]


@dataclass(frozen=True)
class CompareLine:
    """One area over the chosen units: shares, and which are the best and the last of them."""

    title: str
    shares: tuple[Share | None, ...]
    best: Fraction | None
    last: Fraction | None
    median: Fraction | None


def compare(asked: Asked) -> Mapping[str, Any]:
    """Two to four units of one block, side by side."""
    units = asked.units
    slots = [row.code for row in units] + [""] * (MOST_UNITS - len(units))
    found: dict[str, Any] = {"slots": slots}
    if len(units) < 2:
        return found
    return found | {
        "units": [asked.figures[row.key] for row in units],
        "areas": [_compared(asked, code, title) for code, title in asked.block.areas],
        "chart": charts.radar(asked, units, with_block=False),
    }


def _compared(asked: Asked, code: str, title: str) -> CompareLine:
    shares = tuple(row.share(code) for row in asked.units)
    reached = {one.percent for one in shares if one and one.percent is not None}
    apart = len(reached) > 1
    return CompareLine(
        title,
        shares,
        max(reached) if apart else None,
        min(reached) if apart else None,
        ends_of(asked.block.ranked, code).median,
    )
