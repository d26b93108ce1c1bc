"""Bảng điểm chi tiết: one block of an edition, components as rows, units as columns.

Put together from the sealed details, so only for those who may read all of them. Drawn by
`templates/reports/pdf/matrix.html`, A4 across; units stand in groups as wide as a page.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby
from typing import NamedTuple

from cchc_portal.kit.numerals import exactly, written
from cchc_portal.kit.pdf import render_pdf
from reports.models import Edition, ResultDetail
from reports.papers.editions import check_of, decision_words, issuer_of, number_words, office_for
from reports.papers.parts import TITLE_WIDTH, Issuer, capital_lines, foot_line
from reports.rules.sealed_detail import area_of, mark_of, nodes_of
from reports.rules.slices import even
from scoring.rules.points import shown

UNITS_A_PAGE = 9
NOTHING = "–"
POINT_PLACES = 2
TITLE = "Bảng điểm theo tiêu chí thành phần"
NOTES = (
    "Dấu “–”: tiêu chí thành phần không áp dụng với đơn vị. Điểm in làm tròn đến 2 chữ số thập "
    "phân; các dòng cộng lấy từ tổng điểm chính xác, làm tròn một lần, nên có thể khác tổng của "
    "các số đã làm tròn.",
    "Tài liệu dùng cho cơ quan tổ chức đánh giá, không niêm yết công khai.",
)


class MatrixRow(NamedTuple):
    """A row of one group. level: "area", "component" or "foot"."""

    level: str
    code: str
    title: str
    maximum: str
    cells: tuple[str, ...]


class MatrixGroup(NamedTuple):
    """The units of one page's width: where they begin and end, their names and all rows."""

    words: str
    units: tuple[tuple[int, str], ...]
    rows: tuple[MatrixRow, ...]


@dataclass(frozen=True)
class MatrixPaper:
    """The whole table, group by group."""

    issuer: Issuer
    block: str
    year: int
    source: str
    groups: tuple[MatrixGroup, ...]
    foot: str
    draft: bool = False
    notes: tuple[str, ...] = NOTES

    @property
    def title(self) -> str:
        return f"{TITLE} năm {self.year}, {self.block}"

    @property
    def title_lines(self) -> tuple[str, ...]:
        return capital_lines(TITLE, TITLE_WIDTH)


def matrix_pdf(edition: Edition, details: Sequence[ResultDetail]) -> bytes:
    """The table of one block as a file."""
    paper = matrix_paper(edition, details)
    return render_pdf(
        "reports/pdf/matrix.html", {"paper": paper}, title=paper.title, author=edition.issuer_name
    )


def matrix_paper(edition: Edition, details: Sequence[ResultDetail]) -> MatrixPaper:
    """What the table says. `details`: of every ranked line of the block, in order, each with its
    line at hand; at least one. No query but the edition's own."""
    first = details[0].result
    count = len(details)
    return MatrixPaper(
        issuer=issuer_of(edition, office_for(edition)),
        block=first.block_name,
        year=edition.year,
        source=f"{number_words(edition)} kèm theo {decision_words(edition)}",
        groups=tuple(
            _group(edition, details[begin:end], begin, count)
            for begin, end in even(count, UNITS_A_PAGE)
        ),
        foot=foot_line(number_words(edition), check_of(edition), edition.made_up),
    )


def _group(
    edition: Edition, details: Sequence[ResultDetail], begin: int, count: int
) -> MatrixGroup:
    nodes = nodes_of(details[0].result.block_position, edition.criteria)
    columns = [_cells(detail, nodes) for detail in details]
    codes = list(columns[0])
    rows: list[MatrixRow] = []
    for area, components in groupby(codes, key=lambda code: area_of(code, nodes)):
        node = nodes[area]
        rows.append(_area_row(node, details))
        rows += [
            MatrixRow(
                "component",
                code,
                nodes[code]["title"],
                exactly(Fraction(nodes[code]["maximum"]), POINT_PLACES),
                tuple(column[code] for column in columns),
            )
            for code in components
        ]
    last = begin + len(details)
    words = f"Đơn vị thứ {begin + 1} đến {last} của {count} đơn vị được xếp hạng"
    return MatrixGroup(
        words=words if len(details) < count else "",
        units=tuple(
            (number, detail.result.unit_name) for number, detail in enumerate(details, begin + 1)
        ),
        rows=(*rows, *_foot(edition, details)),
    )


def _cells(detail: ResultDetail, nodes) -> dict[str, str]:
    """Component → what it counts for, as printed."""
    cells = {}
    for one in detail.document["components"]:
        mark = mark_of(one, nodes[one["code"]])
        counted = written(mark.counted_points, POINT_PLACES)
        cells[one["code"]] = NOTHING if one["not_applicable"] else counted
    return cells


def _area_row(node, details: Sequence[ResultDetail]) -> MatrixRow:
    found = (
        next((area for area in detail.result.areas if area["code"] == node["code"]), None)
        for detail in details
    )
    cells = (
        NOTHING if area is None else written(Fraction(area["points"]), POINT_PLACES)
        for area in found
    )
    maximum = exactly(Fraction(node["maximum"]), POINT_PLACES)
    return MatrixRow("area", node["code"], node["title"], maximum, tuple(cells))


def _foot(edition: Edition, details: Sequence[ResultDetail]) -> list[MatrixRow]:
    """The figures of the lines as the decision prints them."""
    lines = [detail.result for detail in details]
    said = {
        "Tổng điểm": [exactly(shown(line.points, POINT_PLACES), POINT_PLACES) for line in lines],
        "Điểm tối đa được áp dụng": [exactly(line.maximum, POINT_PLACES) for line in lines],
        "Chỉ số (%)": [
            exactly(shown(line.percent, edition.places), edition.places) for line in lines
        ],
        "Xếp hạng trong khối": [str(line.rank) for line in lines],
        "Xếp loại": [line.band for line in lines],
    }
    return [MatrixRow("foot", "", title, "", tuple(cells)) for title, cells in said.items()]
