"""Draws a dossier as an Excel workbook: one sheet an area, only the answers open to the pen.

Every text is written as a text, whatever it begins with, so that nothing in it runs. The first
sheet tells how to fill it in; two hidden ones hold the lists to choose from and the signed stamp.
"""

import io

from xlsxwriter import Workbook

from cchc_portal.kit.cell_words import clean
from cchc_portal.kit.workbook_looks import Looks
from cchc_portal.kit.workbook_stamp import put_in
from scoring.rules.workbook import GUIDE_SHEET, LIST_SHEET, Book
from scoring.workbook.guide import draw_guide
from scoring.workbook.sheets import Sheets


def workbook(book: Book, stamp: str) -> bytes:
    """The workbook as a file; `stamp` is the signed text by which it is known again."""
    out = io.BytesIO()
    drawn = Workbook(out, {"in_memory": True})
    drawn.set_properties({"title": clean(book.title)})
    looks = Looks(drawn, closed=bool(book.closed_because))
    draw_guide(drawn.add_worksheet(GUIDE_SHEET), book, looks)
    pages = [(drawn.add_worksheet(sheet.name), sheet) for sheet in book.sheets]
    choices = drawn.add_worksheet(LIST_SHEET)
    sheets = Sheets(book, looks, choices)
    for page, sheet in pages:
        sheets.sheet(page, sheet)
    choices.hide()
    choices.protect()
    put_in(drawn, stamp)
    drawn.close()
    return out.getvalue()
