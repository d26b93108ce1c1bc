"""A plan of inspections from its first line to its issue."""

from dataclasses import asdict
from datetime import date

from django.db import transaction
from django.utils import timezone

from cchc_portal.kit.errors import MoveRefused
from cchc_portal.kit.workflow import Move
from commitments import inspection_access as access
from commitments.models import Inspection, InspectionPlan
from commitments.models.superiors import placed_in, superior_on, units_under
from commitments.rules.inspection import (
    INSPECTION_PLAN,
    InspectionKind,
    InspectionState,
    InspectionTerms,
    InspectionVerb,
    PlanWords,
)
from commitments.services.inspection_rows import (
    hold,
    kept,
    moved_on,
    refuse_unless_same,
    refuse_unless_seen,
    tell_of_plan,
)
from commitments.services.plans import Paper
from units.models import Unit, User

LINES_AT_MOST = 200
CHANGED = "Kế hoạch vừa được người khác sửa; đề nghị xem lại."


@transaction.atomic
def draft(
    unit: Unit, *, year: int, words: PlanWords, by: User, made_up: bool = False
) -> InspectionPlan:
    """A unit opens its plan of a year. PermissionDenied; MoveRefused where there is one."""
    held = Unit.objects.select_for_update(no_key=True).get(pk=unit.pk)
    access.require_running(by, held.pk)
    if held.inspection_plans.filter(year=year).exists():
        raise MoveRefused(f"Đơn vị đã có kế hoạch kiểm tra năm {year}.")
    plan = InspectionPlan.objects.create(
        unit=held,
        above=superior_on(held, timezone.localdate()),
        year=year,
        made_up=made_up,
        **asdict(words),
    )
    tell_of_plan(plan, InspectionVerb.DRAFT, by=by, target=plan.state)
    return plan


@transaction.atomic
def revise(plan: InspectionPlan, *, seen: str, words: PlanWords, by: User) -> InspectionPlan:
    """What stands above the lines of a draft is rewritten; `seen`: the seal of the words that were
    on the screen, so that a line added meanwhile is no conflict. The log keeps the old words.
    PermissionDenied, MoveRefused, ChangedMeanwhile, as all that follow."""
    held = _hold_draft(plan, by=by)
    before = held.words
    if before == words:
        return held
    refuse_unless_same(before.seal, seen, CHANGED)
    held.title, held.ground, held.aim = words.title, words.ground, words.aim
    held.version += 1
    held.save(update_fields=["title", "ground", "aim", "version"])
    tell_of_plan(held, InspectionVerb.REVISE_PLAN, by=by, comment=kept(before.told()))
    return held


@transaction.atomic
def add(plan: InspectionPlan, *, inspected: Unit, terms: InspectionTerms, by: User) -> Inspection:
    """One more inspection in a draft."""
    held = _hold_draft(plan, by=by)
    access.require_running_apart(by, held.unit_id, inspected.pk)
    if held.inspections.count() >= LINES_AT_MOST:
        raise MoveRefused(f"Một kế hoạch không quá {LINES_AT_MOST} cuộc kiểm tra.")
    refuse_unfit(held.unit, inspected, terms)
    refuse_other_year(held, terms.starts_on)
    if held.inspections.filter(inspected=inspected, starts_on=terms.starts_on).exists():
        raise MoveRefused("Kế hoạch đã có cuộc kiểm tra tại đơn vị này từ ngày đó.")
    inspection = Inspection.objects.create(
        unit=held.unit,
        above=held.above,
        inspected=inspected,
        placed_in=placed_in(inspected, terms.starts_on, seen_by=held.unit),
        year=held.year,
        kind=InspectionKind.PLANNED,
        plan=held,
        made_up=held.made_up,
        **asdict(terms),
    )
    moved_on(held)
    tell_of_plan(
        held, InspectionVerb.ADD_LINE, by=by, about=inspection.inspected, comment=terms.words()
    )
    return inspection


