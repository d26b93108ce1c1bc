"""What waits for a unit in the reports of figures: collections in which figures are missing,
figures that its own units have corrected since it took them, and drives under way whose last days
nobody has told."""

from datetime import date, timedelta

from django.db.models import Exists, OuterRef
from django.urls import reverse

from cchc_portal.kit.numerals import grouped
from reports.rules.desk import Duty, abridged
from reports.services.duties import MOST_LINES
from scoring.models import Collection, DriveDay, DriveShare, Reading
from scoring.reading_access import written_units
from scoring.services.gathered import corrected_below
from units.models import Unit


def of_the_figures(user, today: date) -> list[Duty]:
    """One line for each collection and unit whose figures one fills in. One query."""
    desks = written_units(user)
    if not desks:
        return []
    rest = Duty(
        icon="clipboard-data",
        title="{number} báo cáo số liệu khác còn thiếu",
        detail="Trong các đợt đang nhận số liệu",
        address=reverse("scoring:collections"),
        action="Xem tất cả",
    )
    rows = Reading.objects.due_at(desks).order_by("collection__due_on", "collection", "unit")
    return abridged([_to_report(row) for row in rows], rest, MOST_LINES, today)


def of_the_taken(user, today: date) -> list[Duty]:
    """Figures of this year and the last, reported upward, that the units below have corrected
    since: one line for each collection and unit. Two queries."""
    desks = written_units(user)
    if not desks:
        return []
    rest = Duty(
        icon="arrow-repeat",
        title="{number} báo cáo số liệu khác có số cấp dưới đã sửa",
        detail="Sau khi lấy số cộng của đơn vị trực thuộc",
        address=reverse("scoring:collections"),
        action="Xem tất cả",
    )
    found = corrected_below(desks, today.year - 1)
    duties = [_to_take_again(*key, moved) for key, moved in found.items()]
    return abridged(duties, rest, MOST_LINES, today)


def of_the_drives(user, today: date) -> list[Duty]:
    """Drives under way in which nobody has told of today or the day before. One query."""
    desks = written_units(user)
    if not desks:
        return []
    yesterday = today - timedelta(days=1)
    told = DriveDay.objects.filter(share=OuterRef("pk"), day__gte=yesterday)
    shares = DriveShare.objects.filter(
        ~Exists(told),
        unit__in=desks,
        drive__starts_on__lt=today,
        drive__ends_on__gte=yesterday,
        drive__cancelled_at=None,
    )
    found = shares.select_related("drive", "unit").order_by("drive__ends_on", "pk")
    return [_to_tell(share) for share in found[:MOST_LINES]]


def _to_report(row: dict) -> Duty:
    return Duty(
        icon="clipboard-data",
        title=f"Nhập {grouped(row['missing'])} số liệu báo cáo còn thiếu",
        detail=f"{row['collection__title']} · {row['unit__name']}",
        address=reverse("scoring:readings", args=[row["collection"], row["unit"]]),
        action="Nhập số liệu",
        due=row["collection__due_on"],
        place=row["unit__name"],
    )


def _to_take_again(collection: Collection, unit: Unit, moved: int) -> Duty:
    return Duty(
        icon="arrow-repeat",
        title=f"Xem lại {grouped(moved)} số liệu đã lấy, cấp dưới nay cộng ra số khác",
        detail=f"{collection.title} · {unit.name}",
        address=reverse("scoring:readings", args=[collection.pk, unit.pk]),
        action="Xem lại",
        due=None if collection.closed else collection.due_on,
        place=unit.name,
    )


def _to_tell(share: DriveShare) -> Duty:
    return Duty(
        icon="flag",
        title="Ghi số thực hiện theo ngày",
        detail=f"{share.drive.title} · {share.unit.name}",
        address=reverse("reports:drive-tell", args=[share.pk]),
        action="Ghi số",
        place=share.unit.name,
    )
