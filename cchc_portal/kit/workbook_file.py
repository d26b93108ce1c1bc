"""Takes an uploaded workbook out of its file: bytes into cells, nothing believed. Pure.

Everything is a text with a kind until somebody asks for a value. Formulas are seen as
formulas, whatever value a program left beside them.
"""

import re
import unicodedata
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from enum import StrEnum
from typing import Any, BinaryIO

from openpyxl import load_workbook  # type: ignore[import-untyped]
from openpyxl.utils import get_column_letter  # type: ignore[import-untyped]

from cchc_portal.kit.numerals import is_plain, typed

LONGEST_CELL = 32_767
"""What Excel keeps of a text, in UTF-16 units."""

LARGEST = 10 * 1024 * 1024
MOST_UNPACKED = 16 * 1024 * 1024
MOST_TIMES = 100
SMALL = 1024 * 1024
READ_IN_PIECES = re.compile(r"xl/(worksheets/[^/]+\.xml|sharedStrings\.xml|media/.+)")
"""Parts that may be large; every other is read whole, at many times its size."""

LAST_ROW = 1_048_576
MOST_ROWS, MOST_COLUMNS = 20_000, 500
MOST_CELLS = 100_000

OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
LOCKED_OFFICE = "EncryptedPackage".encode("utf-16-le")
BROKEN = "Tệp bị hỏng, không đọc được. Đề nghị mở tệp, lưu lại dạng .xlsx rồi đưa lên lại."
LOCKED = "Tệp có mật khẩu mở tệp. Đề nghị bỏ mật khẩu, lưu lại rồi đưa lên."
NOT_A_WORKBOOK = "Tệp không phải là bảng tính Excel dạng .xlsx."
BOMB = "Tệp bung ra lớn bất thường nên không mở. Đề nghị tải lại tệp từ cổng rồi điền vào đó."


class WorkbookFault(ValueError):
    """A file that is refused as a whole, and why: one Vietnamese sentence or more."""

    def __init__(self, *sentences: str):
        super().__init__(*sentences)
        self.sentences = sentences


class CellKind(StrEnum):
    """What a program stored in a cell."""

    TEXT = "text"
    NUMBER = "number"
    PERCENT = "percent"
    DAY = "day"
    TRUTH = "truth"
    ERROR = "error"
    FORMULA = "formula"


@dataclass(frozen=True)
class Cell:
    """A cell that is not empty."""

    name: str
    kind: CellKind
    text: str


def why_no_number(cell: Cell) -> str:
    """Why nobody typed a number there, as a clause after the cell's name; empty where somebody may
    have."""
    match cell.kind:
        case CellKind.FORMULA:
            return f"là công thức ({short(cell.text)}), đề nghị nhập thẳng giá trị"
        case CellKind.ERROR:
            return f"báo lỗi {cell.text}, đề nghị nhập lại giá trị"
        case CellKind.DAY:
            return f"là ngày tháng ({cell.text}), phải là số; Excel đã tự đổi số vừa gõ"
        case CellKind.PERCENT:
            return "có định dạng phần trăm, đề nghị đổi định dạng ô thành số rồi gõ lại"
        case CellKind.TRUTH:
            return f"ghi {cell.text}, phải là số"
    return ""


def short(text: str) -> str:
    """What a cell says, as a sentence quotes it."""
    composed = unicodedata.normalize("NFC", " ".join(text.split()))
    return composed if len(composed) <= 60 else f"{composed[:60]}…"


Cells = Mapping[tuple[int, int], Cell]
"""Cells by row and column, from 1; what is not there is empty."""


def read_workbook(file: BinaryIO, size: int) -> dict[str, Cells]:
    """The cells of every sheet by its name. Raises `WorkbookFault`."""
    _check_outside(file, size)
    try:
        book = load_workbook(file, read_only=True, keep_links=False)
        try:
            return {sheet.title: _cells(sheet) for sheet in book.worksheets}
        finally:
            book.close()
    except WorkbookFault:
        raise
    except Exception as fault:  # whatever a damaged or crafted file makes the reader stumble over
        raise WorkbookFault(BROKEN) from fault


