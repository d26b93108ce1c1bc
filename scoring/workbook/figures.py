"""The table of figures of a block as an Excel file: titles locked, what is to be filled in open."""

import io
from collections.abc import Sequence

from xlsxwriter import Workbook

from cchc_portal.kit.cell_words import clean
from cchc_portal.kit.workbook_looks import A4, CLOSED, GREY, LINE, PALE, Looks, write
from scoring.rules.figure_table import FILLED, HEADER_ROW, NUMBERS, SHEET, Column, Line

WIDTHS = {
    Column.MARK: 8,
    Column.CODE: 10,
    Column.TITLE: 34,
    Column.UNIT_CODE: 14,
    Column.UNIT: 34,
    Column.MAXIMUM: 9,
    Column.SATISFIED: 12,
    Column.RATED: 12,
    Column.POINTS: 10,
    Column.SOURCE: 34,
    Column.REASON: 34,
}
GUIDE = (
    "Điền các ô nền vàng rồi đưa tệp lên lại cổng. Mỗi dòng ghi số lượt đánh giá hoặc điểm, nguồn "
    "số liệu (số, ngày văn bản hoặc tên tệp; để trống thì lấy tên tệp này), lý do của điểm thưởng, "
    "điểm trừ. Điểm trừ ghi số dương."
)


def figures(lines: Sequence[Line], *, title: str, facts: str) -> bytes:
    """The file. What is stored already stands in it."""
    out = io.BytesIO()
    book = Workbook(out, {"in_memory": True})
    book.set_properties({"title": title})
    looks = Looks(book, closed=False)
    page = book.add_worksheet(SHEET)
    for place, column in enumerate(Column):
        options = {"hidden": 1} if column == Column.MARK else {}
        page.set_column(place, place, WIDTHS[column], looks.look(), options)
    first = 1
    page.write_string(0, first, clean(title), looks.title())
    page.write_string(1, first, clean(facts), looks.look(text_wrap=False))
    page.write_string(2, first, GUIDE, looks.look(text_wrap=False, italic=True))
    heading = looks.cell(bold=True, bg_color=PALE, valign="vcenter", align="center")
    for place, column in enumerate(Column):
        page.write_string(HEADER_ROW - 1, place, column.label, heading)
    page.set_row(HEADER_ROW - 1, 3 * LINE)
    for row, line in enumerate(lines, start=HEADER_ROW):
        cells = line.cells()
        for place, column in enumerate(Column):
            said = {"align": "right"} if column in (*NUMBERS, Column.MAXIMUM) else {}
            if column in line.open_columns:
                look = looks.pen(**said)
            else:
                look = looks.cell(**({"bg_color": GREY} if column in FILLED else {}), **said)
            write(page, row, place, cells.get(column, ""), look)
    page.freeze_panes(HEADER_ROW, 5)
    page.autofilter(HEADER_ROW - 1, 0, HEADER_ROW - 1 + len(lines), len(Column) - 1)
    page.hide_gridlines(2)
    page.ignore_errors({"number_stored_as_text": "A1:K1048576"})
    page.protect("", CLOSED | {"autofilter": True, "sort": True})
    page.set_landscape()
    page.set_paper(A4)
    page.fit_to_pages(1, 0)
    page.repeat_rows(HEADER_ROW - 1)
    book.close()
    return out.getvalue()
