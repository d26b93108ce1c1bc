"""Draws the tasks of a draft as an Excel workbook: one sheet, only the terms open to the pen.

Every text is written as a text, whatever it begins with, so that nothing in it runs. A hidden
sheet holds the lists to choose from, another the signed stamp.
"""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from cchc_portal.kit.cell_words import clean
from cchc_portal.kit.workbook_looks import A4, CLOSED, GREY, LINE, PALE, Looks, write
from cchc_portal.kit.workbook_stamp import put_in
from commitments.rules.task_table import (
    CHOICES,
    DAYS,
    FIGURES,
    HEADER_ROW,
    HEADINGS,
    LIST_SHEET,
    MARK,
    NUMBER,
    RULE_ROW,
    SHEET,
    TERMS,
    Value,
    mark_of,
    rule_words,
)

WIDTHS = {"title": 42, "product": 26, "area": 20, "measure": 24, "criterion": 20, "proof": 26}
USUAL_WIDTH, NARROW = 16, 12
DAY = "dd/mm/yyyy"
GUIDE = (
    "Điền các ô nền vàng rồi đưa tệp lên lại cổng. Nhiệm vụ mới ghi vào dòng trống; muốn bỏ một "
    "nhiệm vụ thì xóa trắng các ô của dòng đó rồi chọn bỏ ở trang xem trước. Không gõ công thức."
)


@dataclass(frozen=True)
class Line:
    """A task of the table: its key, its number, and what stands in its cells by column."""

    task: int
    number: str
    cells: Mapping[str, Value]


@dataclass(frozen=True)
class Table:
    """The whole table. `spare`: how many empty rows there are for new tasks; 0 while it is signed,
    and then nothing can be filled in."""

    title: str
    facts: str
    lines: Sequence[Line]
    spare: int
    closed_because: str
    longest: Mapping[str, int]


def tasks_workbook(table: Table, stamp: str) -> bytes:
    """The workbook as a file; `stamp` is the signed text by which it is known again."""
    out = io.BytesIO()
    book = Workbook(out, {"in_memory": True})
    book.set_properties({"title": clean(table.title)})
    looks = Looks(book, closed=bool(table.closed_because))
    page = book.add_worksheet(SHEET)
    lists = _lists(book.add_worksheet(LIST_SHEET))
    _head(page, table, looks)
    last = HEADER_ROW + 1 + len(table.lines) + table.spare
    for row, line in enumerate(table.lines, start=RULE_ROW):
        page.write_string(row, MARK - 1, mark_of(line.task))
        page.write_string(row, NUMBER - 1, line.number, looks.cell(align="center"))
        for column, place in TERMS.items():
            _write(page, row, place - 1, line.cells[column], _look(column, looks))
    for row in range(RULE_ROW + len(table.lines), last):
        page.write_blank(row, NUMBER - 1, None, looks.cell(align="center"))
        for column, place in TERMS.items():
            page.write_blank(row, place - 1, None, _look(column, looks))
    if not table.closed_because:
        _check(page, table, lists, last)
    _paper(page)
    put_in(book, stamp)
    book.close()
    return out.getvalue()


def _lists(page: Worksheet) -> dict[str, str]:
    """The lists to choose from lie in cells: words with commas cannot stand in a rule."""
    sources = {}
    for at, (column, words) in enumerate(CHOICES.items()):
        for line, one in enumerate(words):
            page.write_string(line, at, str(one.label))
        letter = xl_col_to_name(at, col_abs=True)
        sources[column] = f"='{LIST_SHEET}'!{letter}$1:{letter}${len(words)}"
    page.hide()
    page.protect()
    return sources


def _head(page: Worksheet, table: Table, looks: Looks) -> None:
    page.set_column(MARK - 1, MARK - 1, 8, looks.look(), {"hidden": 1})
    page.set_column(NUMBER - 1, NUMBER - 1, 6, looks.look())
    page.write_string(0, NUMBER - 1, clean(table.title), looks.title())
    page.write_string(1, NUMBER - 1, clean(table.facts), looks.look(text_wrap=False))
    said = table.closed_because or GUIDE
    page.write_string(2, NUMBER - 1, said, looks.look(text_wrap=False, italic=True))
    heading = looks.cell(bold=True, bg_color=PALE, valign="vcenter", align="center")
    for place, words in enumerate(HEADINGS):
        page.write_string(HEADER_ROW - 1, place, words, heading)
    rule = looks.cell(bg_color=GREY, italic=True, font_size=9)
    page.write_string(RULE_ROW - 1, MARK - 1, "")
    page.write_blank(RULE_ROW - 1, NUMBER - 1, None, rule)
    for column, place in TERMS.items():
        narrow = NARROW if column in FIGURES + DAYS else USUAL_WIDTH
        page.set_column(place - 1, place - 1, WIDTHS.get(column, narrow), looks.look())
        words = rule_words(column, table.longest)
        page.write_string(RULE_ROW - 1, place - 1, words, rule)
    page.set_row(HEADER_ROW - 1, 2 * LINE)
    page.set_row(RULE_ROW - 1, 4 * LINE)


def _look(column: str, looks: Looks) -> Format:
    """Texts stay texts: "6/2026" must not become a day, nor "=1" a formula."""
    if column in FIGURES:
        return looks.pen(align="right")
    if column in DAYS:
        return looks.pen(align="center", num_format=DAY)
    return looks.pen(num_format="@")


def _write(page: Worksheet, row: int, column: int, value: Value, look: Format) -> None:
    if isinstance(value, date):
        page.write_datetime(row, column, value, look)
    else:
        write(page, row, column, value, look)


def _check(page: Worksheet, table: Table, lists: Mapping[str, str], last: int) -> None:
    """What a program refuses while somebody types; the portal asks all of it again."""
    for column, place in TERMS.items():
        rule: dict[str, object] = {"error_title": "Chưa đúng"}
        if column in CHOICES:
            rule |= {
                "validate": "list",
                "source": lists[column],
                "error_message": "Đề nghị chọn trong danh sách.",
            }
        elif column in FIGURES:
            least = Decimal(0) if column == "money" else -(10**10)
            rule |= {
                "validate": "decimal",
                "criteria": "between",
                "minimum": int(least),
                "maximum": 10**10,
                "error_message": "Ô này nhận số, tối đa 4 chữ số thập phân.",
            }
        elif column in DAYS:
            rule |= {
                "validate": "date",
                "criteria": "between",
                "minimum": date(2000, 1, 1),
                "maximum": date(2100, 12, 31),
                "error_message": "Ô này nhận ngày/tháng/năm, ví dụ 30/06/2026.",
            }
        else:
            rule |= {
                "validate": "length",
                "criteria": "<=",
                "value": table.longest[column],
                "error_message": f"Nội dung dài tối đa {table.longest[column]} ký tự.",
            }
        page.data_validation(RULE_ROW, place - 1, last - 1, place - 1, rule)


def _paper(page: Worksheet) -> None:
    page.freeze_panes(RULE_ROW, TERMS["title"])
    page.hide_gridlines(2)
    page.set_zoom(90)
    page.ignore_errors({"number_stored_as_text": "A1:R1048576"})
    page.protect("", CLOSED)
    page.set_landscape()
    page.set_paper(A4)
    page.fit_to_pages(1, 0)
    page.repeat_rows(HEADER_ROW - 1)
    page.set_footer("&RTrang &P/&N")
