"""The days of a drive as a unit tells them: a stretch of days a page, beside each what its own
units have told of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from cchc_portal.kit.numerals import grouped
from scoring.models import Drive, DriveDay, DriveShare

DAYS_A_PAGE = 14


@dataclass(frozen=True)
class DayLine:
    """A day of the drive, what stands there in which edition (0 for none), and what the units of
    the unit have told of it in drives of its own, in words and as a number."""

    day: date
    number: int | None
    edition: int
    below: int | None = None
    below_of: str = ""

    @property
    def key(self) -> str:
        """In names of fields."""
        return f"{self.day:%Y-%m-%d}"


@dataclass(frozen=True)
class Stretch:
    """Days from `first` to `last`; the last days of the stretches before and after, if any. Without
    days where the drive has not begun."""

    first: date
    last: date
    before: date | None
    after: date | None

    @property
    def days(self) -> list[date]:
        """The newest first."""
        return [self.last - timedelta(days=at) for at in range((self.last - self.first).days + 1)]


def stretch_of(drive: Drive, today: date, asked: str) -> Stretch:
    """The stretch that ends on the day asked for (YYYY-MM-DD), else the newest."""
    newest = min(drive.ends_on, today)
    try:
        last = max(min(date.fromisoformat(asked), newest), drive.starts_on)
    except ValueError:
        last = newest
    first = max(drive.starts_on, last - timedelta(days=DAYS_A_PAGE - 1))
    before = first - timedelta(days=1)
    after = min(last + timedelta(days=DAYS_A_PAGE), newest)
    return Stretch(
        first,
        last,
        before if before >= drive.starts_on else None,
        after if after > last else None,
    )


def lines_of(share: DriveShare, stretch: Stretch) -> list[DayLine]:
    """The days with what stands there. Three queries at most."""
    rows = share.days.filter(day__range=(stretch.first, stretch.last)).standing()
    standing = {row.day: row for row in rows}
    below = _below(share, stretch)
    return [
        DayLine(
            day,
            standing[day].number if day in standing else None,
            standing[day].edition if day in standing else 0,
            *below.get(day, (None, "")),
        )
        for day in stretch.days
    ]


def _below(share: DriveShare, stretch: Stretch) -> Mapping[date, tuple[int, str]]:
    """Day → what the units of this unit told in its own drive that counts the same, and how many of
    how many; of the newest such drive. Empty where it runs none."""
    days = {"starts_on__lte": stretch.last, "ends_on__gte": stretch.first}
    own = Drive.objects.standing().filter(owner=share.unit_id, noun__iexact=share.drive.noun)
    found = own.filter(**days).first()
    if found is None:
        return {}
    told = DriveDay.objects.filter(share__drive=found, day__range=(stretch.first, stretch.last))
    asked = grouped(found.shares.count())
    return {
        day: (number, f"{grouped(units)}/{asked} đơn vị")
        for day, (number, units) in told.by_day_with_units().items()
    }
