"""Whether a tree of units is sound on every day: superiors that exist, no circle. Pure."""

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from units.rules.spells import begins, ends

Edge = tuple[date | None, date | None, Hashable | None]
"""From a day, up to a day, below whom."""


@dataclass(frozen=True)
class Bearer:
    """A unit as it will stand: its key, the code it bears, its life, and below whom when."""

    key: Hashable
    code: str
    name: str
    first_on: date | None
    until: date | None
    edges: tuple[Edge, ...] = ()

    def covers(self, first_on: date | None, until: date | None) -> bool:
        """Whether it exists on every day of the stretch."""
        return begins(self.first_on) <= begins(first_on) and ends(until) <= ends(self.until)


class Missing(Exception):
    """Nobody bears the code as asked; carries a Vietnamese clause."""

    def __init__(self, reason: str):
        super().__init__(reason)
        self.reason = reason


def bearer_through(
    bearers: Sequence[Bearer], code: str, first_on: date | None, until: date | None
) -> Bearer:
    """Who bears the code through the whole stretch. `bearers`: all who ever bear it.

    Raises `Missing` where nobody does.
    """
    for bearer in bearers:
        if bearer.covers(first_on, until):
            return bearer
    if not bearers:
        raise Missing(f"không có đơn vị mã {code}")
    lives = "; ".join(_life(bearer.first_on, bearer.until) for bearer in bearers)
    raise Missing(
        f"đơn vị mã {code} không tồn tại suốt thời gian {_life(first_on, until)} (chỉ có {lives})"
    )


def circles(bearers: Mapping[Hashable, Bearer]) -> Iterator[tuple[list[Bearer], date | None]]:
    """Each circle once, with the first day on which it would exist.

    A circle needs all its edges on one day, so it exists on the day the latest of them begins:
    only first days of edges have to be looked at.
    """
    told: set[frozenset[Hashable]] = set()
    days = sorted(
        {first_on for one in bearers.values() for first_on, _, _ in one.edges}, key=begins
    )
    for day in days:
        above = {key: parent for key, parent in _parents(bearers, begins(day))}
        for ring in _rings(above):
            if (members := frozenset(ring)) not in told:
                told.add(members)
                yield [bearers[key] for key in ring], day


def _parents(bearers: Mapping[Hashable, Bearer], day: date) -> Iterable[tuple[Hashable, Hashable]]:
    for bearer in bearers.values():
        for first_on, until, parent in bearer.edges:
            if parent is not None and begins(first_on) <= day < ends(until):
                yield bearer.key, parent


def _rings(above: Mapping[Hashable, Hashable]) -> Iterator[list[Hashable]]:
    settled: set[Hashable] = set()
    for start in above:
        trail: dict[Hashable, None] = {}
        key: Hashable | None = start
        while key is not None and key not in settled and key not in trail:
            trail[key] = None
            key = above.get(key)
        if key in trail:
            path = list(trail)
            yield path[path.index(key) :]
        settled.update(trail)


def _life(first_on: date | None, until: date | None) -> str:
    start = f"từ {first_on}" if first_on else "từ trước"
    return f"{start} đến hết {until - timedelta(days=1)}" if until else f"{start} trở đi"
