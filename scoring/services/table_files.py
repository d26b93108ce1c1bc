"""The cells of a table that somebody brings: the one sheet of a workbook, or a file of values."""

from collections.abc import Iterable

from django.core.files.base import File

from cchc_portal.kit.numerals import grouped
from cchc_portal.kit.workbook_file import LARGEST, Cells, WorkbookFault, read_workbook
from scoring.rules.figure_reading import cells_of_lines
from scoring.rules.published_file import Unreadable, read_file
from units.names import tidy

MOST_LINES = 20_000


def cells_of(upload: File, name: str, *, sheet: str, labels: Iterable[str]) -> tuple[Cells, list]:
    """The cells of the one sheet that is read, and what is to be said of the others.

    `labels` are the titles of the columns, by which the separator of a CSV file is found. Raises
    WorkbookFault for what is no table or cannot be read safely.
    """
    if name.casefold().endswith(".csv"):
        return _cells_of_csv(upload, {tidy(label) for label in labels}), []
    sheets = read_workbook(upload.file, upload.size)
    own = next((one for one in sheets if tidy(one) == sheet), next(iter(sheets), ""))
    others = [one for one in sheets if one != own]
    return sheets.get(own, {}), [f"Trang “{one}” không được đọc." for one in others]


def _cells_of_csv(upload: File, titles: set[str]) -> Cells:
    if upload.size > LARGEST:
        raise WorkbookFault("Tệp lớn hơn 10 MB nên không phải là tệp tải từ cổng.")
    try:
        read = read_file(upload.read(), lambda header: sum(tidy(one) in titles for one in header))
    except Unreadable as fault:
        raise WorkbookFault(fault.sentence) from fault
    if len(read.lines) > MOST_LINES:
        raise WorkbookFault(
            f"Tệp có hơn {grouped(MOST_LINES)} dòng. Đề nghị chia thành nhiều tệp, mỗi tệp một số "
            "đơn vị."
        )
    return cells_of_lines([(0, read.header), *read.lines])
