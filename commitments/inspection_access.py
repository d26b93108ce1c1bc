"""Who may do what in an inspection: who runs and signs it, its team, the inspected unit."""

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from cchc_portal.kit.workflow import Move
from commitments.models import (
    Inspection,
    InspectionFinding,
    InspectionPlan,
    InspectionTask,
)
from commitments.models.superiors import over_others
from commitments.rules.inspection import (
    ANSWERING,
    EXPLAINED,
    INSPECTION,
    INSPECTION_PLAN,
    MENDING,
    OWNER,
    RUNNING,
    TEAM,
    InspectionState,
    InspectionVerb,
)
from units.access import belongs_to, may, require, units_where
from units.permissions import Permission

NOT_OF_THE_TEAM = "Đồng chí không thuộc đoàn kiểm tra và không tổ chức kiểm tra của đơn vị này."
OWN_UNIT = "Người của đơn vị được kiểm tra không làm việc của đoàn kiểm tra."


def require_running(user, unit: int) -> None:
    """PermissionDenied unless the person runs inspections of this unit."""
    require(user, RUNNING, at=unit)


def desks_over_others(user) -> list[int]:
    """Keys of the units whose inspections the person runs and that have any to inspect today."""
    return over_others(units_where(user, RUNNING), timezone.localdate())


def require_running_apart(user, unit: int, inspected: int) -> None:
    """The same of an inspection of `inspected`: never for somebody of that unit."""
    if belongs_to(user, inspected):
        raise PermissionDenied(OWN_UNIT)
    require_running(user, unit)


def runs(user, inspection: Inspection) -> bool:
    """Whether `require_running_apart` would let the person steer the inspection."""
    apart = not belongs_to(user, inspection.inspected_id)
    return apart and may(user, RUNNING, at=inspection.unit_id)


def of_the_team(user, inspection: Inspection) -> bool:
    """Whether the person is of the team. One query once for each inspection object."""
    known = inspection.__dict__.setdefault("_seats", {})
    if user.pk not in known:
        known[user.pk] = inspection.team.filter(person=user.pk).exists()
    return known[user.pk]


def may_inspect(user, inspection: Inspection) -> bool:
    """Whether the person works for the team: of it, or running inspections of its unit; never
    somebody of the inspected unit."""
    if belongs_to(user, inspection.inspected_id):
        return False
    return may(user, RUNNING, at=inspection.unit_id) or of_the_team(user, inspection)


def require_inspecting(user, inspection: Inspection) -> None:
    """PermissionDenied unless the person works for the team."""
    if belongs_to(user, inspection.inspected_id):
        raise PermissionDenied(OWN_UNIT)
    if not may_inspect(user, inspection):
        raise PermissionDenied(NOT_OF_THE_TEAM)


def require_seating(user, inspection: Inspection) -> None:
    """PermissionDenied unless the person decides who is of the team: who runs the inspection."""
    require_running_apart(user, inspection.unit_id, inspection.inspected_id)


def require_answering(user, inspection: Inspection) -> None:
    """PermissionDenied unless the person answers for the inspected unit."""
    require(user, ANSWERING, at=inspection.inspected_id)


def require_plan_move(user, plan: InspectionPlan, move: Move) -> None:
    """PermissionDenied unless the person may make this move of the plan."""
    require(user, move.permission, at=plan.unit_id)


def require_move(user, inspection: Inspection, move: Move) -> None:
    """PermissionDenied unless the person sits at the desk of the move, and is not of the inspected
    unit."""
    if move.desk == TEAM:
        require_inspecting(user, inspection)
    elif belongs_to(user, inspection.inspected_id):
        raise PermissionDenied(OWN_UNIT)
    else:
        require(user, move.permission, at=inspection.unit_id)


def _at_desk(user, inspection: Inspection, move: Move) -> bool:
    """Whether `require_move` would let the person."""
    if move.desk == TEAM:
        return may_inspect(user, inspection)
    apart = not belongs_to(user, inspection.inspected_id)
    return apart and may(user, move.permission, at=inspection.unit_id)


def require_task_move(user, task: InspectionTask, move: Move) -> None:
    """PermissionDenied unless the person sits at the desk of the move: inspected unit, team, or
    the unit that inspects."""
    if move.desk == OWNER:
        require_answering(user, task.inspection)
    else:
        require_move(user, task.inspection, move)


