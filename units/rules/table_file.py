"""A file of rows with named columns (CSV, UTF-8), read line by line, every fault named. Pure."""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from cchc_portal.kit import csv_faults
from units.names import tidy

FIRST_YEAR, LAST_YEAR = 1945, 2100
DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


@dataclass(frozen=True)
class Fault:
    """What is wrong: the line of the file, the column (empty for the whole line), the reason."""

    line: int
    column: str
    reason: str


class Unreadable(Exception):
    """The file as a whole cannot be read; carries the fault."""

    def __init__(self, line: int, column: str, reason: str):
        super().__init__(reason)
        self.fault = Fault(line, column, reason)


@dataclass
class Row:
    """One line: texts by column, tidied. Faults found while reading it gather in `faults`."""

    line: int
    cells: dict[str, str]
    faults: list[Fault]

    def wrong(self, column: str, reason: str) -> None:
        self.faults.append(Fault(self.line, column, reason))

    def text(self, column: str, *, longest: int, needed: bool = False) -> str:
        """The cell, refused where it is empty but needed, or too long to be kept."""
        text = self.cells[column]
        if needed and not text:
            self.wrong(column, "để trống")
        if len(text) > longest:
            self.wrong(column, f"dài {len(text)} ký tự, tối đa {longest}")
        return text

    def word(self, column: str, *, longest: int, needed: bool = False) -> str:
        """As `text`, and without a space inside."""
        text = self.text(column, longest=longest, needed=needed)
        if " " in text:
            self.wrong(column, f"“{text}” có khoảng trắng")
        return text

    def day(self, column: str) -> date | None:
        """A day written 2025-03-01; None where the cell is empty or wrong."""
        text = self.cells[column]
        if not text:
            return None
        try:
            day = date.fromisoformat(text) if DAY.fullmatch(text) else None
        except ValueError:
            day = None
        if day is None:
            self.wrong(column, f"“{text}” không phải là ngày, cần ghi theo mẫu 2025-03-01")
        elif not FIRST_YEAR <= day.year <= LAST_YEAR:
            self.wrong(column, f"năm {day.year} nằm ngoài khoảng {FIRST_YEAR}–{LAST_YEAR}")
            day = None
        return day


def rows_of(content: bytes, columns: Sequence[str], faults: list[Fault]) -> Iterator[Row]:
    """Every line that is not blank. Raises `Unreadable` where there is no table to read.

    A line with too few or too many cells is a fault of that line and is left out.
    """
    reader = csv.reader(io.StringIO(_decoded(content), newline=""), strict=True)
    header = _header(_cells(reader) or [], columns)
    while (cells := _cells(reader)) is not None:
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(header):
            faults.append(
                Fault(reader.line_num, "", f"có {len(cells)} ô, dòng tiêu đề có {len(header)} cột")
            )
            continue
        named = {name: tidy(cell) for name, cell in zip(header, cells, strict=True)}
        yield Row(reader.line_num, named, faults)


def _decoded(content: bytes) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = content[: fault.start].count(b"\n") + 1
        raise Unreadable(line, "", "tệp không phải bảng mã UTF-8") from None
    if "\0" in text:
        raise Unreadable(text[: text.index("\0")].count("\n") + 1, "", "tệp có ký tự rỗng (NUL)")
    return text


def _cells(reader: Any) -> list[str] | None:
    try:
        return next(reader, None)
    except csv.Error as fault:
        raise Unreadable(reader.line_num, "", csv_faults.told(fault)) from None


def _header(cells: list[str], columns: Sequence[str]) -> list[str]:
    names = [tidy(cell) for cell in cells]
    for column in columns:
        if names.count(column) > 1:
            raise Unreadable(1, column, "cột xuất hiện hai lần trong dòng tiêu đề")
    if missing := [column for column in columns if column not in names]:
        raise Unreadable(1, ", ".join(missing), "thiếu cột trong dòng tiêu đề")
    return names
