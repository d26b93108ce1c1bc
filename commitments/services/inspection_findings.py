"""What an inspection found, what shows it, and what the inspected unit says of it."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from cchc_portal.kit.errors import MoveRefused
from commitments import inspection_access as access
from commitments.models import Inspection, InspectionFinding, InspectionPoint
from commitments.rules.inspection import EXPLAINED, FindingKind, InspectionVerb
from commitments.services.inspection_rows import (
    NOT_FINDING_OUT,
    hold,
    hold_finding_out,
    move_up,
    moved_on,
    next_number,
    refuse_unless_seen,
    tell,
)
from commitments.services.scans import hold_own
from units.models import Document, User
from units.services import documents

FINDINGS_AT_MOST = 200
TAKEN_UP = "Giải trình này đã được xem xét khi ký kết luận nên không sửa được nữa."
CHANGED = "Phát hiện này vừa được người khác ghi; đề nghị xem lại."


@dataclass(frozen=True)
class Found:
    """Strength or shortcoming, its words, the point of the checklist it touches."""

    kind: str
    text: str
    point: InspectionPoint | None = None


@transaction.atomic
def find(inspection: Inspection, *, found: Found, by: User) -> InspectionFinding:
    """One more finding. PermissionDenied, MoveRefused."""
    held = hold_finding_out(inspection, by=by)
    if held.findings.count() >= FINDINGS_AT_MOST:
        raise MoveRefused(f"Một cuộc kiểm tra không quá {FINDINGS_AT_MOST} phát hiện.")
    _refuse_elsewhere(held, found)
    if same := held.findings.filter(kind=found.kind, text=found.text, point=found.point).first():
        raise MoveRefused(f"Phát hiện này đã ghi (số {same.number}).")
    finding = held.findings.create(
        number=next_number(held.findings), kind=found.kind, text=found.text, point=found.point
    )
    moved_on(held)
    tell(held, InspectionVerb.FIND, by=by, about=finding, comment=found.text)
    return finding


@transaction.atomic
def reword(finding: InspectionFinding, *, seen: int, found: Found, by: User) -> InspectionFinding:
    """It is rewritten before the minutes; what was explained of other words counts no more, the
    log keeps it. PermissionDenied, MoveRefused, ChangedMeanwhile."""
    inspection = hold_finding_out(finding.inspection, by=by)
    held = _hold(inspection, finding, seen=seen)
    _refuse_elsewhere(inspection, found)
    before = f"{FindingKind(held.kind).label}: {held.text}"
    told = f"{before} → {FindingKind(found.kind).label}: {found.text}"
    if held.explanation and (held.kind, held.text) != (found.kind, found.text):
        told = f"{told}. Giải trình trước đó không còn tính: {held.explanation}"
        held.explanation, held.explained_at, held.explained_by = "", None, None
    held.kind, held.text, held.point = found.kind, found.text, found.point
    held.version += 1
    held.save()
    moved_on(inspection)
    tell(inspection, InspectionVerb.REWORD, by=by, about=held, comment=told)
    return held


@transaction.atomic
def drop(finding: InspectionFinding, *, seen: int, by: User) -> Inspection:
    """It is taken out before the minutes, those after it move up; the log keeps its words. The same
    refusals."""
    inspection = hold_finding_out(finding.inspection, by=by)
    held = _hold(inspection, finding, seen=seen)
    tell(inspection, InspectionVerb.DROP_FINDING, by=by, about=held, comment=held.text)
    held.delete()
    move_up(inspection.findings, held.number)
    moved_on(inspection)
    return inspection


def bring(
    finding: InspectionFinding, *, upload, declared_not_secret: bool, by: User
) -> InspectionFinding:
    """A file is filed in the cabinet of the inspecting unit and shows the finding. Its examination
    holds no row. PermissionDenied, MoveRefused."""
    access.require_inspecting(by, finding.inspection)
    if not finding.inspection.finding_out:
        raise MoveRefused(NOT_FINDING_OUT)
    paper = documents.file(
        finding.inspection.unit, by=by, upload=upload, declared_not_secret=declared_not_secret
    )
    return prove(finding, document=paper, by=by)


@transaction.atomic
def prove(finding: InspectionFinding, *, document: Document, by: User) -> InspectionFinding:
    """A paper of the inspecting unit's cabinet shows the finding. PermissionDenied, MoveRefused."""
    inspection = hold_finding_out(finding.inspection, by=by)
    held = _hold(inspection, finding)
    paper = hold_own(document, inspection.unit_id)
    held.evidence.add(paper)
    moved_on(inspection)
    tell(inspection, InspectionVerb.PROVE, by=by, about=held, comment=paper.title)
    return held


@transaction.atomic
def unprove(finding: InspectionFinding, *, document: Document, by: User) -> InspectionFinding:
    """A paper shows the finding no more; it stays in the cabinet. PermissionDenied, MoveRefused."""
    inspection = hold_finding_out(finding.inspection, by=by)
    held = _hold(inspection, finding)
    if held.evidence.filter(pk=document.pk).exists():
        held.evidence.remove(document)
        moved_on(inspection)
        tell(inspection, InspectionVerb.UNPROVE, by=by, about=held, comment=document.title)
    return held


@transaction.atomic
def explain(
    finding: InspectionFinding, *, seen: int, explanation: str, by: User
) -> InspectionFinding:
    """The inspected unit says what it has to say of a shortcoming. PermissionDenied; MoveRefused
    before the minutes, after the end, and over words that the signer of the conclusion read;
    ChangedMeanwhile."""
    inspection = hold(finding.inspection_id)
    access.require_answering(by, inspection)
    if inspection.state not in EXPLAINED:
        raise MoveRefused("Chỉ giải trình sau khi lập biên bản, trước khi kết thúc theo dõi.")
    held = _hold(inspection, finding, seen=seen)
    if not held.shortcoming:
        raise MoveRefused("Chỉ giải trình tồn tại, hạn chế.")
    if held.final:
        raise MoveRefused(TAKEN_UP)
    held.explanation, held.explained_at, held.explained_by = explanation, timezone.now(), by
    held.version += 1
    held.save(update_fields=["explanation", "explained_at", "explained_by", "version"])
    moved_on(inspection)
    tell(inspection, InspectionVerb.EXPLAIN, by=by, about=held, comment=explanation)
    return held


def _hold(
    inspection: Inspection, finding: InspectionFinding, *, seen: int | None = None
) -> InspectionFinding:
    held = inspection.findings.filter(pk=finding.pk).first()
    if held is None:
        raise MoveRefused("Phát hiện này vừa được người khác bỏ.")
    if seen is not None:
        refuse_unless_seen(held, seen, CHANGED)
    return held


def _refuse_elsewhere(inspection: Inspection, found: Found) -> None:
    if found.point and not inspection.checklist.filter(pk=found.point.pk).exists():
        raise MoveRefused("Nội dung kiểm tra này không còn trong danh mục kiểm tra.")
