"""The tasks of a draft as a table that is taken away and brought back: its columns and cells,
and the stamp by which it is known again. Pure.

Drawn by `commitments/workbook.py`, read back by `task_reading.py`, compared by `task_changes.py`.
"""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from cchc_portal.kit.cell_words import clean
from cchc_portal.kit.worded import Worded
from commitments.rules.areas import ReformArea
from commitments.rules.progress import Aim
from commitments.rules.terms import COLUMNS, LABELS, TaskTerms
from units.names import tidy

FORM = 1
"""Number of the shape: a workbook of another is not read."""

SHEET, LIST_SHEET = "Nhiệm vụ", "Danh mục"
HEADER_ROW, RULE_ROW = 4, 5
MARK, NUMBER, FIRST = 1, 2, 3
"""Columns from 1: the hidden mark, the number, and the first term."""

HEADINGS = ("Mã dòng", "TT", *LABELS.values())
TERMS = {column: place for place, column in enumerate(LABELS, start=FIRST)}
CHOICES: dict[str, type[Worded]] = {"area": ReformArea, "aim": Aim}
FIGURES = ("baseline", "target", "money")
DAYS = ("due_from", "due_on")
KNOWN_MARK = re.compile(r"N(\d{1,18})")

RULES = {
    "area": "Bắt buộc. Chọn trong danh sách.",
    "title": "Bắt buộc.",
    "product": "Ví dụ: báo cáo, phần mềm, quyết định.",
    "measure": "Ví dụ: tỷ lệ hồ sơ trực tuyến.",
    "measure_unit": "Ví dụ: ngày, %, lớp.",
    "baseline": "Số. Có hiện trạng thì phải có mức cần đạt.",
    "aim": "Chọn trong danh sách. Để trống là “đạt mức”.",
    "target": "Số. Bắt buộc, lớn hơn 0 khi chọn “tăng thêm”, “giảm”.",
    "due_from": "Ngày/tháng/năm, không sau thời hạn.",
    "due_on": "Ngày/tháng/năm. Phải có ngày hoặc cột bên phải.",
    "due_text": "Ví dụ: thường xuyên, quý III.",
    "lead": "Đơn vị hoặc người chủ trì.",
    "partners": "Đơn vị phối hợp.",
    "criterion": "Mã và tên tiêu chí, ví dụ: 3.2.1.",
    "money": "Số, triệu đồng, không âm.",
    "proof": "Văn bản, số liệu sẽ chứng minh kết quả.",
}
"""What each column takes, as it stands below its heading."""

Value = str | Decimal | date


def rule_words(column: str, longest: Mapping[str, int]) -> str:
    """The rule of a column with its longest text, where it is a text."""
    most = f" Tối đa {longest[column]} ký tự." if column in longest else ""
    return f"{RULES[column]}{most}"


def cells_of(terms: TaskTerms) -> dict[str, Value]:
    """What stands in the cells of a task; "" where nothing is said."""
    return {column: _cell(column, value) for column, value in asdict(terms).items()}


def _cell(column: str, value: Any) -> Value:
    if value is None:
        return ""
    if column in CHOICES:
        return str(CHOICES[column](value).label)
    return value if isinstance(value, (Decimal, date)) else clean(str(value))


def mark_of(task: int) -> str:
    """By which the row of a task is known, wherever it then stands."""
    return f"N{task}"


def as_json(terms: TaskTerms) -> dict[str, str | None]:
    """Terms in the shape in which they wait; `terms_from_json` reads them back."""
    return {column: _plain(value) for column, value in asdict(terms).items()}


def _plain(value: Any) -> str | None:
    if value is None:
        return None
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    return value.isoformat() if isinstance(value, date) else str(value)


def terms_from_json(data: Mapping[str, str | None]) -> TaskTerms:
    """The terms that `as_json` wrote."""
    return TaskTerms(**{column: _read(column, data[column]) for column in COLUMNS})


def _read(column: str, value: str | None) -> Any:
    if value is None:
        return None
    if column in FIGURES:
        return Decimal(value)
    return date.fromisoformat(value) if column in DAYS else value


def digest(terms: TaskTerms) -> str:
    """Equal for terms that say the same in a cell."""
    said = {column: tidy(clean(value or "")) for column, value in as_json(terms).items()}
    text = json.dumps(said, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Taken:
    """A task as it was when the table was taken away."""

    task: int
    version: int
    digest: str


@dataclass(frozen=True)
class Stamp:
    """Whose table it is, of when, and what stood in it: kept in the file, signed."""

    form: int
    commitment: int
    unit: int
    unit_name: str
    called: str
    made_at: str
    tasks: tuple[Taken, ...]

    def as_json(self) -> dict[str, Any]:
        """The shape in which it is signed; `read_stamp` reads it back."""
        return asdict(self)

    @property
    def moment(self) -> datetime:
        """When the table was taken away."""
        return datetime.fromisoformat(self.made_at)


def read_stamp(data: Mapping[str, Any]) -> Stamp:
    """The stamp that `as_json` wrote."""
    return Stamp(**{**data, "tasks": tuple(Taken(**one) for one in data["tasks"])})
