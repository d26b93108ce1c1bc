"""Files of scoring that are drawn, not written as text."""

import io
import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from tempfile import TemporaryFile
from typing import IO, Any

import xlsxwriter

from cchc_portal.kit.pdf import render_pdf
from cchc_portal.kit.qr import Square
from cchc_portal.kit.workbook_file import LONGEST_CELL
from scoring.models import Campaign
from scoring.rules.counter import in_parts
from scoring.rules.result_file import Cell, Page, Sheet
from scoring.rules.satisfaction import STEPS

A4 = 9
WIDEST = 60
LONGEST_TAB = 31
SIGNS_A_LINE, MOST_LINES = 26, 18
"""Of the column of aspects on a paper slip of A5, and how many of its lines fit on the slip."""

NOT_IN_A_TAB = re.compile(r"[\[\]:*?/\\']")


def workbook(sheet: Sheet, title: str) -> bytes:
    """The sheet as an Excel file: header that stays in sight, figures with their decimals.

    Texts are written as texts, whatever they begin with.
    """
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.set_properties({"title": title})
    page = book.add_worksheet("Kết quả")
    _draw(page, _Looks(book), sheet, top=0)
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


def book(pages: Sequence[Page], title: str) -> bytes:
    """An Excel file with a sheet for each page: its heading in sight and on every printed sheet."""
    out = io.BytesIO()
    drawn = xlsxwriter.Workbook(out, {"in_memory": True})
    drawn.set_properties({"title": title})
    looks, taken = _Looks(drawn), set[str]()
    for one in pages:
        page = drawn.add_worksheet(_tab(one.tab, taken))
        page.write_string(0, 0, one.above, looks.bold)
        _draw(page, looks, one.sheet, top=1)
        for line, (label, cell) in enumerate(one.below, start=len(one.sheet.rows) + 3):
            page.write_string(line, 1, label)
            _write(page, looks, line, 2, cell)
        page.freeze_panes(2, 2)
        if one.sheet.rows:
            page.autofilter(1, 0, len(one.sheet.rows) + 1, len(one.sheet.header) - 1)
        page.set_landscape()
        page.set_paper(A4)
        page.fit_to_pages(1, 0)
        page.repeat_rows(0, 1)
        page.set_footer("&RTrang &P/&N")
    drawn.close()
    return out.getvalue()


class _Looks:
    """The formats of one book; a number has one for its decimals."""

    def __init__(self, book: xlsxwriter.Workbook):
        self.book = book
        self.bold = book.add_format({"bold": True})
        self.heading = book.add_format(
            {"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}
        )
        self.numbers: dict[int, Any] = {}

    def number(self, places: int) -> Any:
        if places not in self.numbers:
            pattern = f"0.{'0' * places}" if places else "0"
            self.numbers[places] = self.book.add_format({"num_format": pattern})
        return self.numbers[places]


def _draw(page: Any, looks: _Looks, sheet: Sheet, *, top: int) -> None:
    for column, name in enumerate(sheet.header):
        page.write_string(top, column, name, looks.heading)
        longest = max((len(str(row[column] or "")) for row in sheet.rows), default=0)
        page.set_column(column, column, min(WIDEST, max(longest, min(len(name), 14)) + 2))
    for line, cells in enumerate(sheet.rows, start=top + 1):
        for column, cell in enumerate(cells):
            _write(page, looks, line, column, cell)


def _write(page: Any, looks: _Looks, line: int, column: int, cell: Cell) -> None:
    """A number in as a number with its decimals, a text as a text whatever it begins with."""
    if isinstance(cell, str):
        page.write_string(line, column, cell)
    elif cell is not None:
        page.write_number(line, column, cell, looks.number(_places(cell)))


def _tab(name: str, taken: set[str]) -> str:
    """A name that Excel takes for a sheet, and takes once."""
    plain = " ".join(NOT_IN_A_TAB.sub(" ", name).split())[:LONGEST_TAB].strip() or "Khối"
    found, number = plain, 1
    while found.casefold() in taken:
        number += 1
        tail = f" {number}"
        found = f"{plain[: LONGEST_TAB - len(tail)]}{tail}"
    taken.add(found.casefold())
    return found


def _places(figure: int | Decimal) -> int:
    exponent = Decimal(figure).as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def slip_sheet(codes: Sequence[str], *, page: str, unit: str, campaign: Campaign) -> bytes:
    """Slips to be cut apart, twelve a page of A4: the square of each address, its code, the days on
    which it is good. `page`: the address at which a code is typed; codes are added to it."""
    named = map(in_parts, codes)
    context = {
        "slips": [(code, square_of(code, page=page)) for code in named],
        "page": page,
        "unit": unit,
        "campaign": campaign,
    }
    title = f"Phiếu mời đánh giá – {unit}"
    return render_pdf("scoring/pdf/slips.html", context, title=title, author=unit)


def square_of(code: str, *, page: str) -> Square:
    """The square of the address that a printed code opens."""
    return Square(f"{page}{code}/")


def paper_forms(codes: Sequence[str], *, unit: str, campaign: Campaign) -> bytes:
    """Slips to be filled in by hand, each of A5 with its code, the aspects and a box a step: two on
    a page of A4 to be cut, or one where the aspects are too many or too long for that."""
    steps = [str(step) for step in STEPS]
    named = [in_parts(code) for code in codes]
    beside = 2 if lines_of(campaign.aspects) <= MOST_LINES else 1
    context = {
        "sheets": [named[at : at + beside] for at in range(0, len(named), beside)],
        "beside": beside,
        "unit": unit,
        "campaign": campaign,
        "steps": steps,
    }
    title = f"Phiếu giấy đánh giá sự phục vụ – {unit}"
    return render_pdf("scoring/pdf/paper_slips.html", context, title=title, author=unit)


def lines_of(aspects: Iterable[str]) -> int:
    """How many lines the aspects take in the narrow column of A5, about."""
    return sum(max(2, -(-len(aspect) // SIGNS_A_LINE)) for aspect in aspects)
