"""What can happen to an inspection, to the plan it stands in, to what its conclusion demands; at
whose desk. The tables; nothing else but what counts.

Source of the steps and of what is counted: the criterion “Kiểm tra CCHC” of the circular's draft
(kế hoạch kiểm tra; mức độ thực hiện; xử lý vấn đề phát hiện); Nghị định 30/2020/NĐ-CP for papers.
"""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from cchc_portal.kit.digest import digest
from cchc_portal.kit.worded import Worded
from cchc_portal.kit.workflow import Move, Workflow
from commitments.rules.plan import PlanState
from units.permissions import Permission


class InspectionKind(Worded):
    PLANNED = "planned", "Theo kế hoạch"
    SUDDEN = "sudden", "Đột xuất"
    AGAIN = "again", "Kiểm tra lại"


class InspectionState(Worded):
    PLANNED = "planned", "Dự kiến"
    DECIDED = "decided", "Đã có quyết định"
    UNDER_WAY = "under_way", "Đang kiểm tra"
    MINUTED = "minuted", "Chờ kết luận"
    FOLLOWED = "followed", "Đang theo dõi khắc phục"
    CLOSED = "closed", "Đã kết thúc"
    CANCELLED = "cancelled", "Không thực hiện"


class MendState(Worded):
    """How far a demand of the conclusion is."""

    UNDER_WAY = "under_way", "Đang khắc phục"
    REPORTED = "awaiting", "Chờ xác nhận"
    ACCEPTED = "done", "Đã khắc phục"


class InspectionVerb(Worded):
    """The moves, and below them what else leaves a line in the log."""

    ISSUE = "issue", "Ban hành kế hoạch"
    REOPEN = "reopen", "Mở lại để điều chỉnh"
    DECIDE = "decide", "Ghi quyết định kiểm tra"
    AMEND = "amend", "Sửa quyết định"
    BEGIN = "begin", "Bắt đầu kiểm tra"
    MINUTE = "minute", "Lập biên bản"
    TAKE_BACK = "take_back", "Mở lại biên bản"
    CONCLUDE = "conclude", "Ký kết luận"
    CLOSE = "close", "Kết thúc theo dõi"
    CANCEL = "cancel", "Không thực hiện"
    REPORT = "report", "Báo cáo khắc phục"
    ACCEPT = "accept", "Xác nhận đã khắc phục"
    REFUSE = "refuse", "Yêu cầu khắc phục tiếp"
    POSTPONE = "postpone", "Gia hạn khắc phục"
    DRAFT = "draft", "Lập kế hoạch"
    REVISE_PLAN = "revise_plan", "Sửa thông tin kế hoạch"
    ADD_LINE = "add_line", "Thêm cuộc kiểm tra"
    REVISE = "revise", "Sửa thông tin"
    DROP_LINE = "drop_line", "Bỏ khỏi kế hoạch"
    OPEN = "open", "Lập cuộc kiểm tra"
    SEAT = "seat", "Thêm thành viên đoàn"
    UNSEAT = "unseat", "Bỏ thành viên đoàn"
    ADD_POINT = "add_point", "Thêm nội dung kiểm tra"
    CHECK = "check", "Ghi kết quả kiểm tra"
    DROP_POINT = "drop_point", "Bỏ nội dung kiểm tra"
    FIND = "find", "Ghi phát hiện"
    REWORD = "reword", "Sửa phát hiện"
    DROP_FINDING = "drop_finding", "Bỏ phát hiện"
    PROVE = "prove", "Gắn tài liệu"
    UNPROVE = "unprove", "Gỡ tài liệu"
    EXPLAIN = "explain", "Giải trình"
    WRITE_CONCLUSION = "write_conclusion", "Ghi dự thảo kết luận"
    DEMAND = "demand", "Thêm yêu cầu khắc phục"
    REWORD_DEMAND = "reword_demand", "Sửa yêu cầu khắc phục"
    DROP_DEMAND = "drop_demand", "Bỏ yêu cầu khắc phục"


class Duty(Worded):
    """What somebody is in the team."""

    HEAD = "head", "Trưởng đoàn"
    DEPUTY = "deputy", "Phó trưởng đoàn"
    SECRETARY = "secretary", "Thư ký"
    MEMBER = "member", "Thành viên"


class PointOutcome(Worded):
    """What looking at a point of the checklist came to."""

    MET = "met", "Đạt"
    PARTLY = "partly", "Đạt một phần"
    NOT_MET = "not_met", "Chưa đạt"
    ASIDE = "aside", "Không kiểm tra"


class FindingKind(Worded):
    STRENGTH = "strength", "Ưu điểm"
    SHORTCOMING = "shortcoming", "Tồn tại, hạn chế"


BEFORE = (InspectionState.PLANNED, InspectionState.DECIDED, InspectionState.UNDER_WAY)
"""Team and checklist may be written until the minutes are drawn up."""
FINDING_OUT = (InspectionState.UNDER_WAY,)
"""Findings are written."""
TOLD = (InspectionState.MINUTED, InspectionState.FOLLOWED, InspectionState.CLOSED)
"""It took place, and the inspected unit reads what was found."""
NOT_CONCLUDED = (*BEFORE, InspectionState.MINUTED)
CONCLUDED = (InspectionState.FOLLOWED, InspectionState.CLOSED)
EXPLAINED = (InspectionState.MINUTED, InspectionState.FOLLOWED)
"""The inspected unit may explain what was found."""

