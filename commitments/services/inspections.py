"""An inspection from its opening to the end of the following up."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from cchc_portal.kit.errors import MoveRefused
from cchc_portal.kit.workflow import Move
from commitments import inspection_access as access
from commitments.models import Inspection, InspectionPlan
from commitments.models.superiors import superior_on
from commitments.rules.inspection import (
    INSPECTION,
    Duty,
    FindingKind,
    InspectionKind,
    InspectionTerms,
    InspectionVerb,
    MendState,
    PointOutcome,
)
from commitments.services.inspection_plans import refuse_other_year, refuse_unfit
from commitments.services.inspection_rows import (
    hold_drawing_up,
    kept,
    refuse_unless_same,
    refuse_unless_seen,
    tell,
)
from commitments.services.plans import Paper
from units.models import Unit, User


@dataclass(frozen=True)
class Minutes:
    """What the minutes say beside checklist and findings: the day, where, who stood for the
    inspected unit, the team's general view."""

    day: date
    place: str
    host: str
    host_post: str
    overview: str


@transaction.atomic
def open_sudden(
    unit: Unit, *, inspected: Unit, terms: InspectionTerms, by: User, made_up: bool = False
) -> Inspection:
    """An inspection that no plan foresees, for a reason. PermissionDenied, MoveRefused."""
    access.require_running(by, unit.pk)
    refuse_unfit(unit, inspected, terms)
    return _open(unit, inspected, terms, InspectionKind.SUDDEN, by=by, made_up=made_up)


@transaction.atomic
def again(inspection: Inspection, *, terms: InspectionTerms, by: User) -> Inspection:
    """What was concluded is inspected again: the same unit, and the points of the checklist that
    were not met or led to a shortcoming. PermissionDenied, MoveRefused."""
    before = Inspection.objects.hold(inspection.pk)
    access.require_running(by, before.unit_id)
    if not before.concluded:
        raise MoveRefused("Chỉ kiểm tra lại sau khi đã ký kết luận.")
    refuse_unfit(before.unit, before.inspected, terms)
    opened = _open(
        before.unit,
        before.inspected,
        terms,
        InspectionKind.AGAIN,
        by=by,
        made_up=before.made_up,
        again_of=before,
    )
    wanting = Q(outcome__in=(PointOutcome.PARTLY, PointOutcome.NOT_MET)) | Q(
        findings__kind=FindingKind.SHORTCOMING
    )
    points = before.checklist.filter(wanting).distinct().order_by("position")
    for position, point in enumerate(points, start=1):
        opened.checklist.create(
            position=position,
            text=point.text,
            criterion_key=point.criterion_key,
            criterion_code=point.criterion_code,
        )
    return opened


@transaction.atomic
def revise(
    inspection: Inspection, *, seen: str, inspected: Unit, terms: InspectionTerms, by: User
) -> Inspection:
    """What is inspected, and when, is rewritten before the decision; `seen`: its `terms_seal`.
    PermissionDenied, MoveRefused (decided, in an issued plan), ChangedMeanwhile, as all below."""
    if inspection.plan_id:
        InspectionPlan.objects.hold(inspection.plan_id)
    held = Inspection.objects.hold(inspection.pk)
    access.require_running(by, held.unit_id)
    if not access.may_revise(by, held):
        raise MoveRefused("Đã có quyết định kiểm tra hoặc kế hoạch đã ban hành nên không sửa được.")
    refuse_unless_same(held.terms_seal, seen)
    if held.kind == InspectionKind.AGAIN and inspected.pk != held.inspected_id:
        raise MoveRefused("Kiểm tra lại thì giữ nguyên đơn vị được kiểm tra.")
    refuse_unfit(held.unit, inspected, terms)
    if held.plan:
        refuse_other_year(held.plan, terms.starts_on)
        held.plan.version += 1
        held.plan.save(update_fields=["version"])
    before = f"{held.inspected}; {held.terms.words()}"
    held.inspected, held.year = inspected, terms.starts_on.year
    for column, value in asdict(terms).items():
        setattr(held, column, value)
    held.version += 1
    held.save()
    tell(held, InspectionVerb.REVISE, by=by, comment=f"{before} → {inspected}; {terms.words()}")
    return held


