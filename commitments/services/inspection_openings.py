"""An inspection is opened outside a plan, opened again, rewritten before its decision."""

from dataclasses import asdict
from datetime import date

from django.db import transaction
from django.db.models import Q

from cchc_portal.kit.errors import MoveRefused
from commitments import inspection_access as access
from commitments.models import Inspection, InspectionPlan
from commitments.models.superiors import placed_in, superior_on
from commitments.rules.inspection import (
    NOT_CONCLUDED,
    FindingKind,
    InspectionKind,
    InspectionTerms,
    InspectionVerb,
    PointOutcome,
)
from commitments.services.inspection_plans import refuse_other_year, refuse_unfit
from commitments.services.inspection_rows import hold, refuse_unless_same, tell
from units.models import Unit, User


@transaction.atomic
def open_sudden(
    unit: Unit, *, inspected: Unit, terms: InspectionTerms, by: User, made_up: bool = False
) -> Inspection:
    """An inspection that no plan foresees, for a reason. PermissionDenied, MoveRefused."""
    held = Unit.objects.select_for_update(no_key=True).get(pk=unit.pk)
    access.require_running_apart(by, held.pk, inspected.pk)
    refuse_unfit(unit, inspected, terms)
    same = held.inspections.filter(inspected=inspected, starts_on=terms.starts_on)
    if same.filter(scope=terms.scope, kind=InspectionKind.SUDDEN).exists():
        raise MoveRefused("Đã lập cuộc kiểm tra này: cùng đơn vị, ngày bắt đầu và nội dung.")
    return _open(unit, inspected, terms, InspectionKind.SUDDEN, by=by, made_up=made_up)


@transaction.atomic
def again(inspection: Inspection, *, terms: InspectionTerms, by: User) -> Inspection:
    """What was concluded is inspected again: the same unit, and the points of the checklist that
    were not met or led to a shortcoming. PermissionDenied, MoveRefused."""
    before = hold(inspection.pk)
    access.require_running_apart(by, before.unit_id, before.inspected_id)
    if not before.concluded:
        raise MoveRefused("Chỉ kiểm tra lại sau khi đã ký kết luận.")
    if before.again.filter(state__in=NOT_CONCLUDED).exists():
        raise MoveRefused("Đang có một cuộc kiểm tra lại chưa kết luận.")
    refuse_before(before, terms.starts_on)
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
    held = hold(inspection.pk)
    access.require_running_apart(by, held.unit_id, held.inspected_id)
    access.require_running_apart(by, held.unit_id, inspected.pk)
    if not access.may_revise(by, held):
        raise MoveRefused("Đã có quyết định kiểm tra hoặc kế hoạch đã ban hành nên không sửa được.")
    refuse_unless_same(held.terms_seal, seen)
    if held.kind == InspectionKind.AGAIN and inspected.pk != held.inspected_id:
        raise MoveRefused("Kiểm tra lại thì giữ nguyên đơn vị được kiểm tra.")
    refuse_before(held.again_of, terms.starts_on)
    refuse_unfit(held.unit, inspected, terms)
    if held.plan:
        refuse_other_year(held.plan, terms.starts_on)
        held.plan.version += 1
        held.plan.save(update_fields=["version"])
    before = f"{held.inspected}; {held.terms.words()}"
    held.inspected, held.year = inspected, terms.starts_on.year
    held.placed_in = placed_in(inspected, terms.starts_on, seen_by=held.unit)
    for column, value in asdict(terms).items():
        setattr(held, column, value)
    held.version += 1
    held.save()
    tell(held, InspectionVerb.REVISE, by=by, comment=f"{before} → {inspected}; {terms.words()}")
    return held


def refuse_before(before: Inspection | None, starts_on: date) -> None:
    """MoveRefused where what was concluded would be looked at again before that."""
    if before and before.concluded_on and starts_on < before.concluded_on:
        raise MoveRefused(
            f"Kiểm tra lại phải từ ngày kết luận lần trước ({before.concluded_on:%d/%m/%Y}) trở đi."
        )


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
        placed_in=placed_in(inspected, terms.starts_on, seen_by=unit),
        year=terms.starts_on.year,
        kind=kind,
        again_of=again_of,
        made_up=made_up,
        **asdict(terms),
    )
    tell(inspection, InspectionVerb.OPEN, by=by, comment=terms.words())
    return inspection
