"""An edition's frozen rows as its page shows them: block by block, limits drawn, ties named."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from itertools import groupby
from typing import Any, NamedTuple

from reports.models import Edition, EditionResult
from reports.rules.rated import Rated, measured_in, places_of, together, why_without
from reports.rules.shares import BlockHead
from reports.rules.summary import class_counts
from scoring.rules.points import percent
from scoring.rules.result_table import Line, lines
from scoring.views.standing_order import folded


@dataclass(frozen=True)
class BlockTable:
    """One block: its place in the edition, its ranked lines, and the units without a rank."""

    position: int
    name: str
    lines: tuple[Line[EditionResult], ...]
    unranked: tuple[EditionResult, ...]

    @property
    def size(self) -> int:
        return len(self.lines) + len(self.unranked)

    @property
    def mean(self) -> Fraction | None:
        """Mean of the exact figures of the ranked units; None where nobody is ranked."""
        if not self.lines:
            return None
        return sum((line.figure for line in self.lines), Fraction(0)) / len(self.lines)

    @property
    def has_satisfaction(self) -> bool:
        return any(line.entry.rated for line in self.lines)

    @property
    def has_intervals(self) -> bool:
        return any(line.entry.people for line in self.lines)

    @property
    def without(self) -> str:
        """Why shares stand without an interval; empty where none does."""
        return why_without(together([line.entry]) for line in self.lines)

    @property
    def measured(self) -> str:
        """Of which campaigns the ratings are; empty where it is not told."""
        return measured_in(line.entry for line in self.lines)


@dataclass(frozen=True)
class Figures:
    """The answers before the table."""

    units: int
    ranked: int
    counts: list[tuple[str, int]]
    ratings: Rated


class Gist(NamedTuple):
    """As much of a line as is told of all lines together."""

    pk: int
    block_position: int
    block_name: str
    rank: int | None
    band: str
    satisfied: int | None
    rated: int | None
    people: int | None


def gists_of(edition: Edition) -> list[Gist]:
    """Of every line, in order (one query). Whole lines are heavy: thousands are not read for one
    block that is shown."""
    return [Gist(*line) for line in edition.results.order_by("position").values_list(*Gist._fields)]


def heads_of(results: Sequence[Gist]) -> list[BlockHead]:
    """The blocks in their order with their sizes, from rows ordered by position."""
    return [BlockHead(*block, len(list(rows))) for block, rows in groupby(results, key=_block_of)]


def blocks_of(edition: Edition, results: list[EditionResult]) -> list[BlockTable]:
    """The blocks in their order, from rows ordered by position."""
    return [
        _block(edition, position, name, list(rows))
        for (position, name), rows in groupby(results, key=_block_of)
    ]


def only(blocks: list[BlockTable], found: Collection[int]) -> list[BlockTable]:
    """The blocks with just those lines whose result keys were found; ranks stay, limits go."""
    narrowed = [
        replace(
            block,
            lines=tuple(
                replace(line, limit_above=None) for line in block.lines if line.entry.pk in found
            ),
            unranked=tuple(row for row in block.unranked if row.pk in found),
        )
        for block in blocks
    ]
    return [block for block in narrowed if block.size]


@dataclass(frozen=True)
class Order:
    """A way to sort a block: its words, and what is compared, None where a unit has none."""

    words: str
    of: Callable[[Line[EditionResult]], Any]


ORDERS = {
    "hang": Order("Thứ hạng", lambda line: line.rank),
    "ten": Order("Tên đơn vị", lambda line: folded(line.entry.unit_name)),
    "hai-long": Order(
        "Mức hài lòng, theo hạng từ – đến",
        lambda line: None if line.entry.satisfaction is None else -line.entry.satisfaction,
    ),
    "tang": Order("Tăng nhiều nhất trước", lambda line: _risen(line.entry)),
}
"""By the word that stands in the address; the first is the usual one."""


def orders_of(*, compared: bool, sure: bool) -> dict[str, Order]:
    """Those that are offered: by satisfaction only where intervals tell the places, by the rise
    only where lines are held against a year before."""
    kept_back = {"tang": not compared, "hai-long": not sure}
    return {key: one for key, one in ORDERS.items() if not kept_back.get(key)}


def places_by_satisfaction(lines: Sequence[EditionResult]) -> dict[int, str]:
    """Unit → its places in its block, from lines in order; nothing where those of one block that
    was rated are not sure."""
    blocks = [list(rows) for _, rows in groupby(lines, key=_block_of)]
    told = [places_of(rows) for rows in blocks if together(rows)]
    return {} if {} in told else {unit: one for block in told for unit, one in block.items()}


def _risen(row: EditionResult) -> Decimal | None:
    """What is compared to put the greatest rise first; the view has told the line its change."""
    change = row.beside.change if row.beside else None
    return -change.points if change else None


def arranged(blocks: list[BlockTable], band: str, order: str) -> list[BlockTable]:
    """The blocks with only the lines of a class, or of all (""), sorted as asked for, equals by
    rank. Limits are drawn only through whole blocks in the order of their ranks."""
    if not band and order == "hang":
        return blocks
    return [_arranged(block, band, ORDERS[order].of) for block in blocks]


def _arranged(block: BlockTable, band: str, of: Callable[[Line[EditionResult]], Any]) -> BlockTable:
    lines = [
        replace(line, limit_above=None)
        for line in block.lines
        if not band or line.entry.band == band
    ]
    having = [line for line in lines if of(line) is not None]
    without = [line for line in lines if of(line) is None]
    return replace(
        block,
        lines=tuple([*sorted(having, key=of), *without]),
        unranked=() if band else block.unranked,
    )


def chosen(blocks: list[BlockHead], asked: str) -> BlockHead | None:
    """The block whose position is asked for in the address, else the first."""
    wanted = {str(block.position): block for block in blocks}
    return wanted.get(asked) or next(iter(blocks), None)


def figures_of(edition: Edition, results: Sequence[Gist | EditionResult]) -> Figures:
    """Counts by class, and satisfaction over all ratings together (never a mean of shares)."""
    return Figures(
        units=len(results),
        ranked=sum(1 for result in results if result.rank),
        counts=class_counts(results, edition),
        ratings=together(results),
    )


def _block_of(result: Gist | EditionResult) -> tuple[int, str]:
    return result.block_position, result.block_name


def _block(edition: Edition, position: int, name: str, rows: list[EditionResult]) -> BlockTable:
    return BlockTable(
        position=position,
        name=name,
        lines=tuple(_lines(edition, rows)),
        unranked=tuple(row for row in rows if not row.rank),
    )


def _lines(edition: Edition, rows: list[EditionResult]) -> Iterator[Line[EditionResult]]:
    ranked = [
        (row, row.rank, percent(row.points, row.maximum)) for row in rows if row.rank is not None
    ]
    return lines(ranked, edition.scale.bands, edition.places)
