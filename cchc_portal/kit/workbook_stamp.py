"""The signed stamp by which a workbook is known again: put in, and taken out when it comes back."""

from collections.abc import Mapping
from typing import Any

from django.core import signing
from xlsxwriter import Workbook

from cchc_portal.kit.workbook_file import Cells, WorkbookFault

STAMP_SHEET = "Nhận dạng"
CHUNK = 20_000


def signed(data: Mapping[str, Any], *, salt: str) -> str:
    """The text of a stamp."""
    return signing.dumps(dict(data), salt=salt, compress=True)


def put_in(book: Workbook, stamp: str) -> None:
    """The stamp on a last sheet that no menu shows."""
    hidden = book.add_worksheet(STAMP_SHEET)
    for row, start in enumerate(range(0, len(stamp), CHUNK)):
        hidden.write_string(row, 0, stamp[start : start + CHUNK])
    hidden.very_hidden()
    hidden.protect()


def taken_out(sheets: Mapping[str, Cells], *, salt: str, form: int, whose: str) -> dict[str, Any]:
    """What was signed. `form` is the number of the shape that is read today.

    whose: what the workbook is of, as the sentences say it ("hồ sơ"). Raises WorkbookFault.
    """
    cells = next((found for name, found in sheets.items() if name.strip() == STAMP_SHEET), {})
    text = "".join(cell.text for (_, column), cell in sorted(cells.items()) if column == 1)
    if not text:
        raise WorkbookFault(
            "Tệp không phải là tệp tải từ cổng, hoặc phần nhận dạng đã bị xóa. "
            f"Đề nghị tải tệp của {whose} này rồi điền vào đó."
        )
    try:
        data: dict[str, Any] = signing.loads(text, salt=salt)
    except signing.BadSignature as fault:
        raise WorkbookFault(
            f"Phần nhận dạng của tệp đã bị sửa nên không xác định được tệp của {whose} nào. "
            "Đề nghị tải tệp mới rồi chép các ô đã điền sang."
        ) from fault
    if data["form"] != form:
        raise WorkbookFault(
            "Tệp theo mẫu cũ của cổng. Đề nghị tải tệp mới rồi chép các ô đã điền sang."
        )
    return data