def _check_outside(file: BinaryIO, size: int) -> None:
    """Nothing is unpacked here: only the sizes the archive itself tells of."""
    if not size:
        raise WorkbookFault("Tệp rỗng, không có nội dung.")
    if size > LARGEST:
        megabytes = LARGEST // (1024 * 1024)
        raise WorkbookFault(f"Tệp lớn hơn {megabytes} MB nên không phải là tệp tải từ cổng.")
    file.seek(0)
    head = file.read(8)
    if head == OLD_OFFICE:
        locked = LOCKED_OFFICE in file.read()
        raise WorkbookFault(LOCKED if locked else f"{NOT_A_WORKBOOK} Đây là tệp Office kiểu cũ.")
    if not head.startswith(b"PK"):
        raise WorkbookFault(NOT_A_WORKBOOK)
    try:
        with zipfile.ZipFile(file) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError, OSError) as fault:
        raise WorkbookFault(BROKEN) from fault
    if any(part.flag_bits & 1 for part in parts):
        raise WorkbookFault(LOCKED)
    if sum(part.file_size for part in parts) > MOST_UNPACKED or any(map(_swells, parts)):
        raise WorkbookFault(BOMB)
    if not any(part.filename == "xl/workbook.xml" for part in parts):
        raise WorkbookFault(NOT_A_WORKBOOK)


def _swells(part: zipfile.ZipInfo) -> bool:
    if part.file_size <= SMALL:
        return False
    in_pieces = READ_IN_PIECES.fullmatch(part.filename)
    return not in_pieces or part.file_size > MOST_TIMES * part.compress_size


def _cells(sheet: Any) -> Cells:
    sheet.reset_dimensions()  # what the file says of its size may be a lie
    found: dict[tuple[int, int], Cell] = {}
    for number, row in enumerate(sheet.iter_rows(max_row=LAST_ROW), start=1):
        if number > MOST_ROWS or len(row) > MOST_COLUMNS:
            raise WorkbookFault(
                f"Trang “{sheet.title}” có nội dung ở quá xa, ngoài {MOST_ROWS} dòng hoặc "
                f"{MOST_COLUMNS} cột đầu. Đề nghị xóa các dòng, cột thừa rồi đưa lên lại."
            )
        for column, cell in enumerate(row, start=1):
            if cell.value is not None and cell.value != "":
                found[number, column] = _cell(f"{get_column_letter(column)}{number}", cell)
        if len(found) > MOST_CELLS:
            raise WorkbookFault(
                f"Trang “{sheet.title}” có hơn {MOST_CELLS} ô. Đề nghị chia thành nhiều tệp, mỗi "
                "tệp một số đơn vị."
            )
    return found


def _cell(name: str, cell: Any) -> Cell:
    kind, text = _read(cell)
    if len(text) > LONGEST_CELL:
        raise WorkbookFault(f"Ô {name} dài quá {LONGEST_CELL} ký tự. Đề nghị rút gọn.")
    return Cell(name, kind, text)


def _read(cell: Any) -> tuple[CellKind, str]:
    """Kind and text; a number as one would type it, with the 15 digits a spreadsheet shows."""
    value = cell.value
    match cell.data_type:
        case "f":
            return CellKind.FORMULA, str(getattr(value, "text", value))
        case "e":
            return CellKind.ERROR, str(value)
        case "b":
            return CellKind.TRUTH, "TRUE" if value else "FALSE"
        case "d":
            return CellKind.DAY, _day(value)
        case "n":
            exact = Decimal(value if isinstance(value, int) else format(value, ".15g"))
            text = typed(exact) if is_plain(exact) else str(value)
            return CellKind.PERCENT if "%" in cell.number_format else CellKind.NUMBER, text
    return CellKind.TEXT, str(value)


def _day(value: object) -> str:
    if isinstance(value, datetime) and value.time() == time():
        value = value.date()
    if isinstance(value, datetime):
        return f"{value:%d/%m/%Y %H:%M}"
    return f"{value:%d/%m/%Y}" if isinstance(value, date) else str(value)
