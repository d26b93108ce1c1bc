"""Draws a dossier as an Excel workbook: one sheet an area, only the answers open to the pen.

Every text is written as a text, whatever it begins with, so that nothing in it runs. The first
sheet tells how to fill it in; two hidden ones hold the lists to choose from and the signed stamp.
"""

import io
import re
from decimal import Decimal
from math import ceil
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from cchc_portal.kit.numerals import exactly, written
from scoring.rules.answers import FieldKind
from scoring.rules.kinds import LONGEST_NOTE
from scoring.rules.workbook import (
    GUIDE_SHEET,
    HEADER_ROW,
    HEADINGS,
    KEPT_NOTE,
    LIST_SHEET,
    STAMP_SHEET,
    YES,
    Book,
    Column,
    Component,
    Group,
    Sheet,
    cell_values,
    plain,
)

WIDTHS = {
    Column.MARK: 8,
    Column.CODE: 7,
    Column.TITLE: 30,
    Column.MAXIMUM: 8,
    Column.RULE: 36,
    Column.EVIDENCE: 22,
    Column.LABEL: 28,
    Column.ANSWER: 18,
    Column.EXCUSE: 9,
    Column.NOTE: 34,
    Column.POINTS: 10,
}
LINE, TALLEST = 13.5, 400.0
CHUNK = 20_000
LONGEST_FOOT = 110
A4 = 9
GREEN, PALE, INPUT, GREY, HAIR = "#0F5B3F", "#DCEBE3", "#FFF7DF", "#F5F7F6", "#7D8983"
NOT_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")

STEPS = (
    "Mỗi lĩnh vực là một trang. Chỉ điền vào các ô nền vàng: Trả lời, Không áp dụng, Ghi chú.",
    "Ô có danh sách: bấm vào ô rồi chọn. Ô số: gõ bằng chữ số, không gõ công thức, không gõ %.",
    "Danh mục kiểm: chọn Đạt hoặc Không đạt từng mục; mục để trống được hiểu là Không đạt khi đã "
    "chọn mục khác của cùng tiêu chí.",
    "Không áp dụng: chọn “Có” để đề nghị, và ghi lý do ở phần ghi chú. Dòng ghi “–” áp dụng với "
    "mọi đơn vị.",
    "Không đổi tên trang, không chèn, xóa hay chuyển dòng, cột: cổng sẽ không nhận tệp. Cần nháp "
    "thì thêm trang mới, trang đó không được đọc.",
    "Xuống dòng trong ghi chú: Alt+Enter. Ghi chú dài tối đa 5.000 ký tự.",
    "Cột “Điểm đã lưu” là điểm trên cổng lúc tải tệp; điểm mới tính khi đưa tệp lên.",
    "Điền xong, mở hồ sơ trên cổng, chọn Excel, đưa tệp lên. Cổng cho xem từng dòng sẽ đổi trước "
    "khi ghi. Minh chứng gắn trên trang hồ sơ.",
)


def workbook(book: Book, stamp: str) -> bytes:
    """The workbook as a file; `stamp` is the signed text by which it is known again."""
    out = io.BytesIO()
    drawn = xlsxwriter.Workbook(
        out,
        {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False},
    )
    drawn.set_properties({"title": _clean(book.title)})
    _Drawing(drawn, book).draw(stamp)
    drawn.close()
    return out.getvalue()


