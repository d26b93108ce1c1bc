"""Pages of an analysis that show every unit of a block: ranking, heat, tiles."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from reports.models import ResultDetail
from reports.rules.shares import WHOLE, BlockHead, Row, Share, heads_of, ranked_by
from reports.rules.tiles import laid_out, short_names
from reports.services import analysis
from reports.views import analysis_charts as charts
from reports.views.analysis_asked import Asked
from scoring.rules.kinds import Level
from scoring.rules.result_summary import Summary, heat, short_title
from scoring.rules.result_table import Line
from scoring.views.standing_order import folded


@dataclass(frozen=True)
class BlockLine:
    """A block in a few figures beside the others."""

    block: BlockHead
    summary: Summary | None
    address: str

    @property
    def ranked(self) -> int:
        """How many of its units are ranked."""
        return sum(number for _, number in self.summary.counts) if self.summary else 0


@dataclass(frozen=True)
class Placed:
    """A unit where an area places it: what it reached there, and its place of the whole."""

    line: Line[Row]
    share: Share | None
    address: str

    @property
    def row(self) -> Row:
        return self.line.entry


def ranking(asked: Asked) -> Mapping[str, Any]:
    """The units of a block by one area or the whole; every block in a few figures."""
    block, scale = asked.block, asked.source.scale
    placed = ranked_by(block.ranked, asked.area, scale, asked.ties, asked.places)
    summed = asked.read.summaries() if len(asked.blocks) > 1 else {}
    lines = asked.drawn((row, placing.rank, placing.figure) for row, placing in placed)
    return {
        "lines": [
            Placed(line, line.entry.share(asked.area), asked.address("don-vi", dv=line.entry.code))
            for line in lines
        ],
        "summaries": [
            BlockLine(
                one, summed.get(one.position), asked.address("xep-hang", khoi=str(one.position))
            )
            for one in asked.blocks
            if summed
        ],
        "unsummed": len(asked.blocks) > 1 and not summed,
        "chart": charts.ranking(asked, lines),
        "chart_size": "" if len(lines) <= charts.BARS_LOW else "chart-tall",
    }


@dataclass(frozen=True)
class HeatCell:
    """What of a part was lost, in percent, and how dark; a part outside the maximum has its points
    instead."""

    share: Share
    lost: Fraction | None
    step: int | None


@dataclass(frozen=True)
class HeatLine:
    """A unit and its cells."""

    line: Line[Row]
    cells: tuple[HeatCell, ...]
    address: str

    @property
    def row(self) -> Row:
        return self.line.entry


def heat_map(asked: Asked) -> Mapping[str, Any]:
    """Units by areas, or by the criteria of one area where the person may read the components."""
    rows: Sequence[Row] = asked.block.ranked
    if asked.area and asked.edition:
        inside = analysis.inside_of(asked.edition, asked.block.position, asked.user)
        rows = inside.by(rows, Level.CRITERION, asked.area)
    heads = heads_of(rows)
    hidden = len(asked.block.ranked) - len(rows)
    chosen = [row for row in rows if _fits(row, asked)]
    order = asked.get("xep") or "hang"
    lines = [
        HeatLine(
            asked.figures[row.key],
            tuple(map(_cell, row.shares)),
            asked.address("don-vi", dv=row.code),
        )
        for row in _sorted(chosen, order)
    ]
    return {
        "lines": lines,
        "heads": [(code, title, short_title(title)) for code, title in heads],
        "order": order if order in ("ten", *dict(heads)) else "hang",
        "hidden": hidden,
        "by_criteria": bool(asked.area and asked.edition),
        "words": asked.get("tim"),
    }


def _cell(share: Share) -> HeatCell:
    return HeatCell(share, share.lost, heat(share.lost))


def _fits(row: Row, asked: Asked) -> bool:
    name = folded(f"{row.name} {row.code}")
    return (not asked.band or row.band == asked.band) and all(
        word in name for word in folded(asked.get("tim")).split()
    )


def _sorted(rows: Sequence[Row], order: str) -> list[Row]:
    """By rank, by name, or by what was lost in a part, most first; units without it last."""
    if order == "ten":
        return sorted(rows, key=lambda row: folded(row.name))

    def lost(row: Row) -> tuple[bool, Fraction]:
        share = row.share(order)
        figure = share.lost if share else None
        return (figure is None, -(figure or Fraction(0)))

    return sorted(rows, key=lost)


@dataclass(frozen=True)
class Tile:
    """A unit on the picture: short name, figure, and what its colour says, in words too."""

    line: Line[Row]
    name: str
    step: int | None
    lost: Fraction | None
    address: str

    @property
    def row(self) -> Row:
        return self.line.entry


def tiles(asked: Asked) -> Mapping[str, Any]:
    """The units of a block as tiles, by the districts they came from."""
    block = asked.block
    homes = analysis.districts_of(block.ranked)
    detailed: set[int] = set()
    if asked.edition:
        seen = ResultDetail.objects.visible_to(asked.user).filter(result__edition=asked.edition)
        detailed = set(seen.values_list("pk", flat=True))
    short = short_names(block.ranked)
    places = laid_out(block.ranked, homes, folded)
    return {
        "places": [
            (
                place.name,
                [_tile(row, asked, short[row.key], row.key in detailed) for row in place.rows],
            )
            for place in places
        ],
        "by_district": bool(homes),
        "counts": [
            (label, sum(1 for row in block.ranked if row.band == label))
            for label in asked.source.band_labels
        ],
    }


def _tile(row: Row, asked: Asked, name: str, detailed: bool) -> Tile:
    share = row.share(asked.area) if asked.area != WHOLE else None
    lost = share.lost if share else None
    address = asked.address("don-vi", dv=row.code)
    if detailed:
        address = charts.result_address(asked.edition, row)
    return Tile(asked.figures[row.key], name, heat(lost), lost, address)
