"""What one line of a file of units says. Pure: it knows the file, not what is stored."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from units.kinds import UnitKind
from units.rules.spells import begins, ends
from units.rules.table_file import Fault, Row, rows_of

DISTRICTS_ENDED = date(2025, 3, 1)
"""The day from which commune police stand directly below the province (no district level)."""

PARENT_SINCE = "parent_code_from_2025_03_01"

COLUMNS = (
    "code",
    "name",
    "kind",
    "parent_code",
    "valid_from",
    "valid_to",
    "successor_code",
    PARENT_SINCE,
    "gso_code",
    "basis",
)
FUNCTION_COLUMNS = ("department_code", "from", "basis")


class Stretch(Protocol):
    """Anything that runs from a first day up to a day; None is open on that side."""

    @property
    def first_on(self) -> date | None: ...

    @property
    def until(self) -> date | None: ...


@dataclass(frozen=True)
class Place:
    """Below whom a unit stands for a stretch of days; `column` is where the file says so."""

    first_on: date | None
    until: date | None
    parent_code: str
    column: str = "parent_code"


@dataclass(frozen=True)
class UnitRow:
    """A unit as the file tells it, from `first_on` up to but not including `until`."""

    line: int
    code: str
    name: str
    kind: UnitKind
    first_on: date | None
    until: date | None
    places: tuple[Place, ...]
    successors: tuple[str, ...]
    gso_code: str
    basis: str


@dataclass(frozen=True)
class UnitFile:
    """What a file says: its sound lines, every fault, and the codes of the lines that are wrong."""

    rows: list[UnitRow]
    faults: list[Fault]
    spoiled: set[str]


@dataclass(frozen=True)
class FunctionRow:
    """Departments of this code, in every province, handle procedures from a day (None: always)."""

    line: int
    code: str
    first_on: date | None
    basis: str


def read_units(content: bytes) -> UnitFile:
    """Every sound line and every fault. Raises `Unreadable` where there is no table to read."""
    faults: list[Fault] = []
    rows: list[UnitRow] = []
    spoiled: set[str] = set()
    for row in rows_of(content, COLUMNS, faults):
        before = len(faults)
        unit = _unit(row)
        for other in rows:
            if unit and other.code == unit.code and overlap(unit, other):
                row.wrong("code", f"mã {unit.code} đã có ở dòng {other.line} trong cùng thời gian")
        if unit and len(faults) == before:
            rows.append(unit)
        else:
            spoiled.add(row.cells["code"])
    return UnitFile(rows, faults, spoiled)


def read_functions(content: bytes) -> tuple[list[FunctionRow], list[Fault]]:
    """As `read_units`, for the file of departments that handle procedures for citizens."""
    faults: list[Fault] = []
    rows: list[FunctionRow] = []
    for row in rows_of(content, FUNCTION_COLUMNS, faults):
        before = len(faults)
        code = row.word("department_code", longest=32, needed=True)
        unit = FunctionRow(row.line, code, row.day("from"), row.text("basis", longest=2000))
        if any(other.code == code for other in rows):
            row.wrong("department_code", f"“{code}” đã có ở dòng trên")
        if len(faults) == before:
            rows.append(unit)
    return rows, faults


def _unit(row: Row) -> UnitRow | None:
    code = row.word("code", longest=32, needed=True)
    name = row.text("name", longest=200, needed=True)
    first_on, last_on = row.day("valid_from"), row.day("valid_to")
    if first_on and last_on and last_on < first_on:
        row.wrong("valid_to", f"ngày kết thúc {last_on} trước ngày bắt đầu {first_on}")
    until = last_on + timedelta(days=1) if last_on else None
    successors = tuple(part.strip() for part in row.cells["successor_code"].split(";"))
    successors = tuple(dict.fromkeys(part for part in successors if part))
    if successors and not row.cells["valid_to"]:
        row.wrong("successor_code", "có đơn vị kế thừa nhưng không có ngày kết thúc (valid_to)")
    gso_code = row.word("gso_code", longest=10)
    basis = row.text("basis", longest=2000)
    kind = _kind(row)
    if kind is None:
        return None
    return UnitRow(
        row.line,
        code,
        name,
        kind,
        first_on,
        until,
        _places(row, first_on, until),
        successors,
        gso_code,
        basis,
    )


def _kind(row: Row) -> UnitKind | None:
    try:
        return UnitKind(row.cells["kind"])
    except ValueError:
        known = ", ".join(str(kind) for kind in UnitKind)
        row.wrong("kind", f"không có loại đơn vị “{row.cells['kind']}”; các loại: {known}")
        return None


def _places(row: Row, first_on: date | None, until: date | None) -> tuple[Place, ...]:
    """One stretch below one parent, or two where the parent changed on the day districts ended."""
    before = row.word("parent_code", longest=32)
    since = row.word(PARENT_SINCE, longest=32) or before
    if since == before or ends(until) <= DISTRICTS_ENDED:
        return (Place(first_on, until, before),)
    if begins(first_on) >= DISTRICTS_ENDED:
        return (Place(first_on, until, since, PARENT_SINCE),)
    return (
        Place(first_on, DISTRICTS_ENDED, before),
        Place(DISTRICTS_ENDED, until, since, PARENT_SINCE),
    )


def overlap(one: Stretch, other: Stretch) -> bool:
    """Whether two stretches share a day."""
    return begins(one.first_on) < ends(other.until) and begins(other.first_on) < ends(one.until)
