"""The dossier as a workbook: its sheets and cells. Pure.

Drawn by `scoring/workbook`, known again by `workbook_stamp.py`, read back by `workbook_reading.py`
out of the cells of `kit/workbook_file.py`, compared with what is stored by `workbook_changes.py`.
"""

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import IntEnum
from fractions import Fraction
from typing import Any

from cchc_portal.kit.workbook_file import LONGEST_CELL
from scoring.rules.answers import FieldKind, NotApplicable, Rule, parse_answer
from units.names import tidy

GUIDE_SHEET = "Hướng dẫn"
LIST_SHEET = "Danh mục"

HEADER_ROW = 3
UNTOLD = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|_x[0-9a-fA-F]{4}_|x005[fF]_")
"""Signs that a workbook cannot hold, or that programs read back as something else."""

YES, HELD, NOT_HELD = "Có", "Đạt", "Không đạt"
KEPT_NOTE = (
    "(Ghi chú dài hoặc có ký tự đặc biệt được giữ trên cổng, chỉ sửa được trên trang hồ sơ.)"
)
"""Stands in the cell of a note that a workbook cannot hold."""


class Column(IntEnum):
    """Columns of a sheet, from 1. MARK is hidden and tells which input a line is."""

    MARK = 1
    CODE = 2
    TITLE = 3
    MAXIMUM = 4
    RULE = 5
    EVIDENCE = 6
    LABEL = 7
    ANSWER = 8
    EXCUSE = 9
    NOTE = 10
    POINTS = 11


HEADINGS = {
    Column.MARK: "Khóa",
    Column.CODE: "Mã",
    Column.TITLE: "Tiêu chí thành phần",
    Column.MAXIMUM: "Điểm tối đa",
    Column.RULE: "Cách chấm",
    Column.EVIDENCE: "Minh chứng cần có",
    Column.LABEL: "Nội dung trả lời",
    Column.ANSWER: "Trả lời",
    Column.EXCUSE: "Không áp dụng",
    Column.NOTE: "Ghi chú, giải trình",
    Column.POINTS: "Điểm đã lưu",
}


@dataclass(frozen=True)
class Line:
    """One input cell. `options` are values with their words; `item` is a checklist's position."""

    field: str
    label: str
    kind: FieldKind
    options: tuple[tuple[str, str], ...] = ()
    item: str = ""


def lines_of(rule: Rule[Any]) -> tuple[Line, ...]:
    """The input cells of a rule, from top to bottom: one an input, one an item of a checklist."""
    return tuple(_lines(rule))


def _lines(rule: Rule[Any]) -> Iterator[Line]:
    for field in rule.fields():
        label = f"{field.label_vi[:1].upper()}{field.label_vi[1:]}"
        if field.kind == FieldKind.CHECKLIST:
            options = (("yes", HELD), ("no", NOT_HELD))
            for position, words in field.options:
                item = f"{words[:1].upper()}{words[1:]}"
                yield Line(field.name, item, field.kind, options, position)
        elif field.options:
            yield Line(field.name, label, field.kind, _told_apart(field.options))
        else:
            unit = field.unit if field.unit and field.unit not in field.label_vi else ""
            hint = ", ".join(filter(None, (unit, field.hint[:1].lower() + field.hint[1:])))
            yield Line(field.name, f"{label} ({hint})" if hint else label, field.kind)


