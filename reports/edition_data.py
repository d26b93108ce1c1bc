"""An edition as other programs take it: CSV, Excel, and the sealed document itself as JSON."""

import io
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import groupby
from typing import Any

import xlsxwriter

from reports.models import Edition, EditionResult
from reports.seal import document, short_code
from scoring.rules.result_file import Cell, marked_csv, settled

VERSION = 3
"""Of the three forms together; a change of one makes every stored copy old."""

LONGEST_TAB = 31
HEADING_HEIGHT = 76
UNIT, WIDEST_NAME = 2, 70
POINT_PLACES = 2
NOT_IN_A_TAB = re.compile(r"[\[\]:*?/\\']")
EXPLAINED = "Giải thích"


@dataclass(frozen=True)
class Column:
    """A column of the files: its name in CSV, its heading in Excel, what stands in it, how wide."""

    name: str
    heading: str
    meaning: str
    width: int


COLUMNS = (
    Column("block", "Khối", "Tên khối; thứ hạng chỉ so trong một khối.", 28),
    Column("rank", "Hạng", "Thứ hạng trong khối; trống nếu không xếp hạng.", 7),
    Column("unit_code", "Mã đơn vị", "Mã của đơn vị trên cổng khi công bố.", 12),
    Column("unit", "Đơn vị", "Tên đơn vị vào ngày quyết định.", 40),
    Column(
        "points",
        "Điểm",
        "Tổng điểm được phê duyệt; phần thập phân vô hạn được làm tròn đến 6 chữ số, phân số "
        "chính xác có trong tệp JSON.",
        10,
    ),
    Column("max_points", "Điểm tối đa", "Tổng điểm tối đa của các tiêu chí áp dụng.", 13),
    Column("percent", "Chỉ số (%)", "Điểm chia điểm tối đa, nhân 100, làm tròn như đã in.", 12),
    Column("classification", "Xếp loại", "Mức xếp loại theo ngưỡng của kỳ; trống nếu không.", 16),
    Column("satisfied", "Lượt hài lòng", "Số lượt đánh giá hài lòng; trống nếu không đo.", 11),
    Column("rated", "Lượt đánh giá", "Tổng số lượt đánh giá; trống nếu không đo.", 11),
    Column(
        "people",
        "Số người",
        "Số người đánh giá, ít nhất (bằng khía cạnh có nhiều lượt nhất): khoảng tin cậy 95 % "
        "(Wilson) của tỷ lệ lượt hài lòng tính theo số này; trống nếu không ghi.",
        10,
    ),
    Column(
        "survey",
        "Đợt đo lường",
        "Tên và thời gian của đợt đo lường sự hài lòng mà số lượt đánh giá được lấy; trống nếu "
        "không lấy từ đợt nào, hoặc không ghi.",
        40,
    ),
    Column("note", "Lý do không xếp hạng", "Chỉ ghi với đơn vị không xếp hạng.", 22),
)


def json_file(edition: Edition, results: Iterable[EditionResult]) -> str:
    """The sealed document with its digest, as docs/check_edition.py reads it."""
    said = {
        "digest": edition.digest,
        "short_code": short_code(edition),
        "sealed": document(edition, results),
    }
    return json.dumps(said, ensure_ascii=False, indent=1) + "\n"


def csv_file(edition: Edition, results: Iterable[EditionResult]) -> str:
    """One line a unit. It begins with the mark by which Excel knows the letters (UTF-8)."""
    header = tuple(column.name for column in COLUMNS)
    rows = tuple(_cells(edition, result) for result in results)
    return marked_csv([header, *rows])


def excel_file(edition: Edition, results: Iterable[EditionResult]) -> bytes:
    """A page for each block, its heading in sight and on every printed sheet, then the meanings.

    The columns are those of the CSV without the block, and behind them the points of each area.
    """
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.set_properties(
        {
            "title": edition.title,
            "author": edition.issuer_name,
            "created": edition.published_at.replace(tzinfo=None),
        }
    )
    styles = _Styles(book)
    taken = {EXPLAINED.casefold()}
    for (_, name), rows in groupby(
        results, key=lambda result: (result.block_position, result.block_name)
    ):
        page = book.add_worksheet(_tab(name, taken))
        _draw_block(page, styles, edition, name, list(rows))
    _draw_meanings(book.add_worksheet(EXPLAINED), styles, edition)
    book.close()
    return out.getvalue()


