"""Counts of ratings as an Excel file: the empty table, to be filled in and brought back."""

import io
from collections.abc import Sequence

from xlsxwriter import Workbook

from cchc_portal.kit.workbook_looks import A4, PALE, Looks, clean, write
from scoring.rules.ratings_file import SAID, SHEET, Column

WIDTHS = (14, 40, 40, 12, 12, 12, 14, 14, 14)
HEADER = 3
GUIDE = "Điền cột nền vàng rồi đưa tệp lên lại cổng; không gộp ô; dòng để trống được bỏ qua."


def ratings(lines: Sequence[Sequence[str]], *, title: str) -> bytes:
    """The file; lines in the order of `Column`, nothing in the columns that are filled in."""
    out = io.BytesIO()
    book = Workbook(out, {"in_memory": True})
    book.set_properties({"title": title})
    looks = Looks(book, closed=False)
    page = book.add_worksheet(SHEET)
    for place, width in enumerate(WIDTHS):
        page.set_column(place, place, width)
    page.write_string(0, 0, clean(title), looks.title())
    page.write_string(1, 0, GUIDE, looks.look(text_wrap=False))
    heading = looks.cell(bold=True, bg_color=PALE, valign="vcenter", align="center")
    for place, column in enumerate(Column):
        page.write_string(HEADER - 1, place, str(column.label), heading)
    for number, line in enumerate(lines, start=HEADER):
        for place, (column, value) in enumerate(zip(Column, line, strict=True)):
            look = looks.pen(align="right") if column in SAID else looks.cell()
            write(page, number, place, value or None, look)
    page.freeze_panes(HEADER, len(Column) - len(SAID))
    page.autofilter(HEADER - 1, 0, HEADER - 1 + len(lines), len(Column) - 1)
    page.set_landscape()
    page.set_paper(A4)
    page.fit_to_pages(1, 0)
    page.repeat_rows(HEADER - 1)
    book.close()
    return out.getvalue()
