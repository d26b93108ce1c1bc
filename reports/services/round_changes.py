"""What is changed about a round that was opened: its last day; the whole of it, before anything was
sent."""

from datetime import date

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from cchc_portal.kit.errors import ChangedMeanwhile, MoveRefused
from reports.models import PeriodicEvent, PeriodicReport, ReportRound
from reports.rules.periodic import PERIODIC, ReportState, ReportVerb, RoundVerb
from reports.services.rounds import CANCELLED, ROWS_AT_ONCE
from units.access import require
from units.models import User
from units.permissions import Permission

SENT_ALREADY = "Đã có báo cáo được gửi trong đợt này nên không hủy được đợt."


@transaction.atomic
def cancel(round_: ReportRound, *, seen: int, comment: str, by: User) -> ReportRound:
    """Nobody owes the reports any more, what was written can be read, the span is free again.

    Raises PermissionDenied, MoveRefused (something was sent, no reason), ChangedMeanwhile.
    """
    held = _held(round_, seen=seen, by=by)
    reports = list(PeriodicReport.objects.held().filter(round=held))
    if any(one.first_sent_on for one in reports):
        raise MoveRefused(SENT_ALREADY)
    PERIODIC.check(ReportVerb.CANCEL, ReportState.DRAFT, comment)
    said = comment.strip()
    PeriodicReport.objects.filter(pk__in=[one.pk for one in reports]).update(
        state=ReportState.CANCELLED, version=F("version") + 1
    )
    events = (
        PeriodicEvent(
            report=one,
            verb=ReportVerb.CANCEL,
            source=one.state,
            target=ReportState.CANCELLED,
            comment=said,
            by=by,
        )
        for one in reports
    )
    PeriodicEvent.objects.bulk_create(events, batch_size=ROWS_AT_ONCE)
    held.cancelled_at = timezone.now()
    return _changed(held, RoundVerb.CANCEL, comment=said, by=by)


@transaction.atomic
def move_due(
    round_: ReportRound, *, seen: int, due_on: date, comment: str, by: User
) -> ReportRound:
    """The reports are due on another day, not before today.

    Raises PermissionDenied, MoveRefused, ChangedMeanwhile.
    """
    held = _held(round_, seen=seen, by=by)
    if not comment.strip():
        raise MoveRefused("Đề nghị ghi rõ lý do khi dời hạn gửi.")
    if due_on == held.due_on:
        raise MoveRefused("Hạn gửi mới trùng với hạn đang có.")
    if due_on < max(held.ends_on, timezone.localdate()):
        raise MoveRefused("Hạn gửi mới không thể trước ngày hôm nay hoặc trước ngày hết kỳ.")
    moved = f"Từ {held.due_on:%d/%m/%Y} sang {due_on:%d/%m/%Y}: {comment.strip()}"
    held.due_on = due_on
    return _changed(held, RoundVerb.DUE, comment=moved, by=by)


def _held(round_: ReportRound, *, seen: int, by: User) -> ReportRound:
    held = ReportRound.objects.hold(round_.pk)
    require(by, Permission.RUN_PERIOD, at=held.owner_id)
    if held.cancelled_at:
        raise MoveRefused(CANCELLED)
    if held.version != seen:
        raise ChangedMeanwhile("Đợt báo cáo vừa có thay đổi; đề nghị xem lại.")
    return held


def _changed(held: ReportRound, verb: RoundVerb, *, comment: str, by: User) -> ReportRound:
    held.version += 1
    held.save(update_fields=["due_on", "cancelled_at", "version"])
    held.events.create(verb=verb, comment=comment, by=by)
    return held
