"""Reads a table of figures that comes back, every fault named with its row; says what it would
change. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

from cchc_portal.kit.workbook_file import Cell, CellKind, Cells, WorkbookFault, short, why_no_number
from scoring.rules.answers import AnswerFault, Rule, parse_answer
from scoring.rules.figure import Figure, read_figure, why_ungrounded
from scoring.rules.figure_table import FILLED, HEADER_ROW, MARK, NUMBERS, Column, inputs_of
from scoring.rules.kinds import LONGEST_SOURCE
from scoring.rules.verdict import Finding
from scoring.rules.workbook_changes import Standing
from units.names import tidy

LONGEST_REASON = 2000
LOWEST_HEADER = 20
Row = Mapping[Column, Cell]


@dataclass(frozen=True)
class Known:
    """What the portal knows of a row that is read."""

    code: str
    unit_code: str
    kind: str
    rule: Rule[Any]
    maximum: Decimal


@dataclass(frozen=True)
class ReadFigure:
    """One row as the file says it. With faults there is nothing to write; `typed` tells what stands
    in its cells all the same."""

    line: int
    score: int | None
    version: int
    answer: Mapping[str, Any] | None
    points: str | None
    source: str
    reason: str
    named: str
    typed: tuple[tuple[str, str], ...] = ()
    faults: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The shape in which it waits; `figure_from_json` reads it back."""
        return asdict(self)

    def figure(self, rule: Rule[Any]) -> Figure:
        """What it says, for the service that writes it."""
        if self.points is not None:
            return Figure(points=Decimal(self.points))
        return Figure(answer=parse_answer(rule, self.answer))


def figure_from_json(data: Mapping[str, Any]) -> ReadFigure:
    """The row that `as_json` wrote."""
    lists = {"typed": tuple(map(tuple, data["typed"])), "faults": tuple(data["faults"])}
    return ReadFigure(**{**data, **lists})


@dataclass(frozen=True)
class Stored:
    """A row as it lies in the database now; `closed` says why it cannot be written."""

    rule: Rule[Any]
    maximum: Decimal
    version: int
    answer: Any
    found: Finding
    source: str
    reason: str
    closed: str = ""


@dataclass(frozen=True)
class Change:
    """One row with what writing it would come to."""

    row: ReadFigure
    standing: Standing
    faults: tuple[str, ...]
    found: Finding

    @property
    def may_be_written(self) -> bool:
        """Whether there is something to write that is in order."""
        return self.standing in (Standing.CHANGE, Standing.CONFLICT)


def table_of(cells: Cells) -> list[tuple[int, Row]]:
    """The rows below the titles, with their numbers in the sheet. Raises `WorkbookFault`."""
    rows: dict[int, dict[int, Cell]] = {}
    for (row, column), cell in sorted(cells.items()):
        rows.setdefault(row, {})[column] = cell
    for row, found in rows.items():
        titles = {tidy(cell.text): column for column, cell in found.items()}
        if row <= LOWEST_HEADER and Column.MARK.label in titles:
            return _below(rows, row, titles, [tidy(cell.text) for cell in found.values()])
    raise WorkbookFault(
        f"Không thấy dòng tiêu đề có cột “{Column.MARK.label}” (dòng {HEADER_ROW} của tệp mẫu). "
        "Đề nghị tải mẫu của khối rồi điền vào đó."
    )


def _below(
    rows: Mapping[int, Mapping[int, Cell]], header: int, titles: Mapping[str, int], all_: list[str]
) -> list[tuple[int, Row]]:
    twice = [title for title, times in Counter(all_).items() if title and times > 1]
    if twice:
        raise WorkbookFault(f"Dòng tiêu đề có hai cột “{twice[0]}”.")
    if missing := [column.label for column in Column if column.label not in titles]:
        raise WorkbookFault(
            f"Thiếu cột “{'”, “'.join(missing)}”: tiêu đề cột đã bị sửa hoặc xóa. "
            "Đề nghị để tiêu đề như trong tệp mẫu."
        )
    found = [
        (number, {one: row[titles[one.label]] for one in Column if titles[one.label] in row})
        for number, row in rows.items()
        if number > header
    ]
    return [(number, row) for number, row in found if any(tidy(c.text) for c in row.values())]


def read_figures(
    rows: Sequence[tuple[int, Row]],
    known: Mapping[int, Known],
    *,
    period: int,
    block: int,
    file_name: str,
) -> list[ReadFigure]:
    """Every row in which something is filled in. Raises `WorkbookFault` for a file of another
    period or block; a row that nobody filled in is left out."""
    marks = [MARK.fullmatch(_text(row, Column.MARK)) for _, row in rows]
    told = [(int(mark[1]), int(mark[2])) for mark in marks if mark]
    if told and not any(one == period for one, _ in told):
        raise WorkbookFault("Tệp này tải từ một kỳ đánh giá khác. Đề nghị tải mẫu của kỳ này.")
    if told and not any(one == (period, block) for one in told):
        raise WorkbookFault("Tệp này là của một khối khác trong kỳ. Đề nghị chọn đúng khối.")
    times = Counter(mark[3] for mark in marks if mark)
    return [
        _Reader(number, row, known, file_name).read(
            mark and (int(mark[1]), int(mark[2])) == (period, block) and mark or None,
            twice=bool(mark and times[mark[3]] > 1),
        )
        for (number, row), mark in zip(rows, marks, strict=True)
        if any(_text(row, column) for column in FILLED)
    ]


