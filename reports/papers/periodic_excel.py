"""A periodic report as an Excel file: its sections, its figures, the figures of the units below."""

import io
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from cchc_portal.kit.numerals import NotANumber, parse_number
from cchc_portal.kit.workbook_looks import A4, Looks, write
from reports.models import SentReport
from reports.rules.periodic import Content
from reports.rules.unit_annex import annex_of

Cell = str | Decimal

SECTIONS = (("TT", 5), ("Phần", 30), ("Mục", 34), ("Nội dung", 110))
FIGURES = (
    ("TT", 5),
    ("Mã", 10),
    ("Chỉ tiêu", 60),
    ("Đơn vị tính", 16),
    ("Kỳ này", 16),
    ("Cùng kỳ năm trước", 20),
)
OF = (("Kỳ này gồm", 20), ("Cùng kỳ gồm", 16))
BELOW = (("Đơn vị trực thuộc cộng lại (nếu khác)", 20), ("Gồm", 16))
UNIT_WIDTH, CELL_WIDTH = 44, 11
LEAD = 3
"""Rows above the table: title, unit with number and day, days."""


def report_excel(content: Content, sent: SentReport | None) -> bytes:
    """Sheets "Nội dung", "Số liệu" and, where the unit asks units below, "Đơn vị trực thuộc"; above
    each whether it is a draft, else number and day.
    Figures are numbers with the places they have on paper, so that they can be added up there;
    what has no figure and every other text stays a text: nothing is run."""
    out = io.BytesIO()
    book = Workbook(out, {"in_memory": True})
    book.set_properties({"title": content["heading"]["title"]})
    looks = Looks(book, closed=True)
    above = _above(content, sent)
    _sheet(book, looks, "Nội dung", SECTIONS, _section_rows(content), above)
    columns, rows = _figures(content)
    _sheet(book, looks, "Số liệu", columns, rows, above, figures=4)
    units = annex_of(content["units"])
    if units.units:
        columns = [("Đơn vị", UNIT_WIDTH)]
        columns += [
            (f"{one['code']} {one['name']} ({one['measure']})", CELL_WIDTH)
            for one in units.indicators
        ]
        rows = [[name, *cells] for name, cells in units.rows]
        if units.total:
            rows.append(["Tổng cộng", *units.total])
        page = _sheet(book, looks, "Đơn vị trực thuộc", columns, rows, above, figures=1)
        for line, note in enumerate(units.notes, start=LEAD + 2 + len(rows)):
            write(page, line, 0, note, looks.look(text_wrap=False))
    book.close()
    return out.getvalue()


def _above(content: Content, sent: SentReport | None) -> tuple[str, str, str]:
    """The rows above a table."""
    heading = content["heading"]
    note = " – Dữ liệu minh họa" if heading["made_up"] else ""
    first, last = (date.fromisoformat(heading[day]) for day in ("starts_on", "ends_on"))
    state = f"số {sent.paper_number}, ngày {sent.issued_on:%d/%m/%Y}" if sent else "DỰ THẢO"
    return (
        f"{heading['title']}{note}",
        f"{heading['unit']} – {state}",
        f"Số liệu từ ngày {first:%d/%m/%Y} đến ngày {last:%d/%m/%Y}",
    )


def _section_rows(content: Content) -> list[list[Cell]]:
    return [
        [Decimal(place), one["part"], one["title"], one["words"]]
        for place, one in enumerate(content["sections"], start=1)
    ]


def _figures(content: Content) -> tuple[list[tuple[str, int]], list[list[Cell]]]:
    """Columns and rows; of how many units a figure is, and what units below come to, have columns
    where anything is said of it."""
    figures = content["figures"]
    columns, keys = list(FIGURES), ["code", "name", "measure", "amount", "before"]
    if any(one.get("of") or one.get("before_of") for one in figures):
        columns += OF
        keys += ["of", "before_of"]
    if any(one.get("below") for one in figures):
        columns += BELOW
        keys += ["below", "below_of"]
    rows: list[list[Cell]] = []
    for place, one in enumerate(figures, start=1):
        said = one | {"of": "; ".join(filter(None, (one.get("of"), one.get("unfinished"))))}
        rows.append([Decimal(place), *(said.get(key, "") for key in keys)])
    return columns, rows


def _sheet(
    book: Workbook,
    looks: Looks,
    name: str,
    columns: Sequence[tuple[str, int]],
    rows: Sequence[Sequence[Cell]],
    above: tuple[str, str, str],
    figures: int | None = None,
) -> Worksheet:
    """A sheet; from the column `figures` on the cells are figures."""
    page = book.add_worksheet(name)
    for line, words in enumerate(above):
        write(page, line, 0, words, looks.look(text_wrap=False) if line else looks.title())
    for place, (title, width) in enumerate(columns):
        page.set_column(place, place, width)
        write(page, LEAD, place, title, looks.cell(bold=True))
    for line, row in enumerate(rows, start=LEAD + 1):
        for place, words in enumerate(row):
            figure = words if isinstance(words, Decimal) else None
            if isinstance(words, str) and figures is not None and place >= figures:
                figure = _figure(words)
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
    return page


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