def _told_apart(options: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    """Choices whose words are all different: numbered where two say the same."""
    folded = {tidy(words).casefold() for _, words in options}
    if len(folded) == len(options):
        return options
    return tuple((value, f"{n}. {words}") for n, (value, words) in enumerate(options, start=1))


@dataclass(frozen=True)
class Entry:
    """What the unit says of one component. `note` is None where the workbook does not hold it."""

    answer: Mapping[str, Any] | None
    not_applicable: bool
    note: str | None

    @property
    def digest(self) -> str:
        """Equal for entries that say the same."""
        said = [self.answer, self.not_applicable, None if self.note is None else plain(self.note)]
        text = json.dumps(said, ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()[:16]


def entry_of(
    rule: Rule[Any], maximum: Decimal, answer: Mapping[str, Any] | None, excused: bool, note: str
) -> Entry:
    """What is stored of a component, as its cells say it.

    A ratio of nothing proposes itself as not applicable: that is in the answer already.
    """
    read = None if answer is None else parse_answer(rule, answer)
    nothing = read is not None and isinstance(rule.points(read, maximum), NotApplicable)
    told = None if read is None else read.as_json()
    return Entry(told, excused and not nothing, note if holds(note) else None)


def holds(note: str) -> bool:
    """Whether a cell can hold the note and give it back whole."""
    return len(note.encode("utf-16-le")) // 2 <= LONGEST_CELL and not UNTOLD.search(plain(note))


def plain(note: str) -> str:
    """A note for comparing: composed letters, one sign for a new line, nothing around it."""
    composed = unicodedata.normalize("NFC", note)
    return composed.replace("\r\n", "\n").replace("\r", "\n").strip()


def cell_values(lines: tuple[Line, ...], answer: Mapping[str, Any] | None) -> list[str | Decimal]:
    """What stands in each input cell for an answer as it is kept; "" where there is none."""
    return ["" if answer is None else _cell_value(line, answer) for line in lines]


def _cell_value(line: Line, answer: Mapping[str, Any]) -> str | Decimal:
    value = answer[line.field]
    if line.kind == FieldKind.CHECKLIST:
        return HELD if int(line.item) in value else NOT_HELD
    if line.options:
        key = str(value).lower() if isinstance(value, bool) else str(value)
        return dict(line.options)[key]
    return Decimal(value)


@dataclass(frozen=True)
class Component:
    """One component as its lines in a sheet show it. `stored` is None where others assess it.

    `open`: whether its cells may be filled in, as far as it is for the component to say.
    """

    score: int
    version: int
    key: str
    code: str
    title: str
    maximum: Decimal
    rule_words: str
    evidence: tuple[str, ...]
    lines: tuple[Line, ...]
    excusable: bool
    stored: Entry | None
    points: Fraction | None
    excused: bool
    source: str
    open: bool = True

    @property
    def height(self) -> int:
        """How many lines of the sheet it takes."""
        return len(self.lines) if self.stored else 1

    def marks(self) -> list[str]:
        """What the hidden column says on each of its lines."""
        return marks(self.key, self.height)


def marks(key: str, height: int) -> list[str]:
    """The marks of a component's lines."""
    return [f"{key}#{line}" for line in range(1, height + 1)]


@dataclass(frozen=True)
class Group:
    """A criterion with its components."""

    title: str
    components: tuple[Component, ...]


@dataclass(frozen=True)
class Sheet:
    """One area."""

    name: str
    title: str
    groups: tuple[Group, ...]

    def placed(self) -> Iterator[tuple[int, Group | Component]]:
        """Criteria and components with the row each begins on."""
        row = HEADER_ROW
        for group in self.groups:
            row += 1
            yield row, group
            for component in group.components:
                yield row + 1, component
                row += component.height


@dataclass(frozen=True)
class Book:
    """The whole workbook. `closed_because` says why nothing can be filled in; empty while it can.

    `facts` are the lines of the first sheet: what the dossier is, whose, of which period.
    """

    title: str
    facts: tuple[tuple[str, str], ...]
    closed_because: str
    sheets: tuple[Sheet, ...]


def sheet_name(code: str, title: str, taken: set[str]) -> str:
    """A name Excel accepts, unlike those taken: at most 31 letters, without []:*?/\\."""
    words = tidy(re.sub(r"[\[\]:*?/\\']", " ", f"{code}. {title}"))
    name, number = _cut(words, 31), 1
    while name.casefold() in taken:
        number += 1
        name = f"{_cut(words, 31 - len(str(number)) - 1)} {number}"
    taken.add(name.casefold())
    return name


def _cut(words: str, longest: int) -> str:
    """Whole words, as many as there is room for."""
    if len(words) <= longest:
        return words
    return words[: longest + 1].rpartition(" ")[0].rstrip(" ,;.-") or words[:longest]
