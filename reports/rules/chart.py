"""A chart and its figures: the table, the file and the drawing all read the same exact rows.

Pure. A figure stays exact until it is shown: a `Cell` knows its words, the CSV takes the same
rounding with a decimal point, and only the places of dots and bars on the drawing are floats.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from cchc_portal.kit.numerals import Figure, half_up, written
from cchc_portal.kit.worded import Worded
from scoring.rules.result_file import Cell as Plain
from scoring.rules.result_file import marked_csv

NONE = "–"


class Shape(Worded):
    """How the figures are drawn; each has its script, static/portal/chart-….js."""

    BARS = "bars", "Cột xếp theo thứ tự"
    STACKED = "stacked", "Cột chồng"
    MOVERS = "movers", "Cột hai phía"
    GAP = "gap", "Điểm theo hai trục"
    HEAT = "heat", "Bản đồ nhiệt"
    TREND = "trend", "Đường theo thời gian"
    RADAR = "radar", "Mạng nhện"
    BRIDGE = "bridge", "Cầu nối từng phần"
    CLASSES = "classes", "Phân bố theo mức xếp loại"


@dataclass(frozen=True)
class Cell:
    """One figure: exact, its words, and where it is explained.

    `plain` is what a file carries: rounded as it is shown, or None where there is no figure.
    `shade` is the step of heat, 0 to 5.
    """

    words: str = NONE
    figure: Figure | None = None
    plain: Plain = None
    address: str = ""
    shade: int | None = None

    @property
    def place(self) -> float | None:
        """Where it lies on the drawing: the only float."""
        return None if self.figure is None else float(self.figure)


def figure(
    exact: Figure | None, places: int = 2, address: str = "", shade: int | None = None
) -> Cell:
    """A figure with so many decimals, half up; a dash where there is none."""
    if exact is None:
        return Cell(address=address)
    return Cell(written(exact, places), exact, half_up(exact, places), address, shade)


def change(exact: Figure | None, places: int = 2, address: str = "") -> Cell:
    """A difference with its sign: +1,42, −0,95, 0,00."""
    cell = figure(exact, places, address)
    rounded = cell.plain
    up = not isinstance(rounded, str) and rounded is not None and rounded > 0
    return Cell(f"+{cell.words}" if up else cell.words, cell.figure, cell.plain, address)


def text(words: str, address: str = "") -> Cell:
    """Words beside the figures; they stand in the table and in the file, not in the drawing."""
    return Cell(words, None, words, address)


@dataclass(frozen=True)
class Column:
    """A column of the table. `drawn` is False where the drawing leaves it out."""

    label: str
    drawn: bool = True


@dataclass(frozen=True)
class Row:
    """One row of the table: a unit, an area, a day. `short` is its name where room is scarce;
    `marked` says that the drawing points it out (with a word, never by colour alone)."""

    label: str
    cells: tuple[Cell, ...]
    address: str = ""
    short: str = ""
    marked: bool = False


@dataclass(frozen=True)
class Chart:
    """A chart of a page, `name` unlike that of any other there, in letters, digits and hyphens.

    `said` tells in one sentence what the drawing shows; `unit` is what its axis counts in;
    `options` are what only its shape knows, exact figures among them (docs/look.md
    lists them).
    """

    name: str
    title: str
    shape: Shape
    first: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    said: str
    unit: str = ""
    note: str = ""
    options: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if any(len(row.cells) != len(self.columns) for row in self.rows):
            raise ValueError(f"{self.name}: every row needs a cell for each column.")

    @property
    def data_id(self) -> str:
        """Under which the drawing finds its figures in the page."""
        return f"{self.name}-figures"

    @property
    def csv(self) -> str:
        """The table as a file: comma, decimal point, rounded as shown, an empty cell is unknown,
        formulas guarded; it begins with the mark by which spreadsheets know UTF-8."""
        header = (self.first, *(column.label for column in self.columns))
        rows = tuple((row.label, *(cell.plain for cell in row.cells)) for row in self.rows)
        return marked_csv([header, *rows])

    @property
    def drawing(self) -> dict[str, Any]:
        """What the script draws from, and the file it hands out; for json_script."""
        drawn = [at for at, column in enumerate(self.columns) if column.drawn]
        return {
            "title": self.title,
            "said": self.said,
            "unit": self.unit,
            "note": self.note,
            "columns": [self.columns[at].label for at in drawn],
            "rows": [
                {
                    "label": row.label,
                    "short": row.short or row.label,
                    "address": row.address,
                    "marked": row.marked,
                    "values": [row.cells[at].place for at in drawn],
                    "words": [row.cells[at].words for at in drawn],
                    "addresses": [row.cells[at].address for at in drawn],
                    "shades": [row.cells[at].shade for at in drawn],
                }
                for row in self.rows
            ],
            "options": {name: _placed(value) for name, value in self.options.items()},
            "csv": self.csv,
            "file": self.name,
        }


def _placed(value: Any) -> Any:
    if value is None or isinstance(value, (str, bool, int, float)):
        return value
    if isinstance(value, (list, tuple)):
        return [_placed(one) for one in value]
    return float(value)
