"""How the cells of a workbook look, and the one way texts and numbers are put into them."""

from decimal import Decimal
from math import ceil
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from cchc_portal.kit.cell_words import clean

LINE = 13.5
A4 = 9
GREEN, PALE, INPUT, GREY, HAIR = "#0F5B3F", "#DCEBE3", "#FFF7DF", "#F5F7F6", "#7D8983"
CLOSED = {"format_columns": True, "format_rows": True}
"""What a protected sheet leaves open: how wide and high things are."""


class Looks:
    """The formats of one workbook; `closed` where nothing is to be filled in."""

    def __init__(self, drawn: Workbook, *, closed: bool):
        self.drawn, self.closed = drawn, closed
        self.formats: dict[tuple[tuple[str, Any], ...], Format] = {}

    def look(self, **said: Any) -> Format:
        """A format, made once."""
        key = tuple(sorted(said.items()))
        if key not in self.formats:
            usual = {"font_name": "Arial", "font_size": 10, "valign": "top", "text_wrap": True}
            self.formats[key] = self.drawn.add_format({**usual, **said})
        return self.formats[key]

    def cell(self, **said: Any) -> Format:
        """A cell of the table."""
        return self.look(border=1, border_color=HAIR, **said)

    def pen(self, **said: Any) -> Format:
        """A cell to be filled in, while anything can be."""
        if self.closed:
            return self.cell(**said)
        return self.cell(locked=False, bg_color=INPUT, **said)

    def title(self) -> Format:
        """The heading of a sheet."""
        return self.look(bold=True, font_size=14, font_color=GREEN, text_wrap=False)


def write(page: Worksheet, row: int, column: int, value: Any, look: Format) -> None:
    """Puts a number in as a number, a text as a text whatever it begins with; from 0."""
    if isinstance(value, Decimal):
        page.write_number(row, column, float(value), look)
    elif value:
        page.write_string(row, column, clean(value), look)
    else:
        page.write_blank(row, column, None, look)


def height(words: str, width: int) -> float:
    """How high a text stands in a column of a width, in points."""
    lines = sum(max(1, ceil(len(line) * 1.1 / width)) for line in words.split("\n"))
    return LINE * lines
