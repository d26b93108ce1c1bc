"""What waits in periodic reports: to write and send for a unit, to receive for its level."""

from datetime import date

from django.db.models import Count, F
from django.urls import reverse

from cchc_portal.kit.numerals import grouped
from reports.models import PeriodicReport
from reports.periodic_access import WRITES
from reports.rules.desk import Duty, abridged
from reports.rules.periodic import WRITABLE, ReportState
from reports.services.duties import MOST_LINES
from units.access import may, units_where
from units.permissions import Permission


def of_the_writers(user, today: date) -> list[Duty]:
    """Reports in the hands of one's own units. One query."""
    desks = {unit for permission in WRITES for unit in units_where(user, permission)}
    if not desks:
        return []
    rest = Duty(
        icon="journal-text",
        title="{number} báo cáo định kỳ khác chưa gửi",
        detail="Báo cáo của các đơn vị đồng chí công tác",
        address=reverse("periodic:list"),
        action="Xem tất cả",
    )
    found = PeriodicReport.objects.filter(unit__in=desks, state__in=WRITABLE).for_page()
    rows = found.order_by("round__due_on", "pk")
    return abridged([_to_write(user, one) for one in rows], rest, MOST_LINES, today)


def of_the_receiver(user) -> list[Duty]:
    """Rounds in which reports wait to be received, a line each. One query."""
    desks = units_where(user, Permission.RUN_PERIOD)
    if not desks:
        return []
    waiting = PeriodicReport.objects.filter(
        round__owner__in=desks, state=ReportState.SENT
    ).order_by("round")
    rows = waiting.values("round", title=F("round__title")).annotate(number=Count("pk"))
    return [
        Duty(
            icon="inbox",
            title=f"Tiếp nhận {grouped(row['number'])} báo cáo của đơn vị trực thuộc",
            detail=row["title"],
            address=f"{reverse('periodic:round', args=[row['round']])}?state=sent",
            action="Xem, tiếp nhận",
            count=row["number"],
            place=row["title"],
        )
        for row in rows[:MOST_LINES]
    ]


def _to_write(user, report: PeriodicReport) -> Duty:
    returned = report.state == ReportState.RETURNED
    sends = may(user, Permission.SUBMIT_DOSSIER, at=report.unit_id)
    verb = "Ban hành" if report.own else "Gửi"
    action = "Sửa, gửi lại" if returned else f"Soạn, {verb.lower()}" if sends else "Soạn báo cáo"
    return Duty(
        icon="arrow-counterclockwise" if returned else "journal-text",
        title=report.round.title,
        detail=f"{report.unit.name} · {'bị trả lại' if returned else 'chưa gửi'}"
        if not report.own
        else f"{report.unit.name} · báo cáo tổng hợp chưa ban hành",
        address=reverse("periodic:report", args=[report.pk]),
        action=action,
        due=None if report.own else report.round.due_on,
        place=report.unit.name,
    )
