"""Who may do what to a commitment: the roles at its two parties."""

from cchc_portal.kit.workflow import Move
from commitments.models import Commitment, Plan
from commitments.rules.plan import PLAN, PlanState
from commitments.rules.workflow import COMMITMENT, EDITABLE, REPORTABLE, UNIT, CommitmentVerb
from units.access import may, require
from units.permissions import Permission


def require_writing(user, commitment: Commitment) -> None:
    """PermissionDenied unless the person may draft, and report, for the committing unit."""
    require(user, Permission.DRAFT_COMMITMENT, at=commitment.unit_id)


def require_receiving(user, commitment: Commitment) -> None:
    """PermissionDenied unless the person judges reports for the receiving unit."""
    require(user, Permission.JUDGE_COMMITMENT, at=commitment.received_by_id)


def may_judge(user, commitment: Commitment) -> bool:
    """Whether the person may judge reports on its tasks now."""
    return commitment.state in REPORTABLE and may(
        user, Permission.JUDGE_COMMITMENT, at=commitment.received_by_id
    )


def may_amend(user, commitment: Commitment) -> bool:
    """Whether the person may write an annex to it now."""
    return not commitment.amends_id and may_report(user, commitment)


def may_file_scan(user, commitment: Commitment) -> bool:
    """Whether the person may attach a picture of the signed paper, which either side may hold."""
    return bool(commitment.digest) and may(user, Permission.DRAFT_COMMITMENT, at=commitment.unit_id)


def require_planning(user, plan: Plan) -> None:
    """PermissionDenied unless the person writes for the unit of the plan."""
    require(user, Permission.DRAFT_COMMITMENT, at=plan.unit_id)


def may_plan(user, plan: Plan) -> bool:
    """Whether the person may write in the plan now."""
    writes = may(user, Permission.DRAFT_COMMITMENT, at=plan.unit_id)
    return writes and plan.state == PlanState.DRAFT


def may_tell(user, plan: Plan) -> bool:
    """Whether the person may say what came of its tasks now."""
    writes = may(user, Permission.DRAFT_COMMITMENT, at=plan.unit_id)
    return writes and plan.state == PlanState.ISSUED


def open_moves_of_plan(user, plan: Plan) -> list[Move]:
    """What this person could do next with a plan: the buttons of its page."""
    return [
        move for move in PLAN.open_moves(plan.state) if may(user, move.permission, at=plan.unit_id)
    ]


def require_move(user, commitment: Commitment, move: Move) -> None:
    """PermissionDenied unless the person sits at the desk of the move and may make it there."""
    require(user, move.permission, at=_desk(commitment, move))


def open_moves(user, commitment: Commitment) -> list[Move]:
    """What this person could do next: the buttons of the page."""
    return [
        move
        for move in COMMITMENT.open_moves(commitment.state)
        if not (commitment.amends_id and move.verb == CommitmentVerb.CLOSE)
        and may(user, move.permission, at=_desk(commitment, move))
    ]


def may_edit(user, commitment: Commitment) -> bool:
    """Whether the person may change the draft now."""
    return commitment.state in EDITABLE and may(
        user, Permission.DRAFT_COMMITMENT, at=commitment.unit_id
    )


def may_report(user, commitment: Commitment) -> bool:
    """Whether the person may report on its tasks now."""
    return commitment.state in REPORTABLE and may(
        user, Permission.DRAFT_COMMITMENT, at=commitment.unit_id
    )


def _desk(commitment: Commitment, move: Move) -> int:
    return commitment.unit_id if move.desk == UNIT else commitment.received_by_id
