"""Files of scoring that are drawn, not written as text."""

import io
from collections.abc import Iterable
from decimal import Decimal
from tempfile import TemporaryFile
from typing import IO

import xlsxwriter

from scoring.rules.result_file import Sheet
from scoring.rules.workbook import LONGEST_CELL

WIDEST = 60


def workbook(sheet: Sheet, title: str, *, tab: str = "Kết quả") -> bytes:
    """The sheet as an Excel file: header that stays in sight, figures with their decimals.

    Texts are written as texts, whatever they begin with. `tab` is what its one page is called.
    """
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.set_properties({"title": title})
    page = book.add_worksheet(tab)
    heading = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    formats: dict[int, xlsxwriter.format.Format] = {}
    for column, name in enumerate(sheet.header):
        page.write_string(0, column, name, heading)
    for line, cells in enumerate(sheet.rows, start=1):
        for column, cell in enumerate(cells):
            if isinstance(cell, str):
                page.write_string(line, column, cell)
            elif cell is not None:
                places = _places(cell)
                if places not in formats:
                    pattern = f"0.{'0' * places}" if places else "0"
                    formats[places] = book.add_format({"num_format": pattern})
                page.write_number(line, column, cell, formats[places])
    for column, name in enumerate(sheet.header):
        longest = max((len(str(row[column] or "")) for row in sheet.rows), default=0)
        page.set_column(column, column, min(WIDEST, max(longest, min(len(name), 14)) + 2))
    page.freeze_panes(1, 0)
    book.close()
    return out.getvalue()


def long_workbook(
    header: tuple[str, ...],
    rows: Iterable[tuple[str, ...]],
    title: str,
    *,
    tab: str,
    widths: tuple[int, ...],
) -> IO[bytes]:
    """A table of texts too long for the memory, as an open Excel file that vanishes when closed.

    Texts are written as texts, whatever they begin with.
    """
    out = TemporaryFile()  # noqa: SIM115 – whoever answers with it closes it
    book = xlsxwriter.Workbook(out, {"constant_memory": True})
    book.set_properties({"title": title})
    page = book.add_worksheet(tab)
    heading = book.add_format({"bold": True, "bottom": 1})
    folded = book.add_format({"text_wrap": True, "valign": "top"})
    for column, width in enumerate(widths):
        page.set_column(column, column, width)
    page.freeze_panes(1, 0)
    for column, name in enumerate(header):
        page.write_string(0, column, name, heading)
    for line, cells in enumerate(rows, start=1):
        for column, cell in enumerate(cells):
            page.write_string(line, column, cell[:LONGEST_CELL], folded)
    book.close()
    out.seek(0)
    return out


def _places(figure: int | Decimal) -> int:
    exponent = Decimal(figure).as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0
