"""A periodic report as an Excel file: its sections, its figures, the figures of the units below."""

import io
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from xlsxwriter import Workbook

from cchc_portal.kit.numerals import NotANumber, parse_number
from cchc_portal.kit.workbook_looks import A4, Looks, write
from reports.services.periodic_content import Content

SECTIONS = (("TT", 5), ("Phần", 30), ("Mục", 34), ("Nội dung", 110))
FIGURES = (
    ("TT", 5),
    ("Mã", 10),
    ("Chỉ tiêu", 60),
    ("Đơn vị tính", 16),
    ("Kỳ này", 16),
    ("Cùng kỳ năm trước", 20),
)
UNIT_WIDTH, CELL_WIDTH = 44, 11
LEAD = 3
"""Rows above the table: title, unit, days."""


def report_excel(content: Content) -> bytes:
    """Sheets "Nội dung", "Số liệu" and, where the unit asks units below, "Đơn vị trực thuộc".
    Figures are numbers with the places they have on paper, so that they can be added up there;
    what has no figure and every other text stays a text: nothing is run."""
    out = io.BytesIO()
    book = Workbook(out, {"in_memory": True})
    book.set_properties({"title": content["heading"]["title"]})
    looks = Looks(book, closed=True)
    _sheet(book, looks, "Nội dung", SECTIONS, _section_rows(content), content)
    _sheet(book, looks, "Số liệu", FIGURES, _figure_rows(content), content, figures=4)
    units = content["units"]
    if units["rows"]:
        columns = [("Đơn vị", UNIT_WIDTH)]
        columns += [(f"{one['code']} {one['name']}", CELL_WIDTH) for one in units["indicators"]]
        rows = [[row["unit"], *row["cells"]] for row in units["rows"]]
        _sheet(book, looks, "Đơn vị trực thuộc", columns, rows, content, figures=1)
    book.close()
    return out.getvalue()


def _section_rows(content: Content) -> list[list[str]]:
    return [
        [str(place), one["part"], one["title"], one["words"]]
        for place, one in enumerate(content["sections"], start=1)
    ]


def _figure_rows(content: Content) -> list[list[str]]:
    return [
        [str(place), one["code"], one["name"], one["measure"], one["amount"], one["before"]]
        for place, one in enumerate(content["figures"], start=1)
    ]


def _sheet(
    book: Workbook,
    looks: Looks,
    name: str,
    columns: Sequence[tuple[str, int]],
    rows: Sequence[Sequence[str]],
    content: dict[str, Any],
    figures: int | None = None,
) -> None:
    """A sheet; from the column `figures` on the cells are figures."""
    page = book.add_worksheet(name)
    heading = content["heading"]
    note = " – Dữ liệu minh họa" if heading["made_up"] else ""
    write(page, 0, 0, f"{heading['title']}{note}", looks.title())
    write(page, 1, 0, heading["unit"], looks.look(text_wrap=False))
    for place, (title, width) in enumerate(columns):
        page.set_column(place, place, width)
        write(page, LEAD, place, title, looks.cell(bold=True))
    for line, row in enumerate(rows, start=LEAD + 1):
        for place, words in enumerate(row):
            figure = _figure(words) if figures is not None and place >= figures else None
            if figure is None:
                write(page, line, place, words, looks.cell())
            else:
                write(page, line, place, figure, looks.cell(num_format=_shown(figure)))
    page.freeze_panes(LEAD + 1, 1)
    page.set_landscape()
    page.set_paper(A4)
    page.fit_to_pages(1, 0)
    page.repeat_rows(LEAD)
    page.set_footer("&RTrang &P/&N")


def _figure(words: str) -> Decimal | None:
    """The number that was written, with its places; None where none stands."""
    try:
        return parse_number(words, whole="," not in words)
    except NotANumber:
        return None


def _shown(figure: Decimal) -> str:
    """The format in which it looks as on paper."""
    places = max(0, -int(figure.as_tuple().exponent))
    return "#,##0" + ("." + "0" * places if places else "")
