"""What waits for a person, in the order in which it has to be done."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

SOON = timedelta(days=7)

LATE, NEXT, LATER = "Quá hạn", "Hạn trong 7 ngày tới", "Hạn sau 7 ngày"
UNDATED, AHEAD = "Không ấn định hạn", "Chưa đến ngày làm"
SHELVES = (LATE, NEXT, LATER, UNDATED, AHEAD)
"""The headings, in their order."""


@dataclass(frozen=True)
class Duty:
    """One thing that waits: what, until when, and the one place to do it.

    icon: of the sprite; detail: half a sentence; action: the words on the button; due: the last
    day, None where none is set; starts: the first day on which it can be done; count: how many
    things the line stands for; place: the unit, period or paper it is about, as a letter may name
    it, without what somebody wrote.
    """

    icon: str
    title: str
    detail: str
    address: str
    action: str
    due: date | None = None
    starts: date | None = None
    count: int = 1
    place: str = ""


@dataclass(frozen=True)
class Shelf:
    """Duties of one degree of urgency under a heading."""

    title: str
    duties: tuple[Duty, ...]
    late: bool = False

    @property
    def count(self) -> int:
        """How many things wait here."""
        return sum(duty.count for duty in self.duties)


def is_late(duty: Duty, today: date) -> bool:
    """Whether its last day has passed; the last day itself is in time."""
    return duty.due is not None and duty.due < today


def shelf_of(duty: Duty, today: date) -> str:
    """The heading of the shelf on which the duty lies; one of `SHELVES`."""
    if duty.starts is not None and duty.starts > today:
        return AHEAD
    if duty.due is None:
        return UNDATED
    if is_late(duty, today):
        return LATE
    return NEXT if duty.due <= today + SOON else LATER


def shelves(duties: Iterable[Duty], today: date) -> list[Shelf]:
    """Late first, then what is due within a week, then what is due later, what has no day, and last
    what cannot be done yet; by deadline on each shelf, and of one day the line that stands for
    several last. Shelves without a duty are left out.
    """
    lying: dict[str, list[Duty]] = {}
    for duty in sorted(duties, key=_place):
        lying.setdefault(shelf_of(duty, today), []).append(duty)
    return [
        Shelf(title, tuple(lying[title]), late=title == LATE) for title in SHELVES if title in lying
    ]


def _place(duty: Duty) -> tuple[date, bool, str, str]:
    return duty.due or date.max, duty.count > 1, duty.title, duty.detail


def abridged(duties: list[Duty], rest: Duty, most: int, today: date) -> list[Duty]:
    """The first ones, and where there are more than `most`, one line a shelf for the others.

    `rest` says where the others are; its title takes their number. Each line keeps the first
    deadline and the first starting day of those for which it stands, so that it lies with them.
    """
    if len(duties) <= most:
        return duties
    others: dict[str, list[Duty]] = {}
    for duty in duties[most - 1 :]:
        others.setdefault(shelf_of(duty, today), []).append(duty)
    lines = [
        Duty(
            icon=rest.icon,
            title=rest.title.format(number=len(found)),
            detail=rest.detail,
            address=rest.address,
            action=rest.action,
            due=min((duty.due for duty in found if duty.due), default=None),
            starts=min((duty.starts for duty in found if duty.starts), default=None),
            count=len(found),
            place=rest.place,
        )
        for found in others.values()
    ]
    return [*duties[: most - 1], *lines]


def greeting(name: str, found: Iterable[Shelf]) -> str:
    """ "Chào đồng chí Hạnh. Có 5 việc chờ, trong đó 1 việc quá hạn." """
    shelves = list(found)
    waiting = sum(shelf.count for shelf in shelves)
    late = sum(shelf.count for shelf in shelves if shelf.late)
    hello = f"Chào đồng chí {name.split()[-1]}." if name.split() else "Chào đồng chí."
    if not waiting:
        return f"{hello} Hiện không có việc nào chờ."
    if late == waiting:
        return f"{hello} Có {waiting} việc chờ, đều đã quá hạn."
    return f"{hello} Có {waiting} việc chờ" + (f", trong đó {late} việc quá hạn." if late else ".")
