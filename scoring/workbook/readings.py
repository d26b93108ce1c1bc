"""Reported figures as an Excel file: to be read, or filled in and brought back."""

import io
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from xlsxwriter import Workbook

from cchc_portal.kit.cell_words import clean
from cchc_portal.kit.workbook_looks import A4, PALE, Looks, write
from scoring.rules.reading_table import SHEET, Column

WIDTHS = (14, 34, 12, 44, 12, 14, 34, 10)
HEADER = 3
GUIDE = "Điền cột nền vàng rồi đưa tệp lên lại cổng; dòng để trống được bỏ qua."


def readings(lines: Sequence[Sequence[Any]], *, title: str, facts: str) -> bytes:
    """The file; lines in the order of `Column`, figures as Decimal or None."""
    out = io.BytesIO()
    book = Workbook(out, {"in_memory": True})
    book.set_properties({"title": title})
    looks = Looks(book, closed=False)
    page = book.add_worksheet(SHEET)
    for place, width in enumerate(WIDTHS):
        page.set_column(place, place, width)
    page.write_string(0, 0, clean(title), looks.title())
    page.write_string(1, 0, clean(f"{facts} {GUIDE}"), looks.look(text_wrap=False))
    heading = looks.cell(bold=True, bg_color=PALE, valign="vcenter", align="center")
    for place, column in enumerate(Column):
        page.write_string(HEADER - 1, place, str(column.label), heading)
    for number, line in enumerate(lines, start=HEADER):
        for place, (column, value) in enumerate(zip(Column, line, strict=True)):
            if column == Column.AMOUNT:
                look = looks.pen(align="right")
            else:
                look = looks.pen() if column == Column.NOTE else looks.cell()
            whole = Decimal(value) if isinstance(value, int) else value
            write(page, number, place, whole, look)
    page.freeze_panes(HEADER, 4)
    page.autofilter(HEADER - 1, 0, HEADER - 1 + len(lines), len(Column) - 1)
    page.set_landscape()
    page.set_paper(A4)
    page.fit_to_pages(1, 0)
    page.repeat_rows(HEADER - 1)
    book.close()
    return out.getvalue()
