"""Reads a table of ratings by unit, aspect and step; every fault named with its row. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from cchc_portal.kit.numerals import NotANumber, grouped, parse_number
from cchc_portal.kit.worded import Worded
from cchc_portal.kit.workbook_file import Cell, Cells, WorkbookFault, short, why_no_number
from scoring.rules.satisfaction import STEPS
from units.names import tidy

SHEET = "Lượt đánh giá"
LOWEST_HEADER = 20
MOST_OF_A_CELL = 100_000_000


class Column(Worded):
    """The columns by title."""

    UNIT_CODE = "unit_code", "Mã đơn vị"
    UNIT = "unit", "Đơn vị"
    ASPECT = "aspect", "Khía cạnh"
    VERY_GOOD = "very_good", STEPS[0]
    GOOD = "good", STEPS[1]
    FAIR = "fair", STEPS[2]
    BAD = "bad", STEPS[3]
    VERY_BAD = "very_bad", STEPS[4]
    DEALINGS = "dealings", "Số hồ sơ đã giải quyết"


COUNTS = (Column.VERY_GOOD, Column.GOOD, Column.FAIR, Column.BAD, Column.VERY_BAD)
NEEDED = (Column.UNIT_CODE, Column.ASPECT, *COUNTS)
SAID = (*COUNTS, Column.DEALINGS)
Row = Mapping[Column, Cell]


@dataclass(frozen=True)
class ReadUnit:
    """All rows of one unit, as the file says them. `counts`: one line of steps an aspect, in the
    order of the campaign; None of which the file says nothing. With faults there is nothing to
    write."""

    line: int
    unit: int | None
    named: str
    counts: tuple[tuple[int, ...] | None, ...] = ()
    dealings: int | None = None
    faults: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The shape in which it waits; `unit_from_json` reads it back."""
        return asdict(self)


def unit_from_json(data: Mapping[str, Any]) -> ReadUnit:
    """The unit that `as_json` wrote."""
    counts = tuple(None if steps is None else tuple(steps) for steps in data["counts"])
    return ReadUnit(**{**data, "counts": counts, "faults": tuple(data["faults"])})


def over(
    counts: Iterable[tuple[int, ...] | None], stored: Iterable[tuple[int, ...]]
) -> tuple[tuple[int, ...], ...]:
    """The steps of every aspect after a file is written over what is stored: an aspect of which it
    says nothing stays."""
    both = zip(counts, stored, strict=True)
    return tuple(before if steps is None else steps for steps, before in both)


def why_doubtful(counts: Iterable[tuple[int, ...]], dealings: int | None) -> str:
    """What is hard to believe, as a sentence; empty where nothing is. Whoever finished a dealing
    rates an aspect of it once."""
    most = max(map(sum, counts), default=0)
    if dealings is None or most <= dealings:
        return ""
    return (
        f"Có khía cạnh {grouped(most)} lượt đánh giá trong khi chỉ {grouped(dealings)} hồ sơ đã "
        "giải quyết; đề nghị đối chiếu trước khi chọn ghi."
    )


@dataclass
class _Gathered:
    line: int
    named: str
    counts: dict[int, tuple[int, ...]]
    dealings: int | None
    faults: list[str]