def compare(row: ReadFigure, stored: Stored | None) -> Change:
    """What the row would change. One that somebody wrote meanwhile conflicts, unless both say the
    same."""
    if stored is None or row.faults:
        return Change(row, Standing.INVALID, row.faults, Finding())
    found = row.figure(stored.rule).comes_to(stored.rule, stored.maximum)
    same_answer = row.answer is None or row.answer == stored.answer
    now = stored.found, stored.source, stored.reason
    if same_answer and now == (found, row.source, row.reason):
        return Change(row, Standing.SAME, (), found)
    if stored.closed:
        return Change(row, Standing.INVALID, (stored.closed,), found)
    moved = row.version != stored.version
    return Change(row, Standing.CONFLICT if moved else Standing.CHANGE, (), found)


class _Reader:
    """Takes one row apart, noting everything that cannot be read."""

    def __init__(self, number: int, row: Row, known: Mapping[int, Known], file_name: str):
        self.number, self.row, self.known, self.file_name = number, row, known, file_name
        self.faults: list[str] = []

    def read(self, mark: Any, *, twice: bool) -> ReadFigure:
        one = self.known.get(int(mark[3])) if mark else None
        if one is None:
            self.fault("không có mã dòng của khối này; đề nghị tải mẫu mới rồi chép số liệu sang")
        elif twice:
            self.fault("trùng mã dòng với một dòng khác trong tệp")
        else:
            self.check_place(one)
        numbers = {column: self.number_in(column) for column in NUMBERS}
        source, reason = self.words(Column.SOURCE), self.words(Column.REASON)
        figure = None if self.faults or one is None else self.figure(one, numbers)
        source = source or self.file_name
        if figure and one:
            found = figure.comes_to(one.rule, one.maximum)
            if refusal := why_ungrounded(one.kind, found, source=source, reason=reason):
                self.faults.append(f"Dòng {self.number}: {refusal}")
        answer = figure.answer.as_json() if figure and figure.answer else None
        points = format(figure.points, "f") if figure and figure.points is not None else None
        return ReadFigure(
            line=self.number,
            score=int(mark[3]) if mark and one else None,
            version=int(mark[4]) if mark else 0,
            answer=answer,
            points=points,
            source=source,
            reason=reason,
            named=f"{_text(self.row, Column.CODE)}, {_text(self.row, Column.UNIT)}",
            typed=tuple(
                (column.label, text) for column in FILLED if (text := _text(self.row, column))
            ),
            faults=tuple(self.faults),
        )

    def fault(self, clause: str) -> None:
        self.faults.append(f"Dòng {self.number} {clause}.")

    def check_place(self, one: Known) -> None:
        """The row's own words must be those of its mark: cells may have been pasted a row off."""
        unit, code = _text(self.row, Column.UNIT_CODE), _text(self.row, Column.CODE)
        units = {known.unit_code for known in self.known.values()}
        if unit not in units:
            self.fault(f"ghi mã đơn vị “{short(unit)}”, không có trong khối")
        elif unit != one.unit_code:
            self.fault(f"ghi mã đơn vị “{unit}” nhưng mã dòng là của “{one.unit_code}”")
        if code != one.code:
            self.fault(f"ghi mã tiêu chí “{short(code)}” nhưng mã dòng là của “{one.code}”")

    def number_in(self, column: Column) -> str:
        cell = self.row.get(column)
        if cell is None or not tidy(cell.text):
            return ""
        if reason := why_no_number(cell):
            self.faults.append(f"Ô {cell.name} {reason}.")
            return ""
        return cell.text

    def words(self, column: Column) -> str:
        cell = self.row.get(column)
        if cell is None:
            return ""
        if cell.kind in (CellKind.FORMULA, CellKind.ERROR):
            self.faults.append(f"Ô {cell.name} {why_no_number(cell)}.")
            return ""
        source = column == Column.SOURCE
        text = tidy(cell.text) if source else cell.text.replace("\r\n", "\n").strip()
        most = LONGEST_SOURCE if source else LONGEST_REASON
        if len(text) > most:
            self.faults.append(f"Ô {cell.name} dài {len(text)} ký tự, tối đa {most}.")
        return text

    def figure(self, one: Known, numbers: Mapping[Column, str]) -> Figure | None:
        said = inputs_of(one.rule, numbers)
        strange = [c.label for c in NUMBERS[:2] if numbers[c] and str(c) not in said]
        if strange:
            self.fault(f"ghi cột “{strange[0]}”, chỉ dùng cho điểm điều tra, đo lường")
            return None
        try:
            figure = read_figure(one.rule, one.maximum, said)
        except AnswerFault as fault:
            self.faults.append(f"Dòng {self.number}: {fault.sentence}")
            return None
        if figure is None:
            self.fault("có nguồn hoặc lý do nhưng chưa có số liệu, điểm")
        return figure


def _text(row: Row, column: Column) -> str:
    cell = row.get(column)
    return tidy(cell.text) if cell else ""


def cells_of_lines(lines: Iterable[tuple[int, Sequence[str]]]) -> dict[tuple[int, int], Cell]:
    """Lines of a CSV file as cells; what would be a formula in a spreadsheet is one here too."""
    cells: dict[tuple[int, int], Cell] = {}
    for number, texts in lines:
        for place, text in enumerate(texts, start=1):
            if not text.strip():
                continue
            guarded = text.startswith("'") and text[1:2] in tuple("=+-@")
            kind = CellKind.FORMULA if text.startswith("=") else CellKind.TEXT
            name = f"cột {place} dòng {number}"
            cells[number, place] = Cell(name, kind, text[1:] if guarded else text)
    return cells
