"""A level opens a drive with targets; units tell day by day what they did."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction

from cchc_portal.kit.errors import ChangedMeanwhile, MoveRefused
from scoring.models import Drive, DriveDay, DriveShare
from units.access import require
from units.models import Unit, User
from units.permissions import Permission

MOST = 2_000_000_000


@transaction.atomic
def open_(
    owner: Unit,
    *,
    by: User,
    title: str,
    noun: str,
    starts_on: date,
    ends_on: date,
    targets: Mapping[int, int],
    made_up: bool = False,
) -> Drive:
    """targets: key of a unit directly below on the last day to what it is to do, above nought.
    PermissionDenied, MoveRefused."""
    require(by, Permission.RUN_PERIOD, at=owner)
    if starts_on > ends_on:
        raise MoveRefused("Ngày cuối phải từ ngày đầu trở đi.")
    below = set(Unit.objects.children_on(owner, ends_on).values_list("pk", flat=True))
    if not targets or set(targets) - below:
        raise MoveRefused("Đề nghị ghi chỉ tiêu cho ít nhất một đơn vị trực thuộc.")
    if any(not 0 < number <= MOST for number in targets.values()):
        raise MoveRefused("Chỉ tiêu phải lớn hơn 0.")
    drive = Drive.objects.create(
        owner=owner,
        title=title,
        noun=noun,
        starts_on=starts_on,
        ends_on=ends_on,
        made_up=made_up,
        opened_by=by,
    )
    DriveShare.objects.bulk_create(
        DriveShare(drive=drive, unit_id=unit, target=number) for unit, number in targets.items()
    )
    return drive


@transaction.atomic
def tell(
    share: int, *, by: User, day: date, number: int, seen_edition: int, today: date
) -> DriveDay:
    """How many the unit did on the day. seen_edition: the edition of that day that was on the
    screen, 0 for none; what was told before stays as an earlier edition.

    PermissionDenied; MoveRefused outside the drive or ahead of today; ChangedMeanwhile.
    """
    held = DriveShare.objects.select_for_update(of=("self",), no_key=True)
    one = held.select_related("drive").get(pk=share)
    require(by, Permission.FILL_DOSSIER, at=one.unit_id)
    if not one.drive.starts_on <= day <= min(one.drive.ends_on, today):
        raise MoveRefused("Ngày phải nằm trong đợt cao điểm và không sau hôm nay.")
    if not 0 <= number <= MOST:
        raise MoveRefused("Số thực hiện phải từ 0 trở lên.")
    last = one.days.filter(day=day).order_by("-edition").first()
    if last and last.number == number:
        return last
    if (last.edition if last else 0) != seen_edition:
        raise ChangedMeanwhile(f"Số của ngày {day:%d/%m/%Y} vừa được người khác ghi.")
    return DriveDay.objects.create(
        share=one, day=day, edition=seen_edition + 1, number=number, told_by=by
    )