class _Styles:
    """The formats of one book; a number has one for its decimals."""

    def __init__(self, book: xlsxwriter.Workbook):
        self.book = book
        self.heading = book.add_format(
            {"bold": True, "bottom": 1, "text_wrap": True, "valign": "top", "bg_color": "#EEF1EE"}
        )
        self.text = book.add_format({"text_wrap": True, "valign": "top"})
        self.bold = book.add_format({"bold": True, "valign": "top"})
        self.numbers: dict[int, Any] = {}

    def number(self, places: int) -> Any:
        if places not in self.numbers:
            pattern = f"0.{'0' * places}" if places else "0"
            self.numbers[places] = self.book.add_format({"num_format": pattern})
        return self.numbers[places]


def _cells(edition: Edition, result: EditionResult) -> tuple[Cell, ...]:
    """In the order of COLUMNS."""
    ranked = result.rank is not None
    return (
        result.block_name,
        result.rank,
        result.unit_code,
        result.unit_name,
        settled(result.points) if ranked else None,
        settled(result.maximum) if ranked else None,
        Decimal(f"{result.percent:.{edition.places}f}") if ranked else None,
        result.band or None,
        result.satisfied,
        result.rated,
        result.people,
        result.survey or None,
        result.unranked_reason or None,
    )


def _draw_block(
    page: Any, styles: _Styles, edition: Edition, block: str, rows: list[EditionResult]
) -> None:
    areas = list(_areas(rows))
    columns = [*COLUMNS[1:], *(Column(code, title, "", 15) for code, title in areas)]
    page.set_row(0, HEADING_HEIGHT)
    for place, column in enumerate(columns):
        page.set_column(place, place, column.width)
        page.write_string(0, place, column.heading, styles.heading)
    names = max((len(row.unit_name) for row in rows), default=0)
    page.set_column(UNIT, UNIT, max(columns[UNIT].width, min(names, WIDEST_NAME)))
    for line, result in enumerate(rows, start=1):
        points = {area["code"]: settled(Fraction(area["points"])) for area in result.areas}
        cells = [*_cells(edition, result)[1:], *(points.get(code) for code, _ in areas)]
        for place, cell in enumerate(cells):
            places = edition.places if columns[place].name == "percent" else POINT_PLACES
            _write(page, styles.number(places), line, place, cell)
    page.freeze_panes(1, 0)
    page.autofilter(0, 0, len(rows), len(columns) - 1)
    page.set_landscape()
    page.set_paper(9)  # A4
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    page.set_header(f"&L{_printed(block)}&R{_printed(edition.title)}")
    page.set_footer(f"&LMã kiểm tra {short_code(edition)}&RTrang &P/&N")


def _draw_meanings(page: Any, styles: _Styles, edition: Edition) -> None:
    lines = [
        ("Kỳ đánh giá", edition.title),
        ("Cơ quan ban hành", edition.issuer_name),
        ("Quyết định", f"{edition.decision_number} ngày {edition.decided_on:%d/%m/%Y}"),
        ("Bản công bố số", str(edition.number)),
        ("SHA-256", edition.digest),
        *((column.heading, column.meaning) for column in COLUMNS[1:]),
        ("Các cột còn lại", "Điểm của đơn vị trong từng lĩnh vực của bộ tiêu chí."),
    ]
    if edition.made_up:
        lines.insert(0, ("Lưu ý", "Dữ liệu minh họa, không có giá trị pháp lý"))
    page.set_column(0, 0, 24)
    page.set_column(1, 1, 90)
    for line, (heading, meaning) in enumerate(lines):
        page.write_string(line, 0, heading, styles.bold)
        page.write_string(line, 1, meaning, styles.text)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)


def _areas(rows: list[EditionResult]) -> Iterator[tuple[str, str]]:
    """Code and title of every area, in the order in which they first stand."""
    titles = {area["code"]: area["title"] for row in rows for area in row.areas}
    yield from titles.items()


def _write(page: Any, figure: Any, line: int, place: int, cell: Cell) -> None:
    """A text as it is; a whole number bare; any other in the format, which rounds what is seen and
    not what is stored."""
    if isinstance(cell, str):
        page.write_string(line, place, cell)
    elif isinstance(cell, Decimal):
        page.write_number(line, place, cell, figure)
    elif cell is not None:
        page.write_number(line, place, cell)


def _printed(text: str) -> str:
    """A text of the head of a printed page, where "&" begins a command; 255 signs at most."""
    return text[:90].replace("&", "&&")


def _tab(name: str, taken: set[str]) -> str:
    """A name Excel takes for a page: short, without forbidden signs, borne by no other."""
    clean = NOT_IN_A_TAB.sub(" ", name).strip() or "Khối"
    tab, number = clean[:LONGEST_TAB].strip(), 1
    while tab.casefold() in taken:
        number += 1
        tail = f" ({number})"
        tab = clean[: LONGEST_TAB - len(tail)].strip() + tail
    taken.add(tab.casefold())
    return tab
