"""The words of a commitment: what a task promises, and what exactly is signed."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date
from decimal import Decimal
from typing import Any

from cchc_portal.kit.differences import Stretch, side_by_side
from cchc_portal.kit.numerals import exactly
from commitments.rules.areas import ReformArea
from commitments.rules.progress import Aim
from commitments.rules.workflow import Change

NOTHING = "(trống)"

LABELS = {
    "area": "Lĩnh vực",
    "title": "Nhiệm vụ",
    "product": "Kết quả, sản phẩm",
    "measure": "Chỉ tiêu đo bằng",
    "measure_unit": "Đơn vị tính",
    "baseline": "Hiện trạng",
    "aim": "Hướng của chỉ tiêu",
    "target": "Mức cần đạt",
    "due_from": "Thực hiện từ ngày",
    "due_on": "Thời hạn (ngày)",
    "due_text": "Thời hạn (ghi bằng chữ)",
    "lead": "Chủ trì",
    "partners": "Phối hợp",
    "criterion": "Phục vụ tiêu chí",
    "money": "Kinh phí (triệu đồng)",
    "proof": "Tài liệu chứng minh",
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
    aim: str = Aim.REACH
    due_from: date | None = None
    criterion: str = ""
    money: Decimal | None = None
    proof: str = ""

    def words(self) -> dict[str, str]:
        """Each term as a person reads it: area by name, decimal comma, dd/mm/yyyy."""
        return {column: said(column, value) for column, value in asdict(self).items()}


COLUMNS = tuple(field.name for field in fields(TaskTerms))

LAYOUT = 2
"""How what is signed today is laid out; what was signed under an earlier layout is read by it."""

COLUMNS_OF_LAYOUT = {
    1: (
        "area", "title", "product", "measure", "measure_unit", "baseline", "target",
        "due_on", "due_text", "lead", "partners",
    ),
    2: COLUMNS,
}  # fmt: skip


@dataclass(frozen=True)
class SignedTask:
    """A row under a signature. In an annex: what it does, and to which row by its number."""

    terms: TaskTerms
    change: str = Change.ADD
    replaces: str = ""


@dataclass(frozen=True)
class Heading:
    """What stands above the tasks and may be rewritten in a draft."""

    title: str
    place: str = ""
    agreed_on: date | None = None

    def words(self) -> dict[str, str]:
        """Each part as a person reads it."""
        return {column: said(column, value) for column, value in asdict(self).items()}


def usual_title(year: int) -> str:
    """What a commitment is called where nobody chose another title."""
    return f"Bản cam kết thực hiện nhiệm vụ cải cách hành chính năm {year}"


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
    return compared(LABELS, before.words(), after.words())


def heading_differences(before: Heading, after: Heading) -> list[Difference]:
    """The same for two headings."""
    return compared(HEADING_LABELS, before.words(), after.words())


def measure_words(terms: TaskTerms) -> str:
    """The target in short: "từ 72 % lên 85 %", "giảm 25 ngày mỗi năm", "không quá 1 %", "25 ngày",
    or nothing where none is set."""
    if terms.target is None:
        return ""
    unit = f" {terms.measure_unit}" if terms.measure_unit else ""
    target = f"{exactly(terms.target)}{unit}"
    start = "" if terms.baseline is None else f"{exactly(terms.baseline)}{unit}"
    if terms.aim != Aim.REACH:
        told = "tăng" if terms.aim == Aim.RAISE else str(Aim(terms.aim).label)
        return f"{told} {target}" + (f" (hiện nay {start})" if start else "")
    if terms.baseline is None or terms.baseline == terms.target:
        return target
    direction = "lên" if terms.target > terms.baseline else "xuống"
    return f"từ {start} {direction} {target}"


def term_words(terms: TaskTerms) -> str:
    """The time in short: "từ 01/03/2022 đến 30/09/2022", "30/09/2022", "quý III"."""
    day = f"{terms.due_on:%d/%m/%Y}" if terms.due_on else ""
    if terms.due_from:
        day = f"từ {terms.due_from:%d/%m/%Y} đến {day}"
    return ", ".join(filter(None, (day, terms.due_text)))


def signed_content(
    heading: Mapping[str, Any],
    signer: Mapping[str, Any],
    tasks: Sequence[SignedTask],
    layout: int = LAYOUT,
) -> dict[str, Any]:
    """What a head puts the name under: heading, own name, every task in its order.

    The layout has a number, so that a later layout can never read like an earlier one.
    """
    rows = [_row(task, layout) for task in tasks]
    return {
        "layout": f"commitment-{layout}",
        "heading": dict(heading),
        "signer": dict(signer),
        "tasks": rows,
    }


def _row(task: SignedTask, layout: int) -> dict[str, Any]:
    said = asdict(task.terms)
    row = {column: said[column] for column in COLUMNS_OF_LAYOUT[layout]}
    return row if layout == 1 else row | {"change": task.change, "replaces": task.replaces}


def compared(
    labels: Mapping[str, str], olds: Mapping[str, str], news: Mapping[str, str]
) -> list[Difference]:
    """What two sets of words differ in, by the names and in the order of `labels`."""
    return [
        Difference(label, olds[column], news[column])
        for column, label in labels.items()
        if olds[column] != news[column]
    ]


def said(column: str, value: Any) -> str:
    """One term as a person reads it."""
    if value is None:
        return ""
    if column == "area":
        return str(ReformArea(value).label)
    if column == "aim":
        return str(Aim(value).label)
    if isinstance(value, Decimal):
        return exactly(value)
    return f"{value:%d/%m/%Y}" if isinstance(value, date) else str(value)
