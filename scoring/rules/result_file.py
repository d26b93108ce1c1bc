"""A table of results as other programs take it: columns, order, and how a figure is written."""

import csv
import io
import json
from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass, fields
from decimal import Decimal
from fractions import Fraction

from cchc_portal.kit.numerals import Figure, as_fraction, half_up

Cell = str | int | Decimal | None

LONGEST_DECIMAL, DECIMALS_WITHOUT_END = 15, 6
BYTE_ORDER_MARK = "\ufeff"
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class ResultLine:
    """One unit as it is passed on. What is unknown, or not ranked, is None.

    The fields are the columns, in their order; `percent` carries the decimals it is shown with.
    """

    block: str
    rank: int | None
    unit: str
    points: Decimal | None
    max_points: Decimal | None
    percent: Decimal | None
    classification: str | None


@dataclass(frozen=True)
class Sheet:
    """A header and rows of cells; a Decimal is written with the decimals it has."""

    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True)
class Page:
    """A sheet of a book: what it is called, the lines above its table and those below, each below
    as a label and what stands beside it."""

    tab: str
    above: str
    sheet: Sheet
    below: tuple[tuple[str, Cell], ...] = ()


def sheet_of(lines: Iterable[ResultLine]) -> Sheet:
    """The lines in the order they come, under the standard names of the columns."""
    names = tuple(field.name for field in fields(ResultLine))
    return Sheet(names, tuple(astuple(line) for line in lines))


def settled(figure: Figure) -> Decimal:
    """A figure for machines: exact and without idle digits where its decimals have an end.

    A sum such as 280/3 has none; it is rounded, half up, to six.
    """
    exact = as_fraction(figure)
    places = (places for places in range(LONGEST_DECIMAL + 1) if _fits(exact, places))
    return half_up(exact, next(places, DECIMALS_WITHOUT_END))


def marked_csv(rows: Iterable[Iterable[Cell]]) -> str:
    """The lines, header first, as a file: with the mark by which spreadsheets know UTF-8."""
    return BYTE_ORDER_MARK + "".join(csv_lines(rows))


def csv_text(sheet: Sheet) -> str:
    """Comma, decimal point, one line a row; an empty cell is unknown.

    A text that a spreadsheet would run as a formula gets an apostrophe in front; a line inside a
    text ends with a line feed, so that it is not taken for the end of the row.
    """
    return "".join(csv_lines([sheet.header, *sheet.rows]))


def csv_lines(rows: Iterable[Iterable[Cell]]) -> Iterator[str]:
    """The same, line by line, for tables that are not held in memory."""
    for row in rows:
        out = io.StringIO()
        csv.writer(out, lineterminator="\n").writerow(_plain(cell) for cell in row)
        yield out.getvalue()


def json_text(sheet: Sheet) -> str:
    """A list of one object a row. Figures are numbers that keep their decimals ("95.00"), what is
    unknown is null."""
    names = [json.dumps(name, ensure_ascii=False) for name in sheet.header]
    rows = [
        ", ".join(f"{name}: {_json(cell)}" for name, cell in zip(names, row, strict=True))
        for row in sheet.rows
    ]
    return "[\n" + ",\n".join(f"  {{{row}}}" for row in rows) + "\n]\n" if rows else "[]\n"


def _fits(exact: Fraction, places: int) -> bool:
    return not 10**places % exact.denominator


def _plain(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return _harmless(cell)
    return format(cell, "f") if isinstance(cell, Decimal) else str(cell)


def _harmless(text: str) -> str:
    guarded = f"'{text}" if text.startswith(FORMULA_STARTS) else text
    return guarded.replace("\r\n", "\n").replace("\r", "\n")


def _json(cell: Cell) -> str:
    if cell is None or isinstance(cell, str):
        return json.dumps(cell, ensure_ascii=False)
    return _plain(cell)