UNIT, TEAM, OWNER = "unit", "team", "owner"
"""At the team's desk sits whoever is of the team, and whoever runs inspections of the unit; the
owner is the inspected unit."""
RUNNING, SIGNING = Permission.RUN_INSPECTION, Permission.SIGN_INSPECTION
ANSWERING = Permission.ANSWER_INSPECTION
_V, _P, _S, _M = InspectionVerb, PlanState, InspectionState, MendState

INSPECTION_PLAN = Workflow(
    name="inspection_plan",
    title="kế hoạch kiểm tra",
    states=PlanState,
    moves=(
        Move(_V.ISSUE, (_P.DRAFT,), _P.ISSUED, UNIT, SIGNING),
        Move(_V.REOPEN, (_P.ISSUED,), _P.DRAFT, UNIT, SIGNING, needs_comment=True),
    ),
)

INSPECTION = Workflow(
    name="inspection",
    title="cuộc kiểm tra",
    states=InspectionState,
    moves=(
        Move(_V.DECIDE, (_S.PLANNED,), _S.DECIDED, UNIT, RUNNING),
        Move(_V.BEGIN, (_S.DECIDED,), _S.UNDER_WAY, TEAM, RUNNING),
        Move(_V.MINUTE, (_S.UNDER_WAY,), _S.MINUTED, TEAM, RUNNING),
        Move(_V.AMEND, (_S.DECIDED, _S.UNDER_WAY), _S.DECIDED, UNIT, RUNNING, needs_comment=True),
        Move(_V.TAKE_BACK, (_S.MINUTED,), _S.UNDER_WAY, UNIT, RUNNING, needs_comment=True),
        Move(_V.CONCLUDE, (_S.MINUTED,), _S.FOLLOWED, UNIT, SIGNING),
        Move(_V.CLOSE, (_S.FOLLOWED,), _S.CLOSED, UNIT, RUNNING),
        Move(_V.CANCEL, (_S.PLANNED, _S.DECIDED), _S.CANCELLED, UNIT, RUNNING, needs_comment=True),
    ),
)

MENDING = Workflow(
    name="mending",
    title="yêu cầu khắc phục",
    states=MendState,
    moves=(
        Move(_V.REPORT, (_M.UNDER_WAY,), _M.REPORTED, OWNER, ANSWERING),
        Move(_V.ACCEPT, (_M.REPORTED,), _M.ACCEPTED, TEAM, RUNNING),
        Move(
            _V.REFUSE, (_M.REPORTED, _M.ACCEPTED), _M.UNDER_WAY, TEAM, RUNNING, needs_comment=True
        ),
        Move(_V.POSTPONE, (_M.UNDER_WAY,), _M.UNDER_WAY, UNIT, SIGNING, needs_comment=True),
    ),
)
"""A demand binds once the conclusion is signed; whoever may sign that may put its day off."""


@dataclass(frozen=True)
class PlanWords:
    """What stands above the inspections of a plan."""

    title: str
    ground: str = ""
    aim: str = ""

    @property
    def seal(self) -> str:
        """Tells these words from any others."""
        return digest([self.title, self.ground, self.aim])

    def told(self) -> str:
        """All of them in a line of the log."""
        return "; ".join(filter(None, (self.title, self.ground, self.aim)))


@dataclass(frozen=True)
class InspectionTerms:
    """What is inspected, the time it looks at in words, from which day to which; `reason` of one
    that no plan foresees."""

    scope: str
    covers: str
    starts_on: date
    ends_on: date
    reason: str = ""

    def words(self) -> str:
        """The days and the rest in a line of the log."""
        days = f"{self.starts_on:%d/%m/%Y}–{self.ends_on:%d/%m/%Y}"
        return "; ".join(filter(None, (days, self.covers, self.scope, self.reason)))


@dataclass(frozen=True)
class PointWords:
    """A line of the checklist; key and code of the component of the criteria it comes from, empty
    where it is the team's own."""

    text: str
    criterion_key: str = ""
    criterion_code: str = ""


@dataclass(frozen=True)
class Sums:
    """What inspections of a year came to. planned: those of plans, once issued, also while the
    plan is adjusted; done: of these, those that took place; beyond: others that took place; found:
    shortcomings in all that took place; mended: of these, those whose every demand is accepted;
    late: demands whose day has passed."""

    planned: int = 0
    done: int = 0
    beyond: int = 0
    found: int = 0
    mended: int = 0
    late: int = 0

    @property
    def done_percent(self) -> Fraction | None:
        """Share of planned inspections done, of a hundred; None where none is planned."""
        return _percent(self.done, self.planned)

    @property
    def mended_percent(self) -> Fraction | None:
        """Share of shortcomings mended, of a hundred; None where none was found."""
        return _percent(self.mended, self.found)


def _percent(part: int, whole: int) -> Fraction | None:
    return Fraction(part * 100, whole) if whole else None
