"""Reads the cells of an uploaded workbook as answers, every fault named with its cell. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

from openpyxl.utils import get_column_letter  # type: ignore[import-untyped]

from cchc_portal.kit.workbook_file import Cell, CellKind, Cells, short, why_no_number
from scoring.rules.answers import AnswerFault, FieldKind, Rule, is_blank, parse_answer
from scoring.rules.workbook import (
    HEADER_ROW,
    HEADINGS,
    KEPT_NOTE,
    UNTOLD,
    YES,
    Column,
    Entry,
    Line,
    lines_of,
    marks,
    plain,
)
from scoring.rules.workbook_stamp import Laid, Place, Stamp
from units.names import tidy

MOST_FAULTS = 5
EXCUSED = {YES.casefold(): True, "x": True, "không": False, "": False}


@dataclass(frozen=True)
class Known:
    """What the portal knows of a component that is read."""

    rule: Rule[Any]
    maximum: Decimal
    excusable: bool


@dataclass(frozen=True)
class ReadRow:
    """One component as the workbook says it; `version` is the one the workbook was made of.

    With faults there is nothing to write; `typed` tells what stands in its cells all the same.
    """

    score: int
    version: int
    touched: bool
    entry: Entry
    typed: tuple[tuple[str, str], ...] = ()
    faults: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The shape in which it waits; `row_from_json` reads it back."""
        return asdict(self)


def row_from_json(data: Mapping[str, Any]) -> ReadRow:
    """The row that `as_json` wrote."""
    lists = ("typed", "faults", "remarks")
    told = {name: tuple(map(_frozen, data[name])) for name in lists}
    return ReadRow(**{**data, **told, "entry": Entry(**data["entry"])})


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def layout_faults(stamp: Stamp, sheets: Mapping[str, Cells]) -> list[str]:
    """What keeps the workbook from being read safely: every cell must stand where it was put."""
    by_name = _by_name(sheets)
    faults: list[str] = []
    for laid in stamp.sheets:
        if tidy(laid.name) not in by_name:
            faults.append(
                f"Không thấy trang “{laid.name}”: trang đã bị đổi tên hoặc xóa. "
                "Đề nghị đặt lại đúng tên trang."
            )
            continue
        faults += list(_faults_of(laid, by_name[tidy(laid.name)]))[:1]
    return faults[:MOST_FAULTS]


def unknown_sheets(stamp: Stamp, sheets: Mapping[str, Cells], own: tuple[str, ...]) -> list[str]:
    """Names of the sheets that somebody added: what is on them is not read."""
    known = {tidy(name) for name in (*own, *(laid.name for laid in stamp.sheets))}
    return [name for name in sheets if tidy(name) not in known]


def read_rows(
    stamp: Stamp, sheets: Mapping[str, Cells], known: Mapping[int, Known]
) -> list[ReadRow]:
    """The components of a workbook whose layout is sound, those the portal still knows."""
    by_name = _by_name(sheets)
    return [
        _read(place, by_name[tidy(laid.name)], known[place.score])
        for laid in stamp.sheets
        for place in laid.places
        if place.score in known
    ]


def _by_name(sheets: Mapping[str, Cells]) -> dict[str, Cells]:
    return {tidy(name): cells for name, cells in sheets.items()}


def _faults_of(laid: Laid, cells: Cells) -> Iterator[str]:
    where = f"Trang “{laid.name}”"
    found = [_words(cells, HEADER_ROW, column) for column in Column]
    wanted = list(HEADINGS.values())
    if found != wanted:
        missing = [name for name in wanted if name not in found]
        if missing:
            yield f"{where}: thiếu cột “{'”, “'.join(missing)}” ở dòng tiêu đề {HEADER_ROW}."
        else:
            yield f"{where}: các cột đã bị đổi chỗ. Đề nghị để các cột đúng thứ tự như khi tải về."
    elsewhere = {cell.text for (_, column), cell in cells.items() if column == Column.MARK}
    for place in laid.places:
        for row, mark in enumerate(marks(place.key, place.height), start=place.row):
            if _words(cells, row, Column.MARK) == mark:
                continue
            if mark in elsewhere:
                yield (
                    f"{where}: các dòng đã bị xáo trộn từ dòng {row}. "
                    "Đề nghị để các dòng đúng thứ tự như khi tải về."
                )
            else:
                yield f"{where}: dòng {row} không còn như khi tải về, có thể đã bị xóa hoặc ghi đè."
    for (row, column), cell in sorted(cells.items()):
        if row > laid.last or column > Column.POINTS:
            yield (
                f"{where}: có nội dung ngoài bảng, ở ô {cell.name}. "
                "Đề nghị xóa phần ngoài bảng rồi đưa lên lại."
            )


def _words(cells: Cells, row: int, column: int) -> str:
    cell = cells.get((row, column))
    return tidy(cell.text) if cell else ""


