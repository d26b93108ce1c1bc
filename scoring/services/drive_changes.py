"""What is changed about a drive that was opened: its targets and last day; the whole of it."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction
from django.utils import timezone

from cchc_portal.kit.errors import ChangedMeanwhile, MoveRefused
from cchc_portal.kit.numerals import grouped
from scoring.models import Drive, DriveDay, DriveShare
from scoring.rules.drive import DriveVerb, why_no_drive
from scoring.services.drives import CANCELLED, require_summed, require_targets
from units.access import require
from units.models import Unit, User
from units.permissions import Permission


@transaction.atomic
def change(
    drive: Drive,
    *,
    ends_on: date,
    targets: Mapping[int, int],
    figure_code: str,
    comment: str,
    seen: int,
    by: User,
) -> Drive:
    """Another last day, other targets, a unit that was forgotten, another indicator. targets: key
    of a unit to what it is to do, of all that take part; who takes part once stays, for it may have
    told already.

    PermissionDenied; MoveRefused (no reason, nothing changed, cancelled, a day that was told would
    be cut off); ChangedMeanwhile.
    """
    held = _held(drive, comment=comment, seen=seen, by=by)
    if fault := why_no_drive(held.starts_on, ends_on, timezone.localdate()):
        raise MoveRefused(fault)
    newest = DriveDay.objects.filter(share__drive=held).order_by("-day").first()
    if newest and newest.day > ends_on:
        raise MoveRefused(f"Đã có số ngày {newest.day:%d/%m/%Y}; ngày cuối không thể sớm hơn.")
    require_targets(held.owner, ends_on, targets)
    shares = {one.unit_id: one for one in held.shares.select_related("unit")}
    if left := [one.unit.name for unit, one in shares.items() if unit not in targets]:
        raise MoveRefused(f"Đơn vị đã có chỉ tiêu thì không bỏ trống được: {', '.join(left)}.")
    told = []
    if ends_on != held.ends_on:
        told.append(f"ngày cuối từ {held.ends_on:%d/%m/%Y} sang {ends_on:%d/%m/%Y}")
        held.ends_on = ends_on
    if figure_code != held.figure_code:
        require_summed(held.owner, figure_code)
        told.append(
            f"tính vào chỉ tiêu {figure_code}" if figure_code else "không tính vào chỉ tiêu"
        )
        held.figure_code = figure_code
    told += _aim(held, shares, targets)
    if not told:
        raise MoveRefused("Chưa có gì thay đổi so với đợt đang có.")
    words = "; ".join(told)
    return _changed(held, DriveVerb.CHANGE, f"{words[0].upper()}{words[1:]}. {comment}", by=by)


@transaction.atomic
def cancel(drive: Drive, *, comment: str, seen: int, by: User) -> Drive:
    """Nobody owes a number any more; what was told stays to be read.

    PermissionDenied, MoveRefused (no reason, cancelled), ChangedMeanwhile.
    """
    held = _held(drive, comment=comment, seen=seen, by=by)
    held.cancelled_at = timezone.now()
    return _changed(held, DriveVerb.CANCEL, comment, by=by)


def _held(drive: Drive, *, comment: str, seen: int, by: User) -> Drive:
    """The drive and its shares, so that nobody tells a day meanwhile."""
    held = Drive.objects.select_for_update(of=("self",)).select_related("owner").get(pk=drive.pk)
    list(held.shares.order_by("pk").select_for_update(of=("self",), no_key=True))
    require(by, Permission.RUN_PERIOD, at=held.owner_id)
    if held.cancelled_at:
        raise MoveRefused(CANCELLED)
    if held.version != seen:
        raise ChangedMeanwhile("Đợt cao điểm vừa có thay đổi; đề nghị xem lại.")
    if not comment.strip():
        raise MoveRefused("Đề nghị ghi rõ lý do.")
    return held


def _aim(held: Drive, shares: Mapping[int, DriveShare], targets: Mapping[int, int]) -> list[str]:
    """Writes the targets; which are others now, in words."""
    told, moved, made = [], [], []
    names = dict(Unit.objects.filter(pk__in=targets).values_list("pk", "name"))
    for unit, number in targets.items():
        share = shares.get(unit)
        if share is None:
            told.append(f"{names[unit]}: chỉ tiêu mới {grouped(number)}")
            made.append(DriveShare(drive=held, unit_id=unit, target=number))
        elif share.target != number:
            told.append(f"{names[unit]}: từ {grouped(share.target)} sang {grouped(number)}")
            share.target = number
            moved.append(share)
    DriveShare.objects.bulk_update(moved, ["target"])
    DriveShare.objects.bulk_create(made)
    return told


def _changed(held: Drive, verb: DriveVerb, comment: str, *, by: User) -> Drive:
    held.version += 1
    held.save(update_fields=["ends_on", "figure_code", "cancelled_at", "version"])
    held.events.create(verb=verb, comment=comment.strip(), by=by)
    return held
