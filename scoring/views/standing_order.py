"""The units of a block in the order and the choice that the address asks for."""

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from scoring.views.standing_rows import Row

DOWN = "-"
"""In front of a column's key: the largest first."""


@dataclass(frozen=True)
class Column:
    """One column by which the table can be sorted. `usual` is the way it is sorted first; `of`
    gives what is compared, None where the unit has nothing there."""

    key: str
    usual: str
    of: Callable[[Row], Any]


@dataclass(frozen=True)
class Heading:
    """A column's heading: what its link asks for, and how the table is sorted by it."""

    ask: str
    sorted: str

    @property
    def mark(self) -> str:
        """The class that draws the arrow."""
        return {"ascending": "sorted-up", "descending": "sorted"}.get(self.sorted, "")


def folded(text: str) -> str:
    """For finding and for sorting: small letters without diacritics, đ as d."""
    plain = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    return " ".join("".join(sign for sign in plain if not unicodedata.combining(sign)).split())


COLUMNS = (
    Column("hang", "", lambda row: row.line.rank if row.line else None),
    Column("don-vi", "", lambda row: (folded(row.standing.name), row.standing.name)),
    Column("diem", DOWN, lambda row: row.standing.points if row.line else None),
    Column("chi-so", DOWN, lambda row: row.line.figure if row.line else None),
    Column("so-voi", DOWN, lambda row: row.change.points if row.change else None),
    Column("doi-hang", DOWN, lambda row: row.change.places_up if row.change else None),
    Column("xep-loai", "", lambda row: row.class_place),
    Column("tham-dinh", DOWN, lambda row: row.settled_share),
    Column("tu-cham", DOWN, lambda row: row.standing.own_points),
    Column("chenh", DOWN, lambda row: row.standing.difference),
)
AREA = "lv-"


def columns_of(areas: int) -> dict[str, Column]:
    """Every column by its key, those of the areas behind the others."""
    lost = [Column(f"{AREA}{place + 1}", DOWN, _lost_in(place)) for place in range(areas)]
    return {column.key: column for column in (*COLUMNS, *lost)}


def ordered(rows: Sequence[Row], columns: dict[str, Column], asked: str) -> tuple[list[Row], str]:
    """The rows as asked for, and what that is; by rank where it is nothing known.

    Whoever has nothing in the column stands last either way, equals in the order of the ranks.
    """
    key = asked.removeprefix(DOWN)
    if key not in columns:
        return list(rows), "hang"
    of = columns[key].of
    having = [row for row in rows if of(row) is not None]
    without = [row for row in rows if of(row) is None]
    return sorted(having, key=of, reverse=asked.startswith(DOWN)) + without, asked


def headings(columns: dict[str, Column], asked: str) -> dict[str, Heading]:
    """By key of column, with a low line for a dash, as templates read it."""
    found = {}
    for key, column in columns.items():
        here = {key: "ascending", f"{DOWN}{key}": "descending"}.get(asked, "")
        other = {"ascending": f"{DOWN}{key}", "descending": key}.get(here)
        found[key.replace("-", "_")] = Heading(other or f"{column.usual}{key}", here)
    return found


def chosen(rows: Sequence[Row], *, text: str, band: str) -> list[Row]:
    """Those whose name has every word of the text, diacritics or not, and who are in the class."""
    words = folded(text).split()
    return [
        row
        for row in rows
        if all(word in folded(row.standing.name) for word in words)
        and (not band or row.band == band)
    ]


def _lost_in(place: int) -> Callable[[Row], Any]:
    return lambda row: row.standing.areas[place].lost if row.line else None
