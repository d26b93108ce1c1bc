"""A block's table row by row, as the page draws it."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.urls import reverse

from scoring import parties
from scoring.rules.result_summary import Summary, heat
from scoring.rules.result_table import Line, lines
from scoring.rules.workflow import DossierState
from scoring.rules.year_change import Result, YearChange, year_change
from scoring.services.earlier import Earlier
from scoring.services.standings import AreaFigure, BlockStanding, UnitStanding
from units.models import User


@dataclass(frozen=True)
class Cell:
    """One area of one unit: what was lost of it, and how dark that is."""

    area: AreaFigure

    @property
    def lost(self) -> Fraction | None:
        return self.area.lost

    @property
    def heat(self) -> int | None:
        return heat(self.area.lost)


@dataclass(frozen=True)
class Row:
    """One unit. `line` is None where it is not ranked; `address` is the desk of its dossier for
    those who verify it, else the dossier; `then` what it reached the year before."""

    standing: UnitStanding
    line: Line[UnitStanding] | None
    address: str
    change: YearChange | None = None
    then: Result | None = None

    @property
    def without_rank(self) -> str:
        """Why it stands below the ranked ones, beside the state of its dossier."""
        state = self.standing.dossier.state
        if state == DossierState.VERIFIED:
            return "không có tiêu chí áp dụng, không xếp hạng"
        return "không xếp hạng" if state == DossierState.ABSENT else "chưa xếp hạng"

    @property
    def band(self) -> str:
        """Its class; empty where it has none."""
        return self.standing.placing.band if self.standing.placing else ""

    @property
    def class_place(self) -> int | None:
        """Which class, the best first; None where it has none."""
        labels = self.standing.dossier.period.band_labels
        return labels.index(self.band) if self.band in labels else None

    @property
    def settled_share(self) -> Fraction | None:
        """Components that are settled, as a part of all."""
        told = self.standing.progress
        return Fraction(told.settled, told.all) if told.all else None

    @property
    def cells(self) -> list[Cell]:
        return [Cell(area) for area in self.standing.areas]


DROP = Decimal(2)

FILTERS: dict[str, tuple[str, Callable[[Row], bool]]] = {
    "": ("Tất cả", lambda row: True),
    "dong-hang": ("Đồng hạng", lambda row: bool(row.line and row.line.tied)),
    "sat-nguong": ("Sát ngưỡng (±0,10)", lambda row: bool(row.line and row.line.near_limit)),
    "giam": ("Giảm trên 2 điểm", lambda row: bool(row.change and row.change.points < -DROP)),
    "chua-xep": ("Chưa xếp", lambda row: row.line is None),
}
"""Which units can be picked out of a block, by what stands in the address."""


@dataclass(frozen=True)
class Chip:
    """One filter and the rows it leaves."""

    key: str
    label: str
    rows: list[Row]


@dataclass(frozen=True)
class Part:
    """One class in the bar of the block: how many units lie before it, and how many in it."""

    label: str
    before: int
    count: int


def rows_of(user: User, table: BlockStanding, last: Earlier | None) -> list[Row]:
    """Ranked units best first, then the others; at most one query beyond what is given."""
    period = table.block.period
    dossiers = [row.dossier for row in table.rows]
    for dossier in dossiers:
        dossier.period = period
    desks = parties.judged_by(user, dossiers, period=period)
    ranked = [(row, row.placing.rank, row.placing.figure) for row in table.ranked if row.placing]
    drawn = {
        line.entry.dossier.pk: line for line in lines(ranked, period.scale.bands, period.places)
    }
    rows = []
    for row in table.rows:
        key = row.dossier.pk
        name = "verification-desk" if key in desks else "dossier"
        change = _change(row, table.block.name, last, period.places)
        then = last.results.get(row.unit.pk) if last else None
        rows.append(Row(row, drawn.get(key), reverse(f"scoring:{name}", args=[key]), change, then))
    return rows


def chips_of(rows: list[Row], *, compared: bool) -> list[Chip]:
    """Every filter with its rows; the fall only where there is something to compare with."""
    return [
        Chip(key, label, [row for row in rows if fits(row)])
        for key, (label, fits) in FILTERS.items()
        if compared or key != "giam"
    ]


def bar_of(summary: Summary | None, unranked: int) -> list[Part]:
    """The classes that somebody reached, in their order, then those without a rank (no label)."""
    counts = [*(summary.counts if summary else ()), ("", unranked)]
    parts, before = [], 0
    for label, count in counts:
        if count:
            parts.append(Part(label, before, count))
            before += count
    return parts


def _change(row: UnitStanding, block: str, last: Earlier | None, places: int) -> YearChange | None:
    then = last.results.get(row.unit.pk) if last else None
    if then is None or row.placing is None:
        return None
    return year_change(Result(row.placing.figure, row.placing.rank, block), then, places)
