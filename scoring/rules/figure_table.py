"""The table in which figures of a block are taken away and brought back: its columns, its rows.
Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from cchc_portal.kit.numerals import half_up, typed
from cchc_portal.kit.worded import Worded
from scoring.rules.answers import Rule, SurveyRule
from scoring.rules.figure import DIRECT, takes_points

SHEET = "Điểm ngoài tự đánh giá"
HEADER_ROW = 4
MARK = re.compile(r"K(\d{1,18})\.B(\d{1,18})\.D(\d{1,18})\.V(\d{1,9})")
DECIMALS = 4


class Column(Worded):
    """The columns, in their order, by title; those of `FILLED` are to be filled in."""

    MARK = "mark", "Mã dòng"
    CODE = "code", "Mã tiêu chí"
    TITLE = "title", "Tiêu chí thành phần"
    UNIT_CODE = "unit_code", "Mã đơn vị"
    UNIT = "unit", "Đơn vị"
    MAXIMUM = "maximum", "Điểm tối đa"
    SATISFIED = "satisfied", "Lượt hài lòng và rất hài lòng"
    RATED = "rated", "Tổng số lượt đánh giá"
    POINTS = "points", "Điểm"
    SOURCE = "source", "Nguồn số liệu"
    REASON = "reason", "Lý do"


NUMBERS = (Column.SATISFIED, Column.RATED, Column.POINTS)
FILLED = (*NUMBERS, Column.SOURCE, Column.REASON)


@dataclass(frozen=True)
class Line:
    """One component of one unit, as it is stored. `answer` is kept JSON."""

    period: int
    block: int
    score: int
    version: int
    code: str
    title: str
    unit_code: str
    unit: str
    maximum: Decimal
    rule: Rule[Any]
    answer: Mapping[str, Any] | None
    points: Fraction | None
    source: str
    reason: str

    @property
    def mark(self) -> str:
        """By which the row is known when it comes back, wherever it then stands."""
        return f"K{self.period}.B{self.block}.D{self.score}.V{self.version}"

    @property
    def open_columns(self) -> tuple[Column, ...]:
        """Those that mean something for its rule."""
        if isinstance(self.rule, SurveyRule):
            return FILLED
        return (Column.POINTS, Column.SOURCE, Column.REASON)

    def cells(self) -> dict[Column, str | Decimal]:
        """What stands in the row; numbers as numbers."""
        return {
            Column.MARK: self.mark,
            Column.CODE: self.code,
            Column.TITLE: self.title,
            Column.UNIT_CODE: self.unit_code,
            Column.UNIT: self.unit,
            Column.MAXIMUM: self.maximum,
            Column.SOURCE: self.source,
            Column.REASON: self.reason,
            **self._figure(),
        }

    def _figure(self) -> dict[Column, str | Decimal]:
        if self.answer and isinstance(self.rule, SurveyRule):
            return {column: Decimal(self.answer[column]) for column in NUMBERS[:2]}
        if self.points is None or self.points * 10**DECIMALS % 1:
            return {}
        return {Column.POINTS: half_up(self.points, DECIMALS)}


def as_text(cell: str | Decimal) -> str:
    """A cell of the table in a file of texts: a figure as somebody would type it."""
    return cell if isinstance(cell, str) else typed(cell)


def inputs_of(rule: Rule[Any], said: Mapping[Column, str]) -> dict[str, str]:
    """The cells of a row under the names of the rule's inputs."""
    survey = isinstance(rule, SurveyRule)
    named = {str(column): said.get(column, "") for column in NUMBERS[:2]} if survey else {}
    points = "points" if takes_points(rule) else DIRECT
    return named | {points: said.get(Column.POINTS, "")}
