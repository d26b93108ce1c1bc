"""A level opens a drive with targets; units tell day by day what they did."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from cchc_portal.kit.errors import ChangedMeanwhile, MoveRefused
from scoring import reading_access
from scoring.models import Drive, DriveDay, DriveShare
from scoring.rules.drive import why_no_drive, why_not_below
from units.access import require
from units.models import Unit, User
from units.permissions import Permission

MOST = 2_000_000_000
CANCELLED = "Đợt cao điểm đã hủy."


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
    figure_code: str = "",
    made_up: bool = False,
) -> Drive:
    """targets: key of a unit directly below on the last day to what it is to do, above nought.
    figure_code: the owner's indicator that its days are the sum of, if any.
    PermissionDenied, MoveRefused."""
    require(by, Permission.RUN_PERIOD, at=owner)
    if fault := why_no_drive(starts_on, ends_on, timezone.localdate()):
        raise MoveRefused(fault)
    if not targets:
        raise MoveRefused("Đề nghị ghi chỉ tiêu cho ít nhất một đơn vị trực thuộc.")
    require_targets(owner, ends_on, targets)
    require_summed(owner, figure_code)
    drive = Drive.objects.create(
        owner=owner,
        title=title,
        noun=noun,
        starts_on=starts_on,
        ends_on=ends_on,
        figure_code=figure_code,
        made_up=made_up,
        opened_by=by,
    )
    DriveShare.objects.bulk_create(
        DriveShare(drive=drive, unit_id=unit, target=number) for unit, number in targets.items()
    )
    return drive


def require_targets(owner: Unit, ends_on: date, targets: Mapping[int, int]) -> None:
    """MoveRefused where one is no number to aim at, or a unit is not below on the last day."""
    if any(not 0 < number <= MOST for number in targets.values()):
        raise MoveRefused("Chỉ tiêu phải lớn hơn 0.")
    below = Unit.objects.children_on(owner, ends_on).values("pk")
    gone = Unit.objects.filter(pk__in=targets).exclude(pk__in=below)
    if names := list(gone.order_by("position", "code").values_list("name", flat=True)):
        raise MoveRefused(why_not_below(names, ends_on))


def require_summed(owner: Unit, figure_code: str) -> None:
    """MoveRefused where the days of a drive could not be added up to this indicator."""
    summed = owner.indicators.summed_from_days()
    if figure_code and not summed.filter(code=figure_code).exists():
        raise MoveRefused(
            f"Chỉ tiêu {figure_code} không còn dùng hoặc không cộng được theo ngày; "
            "đề nghị chọn lại."
        )


@dataclass(frozen=True)
class Told:
    """What is typed of a day. seen_edition: the edition of the day that was on the screen, 0 for
    none."""

    day: date
    number: int
    seen_edition: int


def touched(share: DriveShare, said: Sequence[Told]) -> list[Told]:
    """Those that say something else than the edition which was on the screen. One query."""
    rows = share.days.filter(day__in=[one.day for one in said])
    seen = {(row.day, row.edition): row.number for row in rows}
    return [one for one in said if seen.get((one.day, one.seen_edition)) != one.number]


def tell(share: int, *, by: User, day: date, number: int, seen_edition: int, today: date) -> None:
    """One day alone; see `tell_days`."""
    tell_days(share, by=by, said=[Told(day, number, seen_edition)], today=today)


@transaction.atomic
def tell_days(share: int, *, by: User, said: Sequence[Told], today: date) -> list[DriveDay]:
    """How many the unit did on some days, all or none; what was told before stays as an earlier
    edition. A day that says what was on the screen is left alone.

    PermissionDenied; MoveRefused outside the drive, ahead of today, cancelled; ChangedMeanwhile.
    """
    held = DriveShare.objects.select_for_update(of=("self",), no_key=True)
    one = held.select_related("unit").get(pk=share)
    reading_access.require_unit(by, one.unit_id)
    drive = Drive.objects.get(pk=one.drive_id)
    if drive.cancelled_at:
        raise MoveRefused(CANCELLED)
    changed = touched(one, said)
    last: dict[date, DriveDay] = {}
    for row in one.days.filter(day__in=[told.day for told in changed]).order_by("edition"):
        last[row.day] = row
    made = [_edition(one, drive, told, last.get(told.day), by=by, today=today) for told in changed]
    return DriveDay.objects.bulk_create([row for row in made if row])


def _edition(
    share: DriveShare, drive: Drive, told: Told, last: DriveDay | None, *, by: User, today: date
) -> DriveDay | None:
    if not drive.starts_on <= told.day <= min(drive.ends_on, today):
        raise MoveRefused("Ngày phải nằm trong đợt cao điểm và không sau hôm nay.")
    if not 0 <= told.number <= MOST:
        raise MoveRefused("Số thực hiện phải từ 0 trở lên.")
    if last and last.number == told.number:
        return None
    if (last.edition if last else 0) != told.seen_edition:
        raise ChangedMeanwhile(f"Số của ngày {told.day:%d/%m/%Y} vừa được người khác ghi.")
    return DriveDay(
        share=share, day=told.day, edition=told.seen_edition + 1, number=told.number, told_by=by
    )
