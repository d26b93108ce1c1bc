"""The sheets of a workbook: one an area, each component on as many lines as it has inputs."""

from collections.abc import Callable
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from cchc_portal.kit.cell_words import clean
from cchc_portal.kit.numerals import exactly, written
from cchc_portal.kit.workbook_looks import A4, CLOSED, GREY, LINE, PALE, Looks, height, write
from scoring.rules.answers import FieldKind
from scoring.rules.kinds import LONGEST_NOTE
from scoring.rules.workbook import (
    HEADER_ROW,
    HEADINGS,
    KEPT_NOTE,
    LIST_SHEET,
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
TALLEST = 400.0
LONGEST_FOOT = 110


class Sheets:
    """Draws the sheets of a book; the lists to choose from are put on `choices`."""

    def __init__(self, book: Book, looks: Looks, choices: Worksheet):
        self.book, self.looks, self.choices = book, looks, choices
        self.lists: dict[tuple[str, ...], str] = {}

    def sheet(self, page: Worksheet, sheet: Sheet) -> None:
        for column, width in WIDTHS.items():
            options = {"hidden": 1} if column == Column.MARK else {}
            page.set_column(column - 1, column - 1, width, self.looks.look(), options)
        title = self.looks.title()
        page.write_string(0, Column.CODE - 1, clean(sheet.title), title)
        facts = " · ".join(clean(words) for _, words in self.book.facts[:2])
        page.write_string(1, Column.CODE - 1, facts, self.looks.look(text_wrap=False))
        for column, words in HEADINGS.items():
            heading = self.looks.cell(bold=True, bg_color=PALE, valign="vcenter", align="center")
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
        page.ignore_errors({"number_stored_as_text": "A1:K1048576"})
        page.protect("", CLOSED)
        page.set_landscape()
        page.set_paper(A4)
        page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        page.fit_to_pages(1, 0)
        page.repeat_rows(HEADER_ROW - 1)
        foot = f"{facts} · {clean(sheet.title)}"[:LONGEST_FOOT].replace("&", "&&")
        page.set_footer(f"&L{foot}&RTrang &P/&N")

    def group(self, page: Worksheet, row: int, group: Group) -> None:
        band = self.looks.cell(bold=True, bg_color=GREY)
        page.merge_range(row - 1, Column.CODE - 1, row - 1, Column.POINTS - 1, "", band)
        page.write_string(row - 1, Column.CODE - 1, clean(group.title), band)

    def component(self, page: Worksheet, row: int, one: Component) -> None:
        heights = self.heights(one)
        for line, (mark, points) in enumerate(zip(one.marks(), heights, strict=True)):
            page.write_string(row - 1 + line, Column.MARK - 1, clean(mark))
            page.set_row(row - 1 + line, points)
        self.tall(page, row, one, Column.CODE, one.code, self.looks.cell())
        self.tall(page, row, one, Column.TITLE, one.title, self.looks.cell(bold=True))
        maximum = exactly(one.maximum, least=2)
        self.tall(page, row, one, Column.MAXIMUM, maximum, self.looks.cell(align="center"))
        self.tall(page, row, one, Column.RULE, one.rule_words, self.looks.cell())
        self.tall(page, row, one, Column.EVIDENCE, listed(one.evidence), self.looks.cell())
        if one.stored is None:
            closed = self.looks.cell(bg_color=GREY, italic=True)
            words = f"{one.source}, đơn vị không tự chấm"
            self.tall(page, row, one, Column.LABEL, words, closed)
            for column in (Column.ANSWER, Column.EXCUSE, Column.NOTE, Column.POINTS):
                self.tall(page, row, one, column, "", closed)
            return
        self.answers(page, row, one)
        excuse = (self.pen(one) if one.excusable else self.looks.cell)(align="center")
        said = (YES if one.stored.not_applicable else "") if one.excusable else "–"
        self.tall(page, row, one, Column.EXCUSE, said, excuse)
        if one.excusable:
            self.choose(page, row, Column.EXCUSE, (YES,))
        self.note(page, row, one)
        points = "không áp dụng" if one.excused else ""
        if one.points is not None and not one.excused:
            points = written(one.points, 2)
        self.tall(page, row, one, Column.POINTS, points, self.looks.cell(align="right"))

    def pen(self, one: Component) -> Callable[..., Format]:
        """How the cells look that are to be filled in, where the component is open."""
        return self.looks.pen if one.open else self.looks.cell

    def answers(self, page: Worksheet, row: int, one: Component) -> None:
        assert one.stored is not None
        values = cell_values(one.lines, one.stored.answer)
        for line, (asked, value) in enumerate(zip(one.lines, values, strict=True)):
            at = row - 1 + line
            page.write_string(at, Column.LABEL - 1, clean(asked.label), self.looks.cell())
            if asked.options:
                write(page, at, Column.ANSWER - 1, value, self.pen(one)())
                words = tuple(words for _, words in asked.options)
                self.choose(page, at + 1, Column.ANSWER, words)
                continue
            whole = asked.kind == FieldKind.WHOLE
            look = self.pen(one)(num_format="#,##0" if whole else "General", align="right")
            write(page, at, Column.ANSWER - 1, value, look)
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
            self.tall(page, row, one, Column.NOTE, KEPT_NOTE, self.looks.cell(italic=True))
            return
        self.tall(page, row, one, Column.NOTE, plain(one.stored.note), self.pen(one)())
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
                self.choices.write_string(line, at, clean(one))
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
        write(page, row - 1, column - 1, value, look)

    def heights(self, one: Component) -> list[float]:
        """Merged cells do not grow by themselves: the lines are made high enough."""
        note = "" if one.stored is None else one.stored.note or ""
        tall = {
            Column.TITLE: one.title,
            Column.RULE: one.rule_words,
            Column.EVIDENCE: listed(one.evidence),
            Column.NOTE: note,
        }
        needed = max(height(words, WIDTHS[column]) for column, words in tall.items())
        own = [height(line.label, WIDTHS[Column.LABEL]) for line in one.lines][: one.height]
        own = own if one.stored else [2 * LINE]
        missing = max(0.0, needed - sum(own)) / len(own)
        return [min(TALLEST, points + missing) for points in own]


def listed(evidence: tuple[str, ...]) -> str:
    return "\n".join(f"- {words}" for words in evidence)
