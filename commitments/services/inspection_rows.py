"""The row of an inspection held while something of it is written, and the line that tells of it."""

from cchc_portal.kit.errors import ChangedMeanwhile, MoveRefused
from cchc_portal.kit.workflow import Move
from commitments import inspection_access as access
from commitments.models import Inspection, InspectionEvent, InspectionPlan, InspectionTask
from commitments.rules.inspection import InspectionState, InspectionVerb
from units.models import User

CHANGED = "Nội dung cuộc kiểm tra vừa được người khác ghi; đề nghị xem lại."


def hold_before(inspection: Inspection, *, by: User) -> Inspection:
    """Locked, while team and checklist may be written. PermissionDenied, MoveRefused."""
    held = Inspection.objects.hold(inspection.pk)
    access.require_inspecting(by, held)
    if not held.before:
        raise MoveRefused("Biên bản đã lập hoặc cuộc kiểm tra không thực hiện nên không ghi được.")
    return held


def hold_finding_out(inspection: Inspection, *, by: User) -> Inspection:
    """Locked, while findings are written. PermissionDenied, MoveRefused."""
    held = Inspection.objects.hold(inspection.pk)
    access.require_inspecting(by, held)
    if not held.finding_out:
        raise MoveRefused("Chỉ ghi kết quả, phát hiện khi đang kiểm tra, trước khi lập biên bản.")
    return held


def hold_drawing_up(inspection: Inspection, *, by: User) -> Inspection:
    """Locked, while the conclusion is drawn up. PermissionDenied, MoveRefused."""
    held = Inspection.objects.hold(inspection.pk)
    access.require_inspecting(by, held)
    if held.state != InspectionState.MINUTED:
        raise MoveRefused("Kết luận chỉ soạn sau khi lập biên bản và trước khi ký.")
    return held


def refuse_unless_seen(held, seen: int, sentence: str = CHANGED) -> None:
    """ChangedMeanwhile where somebody wrote since."""
    if held.version != seen:
        raise ChangedMeanwhile(sentence)


def tell(
    inspection: Inspection,
    verb: InspectionVerb,
    *,
    by: User,
    move: Move | None = None,
    source: str = "",
    task: InspectionTask | None = None,
    about: object = "",
    comment: str = "",
) -> InspectionEvent:
    """A line in the log; of a move with the states it led from and to."""
    return inspection.events.create(
        verb=verb,
        by=by,
        source=source,
        target=move.target if move else "",
        task=task,
        about=str(about or task or "")[:520],
        comment=comment.strip(),
    )


def tell_of_plan(
    plan: InspectionPlan,
    verb: InspectionVerb,
    *,
    by: User,
    source: str = "",
    target: str = "",
    about: object = "",
    comment: str = "",
) -> InspectionEvent:
    """The same of a plan."""
    return plan.events.create(
        verb=verb,
        by=by,
        source=source,
        target=target,
        about=str(about)[:520],
        comment=comment.strip(),
    )


def moved_on(inspection: Inspection | InspectionPlan) -> None:
    """What it says is another: whoever saw it before cannot sign it."""
    inspection.version += 1
    inspection.save(update_fields=["version"])
