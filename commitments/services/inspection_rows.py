"""The row of an inspection held while something of it is written, and the line that tells of it."""

from collections.abc import Callable, Collection

from django.db.models import Max

from cchc_portal.kit.errors import ChangedMeanwhile, MoveRefused
from cchc_portal.kit.workflow import Move
from commitments import inspection_access as access
from commitments.models import Inspection, InspectionEvent, InspectionPlan, InspectionTask
from commitments.rules.inspection import BEFORE, FINDING_OUT, InspectionState, InspectionVerb
from units.models import User

Require = Callable[[User, Inspection], None]
CHANGED = "Nội dung cuộc kiểm tra vừa được người khác ghi; đề nghị xem lại."


NOT_BEFORE = "Biên bản đã lập hoặc cuộc kiểm tra không thực hiện nên không ghi được."
NOT_FINDING_OUT = "Chỉ ghi kết quả, phát hiện khi đang kiểm tra, trước khi lập biên bản."
NOT_DRAWING_UP = "Kết luận chỉ soạn sau khi lập biên bản và trước khi ký."


def hold(pk: int) -> Inspection:
    """The row, locked until the transaction ends: whatever belongs to it is written behind this
    lock. MoveRefused where it left its plan meanwhile."""
    rows = Inspection.objects.select_related("unit", "above", "inspected", "plan")
    held = rows.select_for_update(of=("self",), no_key=True).filter(pk=pk).first()
    if held is None:
        raise MoveRefused("Cuộc kiểm tra này vừa được người khác bỏ khỏi kế hoạch.")
    return held


def hold_before(
    inspection: Inspection, *, by: User, require: Require = access.require_inspecting
) -> Inspection:
    """Locked, while team and checklist may be written. PermissionDenied, MoveRefused."""
    return _hold(inspection, BEFORE, NOT_BEFORE, require, by)


def hold_finding_out(inspection: Inspection, *, by: User) -> Inspection:
    """Locked, while findings are written. The same refusals."""
    return _hold(inspection, FINDING_OUT, NOT_FINDING_OUT, access.require_inspecting, by)


def hold_drawing_up(inspection: Inspection, *, by: User) -> Inspection:
    """Locked, while the conclusion is drawn up. The same refusals."""
    states = (InspectionState.MINUTED,)
    return _hold(inspection, states, NOT_DRAWING_UP, access.require_inspecting, by)


def refuse_unless_same(seal: str, seen: str, sentence: str = CHANGED) -> None:
    """ChangedMeanwhile where other words lie there than those that were on the screen."""
    if seal != seen:
        raise ChangedMeanwhile(sentence)


def kept(before: str) -> str:
    """Words that are overwritten, for the line of the log that keeps them."""
    return f"Trước đó: {before}" if before else ""


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
    """A line in the log; of a move with the states it led from and to. Of a line that may still be
    dropped from its plan it stands in the log of the plan, which outlives it."""
    if inspection.plan and access.is_dropped(inspection):
        what = ": ".join(filter(None, (str(inspection.inspected), str(about))))
        return tell_of_plan(inspection.plan, verb, by=by, about=what, comment=comment)
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


def _hold(
    inspection: Inspection,
    states: Collection[InspectionState],
    sentence: str,
    require: Require,
    by: User,
) -> Inspection:
    held = hold(inspection.pk)
    require(by, held)
    if held.state not in states:
        raise MoveRefused(sentence)
    return held


def moved_on(inspection: Inspection | InspectionPlan) -> None:
    """What it says is another: whoever saw it before cannot sign it."""
    inspection.version += 1
    inspection.save(update_fields=["version"])


def next_number(rows) -> int:
    """The number of one more of the findings or demands of an inspection."""
    return (rows.aggregate(last=Max("number"))["last"] or 0) + 1


def move_up(rows, dropped: int) -> None:
    """Findings or demands after one that was dropped: their numbers leave no gap."""
    for one in rows.filter(number__gt=dropped).order_by("number"):
        rows.filter(pk=one.pk).update(number=one.number - 1)
