"""Takes a table published elsewhere out of its file: bytes into header and lines of cells."""

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from cchc_portal.kit import csv_faults

Cells = tuple[str, ...]

SEPARATORS = (",", ";", "\t")
LONGEST_CELL = 10_000


class Unreadable(ValueError):
    """The file is no table; `sentence` says what is in the way, and in which line."""

    def __init__(self, sentence: str):
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True)
class PublishedFile:
    """The header, and every line after it with the number of the file's line it begins on."""

    header: Cells
    lines: tuple[tuple[int, Cells], ...]


def read_file(content: bytes, known: Callable[[Cells], int]) -> PublishedFile:
    """A file of values parted by comma, semicolon or tab (UTF-8, with or without its mark).

    `known` counts the names of a header that mean something: the separator by which most of them
    are found is the file's own, whatever commas stand in the cells below. Blank lines before the
    header are passed over. Raises `Unreadable`.
    """
    text = _decoded(content)
    best, most = SEPARATORS[0], (-1, 0)
    for separator in SEPARATORS:
        header = _header(text, separator)
        if (found := (known(header), len(header))) > most:
            best, most = separator, found
    lines = _lines(text, best)
    while lines and not any(cell.strip() for cell in lines[0][1]):
        lines.pop(0)
    if not lines:
        raise Unreadable("Tệp không có nội dung.")
    return PublishedFile(header=lines[0][1], lines=tuple(lines[1:]))


def _decoded(content: bytes) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise Unreadable(
            f"Dòng {_line_of(content, fault.start)}: tệp không phải văn bản mã UTF-8; "
            "đề nghị lưu lại ở dạng CSV UTF-8."
        ) from fault
    if "\0" in text:
        line = _line_of(content, content.index(b"\0"))
        raise Unreadable(f"Dòng {line}: tệp có ký tự rỗng (NUL), không phải văn bản.")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _line_of(content: bytes, place: int) -> int:
    before = content[:place].replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return before.count(b"\n") + 1


def _header(text: str, separator: str) -> Cells:
    """The first line that is not blank, parted so; nothing where it cannot be parted."""
    reader = csv.reader(io.StringIO(text), delimiter=separator)
    try:
        return next((tuple(cells) for cells in reader if any(map(str.strip, cells))), ())
    except csv.Error:
        return ()


def _lines(text: str, separator: str) -> list[tuple[int, Cells]]:
    reader = csv.reader(io.StringIO(text), delimiter=separator, strict=True, skipinitialspace=True)
    lines: list[tuple[int, Cells]] = []
    while True:
        number = reader.line_num + 1
        try:
            cells = next(reader, None)
        except csv.Error as fault:
            raise Unreadable(f"Dòng {number}: {csv_faults.told(fault)}.") from fault
        if cells is None:
            return lines
        if _too_long(cells):
            raise Unreadable(f"Dòng {number}: có ô dài quá {LONGEST_CELL} ký tự.")
        lines.append((number, tuple(cells)))


def _too_long(cells: Sequence[str]) -> bool:
    return any(len(cell) > LONGEST_CELL for cell in cells)