def plan_moves(user, plan: InspectionPlan) -> list[Move]:
    """What this person could do next with the plan."""
    moves = INSPECTION_PLAN.open_moves(plan.state)
    return [move for move in moves if may(user, move.permission, at=plan.unit_id)]


def open_moves(user, inspection: Inspection) -> list[Move]:
    """What this person could do next with the inspection; one that stands in a plan is decided
    while that is issued."""
    closed = []
    if inspection.plan and not inspection.plan.issued:
        closed = [InspectionVerb.DECIDE]
        closed += [InspectionVerb.CANCEL] * is_dropped(inspection)
    return [
        move
        for move in INSPECTION.open_moves(inspection.state)
        if move.verb not in closed and _at_desk(user, inspection, move)
    ]


def is_dropped(inspection: Inspection) -> bool:
    """Whether it leaves its plan by being dropped, not by being cancelled: it was never issued and
    has no log of its own. One query, of a line of a draft."""
    plan = inspection.plan
    if plan is None or plan.issued or inspection.was_issued:
        return False
    return not inspection.events.exists()


def task_moves(user, task: InspectionTask) -> list[Move]:
    """What this person could do next with the demand, once the conclusion is signed."""
    inspection = task.inspection
    if inspection.state != InspectionState.FOLLOWED:
        return []
    return [
        move
        for move in MENDING.open_moves(task.state)
        if (
            may(user, ANSWERING, at=inspection.inspected_id)
            if move.desk == OWNER
            else _at_desk(user, inspection, move)
        )
    ]


def may_prepare(user, inspection: Inspection) -> bool:
    """Whether the person may write team and checklist now."""
    return inspection.before and may_inspect(user, inspection)


def may_seat(user, inspection: Inspection) -> bool:
    """Whether the person may change the team now."""
    return inspection.before and runs(user, inspection)


def may_revise(user, inspection: Inspection) -> bool:
    """Whether the person may change what is inspected and when: not what an issued plan says."""
    free = not (inspection.plan and inspection.plan.issued)
    planned = inspection.state == InspectionState.PLANNED
    return planned and free and runs(user, inspection)


def may_again(user, inspection: Inspection) -> bool:
    """Whether the person may open another inspection that goes on with this one now."""
    return inspection.concluded and runs(user, inspection)


def may_find(user, inspection: Inspection) -> bool:
    """Whether the person may write findings now."""
    return inspection.finding_out and may_inspect(user, inspection)


def may_draw_conclusion(user, inspection: Inspection) -> bool:
    """Whether the person may write the draft of the conclusion and its demands now."""
    return inspection.state == InspectionState.MINUTED and may_inspect(user, inspection)


def may_explain(user, finding: InspectionFinding) -> bool:
    """Whether the person may explain the finding, a shortcoming, for the inspected unit now: what
    the signer of the conclusion read stays."""
    inspection = finding.inspection
    open_ = finding.shortcoming and inspection.state in EXPLAINED and not finding.final
    return open_ and may(user, ANSWERING, at=inspection.inspected_id)


def of_the_inspecting_side(user, inspection: Inspection) -> bool:
    """Whether the person sees it as the unit that inspects, from above it, or from the team."""
    return (
        inspection.unit_id in units_where(user, Permission.SEE_UNIT)
        or inspection.above_id in units_where(user, Permission.SEE_BELOW)
        or of_the_team(user, inspection)
    )


def reads_findings(user, inspection: Inspection) -> bool:
    """Whether the person reads what was found: the inspected unit once the minutes are drawn up."""
    return inspection.told or of_the_inspecting_side(user, inspection)


def reads_conclusion(user, inspection: Inspection) -> bool:
    """Whether the person reads conclusion and demands: the inspected unit once it is signed."""
    return inspection.concluded or of_the_inspecting_side(user, inspection)


def require_reading_findings(user, inspection: Inspection) -> None:
    """PermissionDenied where what was found is not told yet."""
    if not reads_findings(user, inspection):
        raise PermissionDenied("Biên bản kiểm tra chưa lập xong.")


def require_reading_conclusion(user, inspection: Inspection) -> None:
    """PermissionDenied where the conclusion is not signed yet."""
    if not reads_conclusion(user, inspection):
        raise PermissionDenied("Kết luận kiểm tra chưa được ký.")
