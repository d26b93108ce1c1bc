"""What an uploaded workbook would change, row by row, against what is stored now. Pure."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from cchc_portal.kit.worded import Worded
from scoring.rules.answers import Answer, NotApplicable, Rule, parse_answer
from scoring.rules.kinds import LONGEST_NOTE
from scoring.rules.workbook import Entry, entry_of, plain
from scoring.rules.workbook_reading import ReadRow


class Standing(Worded):
    """How a row of the workbook stands to what is stored."""

    SAME = "same", "Không đổi"
    CHANGE = "change", "Sẽ đổi"
    CONFLICT = "conflict", "Có bản mới hơn trên cổng"
    INVALID = "invalid", "Chưa hợp lệ"


@dataclass(frozen=True)
class Stored:
    """A component as it lies in the database now.

    `closed` says why it cannot be written though the dossier can; empty where it can.
    """

    rule: Rule[Any]
    maximum: Decimal
    version: int
    answer: Any
    excused: bool
    note: str
    closed: str = ""


@dataclass(frozen=True)
class Change:
    """One row with what writing it would come to. `note` is what would be stored."""

    row: ReadRow
    standing: Standing
    faults: tuple[str, ...]
    answer: Answer | None
    points: Fraction | None
    excused: bool
    note: str

    @property
    def may_be_written(self) -> bool:
        """Whether there is something to write that is in order."""
        return self.standing in (Standing.CHANGE, Standing.CONFLICT)


def compare(row: ReadRow, stored: Stored) -> Change:
    """What the row would change.

    A cell that nobody touched since the download changes nothing, whatever was written on the
    portal meanwhile. What somebody did touch conflicts wherever the version has moved, unless
    both say the same.
    """
    note = stored.note if row.entry.note is None else row.entry.note
    if plain(note) == plain(stored.note):
        note = stored.note
    faults = [*row.faults, *filter(None, [stored.closed])]
    if note != stored.note and len(note) > LONGEST_NOTE:
        faults.append(f"Ghi chú dài {len(note)} ký tự, tối đa {LONGEST_NOTE}. Đề nghị rút gọn.")
    answer = None
    if row.entry.answer is not None:
        answer = parse_answer(stored.rule, row.entry.answer, stored.maximum)
    points = None if answer is None else stored.rule.points(answer, stored.maximum)
    excused = row.entry.not_applicable or isinstance(points, NotApplicable)
    return Change(
        row=row,
        standing=_standing(row, stored, bool(faults)),
        faults=tuple(faults),
        answer=answer,
        points=points if isinstance(points, Fraction) and not excused else None,
        excused=excused,
        note=note,
    )


def _standing(row: ReadRow, stored: Stored, faulty: bool) -> Standing:
    if not row.touched or not row.faults and _says_the_same(row.entry, stored):
        return Standing.SAME
    if faulty:
        return Standing.INVALID
    return Standing.CHANGE if row.version == stored.version else Standing.CONFLICT


def _says_the_same(told: Entry, stored: Stored) -> bool:
    now = entry_of(stored.rule, stored.maximum, stored.answer, stored.excused, stored.note)
    same_note = told.note is None or plain(told.note) == plain(stored.note)
    same_answer = (told.answer, told.not_applicable) == (now.answer, now.not_applicable)
    return same_answer and same_note
