"""A level opens a collection of figures for the units below it, and closes it."""

from collections.abc import Sequence

from django.db import IntegrityError, transaction
from django.utils import timezone

from cchc_portal.kit.errors import MoveRefused
from scoring.models import Asked, Collection, CollectionEvent, Indicator, Reading
from scoring.rules.indicator import (
    CollectionState,
    CollectionVerb,
    Days,
    Roll,
    usual_title,
    years,
)
from scoring.services import indicators
from units.access import require
from units.models import Unit, User
from units.permissions import Permission

ROWS_AT_ONCE = 2000
CANCELLED = "Đợt báo cáo này đã hủy."


@transaction.atomic
def open_(
    owner: Unit,
    *,
    by: User,
    year: int,
    span: str,
    days: Days,
    title: str = "",
    made_up: bool = False,
) -> Collection:
    """Asks every unit that stands directly below on the last day of the figures for what its kind
    reports in that stretch: one empty row each. PermissionDenied, MoveRefused."""
    require(by, Permission.RUN_PERIOD, at=owner)
    if not days.starts_on <= days.ends_on <= days.due_on:
        raise MoveRefused("Các ngày phải theo thứ tự: từ ngày, đến hết ngày, hạn báo cáo.")
    first, last = years(timezone.localdate())
    if not first <= year <= last:
        raise MoveRefused(f"Năm phải từ {first} đến {last}.")
    indicators.hold(owner)
    chosen = [one for one in owner.indicators.current() if not one.spans or span in one.spans]
    units = list(Unit.objects.children_on(owner, days.ends_on).order_by("position", "code"))
    pairs = _pairs(chosen, units)
    if not pairs:
        raise MoveRefused(
            "Không có đơn vị trực thuộc nào phải báo cáo chỉ tiêu nào trong kỳ này. "
            "Đề nghị xem lại danh mục chỉ tiêu."
        )
    try:
        with transaction.atomic():
            collection = Collection.objects.create(
                owner=owner,
                year=year,
                span=span,
                title=title or usual_title(span, year),
                starts_on=days.starts_on,
                ends_on=days.ends_on,
                due_on=days.due_on,
                made_up=made_up,
            )
    except IntegrityError as fault:
        if "collection_once_for_a_span" in str(fault):
            raise MoveRefused("Kỳ báo cáo này của năm đã được mở.") from fault
        raise
    Asked.objects.bulk_create(Asked(collection=collection, indicator=one) for one in chosen)
    Reading.objects.bulk_create(
        (Reading(collection=collection, unit=unit, indicator=one) for unit, one in pairs),
        batch_size=ROWS_AT_ONCE,
    )
    CollectionEvent.objects.create(
        collection=collection,
        verb=CollectionVerb.OPEN,
        target=CollectionState.OPEN,
        comment=f"{len({unit.pk for unit, _ in pairs})} đơn vị, {len(chosen)} chỉ tiêu",
        by=by,
    )
    return collection


@transaction.atomic
def close(pk: int, *, by: User) -> Collection:
    """From here on every change gives its reason. PermissionDenied, MoveRefused."""
    collection = Collection.objects.hold(pk)
    require(by, Permission.RUN_PERIOD, at=collection.owner)
    if collection.closed:
        raise MoveRefused("Đợt báo cáo này đã chốt số liệu.")
    if collection.cancelled:
        raise MoveRefused(CANCELLED)
    collection.state = CollectionState.CLOSED
    collection.save(update_fields=["state"])
    CollectionEvent.objects.create(
        collection=collection,
        verb=CollectionVerb.CLOSE,
        source=CollectionState.OPEN,
        target=CollectionState.CLOSED,
        by=by,
    )
    return collection


def _pairs(chosen: Sequence[Indicator], units: Sequence[Unit]) -> list[tuple[Unit, Indicator]]:
    return [
        (unit, one)
        for unit in units
        for one in chosen
        if one.roll != Roll.RATIO and (not one.kinds or unit.kind in one.kinds)
    ]
