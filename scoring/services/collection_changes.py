"""What is changed about a collection that was opened: its last day; the whole of it, while no
figure was ever typed."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from cchc_portal.kit.errors import ChangedMeanwhile, MoveRefused
from scoring.models import Collection, CollectionEvent, ReadingChange
from scoring.rules.indicator import CollectionState, CollectionVerb
from scoring.services.collections import CANCELLED
from units.access import require
from units.models import User
from units.permissions import Permission


@transaction.atomic
def move_due(pk: int, *, by: User, seen: date, due_on: date, reason: str) -> Collection:
    """The figures are due on another day than the one that was `seen`, not before today.

    PermissionDenied, MoveRefused, ChangedMeanwhile.
    """
    held = _held(pk, by=by, reason=reason)
    if held.due_on != seen:
        raise ChangedMeanwhile(f"Hạn báo cáo vừa được dời sang {held.due_on:%d/%m/%Y}.")
    if due_on == held.due_on:
        raise MoveRefused("Hạn báo cáo mới trùng với hạn đang có.")
    if due_on < max(held.ends_on, timezone.localdate()):
        raise MoveRefused("Hạn báo cáo mới không thể trước ngày hôm nay hoặc trước ngày hết kỳ.")
    moved = f"Từ {held.due_on:%d/%m/%Y} sang {due_on:%d/%m/%Y}: {reason.strip()}"
    held.due_on = due_on
    return _changed(held, CollectionVerb.DUE, comment=moved, by=by)


@transaction.atomic
def cancel(pk: int, *, by: User, reason: str) -> Collection:
    """Nobody owes the figures any more, and the span is free again.

    PermissionDenied; MoveRefused once a figure was typed, and without a reason.
    """
    held = _held(pk, by=by, reason=reason)
    if ReadingChange.objects.filter(reading__collection=held).exists():
        raise MoveRefused("Đã có đơn vị nhập số liệu trong đợt này nên không hủy được đợt.")
    held.state = CollectionState.CANCELLED
    return _changed(held, CollectionVerb.CANCEL, comment=reason.strip(), by=by)


def _held(pk: int, *, by: User, reason: str) -> Collection:
    held = Collection.objects.hold(pk)
    require(by, Permission.RUN_PERIOD, at=held.owner)
    if held.cancelled:
        raise MoveRefused(CANCELLED)
    if held.closed:
        raise MoveRefused("Đợt báo cáo này đã chốt số liệu.")
    if not reason.strip():
        raise MoveRefused("Đề nghị ghi rõ lý do.")
    return held


def _changed(held: Collection, verb: CollectionVerb, *, comment: str, by: User) -> Collection:
    held.save(update_fields=["due_on", "state"])
    CollectionEvent.objects.create(
        collection=held,
        verb=verb,
        source=CollectionState.OPEN,
        target=held.state,
        comment=comment,
        by=by,
    )
    return held
