"""The table of reported figures as a file: its columns, and what a filled-in one says. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

from cchc_portal.kit.worded import Worded
from cchc_portal.kit.workbook_file import Cell, Cells, WorkbookFault, short, why_no_number
from scoring.rules.indicator import LONGEST_NOTE, AmountFault, read_amount
from scoring.rules.workbook_changes import Standing
from units.names import tidy

LOWEST_HEADER = 20
MOST_NAMED = 5
SHEET = "Số liệu"


class Column(Worded):
    UNIT_CODE = "unit_code", "Mã đơn vị"
    UNIT = "unit", "Đơn vị"
    CODE = "code", "Mã chỉ tiêu"
    NAME = "name", "Chỉ tiêu"
    MEASURE = "measure", "Đơn vị tính"
    AMOUNT = "amount", "Số liệu"
    NOTE = "note", "Ghi chú"
    VERSION = "version", "Phiên bản"


NEEDED = (Column.UNIT_CODE, Column.CODE, Column.AMOUNT)


@dataclass(frozen=True)
class Known:
    """A row of the collection: its key and how many decimals its figure may have."""

    key: int
    decimals: int


@dataclass(frozen=True)
class Line:
    """One row of the file. With faults there is nothing to write. `version` is that of the
    download, 0 where the file tells none; `amount` an exact figure as text, `typed` what stands in
    its cell; `note` None where the file has no column for it, so that the stored one stays; `unit`
    its name as the file has it."""

    line: int
    key: int | None
    version: int
    amount: str
    note: str | None
    named: str
    unit: str = ""
    faults: tuple[str, ...] = ()
    typed: str = ""

    def as_json(self) -> dict[str, Any]:
        """The shape in which it waits; `line_from_json` reads it back."""
        return asdict(self)


def line_from_json(data: Mapping[str, Any]) -> Line:
    """The line that `as_json` wrote."""
    return Line(**{**data, "faults": tuple(data["faults"])})


@dataclass(frozen=True)
class Change:
    """A line with what writing it would do."""

    row: Line
    standing: Standing
    faults: tuple[str, ...] = ()

    @property
    def may_be_written(self) -> bool:
        """Whether there is something to write that is in order."""
        return self.standing in (Standing.CHANGE, Standing.CONFLICT)

    @property
    def amount(self) -> Decimal | None:
        """The figure of the file; None where it cannot be read."""
        return Decimal(self.row.amount) if self.row.amount else None


def compare(row: Line, stored: tuple[Decimal | None, str, int] | None) -> Change:
    """What the line would change. stored: figure, note and version as they lie there now."""
    if stored is None or row.faults:
        return Change(row, Standing.INVALID, row.faults)
    amount, note, version = stored
    same_note = row.note is None or row.note == note
    if amount is not None and Decimal(row.amount) == amount and same_note:
        return Change(row, Standing.SAME)
    moved = bool(row.version) and row.version != version
    return Change(row, Standing.CONFLICT if moved else Standing.CHANGE)


def read_lines(cells: Cells, known: Mapping[tuple[str, str], Known]) -> list[Line]:
    """Every line with a figure or a note, by codes of unit and indicator, in capitals as `known`
    has them or not. Raises WorkbookFault where the titles of the columns are not found, or nothing
    is filled in."""
    rows: dict[int, dict[int, Cell]] = {}
    for (number, column), cell in sorted(cells.items()):
        rows.setdefault(number, {})[column] = cell
    header, places = _header(rows)
    filled: dict[int, dict[Column, Cell]] = {}
    for number, row in rows.items():
        found = {one: row[place] for one, place in places.items() if place in row}
        if number > header and (_text(found, Column.AMOUNT) or _text(found, Column.NOTE)):
            filled[number] = found
    if not filled:
        raise WorkbookFault("Tệp chưa điền dòng nào.")
    beside = _beside(filled)
    return [
        _line(
            number,
            found,
            _text(found, Column.NOTE) if Column.NOTE in places else None,
            known,
            [other for other in beside[_codes(found)] if other != number],
        )
        for number, found in filled.items()
    ]


def _codes(row: Mapping[Column, Cell]) -> tuple[str, str]:
    """Which figure the line is of; codes are written in capitals."""
    return _text(row, Column.UNIT_CODE).upper(), _text(row, Column.CODE).upper()


def _beside(filled: Mapping[int, Mapping[Column, Cell]]) -> dict[tuple[str, str], list[int]]:
    """The lines of each figure: more than one say against each other, and none of them counts."""
    found: dict[tuple[str, str], list[int]] = {}
    for number, row in filled.items():
        found.setdefault(_codes(row), []).append(number)
    return found


def _header(rows: Mapping[int, Mapping[int, Cell]]) -> tuple[int, dict[Column, int]]:
    for number, row in rows.items():
        titles = {tidy(cell.text): place for place, cell in row.items()}
        if number <= LOWEST_HEADER and all(one.label in titles for one in NEEDED):
            return number, {one: titles[one.label] for one in Column if one.label in titles}
    needed = "”, “".join(str(one.label) for one in NEEDED)
    raise WorkbookFault(f"Không thấy dòng tiêu đề có các cột “{needed}”.")


def _line(
    number: int,
    row: Mapping[Column, Cell],
    note: str | None,
    known: Mapping[tuple[str, str], Known],
    others: Sequence[int],
) -> Line:
    unit, code = _codes(row)
    one = known.get((unit, code))
    faults: list[str] = []
    amount: Decimal | None = None
    if one is None:
        faults.append(_why_unknown(unit, code, known))
    else:
        amount, faults = _amount(row, one)
    if one and others:
        named = ", ".join(f"dòng {number}" for number in others[:MOST_NAMED])
        faults.append(f"Trùng với {named} trong tệp: đề nghị chỉ để một dòng cho số liệu này.")
    if len(note or "") > LONGEST_NOTE:
        faults.append(f"Ghi chú dài quá, tối đa {LONGEST_NOTE} ký tự.")
    version = _text(row, Column.VERSION)
    return Line(
        line=number,
        key=one.key if one else None,
        version=int(version) if version.isdecimal() and len(version) < 10 else 0,
        amount="" if amount is None else format(amount, "f"),
        note=note,
        named=", ".join(filter(None, (code, _text(row, Column.UNIT) or unit))),
        unit=_text(row, Column.UNIT),
        faults=tuple(faults),
        typed=short(_text(row, Column.AMOUNT)),
    )


def _why_unknown(unit: str, code: str, known: Mapping[tuple[str, str], Known]) -> str:
    """`known` holds what the person writes: it cannot tell a unit of others from none."""
    if any(unit == mine for mine, _ in known):
        return f"Đợt này không có chỉ tiêu “{short(code)}” của đơn vị “{short(unit)}”."
    return f"Đồng chí không nhập số liệu của đơn vị “{short(unit)}” trong đợt này."


def _amount(row: Mapping[Column, Cell], one: Known) -> tuple[Decimal | None, list[str]]:
    cell = row.get(Column.AMOUNT)
    if cell is None or not cell.text.strip():
        return None, ["Có ghi chú nhưng chưa có số liệu."]
    if reason := why_no_number(cell):
        return None, [f"Ô {cell.name} {reason}."]
    try:
        return read_amount(cell.text, one.decimals), []
    except AmountFault as fault:
        return None, [fault.sentence]


def _text(row: Mapping[Column, Cell], column: Column) -> str:
    cell = row.get(column)
    return tidy(cell.text) if cell else ""


def table(lines: Iterable[Sequence[Any]]) -> list[Sequence[Any]]:
    """Titles above the lines, in the order of the columns."""
    return [[str(one.label) for one in Column], *lines]
