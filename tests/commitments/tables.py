"""The table of a draft as its users handle it: downloaded, filled in elsewhere, brought back."""

import io
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook, load_workbook

from commitments.models import Commitment, CommitmentTask, TaskUpload
from commitments.rules.task_changes import Change
from commitments.rules.task_table import HEADER_ROW, MARK, RULE_ROW, SHEET, TERMS
from commitments.services import task_tables
from tests.commitments.situations import Parties, fresh

FIRST_ROW = RULE_ROW + 1


class Filled:
    """A table being filled in."""

    def __init__(self, content: bytes):
        self.book: Workbook = load_workbook(io.BytesIO(content))
        self.page = self.book[SHEET]

    def cell(self, row: int, column: str):
        """The cell of a term; rows from 1 are those of the tasks."""
        return self.page.cell(HEADER_ROW + 1 + row, TERMS[column])

    def put(self, row: int, **said: Any) -> "Filled":
        """Types terms into a row."""
        for column, value in said.items():
            self.cell(row, column).value = value
        return self

    def empty(self, row: int) -> "Filled":
        """Clears what can be filled in of a row."""
        return self.put(row, **dict.fromkeys(TERMS))

    def mark(self, row: int):
        """The cell by which a row is known."""
        return self.page.cell(HEADER_ROW + 1 + row, MARK)

    def saved(self) -> bytes:
        """As a program saves it."""
        out = io.BytesIO()
        self.book.save(out)
        return out.getvalue()


def taken(who: Parties, draft: Commitment) -> Filled:
    """The table of a draft as it is now, opened."""
    return Filled(task_tables.draw(fresh(draft), by=who.editor))


def as_upload(content: bytes, name: str = "nhiệm vụ.xlsx") -> SimpleUploadedFile:
    """A file as a browser sends it."""
    return SimpleUploadedFile(name, content)


def bring(who: Parties, draft: Commitment, table: "Filled | bytes") -> TaskUpload:
    """The editor brings it back."""
    content = table if isinstance(table, bytes) else table.saved()
    return task_tables.take_in(fresh(draft), by=who.editor, upload=as_upload(content))


def told(upload: TaskUpload) -> list[Change]:
    """What its rows would change now."""
    return task_tables.changes_of(upload)[0]


def left(upload: TaskUpload) -> list[CommitmentTask]:
    """The tasks of the draft that are not in it."""
    return task_tables.changes_of(upload)[1]


def write_all(who: Parties, upload: TaskUpload, removals=()) -> dict[str, int]:
    """The editor writes every row that can be, as it is seen now."""
    picks = [
        task_tables.Pick(change.row.line, change.version)
        for change in told(upload)
        if change.may_be_written
    ]
    return task_tables.write(upload, by=who.editor, picks=picks, removals=removals)
