"""Reads the cells of an uploaded table of tasks, every fault named with its cell. Pure."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from openpyxl.utils import get_column_letter  # type: ignore[import-untyped]

from cchc_portal.kit.numerals import NotANumber, parse_number
from cchc_portal.kit.workbook_file import (
    Cell,
    CellKind,
    Cells,
    WorkbookFault,
    short,
    why_no_number,
)
from commitments.rules.progress import Aim
from commitments.rules.soundness import broken
from commitments.rules.task_table import (
    CHOICES,
    DAYS,
    FIGURES,
    HEADER_ROW,
    HEADINGS,
    KNOWN_MARK,
    LIST_SHEET,
    MARK,
    RULE_ROW,
    SHEET,
    TERMS,
    Stamp,
    as_json,
    digest,
    terms_from_json,
)
from commitments.rules.terms import LABELS, TaskTerms
from units.names import tidy
from units.rules.table_file import FIRST_YEAR, LAST_YEAR

WHOLE_DIGITS, DECIMALS = 10, 4
MOST_NAMED = 5


@dataclass(frozen=True)
class ReadTask:
    """A row of the table. `task` is None for a new one; `terms` while something cannot be read.

    `typed` tells what stands in its cells all the same.
    """

    line: int
    task: int | None
    version: int
    touched: bool
    terms: TaskTerms | None
    typed: tuple[tuple[str, str], ...]
    faults: tuple[str, ...]

    @property
    def said(self) -> list[tuple[str, str]]:
        """What it promises beside its title, by name and as a person reads it."""
        words = self.terms.words() if self.terms else {}
        return [(LABELS[term], said) for term, said in words.items() if said and term != "title"]

    def as_json(self) -> dict[str, Any]:
        """The shape in which it waits; `task_from_json` reads it back."""
        return {**vars(self), "terms": None if self.terms is None else as_json(self.terms)}


def task_from_json(data: Mapping[str, Any]) -> ReadTask:
    """The row that `as_json` wrote."""
    terms = None if data["terms"] is None else terms_from_json(data["terms"])
    lists = {"typed": tuple(map(tuple, data["typed"])), "faults": tuple(data["faults"])}
    return ReadTask(**{**data, **lists, "terms": terms})


def table_of(sheets: Mapping[str, Cells]) -> Cells:
    """The sheet of the tasks, its headings where they were. Raises `WorkbookFault`."""
    found = {tidy(name): cells for name, cells in sheets.items()}
    if SHEET not in found:
        raise WorkbookFault(
            f"Không thấy trang “{SHEET}”: trang đã bị đổi tên hoặc xóa. "
            "Đề nghị đặt lại đúng tên trang."
        )
    cells = found[SHEET]
    wanted = {place: words for place, words in enumerate(HEADINGS, start=1)}
    here = {place: _text(cells, HEADER_ROW, place) for place in wanted}
    if missing := [words for words in HEADINGS if words not in here.values()]:
        named = "”, “".join(missing[:MOST_NAMED])
        raise WorkbookFault(
            f"Thiếu cột “{named}” ở dòng tiêu đề {HEADER_ROW}: tiêu đề đã bị sửa hoặc chuyển dòng. "
            "Đề nghị để tiêu đề như khi tải về."
        )
    if here != wanted:
        raise WorkbookFault("Các cột đã bị đổi chỗ. Đề nghị để các cột đúng thứ tự như khi tải về.")
    return cells


def added_sheets(sheets: Mapping[str, Cells], own: str) -> list[str]:
    """Names of sheets that somebody added: what is on them is not read."""
    return [name for name in sheets if tidy(name) not in (SHEET, LIST_SHEET, own)]


def read_tasks(
    stamp: Stamp, cells: Cells, longest: Mapping[str, int], sentences: Mapping[str, str]
) -> list[ReadTask]:
    """Every row in which something stands, in the order of the file.

    longest: by column, how long a text may be; sentences: what to say of each broken constraint.
    A row of a task whose cells were all emptied is left out, as if it were not there.
    """
    lines = sorted({row for row, _ in cells if row > RULE_ROW})
    marks = {line: _text(cells, line, MARK) for line in lines}
    times = Counter(mark for mark in marks.values() if mark)
    known = {one.task: one for one in stamp.tasks}
    rows = []
    for line in lines:
        reader = _Row(line, cells, longest)
        if reader.is_empty:
            continue
        terms = reader.terms()
        match = KNOWN_MARK.fullmatch(marks[line])
        taken = known.get(int(match[1])) if match else None
        if marks[line] and taken is None:
            reader.faults.append(f"Dòng {line}: mã dòng không phải của bản cam kết này.")
        elif times[marks[line]] > 1 and marks[line]:
            reader.faults.append(
                f"Dòng {line} trùng mã với một dòng khác: dòng đã bị chép. Đề nghị ghi nhiệm vụ "
                "mới vào dòng trống."
            )
        if terms and not reader.faults:
            reader.faults += [f"Dòng {line}: {sentences[name]}" for name in broken(terms)]
        same = taken and terms and not reader.faults and digest(terms) == taken.digest
        rows.append(
            ReadTask(
                line=line,
                task=taken.task if taken else None,
                version=taken.version if taken else 0,
                touched=not same,
                terms=None if reader.faults else terms,
                typed=reader.typed(),
                faults=tuple(reader.faults),
            )
        )
    return rows


class _Row:
    """Takes one row apart, noting every cell that cannot be read."""

    def __init__(self, line: int, cells: Cells, longest: Mapping[str, int]):
        self.line, self.longest = line, longest
        self.cells = {
            column: cell
            for column, place in TERMS.items()
            if (cell := cells.get((line, place))) and tidy(cell.text)
        }
        self.faults: list[str] = []

    @property
    def is_empty(self) -> bool:
        """Whether nothing stands in it that somebody typed."""
        return not self.cells

    def typed(self) -> tuple[tuple[str, str], ...]:
        return tuple((LABELS[column], cell.text) for column, cell in self.cells.items())

    def terms(self) -> TaskTerms | None:
        """What the row promises; None where the area is not told."""
        said: dict[str, Any] = {column: self.value(column) for column in TERMS}
        if not said["area"]:
            if "area" not in self.cells:
                place = f"{get_column_letter(TERMS['area'])}{self.line}"
                self.faults.append(f"Ô {place} còn trống, đề nghị chọn lĩnh vực.")
            return None
        return TaskTerms(**said | {"aim": said["aim"] or str(Aim.REACH)})

    def value(self, column: str) -> Any:
        cell = self.cells.get(column)
        if column in FIGURES:
            return self.figure(cell) if cell else None
        if column in DAYS:
            return self.day(cell) if cell else None
        if cell is None:
            return ""
        return self.choice(column, cell) if column in CHOICES else self.words(column, cell)

    def fault(self, cell: Cell, clause: str) -> None:
        self.faults.append(f"Ô {cell.name} {clause}.")

    def choice(self, column: str, cell: Cell) -> str:
        offered = {tidy(str(one.label)).casefold(): str(one.value) for one in CHOICES[column]}
        if cell.kind == CellKind.TEXT and (found := offered.get(tidy(cell.text).casefold())):
            return found
        if not self.is_no_value(cell):
            words = "”, “".join(str(one.label) for one in CHOICES[column])
            self.fault(cell, f"ghi “{short(cell.text)}”, đề nghị chọn trong danh sách: “{words}”")
        return ""

    def words(self, column: str, cell: Cell) -> str:
        if self.is_no_value(cell):
            return ""
        if cell.kind in (CellKind.DAY, CellKind.TRUTH, CellKind.PERCENT):
            self.fault(cell, "không phải là chữ (Excel đã tự đổi), đề nghị gõ lại có dấu ' ở đầu")
            return ""
        text = tidy(cell.text)
        if len(text) > self.longest[column]:
            self.fault(cell, f"dài {len(text)} ký tự, tối đa {self.longest[column]}")
        return text

    def figure(self, cell: Cell) -> Any:
        if reason := why_no_number(cell):
            self.fault(cell, reason)
            return None
        try:
            figure = parse_number(cell.text, whole=False, large=True)
        except NotANumber as fault:
            said = "" if fault.reason.startswith("ghi") else f"ghi “{short(cell.text)}”, "
            self.fault(cell, f"{said}{fault.reason}")
            return None
        exponent = figure.as_tuple().exponent
        decimals = -exponent if isinstance(exponent, int) else DECIMALS + 1
        if decimals > DECIMALS or abs(figure) >= 10**WHOLE_DIGITS:
            self.fault(
                cell, f"chỉ ghi tối đa {WHOLE_DIGITS} chữ số phần nguyên và {DECIMALS} chữ số lẻ"
            )
            return None
        return figure

    def day(self, cell: Cell) -> date | None:
        if self.is_no_value(cell):
            return None
        try:
            day = datetime.strptime(tidy(cell.text).partition(" ")[0], "%d/%m/%Y").date()  # noqa: DTZ007
        except ValueError:
            self.fault(cell, f"ghi “{short(cell.text)}”, phải là ngày, ví dụ 30/06/2026")
            return None
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            self.fault(cell, f"ghi một ngày ngoài các năm {FIRST_YEAR}–{LAST_YEAR}")
            return None
        return day

    def is_no_value(self, cell: Cell) -> bool:
        """A formula or an error: no value that somebody has typed."""
        if cell.kind not in (CellKind.FORMULA, CellKind.ERROR):
            return False
        self.fault(cell, why_no_number(cell))
        return True


def _text(cells: Cells, row: int, column: int) -> str:
    cell = cells.get((row, column))
    return tidy(cell.text) if cell else ""
