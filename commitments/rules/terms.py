"""The words of a commitment: what a task promises, and what exactly is signed."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date
from decimal import Decimal
from typing import Any

from cchc_portal.kit.differences import Stretch, side_by_side
from cchc_portal.kit.numerals import exactly
from commitments.rules.areas import ReformArea

NOTHING = "(trống)"

LABELS = {
    "area": "Lĩnh vực",
    "title": "Nhiệm vụ",
    "product": "Kết quả, sản phẩm",
    "measure": "Chỉ tiêu đo bằng",
    "measure_unit": "Đơn vị tính",
    "baseline": "Hiện trạng",
    "target": "Mức cần đạt",
    "due_on": "Thời hạn (ngày)",
    "due_text": "Thời hạn (ghi bằng chữ)",
    "lead": "Chủ trì",
    "partners": "Phối hợp",
}
"""Every term of a task by its Vietnamese name, in the order of the yearly plan table."""

HEADING_LABELS = {
    "title": "Tên bản cam kết",
    "place": "Nơi ký",
    "agreed_on": "Ngày ký kết",
}


@dataclass(frozen=True)
class TaskTerms:
    """All that a unit promises about one task; empty text and None mean that nothing is said."""

    area: str
    title: str
    product: str = ""
    measure: str = ""
    measure_unit: str = ""
    baseline: Decimal | None = None
    target: Decimal | None = None
    due_on: date | None = None
    due_text: str = ""
    lead: str = ""
    partners: str = ""

    def words(self) -> dict[str, str]:
        """Each term as a person reads it: area by name, decimal comma, dd/mm/yyyy."""
        return {column: _said(column, value) for column, value in asdict(self).items()}


COLUMNS = tuple(field.name for field in fields(TaskTerms))


@dataclass(frozen=True)
class Heading:
    """What stands above the tasks and may be rewritten in a draft."""

    title: str
    place: str = ""
    agreed_on: date | None = None

    def words(self) -> dict[str, str]:
        """Each part as a person reads it."""
        return {column: _said(column, value) for column, value in asdict(self).items()}


@dataclass(frozen=True)
class Difference:
    """One term said in two ways."""

    label: str
    before: str
    after: str

    @property
    def sides(self) -> tuple[list[Stretch], list[Stretch]]:
        """Both whole, cut where they differ, to be shown side by side."""
        return side_by_side(self.before or NOTHING, self.after or NOTHING)

    def __str__(self) -> str:
        return f"{self.label}: {self.before or NOTHING} → {self.after or NOTHING}"


def differences(before: TaskTerms, after: TaskTerms) -> list[Difference]:
    """The terms in which two wordings of a task differ, in the order of the form."""
    return _differences(LABELS, before.words(), after.words())


def heading_differences(before: Heading, after: Heading) -> list[Difference]:
    """The same for two headings."""
    return _differences(HEADING_LABELS, before.words(), after.words())


def measure_words(terms: TaskTerms) -> str:
    """The target in short: "từ 72 % lên 85 %", "25 ngày", or nothing where none is set."""
    if terms.target is None:
        return ""
    unit = f" {terms.measure_unit}" if terms.measure_unit else ""
    target = f"{exactly(terms.target)}{unit}"
    if terms.baseline is None or terms.baseline == terms.target:
        return target
    direction = "lên" if terms.target > terms.baseline else "xuống"
    return f"từ {exactly(terms.baseline)}{unit} {direction} {target}"


def signed_content(
    heading: Mapping[str, Any], signer: Mapping[str, Any], tasks: Sequence[TaskTerms]
) -> dict[str, Any]:
    """What a head puts the name under: heading, own name, every task in its order.

    The layout has a number, so that a later layout can never read like an earlier one.
    """
    return {
        "layout": "commitment-1",
        "heading": dict(heading),
        "signer": dict(signer),
        "tasks": [asdict(terms) for terms in tasks],
    }


def _differences(
    labels: Mapping[str, str], olds: Mapping[str, str], news: Mapping[str, str]
) -> list[Difference]:
    return [
        Difference(label, olds[column], news[column])
        for column, label in labels.items()
        if olds[column] != news[column]
    ]


def _said(column: str, value: Any) -> str:
    if value is None:
        return ""
    if column == "area":
        return str(ReformArea(value).label)
    if isinstance(value, Decimal):
        return exactly(value)
    return f"{value:%d/%m/%Y}" if isinstance(value, date) else str(value)
