"""The yearly plan of a unit: what its tasks say, its two states, and how far it is taken over.

Layout of the table: usual form of a kế hoạch cải cách hành chính; areas of Nghị quyết 76/NQ-CP.
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import NamedTuple

from cchc_portal.kit.worded import Worded
from cchc_portal.kit.workflow import Move, Workflow
from commitments.rules.terms import LABELS, Difference, compared, said
from units.permissions import Permission


class PlanState(Worded):
    DRAFT = "draft", "Đang soạn"
    ISSUED = "issued", "Đã ban hành"


class PlanVerb(Worded):
    """The moves, and below them what else leaves a line in the log."""

    ISSUE = "issue", "Ban hành kế hoạch"
    REOPEN = "reopen", "Mở lại để điều chỉnh"
    DRAFT = "draft", "Lập kế hoạch"
    REVISE = "revise", "Sửa thông tin chung"
    ADD_TASK = "add_task", "Thêm nhiệm vụ"
    EDIT_TASK = "edit_task", "Sửa nhiệm vụ"
    REMOVE_TASK = "remove_task", "Xóa nhiệm vụ"
    TAKE_OVER = "take_over", "Nhận nhiệm vụ cấp trên giao"
    TELL = "tell", "Ghi kết quả thực hiện"


WRITING = (
    PlanVerb.REVISE,
    PlanVerb.ADD_TASK,
    PlanVerb.EDIT_TASK,
    PlanVerb.REMOVE_TASK,
    PlanVerb.TAKE_OVER,
)
"""Lines of the log that tell how the draft was written, apart from its story."""

UNIT = "unit"

PLAN = Workflow(
    name="plan",
    title="kế hoạch",
    states=PlanState,
    moves=(
        Move(
            PlanVerb.ISSUE,
            (PlanState.DRAFT,),
            PlanState.ISSUED,
            UNIT,
            Permission.SIGN_COMMITMENT,
        ),
        Move(
            PlanVerb.REOPEN,
            (PlanState.ISSUED,),
            PlanState.DRAFT,
            UNIT,
            Permission.SIGN_COMMITMENT,
            needs_comment=True,
        ),
    ),
)

PLAN_LABELS = {
    "title": "Tên kế hoạch",
    "ground": "Căn cứ",
}


@dataclass(frozen=True)
class PlanHeading:
    """What stands above the tasks."""

    title: str
    ground: str = ""


@dataclass(frozen=True)
class PlannedTerms:
    """A row of the plan table; `passed_down` asks the units below to take it into theirs."""

    area: str
    title: str
    product: str = ""
    due_on: date | None = None
    due_text: str = ""
    lead: str = ""
    partners: str = ""
    passed_down: bool = False

    def words(self) -> dict[str, str]:
        """Each term as a person reads it."""
        words = {column: said(column, value) for column, value in asdict(self).items()}
        return words | {"passed_down": "có" if self.passed_down else "không"}


PLANNED_COLUMNS = tuple(field.name for field in fields(PlannedTerms))

PLANNED_LABELS = {
    column: LABELS.get(column, "Giao đơn vị trực thuộc thực hiện") for column in PLANNED_COLUMNS
}


def heading_changes(before: PlanHeading, after: PlanHeading) -> list[Difference]:
    """The parts in which two headings differ."""
    return compared(PLAN_LABELS, asdict(before), asdict(after))


def task_changes(before: PlannedTerms, after: PlannedTerms) -> list[Difference]:
    """The terms in which two wordings of a row differ, in the order of the form."""
    return compared(PLANNED_LABELS, before.words(), after.words())


class Cover(NamedTuple):
    """Of the units below, by key: which have the task in an issued plan, which in a draft."""

    issued: frozenset[int]
    drafted: frozenset[int]
    missing: frozenset[int]

    @property
    def all(self) -> int:
        return len(self.issued) + len(self.drafted) + len(self.missing)


def cover(below: Iterable[int], taken: Iterable[tuple[int, str]]) -> Cover:
    """How far a task that was passed down is covered.

    below: keys of the units that should take it; taken: unit and state of each plan that has it.
    A unit that has it twice counts once, as issued if one of its plans is.
    """
    units = frozenset(below)
    pairs = [(unit, state) for unit, state in taken if unit in units]
    issued = frozenset(unit for unit, state in pairs if state == PlanState.ISSUED)
    drafted = frozenset(unit for unit, _ in pairs) - issued
    return Cover(issued, drafted, units - issued - drafted)
