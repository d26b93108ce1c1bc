"""A unit's yearly plan as a paper by Decree 30, its tasks in a table by area.

Form: Nghị định 30/2020/NĐ-CP, Phụ lục III, Mẫu 1.4 (văn bản có tên loại), as "Kế hoạch".
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

from django.utils import timezone

from cchc_portal.kit.pdf import render_pdf
from commitments.models import Plan, PlannedTask
from commitments.rules.areas import ReformArea, by_area
from reports.papers.commitments import issuer_on
from reports.papers.parts import Issuer, Signature, foot_line
from reports.rules import decree
from reports.rules.issuers import office_of

SUBJECT_WIDTH = 60
KIND = "Kế hoạch"
CLOSING = (
    "Đơn vị, cá nhân chủ trì tổ chức thực hiện các nhiệm vụ trên đúng thời hạn, báo cáo kết quả "
    "theo quy định; có vướng mắc thì phản ánh kịp thời để được hướng dẫn, giải quyết"
)


@dataclass(frozen=True)
class PlannedTaskRow:
    """A line of the table: numbered as it stands on paper, who does it in one cell."""

    number: int
    task: PlannedTask

    @property
    def who(self) -> str:
        """Lead, partners, and whether the units below do it too."""
        task = self.task
        told = (
            task.lead,
            f"phối hợp: {task.partners}" if task.partners else "",
            "đơn vị trực thuộc cùng thực hiện" if task.passed_down else "",
        )
        return decree.capitalised("; ".join(filter(None, told)))


@dataclass(frozen=True)
class PlanPaper:
    """Kế hoạch, from the heading to the signature."""

    issuer: Issuer
    number: str
    day: str
    subject: str
    grounds: tuple[str, ...]
    opening: str
    areas: tuple[tuple[ReformArea, list[PlannedTaskRow]], ...]
    closing: str
    recipients: tuple[str, ...]
    signature: Signature
    foot: str
    draft: bool

    @property
    def subject_lines(self) -> tuple[str, ...]:
        return decree.balanced(self.subject, SUBJECT_WIDTH)


def plan_pdf(plan: Plan) -> bytes:
    """The plan as it was issued; before that as it is, marked as a draft and without a number."""
    paper = plan_paper(plan)
    return render_pdf(
        "reports/pdf/plan.html",
        {"paper": paper},
        title=f"{KIND} {decree.uncapitalised(paper.subject)}",
        author=paper.issuer.name,
    )


def plan_paper(plan: Plan) -> PlanPaper:
    """What the paper says, word for word. Three queries."""
    issuer = issuer_on(plan.unit, plan.issued_on or timezone.localdate(), plan.party)
    office = office_of(issuer.name, plan.unit.kind, issuer.superior)
    tasks = list(plan.tasks.for_page())
    day = plan.issued_on
    return PlanPaper(
        issuer=issuer,
        number=plan.number or f"{decree.BLANK}/{office.symbol.replace('QĐ', 'KH', 1)}",
        day=decree.day_in_words(day) if day else decree.open_day(plan.year),
        subject=decree.capitalised(plan.title.removeprefix(KIND).strip() or plan.title),
        grounds=decree.listed(filter(None, map(str.strip, plan.ground.splitlines()))),
        opening=(
            f"{issuer.name} thực hiện {decree.two_digits(len(tasks))} nhiệm vụ cải cách hành chính "
            f"năm {plan.year} sau đây:"
        ),
        areas=tuple(_numbered(tasks)),
        closing=decree.finished(CLOSING),
        recipients=_recipients(issuer, tasks),
        signature=Signature(
            head=office.head,
            position=plan.signer_post or office.head,
            authority=decree.authority_of(plan.signer_post),
            name=plan.signer,
        ),
        foot=foot_line("", None, plan.made_up),
        draft=not plan.issued,
    )


def _numbered(tasks: list[PlannedTask]) -> Iterator[tuple[ReformArea, list[PlannedTaskRow]]]:
    numbers = count(1)
    for area, found in by_area(tasks, task=lambda task: task):
        yield area, [PlannedTaskRow(next(numbers), task) for task in found]


def _recipients(issuer: Issuer, tasks: list[PlannedTask]) -> tuple[str, ...]:
    passed_down = any(task.passed_down for task in tasks)
    lines = (
        f"{issuer.superior} (để báo cáo)" if issuer.superior else "",
        "Các đơn vị trực thuộc (để thực hiện)" if passed_down else "",
        "Đơn vị, cá nhân được giao nhiệm vụ",
        "Lưu: VT",
    )
    return decree.listed(filter(None, lines))