class _Drawing:
    def __init__(self, drawn: xlsxwriter.Workbook, book: Book):
        self.drawn, self.book = drawn, book
        self.lists: dict[tuple[str, ...], str] = {}
        self.formats: dict[tuple[tuple[str, Any], ...], Format] = {}

    def draw(self, stamp: str) -> None:
        self.guide(self.drawn.add_worksheet(GUIDE_SHEET))
        pages = [(self.drawn.add_worksheet(sheet.name), sheet) for sheet in self.book.sheets]
        self.choices = self.drawn.add_worksheet(LIST_SHEET)
        for page, sheet in pages:
            self.sheet(page, sheet)
        self.choices.hide()
        self.choices.protect()
        hidden = self.drawn.add_worksheet(STAMP_SHEET)
        for row, start in enumerate(range(0, len(stamp), CHUNK)):
            hidden.write_string(row, 0, stamp[start : start + CHUNK])
        hidden.very_hidden()
        hidden.protect()

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
        if self.book.closed_because:
            return self.cell(**said)
        return self.cell(locked=False, bg_color=INPUT, **said)

    def guide(self, page: Worksheet) -> None:
        page.set_column(0, 0, 16)
        page.set_column(1, 1, 92)
        page.hide_gridlines(2)
        title = self.look(bold=True, font_size=14, font_color=GREEN, text_wrap=False)
        page.write_string(0, 0, _clean(self.book.title), title)
        row = 2
        for name, words in self.book.facts:
            page.write_string(row, 0, name, self.look(bold=True))
            page.write_string(row, 1, _clean(words), self.look())
            row += 1
        row += 1
        if self.book.closed_because:
            page.write_string(row, 0, "Chỉ để xem", self.look(bold=True))
            page.write_string(row, 1, _clean(self.book.closed_because), self.look())
        else:
            page.write_string(row, 0, "Cách điền", self.look(bold=True, font_color=GREEN))
            for step, words in enumerate(STEPS, start=1):
                page.write_string(row + step, 0, f"{step}.", self.look(align="right", indent=1))
                page.write_string(row + step, 1, words, self.look())
                page.set_row(row + step, _height(words, 100))
        page.protect("", {"format_columns": True, "format_rows": True})
        page.set_portrait()
        page.set_paper(A4)
        page.fit_to_pages(1, 0)

    def sheet(self, page: Worksheet, sheet: Sheet) -> None:
        for column, width in WIDTHS.items():
            options = {"hidden": 1} if column == Column.MARK else {}
            page.set_column(column - 1, column - 1, width, self.look(), options)
        title = self.look(bold=True, font_size=14, font_color=GREEN, text_wrap=False)
        page.write_string(0, Column.CODE - 1, _clean(sheet.title), title)
        facts = " · ".join(_clean(words) for _, words in self.book.facts[:2])
        page.write_string(1, Column.CODE - 1, facts, self.look(text_wrap=False))
        for column, words in HEADINGS.items():
            heading = self.cell(bold=True, bg_color=PALE, valign="vcenter", align="center")
            page.write_string(HEADER_ROW - 1, column - 1, words, heading)
        page.set_row(HEADER_ROW - 1, 2 * LINE)
        for row, one in sheet.placed():
            if isinstance(one, Group):
                self.group(page, row, one)
            else:
                self.component(page, row, one)
        page.freeze_panes(HEADER_ROW, Column.MAXIMUM - 1)
        page.hide_gridlines(2)
        page.set_zoom(90)
        page.protect("", {"format_columns": True, "format_rows": True})
        page.set_landscape()
        page.set_paper(A4)
        page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        page.fit_to_pages(1, 0)
        page.repeat_rows(HEADER_ROW - 1)
        foot = f"{facts} · {_clean(sheet.title)}"[:LONGEST_FOOT].replace("&", "&&")
        page.set_footer(f"&L{foot}&RTrang &P/&N")

    def group(self, page: Worksheet, row: int, group: Group) -> None:
        band = self.cell(bold=True, bg_color=GREY)
        page.merge_range(row - 1, Column.CODE - 1, row - 1, Column.POINTS - 1, "", band)
        page.write_string(row - 1, Column.CODE - 1, _clean(group.title), band)

    def component(self, page: Worksheet, row: int, one: Component) -> None:
        heights = self.heights(one)
        for line, (mark, height) in enumerate(zip(one.marks(), heights, strict=True)):
            page.write_string(row - 1 + line, Column.MARK - 1, _clean(mark))
            page.set_row(row - 1 + line, height)
        self.tall(page, row, one, Column.CODE, one.code, self.cell())
        self.tall(page, row, one, Column.TITLE, one.title, self.cell(bold=True))
        maximum = exactly(one.maximum, least=2)
        self.tall(page, row, one, Column.MAXIMUM, maximum, self.cell(align="center"))
        self.tall(page, row, one, Column.RULE, one.rule_words, self.cell())
        self.tall(page, row, one, Column.EVIDENCE, _listed(one.evidence), self.cell())
        if one.stored is None:
            closed = self.cell(bg_color=GREY, italic=True)
            words = f"{one.source}, đơn vị không tự chấm"
            self.tall(page, row, one, Column.LABEL, words, closed)
            for column in (Column.ANSWER, Column.EXCUSE, Column.NOTE, Column.POINTS):
                self.tall(page, row, one, column, "", closed)
            return
        self.answers(page, row, one)
        excuse = self.pen(align="center") if one.excusable else self.cell(align="center")
        said = (YES if one.stored.not_applicable else "") if one.excusable else "–"
        self.tall(page, row, one, Column.EXCUSE, said, excuse)
        if one.excusable:
            self.choose(page, row, Column.EXCUSE, (YES,))
        self.note(page, row, one)
        points = "không áp dụng" if one.excused else ""
        if one.points is not None and not one.excused:
            points = written(one.points, 2)
        self.tall(page, row, one, Column.POINTS, points, self.cell(align="right"))

    def answers(self, page: Worksheet, row: int, one: Component) -> None:
        assert one.stored is not None
        values = cell_values(one.lines, one.stored.answer)
        for line, (asked, value) in enumerate(zip(one.lines, values, strict=True)):
            at = row - 1 + line
            page.write_string(at, Column.LABEL - 1, _clean(asked.label), self.cell())
            if asked.options:
                _write(page, at, Column.ANSWER, value, self.pen())
                words = tuple(words for _, words in asked.options)
                self.choose(page, at + 1, Column.ANSWER, words)
                continue
            whole = asked.kind == FieldKind.WHOLE
            look = self.pen(num_format="#,##0" if whole else "General", align="right")
            _write(page, at, Column.ANSWER, value, look)
            page.data_validation(
                at,
                Column.ANSWER - 1,
                at,
                Column.ANSWER - 1,
                {
                    "validate": "integer" if whole else "decimal",
                    "criteria": "between",
                    "minimum": 0,
                    "maximum": 999_999_999,
                    "error_title": "Chưa đúng",
                    "error_message": "Ô này nhận số nguyên, từ 0 trở lên."
                    if whole
                    else "Ô này nhận số từ 0 trở lên, tối đa 4 chữ số thập phân.",
                },
            )

    def note(self, page: Worksheet, row: int, one: Component) -> None:
        assert one.stored is not None
        if one.stored.note is None:
            self.tall(page, row, one, Column.NOTE, KEPT_NOTE, self.cell(italic=True))
            return
        self.tall(page, row, one, Column.NOTE, plain(one.stored.note), self.pen())
        page.data_validation(
            row - 1,
            Column.NOTE - 1,
            row - 1,
            Column.NOTE - 1,
            {
                "validate": "length",
                "criteria": "<=",
                "value": LONGEST_NOTE,
                "error_title": "Ghi chú dài quá",
                "error_message": f"Ghi chú dài tối đa {LONGEST_NOTE} ký tự.",
            },
        )

    def choose(self, page: Worksheet, row: int, column: Column, words: tuple[str, ...]) -> None:
        """A list to choose from. It lies in cells: words with commas cannot stand in a rule."""
        if words not in self.lists:
            at = len(self.lists)
            for line, one in enumerate(words):
                self.choices.write_string(line, at, _clean(one))
            letter = xl_col_to_name(at, col_abs=True)
            self.lists[words] = f"='{LIST_SHEET}'!{letter}$1:{letter}${len(words)}"
        page.data_validation(
            row - 1,
            column - 1,
            row - 1,
            column - 1,
            {
                "validate": "list",
                "source": self.lists[words],
                "error_title": "Chưa đúng",
                "error_message": "Đề nghị chọn trong danh sách, hoặc để trống.",
            },
        )

    def tall(
        self, page: Worksheet, row: int, one: Component, column: Column, value: Any, look: Format
    ) -> None:
        """A cell that reaches over all lines of a component."""
        if one.height > 1:
            page.merge_range(row - 1, column - 1, row + one.height - 2, column - 1, "", look)
        _write(page, row - 1, column, value, look)

    def heights(self, one: Component) -> list[float]:
        """Merged cells do not grow by themselves: the lines are made high enough."""
        note = "" if one.stored is None else one.stored.note or ""
        tall = {
            Column.TITLE: one.title,
            Column.RULE: one.rule_words,
            Column.EVIDENCE: _listed(one.evidence),
            Column.NOTE: note,
        }
        needed = max(_height(words, WIDTHS[column]) for column, words in tall.items())
        own = [_height(line.label, WIDTHS[Column.LABEL]) for line in one.lines][: one.height]
        own = own if one.stored else [2 * LINE]
        missing = max(0.0, needed - sum(own)) / len(own)
        return [min(TALLEST, height + missing) for height in own]


def _write(page: Worksheet, row: int, column: Column, value: Any, look: Format) -> None:
    if isinstance(value, Decimal):
        page.write_number(row, column - 1, float(value), look)
    elif value:
        page.write_string(row, column - 1, _clean(value), look)
    else:
        page.write_blank(row, column - 1, None, look)


def _height(words: str, width: int) -> float:
    lines = sum(max(1, ceil(len(line) * 1.1 / width)) for line in words.split("\n"))
    return LINE * lines


def _listed(evidence: tuple[str, ...]) -> str:
    return "\n".join(f"- {words}" for words in evidence)


def _clean(words: str) -> str:
    """Without signs that would make the file unreadable."""
    return NOT_XML.sub(" ", words)