@transaction.atomic
def decide(
    inspection: Inspection,
    *,
    seen: int,
    number: str,
    day: date,
    starts_on: date,
    ends_on: date,
    by: User,
) -> Inspection:
    """The decision, and the days it sets. Also MoveRefused: a plan that is not issued, no head of
    the team, days in disorder."""
    held, move = _ask(inspection, InspectionVerb.DECIDE, seen=seen, by=by)
    if held.plan and not held.plan.issued:
        raise MoveRefused("Kế hoạch kiểm tra chưa ban hành nên chưa ra quyết định được.")
    if not held.team.filter(duty=Duty.HEAD).exists():
        raise MoveRefused("Đoàn kiểm tra chưa có trưởng đoàn.")
    if day > timezone.localdate():
        raise MoveRefused("Ngày quyết định không thể sau ngày hôm nay.")
    if not day <= starts_on <= ends_on:
        raise MoveRefused("Các ngày phải theo thứ tự: quyết định, bắt đầu, kết thúc.")
    if held.plan:
        refuse_other_year(held.plan, starts_on)
    said = {
        "year": starts_on.year,
        "decision_number": number,
        "decided_on": day,
        "starts_on": starts_on,
        "ends_on": ends_on,
    }
    told = f"Số {number} ngày {day:%d/%m/%Y}; {starts_on:%d/%m/%Y}–{ends_on:%d/%m/%Y}"
    return _move(held, move, by=by, comment=told, **said)


@transaction.atomic
def begin(inspection: Inspection, *, seen: int, by: User) -> Inspection:
    """The team has come. Also MoveRefused: before its first day, or with nothing to look at."""
    held, move = _ask(inspection, InspectionVerb.BEGIN, seen=seen, by=by)
    if held.starts_on > timezone.localdate():
        raise MoveRefused("Chưa đến ngày bắt đầu kiểm tra theo quyết định.")
    if not held.checklist.exists():
        raise MoveRefused("Chưa có nội dung kiểm tra nào.")
    return _move(held, move, by=by)


@transaction.atomic
def minute(inspection: Inspection, *, seen: int, minutes: Minutes, by: User) -> Inspection:
    """The minutes are drawn up as the findings are; the inspected unit reads them. Also
    MoveRefused: points without a result, no secretary, a day before the first or to come."""
    held, move = _ask(inspection, InspectionVerb.MINUTE, seen=seen, by=by)
    if left := held.checklist.filter(outcome="").count():
        raise MoveRefused(f"Còn {left} nội dung kiểm tra chưa ghi kết quả.")
    if not held.team.filter(duty=Duty.SECRETARY).exists():
        raise MoveRefused("Đoàn kiểm tra chưa có thư ký để ghi biên bản.")
    if not held.starts_on <= minutes.day <= timezone.localdate():
        raise MoveRefused("Ngày lập biên bản phải từ ngày bắt đầu kiểm tra đến hôm nay.")
    said = asdict(minutes)
    said["minuted_on"] = said.pop("day")
    return _move(held, move, by=by, comment=f"Ngày {minutes.day:%d/%m/%Y}", **said)


@transaction.atomic
def take_back(inspection: Inspection, *, seen: int, comment: str, by: User) -> Inspection:
    """The minutes are opened again. Also MoveRefused: demands are drawn up already."""
    held, move = _ask(inspection, InspectionVerb.TAKE_BACK, seen=seen, by=by, comment=comment)
    if held.tasks.exists():
        raise MoveRefused("Đã có yêu cầu khắc phục; đề nghị bỏ trước khi mở lại biên bản.")
    return _move(held, move, by=by, comment=comment, minuted_on=None)


@transaction.atomic
def write_conclusion(inspection: Inspection, *, seen: str, text: str, by: User) -> Inspection:
    """The draft of the conclusion; `seen`: the seal of the words before, which the log keeps."""
    held = hold_drawing_up(inspection, by=by)
    before = held.conclusion
    if before == text:
        return held
    refuse_unless_same(held.conclusion_seal, seen)
    held.conclusion = text
    held.version += 1
    held.save(update_fields=["conclusion", "version"])
    tell(held, InspectionVerb.WRITE_CONCLUSION, by=by, comment=kept(before))
    return held


