"""A drive read for its page and for leaders: units against their targets and the days."""

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from functools import cached_property

from reports.rules.forecast import Forecast
from scoring.models import Drive, DriveDay, DriveShare
from scoring.rules.drive import Pace, counted_until, pace, wanted_by
from units.access import units_where
from units.permissions import Permission

MOST_TOLD = 3


@dataclass(frozen=True)
class ShareLine:
    """A unit: what it is to do, what it did, what the days until `until` want of it."""

    share: int
    unit: int
    name: str
    target: int
    done: int
    last: date | None
    until: date
    wanted: Fraction
    pace: Pace
    forecast: Forecast

    @property
    def percent(self) -> Fraction:
        """Of the target, exact."""
        return Fraction(self.done * 100, self.target)


@dataclass(frozen=True)
class DriveView:
    """A drive on a day. `by_day`: how many on each day told, of all units; `until`: the last day
    that is reckoned with, today once every unit that is not done yet has told it."""

    drive: Drive
    today: date
    lines: tuple[ShareLine, ...]
    by_day: dict[date, int]
    until: date

    @cached_property
    def target(self) -> int:
        """Of all units."""
        return sum(line.target for line in self.lines)

    @cached_property
    def done(self) -> int:
        """By all units."""
        return sum(line.done for line in self.lines)

    @property
    def percent(self) -> Fraction:
        """Of the whole target, exact."""
        return Fraction(self.done * 100, self.target)

    @property
    def begun(self) -> bool:
        """Whether its first day has come."""
        return self.today >= self.drive.starts_on

    @property
    def over(self) -> bool:
        """Whether its last day has passed."""
        return self.today > self.drive.ends_on

    @property
    def behind(self) -> list[ShareLine]:
        """Units behind what the days want, the least first."""
        late = (Pace.BEHIND, Pace.MISSED)
        return sorted((one for one in self.lines if one.pace in late), key=lambda one: one.percent)

    @property
    def forecast(self) -> Forecast:
        """When all is done at the pace until the last day reckoned with, of what was done by then:
        some units may have told of today, others not yet."""
        done = sum(number for day, number in self.by_day.items() if day <= self.until)
        if self.done >= self.target:
            done = self.target
        return _forecast(self.drive, done, self.target, self.today, self.until)

    @cached_property
    def so_far(self) -> list[tuple[date, int, Fraction]]:
        """Day → done until its end, wanted until its end; from the first day until `until`."""
        first, last = self.drive.starts_on, self.until
        told, sum_ = [], 0
        for at in range((last - first).days + 1):
            day = first + timedelta(days=at)
            sum_ += self.by_day.get(day, 0)
            told.append((day, sum_, wanted_by(self.target, first, self.drive.ends_on, day)))
        return told


def view_of(drive: Drive, today: date) -> DriveView:
    """Three queries, however many units and days."""
    shares = list(drive.shares.select_related("unit"))
    days = DriveDay.objects.filter(share__drive=drive)
    done = days.by_share()
    lines = tuple(_line(drive, share, *done.get(share.pk, (0, None)), today) for share in shares)
    open_ = [line.until for line in lines if line.done < line.target]
    until = min(open_, default=counted_until(drive.ends_on, today, today))
    return DriveView(drive, today, lines, days.by_day(), until)


def told_to(user, today: date) -> tuple[list[DriveView], int]:
    """The drives under way of the levels whose units the person leads, the first to end first;
    without any the last one. At most `MOST_TOLD`; and how many drives of them there are in all."""
    led = Drive.objects.standing().filter(owner__in=units_where(user, Permission.SEE_DASHBOARD))
    begun = led.filter(starts_on__lte=today)
    found = begun.filter(ends_on__gte=today).order_by("ends_on", "pk")[:MOST_TOLD] or begun[:1]
    return [view_of(one, today) for one in found], led.count()


def _line(drive: Drive, share: DriveShare, done: int, last: date | None, today: date) -> ShareLine:
    until = counted_until(drive.ends_on, today, last)
    wanted = wanted_by(share.target, drive.starts_on, drive.ends_on, until)
    begun, over = today >= drive.starts_on, today > drive.ends_on
    return ShareLine(
        share=share.pk,
        unit=share.unit_id,
        name=share.unit.name,
        target=share.target,
        done=done,
        last=last,
        until=until,
        wanted=wanted,
        pace=pace(done, share.target, wanted, begun=begun, over=over),
        forecast=_forecast(drive, done, share.target, today, until),
    )


def _forecast(drive: Drive, done: int, target: int, today: date, until: date) -> Forecast:
    """What goes beyond the target is not ahead of anything: it is done."""
    return Forecast(
        drive.noun,
        min(done, target),
        target,
        drive.starts_on,
        today,
        drive.ends_on,
        until,
    )
