"""One reported figure is written, with its line. The collection is held before the figure."""

from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from cchc_portal.kit.errors import ChangedMeanwhile, MoveRefused
from scoring import reading_access
from scoring.models import Collection, Reading, ReadingChange
from scoring.rules.kinds import Door
from scoring.rules.stroke import Stroke
from units.models import User

WHY = "Số liệu đã chốt: đề nghị ghi lý do sửa."


@transaction.atomic
def put(
    pk: int,
    *,
    by: User,
    amount: Decimal | None,
    note: str,
    seen_version: int,
    reason: str = "",
    stroke: Stroke | None = None,
) -> Reading:
    """The figure and its note; None takes the figure back. A stroke that comes twice changes
    nothing. PermissionDenied, MoveRefused, ChangedMeanwhile."""
    found = Reading.objects.only("collection_id", "unit_id").get(pk=pk)
    collection = Collection.objects.hold_open(found.collection_id)
    reading_access.require_writer(by, collection, found.unit_id)
    held = Reading.objects.select_related("indicator").held().get(pk=pk)
    if stroke and stroke.repeats(held.last_stroke):
        return held
    return write(
        held,
        collection,
        by=by,
        amount=amount,
        note=note,
        reason=reason,
        seen_version=seen_version,
        stroke=stroke,
    )


def write(
    held: Reading,
    collection: Collection,
    *,
    by: User,
    amount: Decimal | None,
    note: str,
    reason: str,
    seen_version: int,
    stroke: Stroke | None = None,
    door: Door = Door.PAGE,
) -> Reading:
    """The same for a service that holds collection and figure and has asked who."""
    note, reason = " ".join(note.split()), " ".join(reason.split())
    goes_on = stroke is not None and stroke.follows(held.last_stroke)
    before = held.amount
    if (amount, note) == (before, held.note):
        return held
    if held.version != seen_version and not goes_on:
        raise ChangedMeanwhile
    if collection.closed and not reason:
        raise MoveRefused(WHY)
    now = timezone.now()
    ReadingChange.objects.create(
        reading=held,
        before=before,
        after=amount,
        note=note,
        reason=reason,
        after_closing=collection.closed,
        door=door,
        changed_by=by,
    )
    held.amount, held.note = amount, note
    held.version += 1
    held.updated_at, held.updated_by = now, by
    held.pen = stroke.pen if stroke else None
    held.stroke = stroke.number if stroke else None
    held.save(
        update_fields=["amount", "note", "version", "updated_at", "updated_by", "pen", "stroke"]
    )
    return held
