"""Papers of inspections by Decree 30: the plan, the minutes, the notice of the conclusion.

Form: Nghị định 30/2020/NĐ-CP, Phụ lục III, Mẫu 1.4 (văn bản có tên loại: kế hoạch, thông báo) and
Mẫu 1.10 (biên bản): here the unit that was inspected signs beside the secretary and the head of the
team.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from cchc_portal.kit.pdf import render_pdf
from commitments.models import (
    Inspection,
    InspectionEvent,
    InspectionFinding,
    InspectionPlan,
    InspectionPoint,
    InspectionTask,
    TeamMember,
)
from commitments.rules.inspection import Duty, FindingKind, InspectionVerb
from reports.papers.commitments import issuer_on
from reports.papers.parts import Issuer, Signature, foot_line
from reports.rules import decree
from reports.rules.issuers import office_of
from units.models import Unit

SUBJECT_WIDTH = 60
DOTS = "……"


@dataclass(frozen=True)
class Heading:
    """What stands above the text of each of them."""

    issuer: Issuer
    number: str
    day: str
    subject: str
    foot: str
    draft: bool

    @property
    def subject_lines(self) -> tuple[str, ...]:
        return decree.balanced(self.subject, SUBJECT_WIDTH)


@dataclass(frozen=True)
class PlanPaper(Heading):
    """Kế hoạch kiểm tra: grounds, aims, the inspections in a table."""

    grounds: tuple[str, ...]
    aims: tuple[str, ...]
    opening: str
    lines: Sequence[Inspection]
    closing: str
    recipients: tuple[str, ...]
    signature: Signature


@dataclass(frozen=True)
class MinutesPaper(Heading):
    """Biên bản kiểm tra: who was there, what was looked at, what was found."""

    opening: str
    day_then: str
    place: str
    team: Sequence[TeamMember]
    host: str
    scope: tuple[str, ...]
    points: Sequence[InspectionPoint]
    overview: tuple[str, ...]
    strengths: Sequence[InspectionFinding]
    shortcomings: Sequence[InspectionFinding]
    closing: str
    names: tuple[decree.Called, decree.Called, decree.Called]
    recipients: tuple[str, ...]


@dataclass(frozen=True)
class ConclusionPaper(Heading):
    """Thông báo kết luận kiểm tra: what was found, what is concluded, what is demanded."""

    opening: str
    strengths: Sequence[InspectionFinding]
    shortcomings: Sequence[InspectionFinding]
    conclusion: tuple[str, ...]
    tasks: Sequence[InspectionTask]
    closing: str
    recipients: tuple[str, ...]
    signature: Signature


def plan_pdf(plan: InspectionPlan) -> bytes:
    """The plan as it was issued; before that as it is, marked as a draft and without a number."""
    day = plan.issued_on
    issuer, symbol, head = _of(plan.unit, day or timezone.localdate(), "KH")
    lines = _lines_of(plan)
    units = len({one.inspected_id for one in lines})
    paper = PlanPaper(
        issuer=issuer,
        number=decree.document_number(plan.number, "") if plan.number else _open_number(symbol),
        day=decree.day_in_words(day) if day else decree.open_day(plan.year),
        subject=decree.capitalised(plan.title.removeprefix("Kế hoạch").strip() or plan.title),
        foot=foot_line("", None, plan.made_up),
        draft=not plan.issued,
        grounds=decree.listed(_lines(plan.ground)),
        aims=_lines(plan.aim),
        opening=(
            f"{issuer.name} tổ chức {len(lines):02} cuộc kiểm tra công tác cải cách hành chính tại "
            f"{units:02} đơn vị sau đây:"
        ),
        lines=lines,
        closing=decree.finished(
            "Đoàn kiểm tra, các đơn vị có tên trong Kế hoạch tổ chức thực hiện; có vướng mắc thì "
            f"báo cáo {issuer.name} để chỉ đạo"
        ),
        recipients=decree.listed(
            filter(
                None,
                (
                    f"{issuer.superior} (để báo cáo)" if issuer.superior else "",
                    "Các đơn vị được kiểm tra (để thực hiện)",
                    "Lưu: VT",
                ),
            )
        ),
        signature=_signature(head, plan.signer, plan.signer_post),
    )
    return _drawn("inspection_plan", "Kế hoạch", paper)


def minutes_pdf(inspection: Inspection) -> bytes:
    """The minutes as they were drawn up; before that as they are, marked as a draft."""
    day = inspection.minuted_on
    _name_as_on([inspection], day)
    issuer, symbol, _ = _of(inspection.unit, day or timezone.localdate(), "BB")
    team = list(inspection.team.all())
    strengths, shortcomings = _found(inspection)
    covers = _lines(inspection.covers and f"Thời kỳ kiểm tra: {inspection.covers}")
    host = ", ".join(filter(None, (inspection.host, inspection.host_post)))
    day_then = (
        decree.day_in_words(day) if day else f"ngày {DOTS} tháng {DOTS} năm {inspection.year}"
    )
    paper = MinutesPaper(
        issuer=issuer,
        number=_open_number(symbol),
        day="",
        subject=inspection.called,
        foot=foot_line("", None, inspection.made_up),
        draft=not inspection.told,
        opening=(
            f"Thực hiện Quyết định {_decision(inspection)} của {issuer.head_in_full}, {day_then}, "
            f"Đoàn kiểm tra làm việc với {inspection.inspected_name}."
        ),
        day_then=day_then,
        place=inspection.place,
        team=team,
        host=host,
        scope=(*decree.listed(_lines(inspection.scope)), *decree.listed(covers)),
        points=list(inspection.checklist.order_by("position")),
        overview=_lines(inspection.overview),
        strengths=strengths,
        shortcomings=shortcomings,
        closing=decree.finished(
            f"Buổi làm việc kết thúc vào hồi {DOTS} giờ {DOTS}, {day_then}. Biên bản được lập "
            "thành hai bản, mỗi bên giữ một bản; đã đọc lại cho những người có tên nghe và cùng ký"
        ),
        names=(
            decree.called(_name(team, Duty.SECRETARY)),
            decree.called(inspection.host),
            decree.called(_name(team, Duty.HEAD)),
        ),
        recipients=decree.listed((str(inspection.inspected), issuer.name, "Lưu: hồ sơ kiểm tra")),
    )
    return _drawn("inspection_minutes", "Biên bản", paper)


def conclusion_pdf(inspection: Inspection) -> bytes:
    """The notice as it was signed; before that as it is, marked as a draft."""
    day = inspection.concluded_on
    _name_as_on([inspection], day)
    issuer, symbol, head = _of(inspection.unit, day or timezone.localdate(), "TB")
    strengths, shortcomings = _found(inspection)
    tasks = list(inspection.tasks.order_by("number"))
    explained = " và giải trình của đơn vị" * any(one.taken_up for one in shortcomings)
    covers = f" (thời kỳ kiểm tra: {inspection.covers})" if inspection.covers else ""
    number = inspection.conclusion_number
    paper = ConclusionPaper(
        issuer=issuer,
        number=decree.document_number(number, "") if number else _open_number(symbol),
        day=decree.day_in_words(day) if day else decree.open_day(inspection.year),
        subject=f"Kết luận {decree.uncapitalised(inspection.called)}",
        foot=foot_line("", None, inspection.made_up),
        draft=not inspection.concluded,
        opening=(
            f"Thực hiện Quyết định {_decision(inspection)}, từ ngày "
            f"{inspection.starts_on:%d/%m/%Y} đến ngày {inspection.ends_on:%d/%m/%Y} Đoàn kiểm tra "
            f"của {issuer.name} đã kiểm tra công tác cải cách hành chính tại "
            f"{inspection.inspected_name}{covers}. Sau khi xem xét biên bản kiểm tra{explained}, "
            f"{issuer.name} kết luận như sau:"
        ),
        strengths=strengths,
        shortcomings=shortcomings,
        conclusion=_lines(inspection.conclusion),
        tasks=tasks,
        closing=decree.finished(
            f"Yêu cầu {inspection.inspected} tổ chức thực hiện, báo cáo kết quả khắc phục kèm tài "
            f"liệu chứng minh về {issuer.name} đúng thời hạn nêu trên"
            if tasks
            else f"Thông báo để {inspection.inspected} biết, tiếp tục duy trì kết quả đã đạt được"
        ),
        recipients=decree.listed(
            filter(
                None,
                (
                    f"{inspection.inspected} (để thực hiện)",
                    f"{inspection.placed_in} (để theo dõi)" if inspection.placed_in else "",
                    f"{issuer.superior} (để báo cáo)" if issuer.superior else "",
                    "Thành viên Đoàn kiểm tra",
                    "Lưu: VT, hồ sơ kiểm tra",
                ),
            )
        ),
        signature=_signature(head, inspection.signer, inspection.signer_post),
    )
    return _drawn("inspection_conclusion", "Thông báo", paper)


def _name_as_on(inspections: Iterable[Inspection], day: date | None) -> None:
    """The inspected units bear the names they bore on the day of the paper. One query."""
    units = Unit.objects.as_on(day or timezone.localdate())
    named = units.in_bulk({one.inspected_id for one in inspections})
    for one in inspections:
        one.inspected = named[one.inspected_id]
        one.inspected.name = one.inspected.name_then or one.inspected.name


def _lines_of(plan: InspectionPlan) -> list[Inspection]:
    """The inspections of the plan without those that were called off before it was issued."""
    off = InspectionEvent.objects.filter(verb=InspectionVerb.CANCEL, inspection__plan=plan.pk)
    if plan.signed_at:
        off = off.filter(happened_at__lt=plan.signed_at)
    lines = plan.inspections.exclude(pk__in=off.values("inspection")).order_by("starts_on", "pk")
    _name_as_on(lines, plan.issued_on)
    return list(lines)


def _decision(inspection: Inspection) -> str:
    """Number and day inside a sentence; of a draft before the decision that there is none."""
    return decree.uncapitalised(inspection.decision_words) or "(chưa ban hành)"


def _drawn(template: str, kind: str, paper: Heading) -> bytes:
    return render_pdf(
        f"reports/pdf/{template}.html",
        {"paper": paper},
        title=f"{kind} {decree.uncapitalised(paper.subject)}",
        author=paper.issuer.name,
    )


def _of(unit, day, kind: str) -> tuple[Issuer, str, str]:
    """The issuer of the day, the symbol of a paper of this kind, the position of the head."""
    issuer = issuer_on(unit, day)
    office = office_of(issuer.name, unit.kind, issuer.superior)
    return issuer, office.symbol.replace("QĐ", kind, 1), office.head


def _open_number(symbol: str) -> str:
    return f"{decree.BLANK}/{symbol}"


def _signature(head: str, signer: str, post: str) -> Signature:
    return Signature(
        head=head,
        position=post or head,
        authority=decree.authority_of(post),
        name=signer,
    )


def _found(inspection: Inspection) -> tuple[list[InspectionFinding], list[InspectionFinding]]:
    findings = list(inspection.findings.select_related("point").order_by("number"))
    return (
        [one for one in findings if one.kind == FindingKind.STRENGTH],
        [one for one in findings if one.shortcoming],
    )


def _name(team: Sequence[TeamMember], duty: Duty) -> str:
    return next((member.name for member in team if member.duty == duty), "")


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())