def read_ratings(
    cells: Cells, units: Mapping[str, tuple[int, str]], aspects: tuple[str, ...]
) -> list[ReadUnit]:
    """The units of the table in the order of their first rows.

    `units`: code → key and name of those that may be measured. A row in which no number stands says
    nothing, for the table that is taken away lists every unit: a unit without any other row is left
    out. Of an aspect the file speaks where a step of it is filled in; other steps of that row are
    then nought. Raises WorkbookFault where it is no such table.
    """
    header, columns = _header(cells)
    places = {tidy(aspect).casefold(): place for place, aspect in enumerate(aspects)}
    found: dict[str, _Gathered] = {}
    for line in sorted({row for row, _ in cells if row > header}):
        row = {column: cells[line, at] for column, at in columns.items() if (line, at) in cells}
        code = tidy(row[Column.UNIT_CODE].text).upper() if Column.UNIT_CODE in row else ""
        if not any(tidy(row[column].text) for column in SAID if column in row):
            continue
        name = units[code][1] if code in units else code or "không có mã đơn vị"
        one = found.setdefault(code, _Gathered(line, name, {}, None, []))
        if code not in units and one.line == line:
            one.faults.append(f"Dòng {line}: đợt này không có đơn vị nào mang mã “{short(code)}”.")
        _take(one, line, row, places)
    if not found:
        raise WorkbookFault("Tệp chưa điền dòng nào.")
    return [
        ReadUnit(
            line=one.line,
            unit=units[code][0] if code in units else None,
            named=one.named,
            counts=tuple(one.counts.get(place) for place in places.values()),
            dealings=one.dealings,
            faults=tuple(one.faults),
        )
        for code, one in found.items()
    ]


def _take(one: _Gathered, line: int, row: Row, places: Mapping[str, int]) -> None:
    aspect = tidy(row[Column.ASPECT].text) if Column.ASPECT in row else ""
    place = places.get(aspect.casefold())
    if place is None:
        said = f"“{short(aspect)}” không phải" if aspect else "chưa ghi"
        one.faults.append(f"Dòng {line}: {said} khía cạnh của đợt.")
    elif place in one.counts:
        one.faults.append(f"Dòng {line}: khía cạnh “{aspect}” của đơn vị này đã có ở dòng trên.")
    counts = [_count(one, line, row, column) for column in COUNTS]
    if place is not None and counts != [None] * len(COUNTS):
        one.counts.setdefault(place, tuple(count or 0 for count in counts))
    dealings = _count(one, line, row, Column.DEALINGS)
    if dealings is not None and one.dealings not in (None, dealings):
        one.faults.append(f"Dòng {line}: số hồ sơ đã giải quyết khác với dòng trên của đơn vị này.")
    one.dealings = one.dealings if dealings is None else dealings


def _count(one: _Gathered, line: int, row: Row, column: Column) -> int | None:
    cell = row.get(column)
    if cell is None or not cell.text.strip():
        return None
    if fault := why_no_number(cell):
        one.faults.append(f"Dòng {line}: ô {cell.name} {fault}.")
        return None
    try:
        number = parse_number(cell.text, whole=True)
    except NotANumber as refused:
        one.faults.append(f"Dòng {line}, “{column.label}”: {refused.reason}.")
        return None
    if number < 0 or number % 1 or number > MOST_OF_A_CELL:
        most = grouped(MOST_OF_A_CELL)
        one.faults.append(f"Dòng {line}, “{column.label}”: phải là số đếm từ 0 đến {most}.")
        return None
    return int(number)


def _header(cells: Cells) -> tuple[int, dict[Column, int]]:
    titles = {tidy(column.label).casefold(): column for column in Column}
    found: dict[int, dict[Column, int]] = {}
    for (line, at), cell in sorted(cells.items()):
        column = titles.get(tidy(cell.text).casefold())
        if line > LOWEST_HEADER or column is None:
            continue
        here = found.setdefault(line, {})
        if column in here:
            raise WorkbookFault(f"Tệp có hai cột “{column.label}”.")
        here[column] = at
    for line, here in found.items():
        if len(here) > 1:
            if missing := [one.label for one in NEEDED if one not in here]:
                raise WorkbookFault(f"Tệp thiếu cột “{'”, “'.join(missing)}”.")
            return line, here
    raise WorkbookFault("Không tìm thấy dòng tên cột; đề nghị dùng tệp mẫu của đợt.")


def lines_of_table(
    units: Iterable[tuple[str, str]], aspects: Iterable[str]
) -> list[tuple[str, ...]]:
    """The empty table that is taken away: header, then a row a unit and aspect."""
    named = list(aspects)
    rows = [
        (code, name, aspect, *("" for _ in COUNTS), "") for code, name in units for aspect in named
    ]
    return [tuple(column.label for column in Column), *rows]