@transaction.atomic
def conclude(inspection: Inspection, *, seen: int, paper: Paper, by: User) -> Inspection:
    """The head signs the conclusion as it was on the screen; its demands bind. Also MoveRefused: no
    words, a shortcoming without a demand, a day before the minutes or to come, a demand due before
    it."""
    held, move = _ask(inspection, InspectionVerb.CONCLUDE, seen=seen, by=by)
    if not held.conclusion.strip():
        raise MoveRefused("Dự thảo kết luận chưa có nội dung.")
    bare = held.findings.shortcomings().filter(tasks=None).order_by("number")
    if numbers := [str(number) for number in bare.values_list("number", flat=True)]:
        raise MoveRefused(f"Tồn tại, hạn chế số {', '.join(numbers)} chưa có yêu cầu khắc phục.")
    if held.minuted_on is None or not held.minuted_on <= paper.day <= timezone.localdate():
        raise MoveRefused("Ngày kết luận phải từ ngày lập biên bản đến hôm nay.")
    if held.tasks.filter(due_on__lt=paper.day).exists():
        raise MoveRefused("Có yêu cầu khắc phục mà thời hạn trước ngày kết luận.")
    said = {
        "conclusion_number": paper.number,
        "concluded_on": paper.day,
        "signer": str(by),
        "signer_post": by.post,
        "signed_at": timezone.now(),
        "signed_by": by,
    }
    told = f"Số {paper.number} ngày {paper.day:%d/%m/%Y}"
    return _move(held, move, by=by, comment=told, **said)


@transaction.atomic
def close(inspection: Inspection, *, seen: int, by: User) -> Inspection:
    """Everything is mended. Also MoveRefused: a demand is open."""
    held, move = _ask(inspection, InspectionVerb.CLOSE, seen=seen, by=by)
    if left := held.tasks.exclude(state=MendState.ACCEPTED).count():
        raise MoveRefused(f"Còn {left} yêu cầu khắc phục chưa được xác nhận.")
    return _move(held, move, by=by)


@transaction.atomic
def cancel(inspection: Inspection, *, seen: int, comment: str, by: User) -> Inspection:
    """It does not take place, for a reason. Also MoveRefused: in a plan that is not issued."""
    held, move = _ask(inspection, InspectionVerb.CANCEL, seen=seen, by=by, comment=comment)
    if held.plan and not held.plan.issued:
        raise MoveRefused("Kế hoạch chưa ban hành; đề nghị bỏ cuộc kiểm tra khỏi kế hoạch.")
    return _move(held, move, by=by, comment=comment)


def _open(
    unit: Unit,
    inspected: Unit,
    terms: InspectionTerms,
    kind: InspectionKind,
    *,
    by: User,
    made_up: bool,
    again_of: Inspection | None = None,
) -> Inspection:
    if not terms.reason.strip():
        raise MoveRefused("Đề nghị ghi lý do kiểm tra.")
    inspection = Inspection.objects.create(
        unit=unit,
        above=superior_on(unit, terms.starts_on),
        inspected=inspected,
        year=terms.starts_on.year,
        kind=kind,
        again_of=again_of,
        made_up=made_up,
        **asdict(terms),
    )
    tell(inspection, InspectionVerb.OPEN, by=by, comment=terms.words())
    return inspection


def _ask(
    inspection: Inspection, verb: InspectionVerb, *, seen: int, by: User, comment: str = ""
) -> tuple[Inspection, Move]:
    """The inspection, locked, as this person saw it, and the move, if both allow it."""
    held = Inspection.objects.hold(inspection.pk)
    access.require_move(by, held, INSPECTION.move(verb))
    move = INSPECTION.check(verb, held.state, comment)
    refuse_unless_seen(held, seen)
    return held, move


def _move(
    held: Inspection, move: Move, *, by: User, comment: str = "", **columns: Any
) -> Inspection:
    source, held.state = held.state, move.target
    for column, value in columns.items():
        setattr(held, column, value)
    held.version += 1
    held.save()
    tell(held, move.verb, by=by, move=move, source=source, comment=comment)
    return held