@transaction.atomic
def drop(inspection: Inspection, *, seen: int, by: User) -> InspectionPlan:
    """A line that was never issued leaves a draft, as long as nothing is prepared; the log of the
    plan keeps it."""
    plan = inspection.plan
    if plan is None:
        raise MoveRefused("Cuộc kiểm tra này không thuộc kế hoạch.")
    held = _hold_draft(plan, by=by)
    line = hold(inspection.pk)
    access.require_running_apart(by, line.unit_id, line.inspected_id)
    refuse_unless_seen(line, seen)
    if line.state != InspectionState.PLANNED or not access.is_dropped(line):
        raise MoveRefused(
            "Cuộc kiểm tra đã có trong kế hoạch ban hành hoặc đã có nhật ký riêng nên không bỏ "
            "khỏi kế hoạch; đề nghị mở cuộc kiểm tra, chọn “Không thực hiện” và ghi lý do."
        )
    if line.team.exists() or line.checklist.exists():
        raise MoveRefused(
            "Cuộc kiểm tra đã có thành viên đoàn hoặc nội dung kiểm tra; đề nghị bỏ các phần này "
            "trước khi bỏ khỏi kế hoạch."
        )
    told = line.terms.words()
    tell_of_plan(held, InspectionVerb.DROP_LINE, by=by, about=line.inspected, comment=told)
    line.delete()
    moved_on(held)
    return held


@transaction.atomic
def issue(plan: InspectionPlan, *, seen: int, paper: Paper, by: User) -> InspectionPlan:
    """The head issues the plan as it was on the screen, and is who signed it."""
    held, move = _ask(plan, InspectionVerb.ISSUE, by=by)
    refuse_unless_seen(held, seen, CHANGED)
    standing = held.inspections.exclude(state=InspectionState.CANCELLED)
    if not standing.exists():
        raise MoveRefused("Kế hoạch chưa có cuộc kiểm tra nào.")
    if paper.day > timezone.localdate():
        raise MoveRefused("Ngày ban hành không thể sau ngày hôm nay.")
    held.number, held.issued_on = paper.number, paper.day
    held.signer, held.signer_post = str(by), by.post
    held.signed_at, held.signed_by = timezone.now(), by
    standing.update(was_issued=True)
    told = f"Số {paper.number} ngày {paper.day:%d/%m/%Y}"
    return _move(held, move, by=by, comment=told)


@transaction.atomic
def reopen(plan: InspectionPlan, *, seen: int, comment: str, by: User) -> InspectionPlan:
    """The plan is adjusted: number and signature go, the log keeps them; its lines stay planned."""
    held, move = _ask(plan, InspectionVerb.REOPEN, by=by, comment=comment)
    refuse_unless_seen(held, seen, CHANGED)
    held.number = held.signer = held.signer_post = ""
    held.issued_on = held.signed_at = held.signed_by = None
    return _move(held, move, by=by, comment=comment)


def refuse_unfit(unit: Unit, inspected: Unit, terms: InspectionTerms) -> None:
    """MoveRefused where the days are no days or end later than the year after, or the inspected
    unit is not under the other on the first of them, at whatever depth."""
    if terms.ends_on < terms.starts_on:
        raise MoveRefused("Ngày kết thúc không thể trước ngày bắt đầu.")
    if terms.ends_on.year > terms.starts_on.year + 1:
        raise MoveRefused("Ngày kết thúc phải trong năm bắt đầu hoặc năm sau.")
    if not units_under([unit.pk], terms.starts_on).filter(pk=inspected.pk).exists():
        raise MoveRefused(
            "Đơn vị được kiểm tra phải là đơn vị cấp dưới của đơn vị kiểm tra vào ngày bắt đầu."
        )


def refuse_other_year(plan: InspectionPlan, starts_on: date) -> None:
    """MoveRefused where the inspection would begin in another year than its plan's."""
    if starts_on.year != plan.year:
        raise MoveRefused(f"Kế hoạch năm {plan.year}: ngày bắt đầu phải trong năm {plan.year}.")


def _hold_draft(plan: InspectionPlan, *, by: User) -> InspectionPlan:
    held = InspectionPlan.objects.hold(plan.pk)
    access.require_running(by, held.unit_id)
    if held.issued:
        raise MoveRefused("Kế hoạch đã ban hành; đề nghị mở lại để điều chỉnh trước.")
    return held


def _ask(
    plan: InspectionPlan, verb: InspectionVerb, *, by: User, comment: str = ""
) -> tuple[InspectionPlan, Move]:
    held = InspectionPlan.objects.hold(plan.pk)
    access.require_plan_move(by, held, INSPECTION_PLAN.move(verb))
    return held, INSPECTION_PLAN.check(verb, held.state, comment)


def _move(held: InspectionPlan, move: Move, *, by: User, comment: str) -> InspectionPlan:
    source, held.state = held.state, move.target
    held.version += 1
    held.save()
    tell_of_plan(held, move.verb, by=by, source=source, target=str(move.target), comment=comment)
    return held
