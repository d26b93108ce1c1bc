"""Workbooks as their users handle them: downloaded, filled in elsewhere, brought back."""

import io
from collections.abc import Callable
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from scoring.models import Score, WorkbookUpload
from scoring.rules.workbook import HEADER_ROW, Column
from scoring.rules.workbook_changes import Change
from scoring.services import workbook_drawing, workbooks
from tests.worlds import Work

FIRST_AREA = "1. Công tác chỉ đạo, điều hành"
SECOND_AREA = "2. Cải cách thủ tục hành chính"


class Filled:
    """A workbook being filled in."""

    def __init__(self, content: bytes):
        self.book: Workbook = load_workbook(io.BytesIO(content))

    def page_of(self, code: str) -> tuple[Worksheet, int]:
        """The sheet and the first row of a component."""
        for page in self.book.worksheets:
            for row in range(HEADER_ROW + 1, page.max_row + 1):
                if page.cell(row, Column.CODE).value == code:
                    return page, row
        raise AssertionError(f"no component {code}")

    def put(self, code: str, *answers: Any, note: Any = None, excuse: Any = None) -> "Filled":
        """Types answers from the first line down; note and "không áp dụng" where given."""
        page, row = self.page_of(code)
        for line, value in enumerate(answers):
            page.cell(row + line, Column.ANSWER).value = value
        if note is not None:
            page.cell(row, Column.NOTE).value = note
        if excuse is not None:
            page.cell(row, Column.EXCUSE).value = excuse
        return self

    def answer_cell(self, code: str, line: int = 0):
        """The cell of an answer."""
        page, row = self.page_of(code)
        return page.cell(row + line, Column.ANSWER)

    def saved(self) -> bytes:
        """As a program saves it."""
        out = io.BytesIO()
        self.book.save(out)
        return out.getvalue()


def a_book(work: Work) -> Filled:
    """The dossier's workbook as it is now, opened."""
    return Filled(workbook_drawing.draw(work.now()))


def as_upload(content: bytes, name: str = "hồ sơ.xlsx") -> SimpleUploadedFile:
    """A file as a browser sends it."""
    return SimpleUploadedFile(name, content)


def bring(work: Work, book: "Filled | bytes") -> WorkbookUpload:
    """The editor brings it back."""
    content = book if isinstance(book, bytes) else book.saved()
    return workbooks.take_in(work.now(), by=work.editor, upload=as_upload(content))


def told(upload: WorkbookUpload) -> dict[str, Change]:
    """What it would change now, by component."""
    return {score.criterion.code: change for score, change in workbooks.changes_of(upload)}


def pick_all(
    upload: WorkbookUpload, only: Callable[[Score], bool] = lambda score: True
) -> list[workbooks.Pick]:
    """Everything that could be written, as it is seen now."""
    return [
        workbooks.Pick(score.pk, score.version)
        for score, change in workbooks.changes_of(upload)
        if change.may_be_written and only(score)
    ]


def write_all(work: Work, upload: WorkbookUpload) -> int:
    """All of it is written."""
    return workbooks.write(upload, by=work.editor, picks=pick_all(upload))