class _Row:
    """Takes one component's cells apart, noting every cell that cannot be read."""

    def __init__(self, place: Place, cells: Cells, lines: tuple[Line, ...]):
        self.place, self.cells, self.lines = place, cells, lines
        self.faults: list[str] = []
        self.remarks: list[str] = []

    def cell(self, line: int, column: Column) -> Cell | None:
        cell = self.cells.get((self.place.row + line, column))
        return None if cell is None or cell.kind == CellKind.TEXT and not tidy(cell.text) else cell

    def fault(self, cell: Cell, reason: str) -> None:
        self.faults.append(f"Ô {cell.name} {reason}.")

    def answer(self) -> dict[str, Any]:
        """What was answered, input by input, as a form would send it."""
        said: dict[str, Any] = {}
        for number, line in enumerate(self.lines):
            cell = self.cell(number, Column.ANSWER)
            if line.kind == FieldKind.CHECKLIST:
                self.tick(said, line, cell)
            elif cell:
                said[line.field] = self.choice(line, cell) if line.options else self.number(cell)
        return said

    def tick(self, said: dict[str, Any], line: Line, cell: Cell | None) -> None:
        """A checklist is answered as soon as one of its items is; the others do not hold then."""
        if cell is None:
            return
        held = said.setdefault(line.field, [])
        if self.choice(line, cell) == "yes":
            held.append(line.item)

    def choice(self, line: Line, cell: Cell) -> str | None:
        brief = {_folded(words.partition(" (")[0]): value for value, words in line.options}
        whole = {_folded(words): value for value, words in line.options}
        known = {**(brief if len(brief) == len(whole) else {}), **whole}
        if cell.kind == CellKind.TEXT and (found := known.get(_folded(cell.text))) is not None:
            return found
        if not self.is_no_value(cell):
            words = "”, “".join(words for _, words in line.options)
            self.fault(cell, f"ghi “{short(cell.text)}”, đề nghị chọn trong danh sách: “{words}”")
        return None

    def number(self, cell: Cell) -> str | None:
        if reason := why_no_number(cell):
            self.fault(cell, reason)
            return None
        if cell.kind == CellKind.TEXT:
            self.remarks.append(f"Ô {cell.name} lưu số ở dạng chữ (“{short(cell.text)}”).")
        return cell.text

    def is_no_value(self, cell: Cell) -> bool:
        """A formula or an error: no value that somebody has typed."""
        if cell.kind not in (CellKind.FORMULA, CellKind.ERROR):
            return False
        self.fault(cell, why_no_number(cell))
        return True

    def excused(self, excusable: bool) -> bool:
        cell = self.cell(0, Column.EXCUSE)
        if cell is None or not excusable and tidy(cell.text) == "–":
            return False
        if not excusable:
            self.fault(cell, "phải để nguyên: dòng này áp dụng với mọi đơn vị")
        elif not self.is_no_value(cell):
            told = EXCUSED.get(_folded(cell.text))
            if told is None:
                self.fault(cell, f"ghi “{short(cell.text)}”, chỉ ghi “{YES}” hoặc để trống")
            return bool(told)
        return False

    def note(self) -> str | None:
        cell = self.cell(0, Column.NOTE)
        if self.place.note_kept:
            if cell is None or plain(cell.text) != KEPT_NOTE:
                self.faults.append("Ghi chú của dòng này chỉ sửa được trên trang hồ sơ.")
            return None
        if cell is None or self.is_no_value(cell):
            return ""
        note = plain(cell.text.replace("_x000D_", ""))
        if UNTOLD.search(note):
            self.fault(cell, "có ký tự điều khiển không nhìn thấy được, đề nghị gõ lại ghi chú")
        return note


def _read(place: Place, cells: Cells, known: Known) -> ReadRow:
    row = _Row(place, cells, lines_of(known.rule))
    said = row.answer()
    kept = None
    if not row.faults and not is_blank(known.rule, said):
        try:
            kept = parse_answer(known.rule, said, known.maximum).as_json()
        except AnswerFault as fault:
            row.faults.append(f"{_place_of(row, fault.field)}: {fault.sentence}")
    entry = Entry(kept, row.excused(known.excusable), row.note())
    return ReadRow(
        score=place.score,
        version=place.version,
        touched=bool(row.faults) or entry.digest != place.digest,
        entry=entry,
        typed=tuple(_typed(row)),
        faults=tuple(row.faults),
        remarks=tuple(row.remarks),
    )


def _place_of(row: _Row, field: str) -> str:
    """The cell of the input at fault; of the first one where it is none in particular."""
    names = [line.field for line in row.lines]
    line = row.place.row + (names.index(field) if field in names else 0)
    return f"Ô {get_column_letter(Column.ANSWER)}{line}"


def _typed(row: _Row) -> Iterator[tuple[str, str]]:
    for number, line in enumerate(row.lines):
        if cell := row.cell(number, Column.ANSWER):
            yield line.label, cell.text
    for column in (Column.EXCUSE, Column.NOTE):
        cell = row.cell(0, column)
        if cell and cell.text not in ("–", KEPT_NOTE):
            yield HEADINGS[column], cell.text


def _folded(text: str) -> str:
    return tidy(text).casefold()
