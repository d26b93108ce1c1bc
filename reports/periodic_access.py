"""Who writes a periodic report, who sends it, who receives it, who reads it before it is sent."""

from django.core.exceptions import PermissionDenied

from cchc_portal.kit.workflow import Move
from reports.models import PeriodicReport
from reports.rules.periodic import OWN, PERIODIC, UNIT
from units.access import may
from units.permissions import Permission

WRITES = (Permission.FILL_DOSSIER, Permission.RUN_PERIOD)
"""Held at the unit itself: its own officers, and who organises for a level."""


def may_write(user, unit: int) -> bool:
    """Whether the person writes the reports of the unit."""
    return any(may(user, permission, at=unit) for permission in WRITES)


def require_writer(user, unit: int) -> None:
    """PermissionDenied unless the person writes the reports of the unit."""
    if not may_write(user, unit):
        raise PermissionDenied("Đồng chí không soạn báo cáo của đơn vị này.")


def reads_draft(user, report: PeriodicReport) -> bool:
    """Whether the person is of the unit, and so reads what is being written."""
    return may(user, Permission.SEE_UNIT, at=report.unit_id)


def require_reader(user, report: PeriodicReport) -> None:
    """PermissionDenied unless the person is of the unit."""
    if not reads_draft(user, report):
        raise PermissionDenied("Nội dung đang soạn chỉ đơn vị lập báo cáo xem được.")


def require_move(user, report: PeriodicReport, move: Move) -> None:
    """PermissionDenied unless the person sits at the desk of the move: the unit, or the level
    that asked. Needs the round."""
    if not may(user, move.permission, at=_desk(report, move)):
        raise PermissionDenied(f"Đồng chí không có quyền “{move.label.lower()}” báo cáo này.")


def open_moves(user, report: PeriodicReport) -> list[Move]:
    """What this person could do next with the report. Needs the round."""
    return [
        move
        for move in PERIODIC.open_moves(report.state)
        if (move.verb in OWN) == report.own and may(user, move.permission, at=_desk(report, move))
    ]


def _desk(report: PeriodicReport, move: Move) -> int:
    return report.unit_id if move.desk == UNIT else report.round.owner_id
