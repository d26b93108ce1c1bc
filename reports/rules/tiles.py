"""Units as tiles, put together by the district they came from. Pure; the same data give the same
picture. It is no map: the portal has no boundaries."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from reports.rules.shares import Row

ELSEWHERE = "Đơn vị khác"
"""Where nothing is known of a former district: departments, for one."""
KINDS = ("xã", "phường", "thị trấn", "huyện", "thị xã", "thành phố", "đặc khu")


@dataclass(frozen=True)
class Home:
    """A former district: its place in the order of units, and its name."""

    order: tuple[int, str]
    name: str


@dataclass(frozen=True)
class Neighbourhood:
    """The units that came from one former district, and its name."""

    name: str
    rows: tuple[Row, ...]


def homes_of(came_from: Iterable[tuple[int, Home]]) -> dict[int, Home]:
    """Unit → the district from which most of its predecessors came; of equally many the first in
    the order of units."""
    counts: dict[int, Counter[Home]] = {}
    for unit, home in came_from:
        counts.setdefault(unit, Counter())[home] += 1
    return {
        unit: min(counter, key=lambda home: (-counter[home], home.order))
        for unit, counter in counts.items()
    }


def laid_out(
    rows: Sequence[Row], homes: Mapping[int, Home], sorted_as: Callable[[str], str]
) -> list[Neighbourhood]:
    """Districts in the order of units, those that are of none last; inside by name, as
    `sorted_as` reads it."""

    def place(row: Row) -> tuple[bool, tuple[int, str], str]:
        home = homes.get(row.unit)
        return (home is None, home.order if home else (0, ""), home.name if home else ELSEWHERE)

    ordered = sorted(rows, key=lambda row: (*place(row), sorted_as(short_name(row.name)), row.code))
    return [
        Neighbourhood(name, tuple(found)) for (_, _, name), found in groupby(ordered, key=place)
    ]


def short_name(name: str) -> str:
    """The name on a tile: "Công an xã Đức Thọ" is "Đức Thọ"."""
    rest = name.removeprefix("Công an ")
    for kind in KINDS:
        if rest.startswith(f"{kind} ") and not rest[len(kind) + 1 :].isdigit():
            return rest[len(kind) + 1 :]
    return rest


def short_names(rows: Sequence[Row]) -> dict[int, str]:
    """Row → its short name; those that would be called alike keep what they are: "xã Kỳ Anh"."""
    short = {row.key: short_name(row.name) for row in rows}
    twice = Counter(short.values())
    return {
        row.key: row.name.removeprefix("Công an ") if twice[short[row.key]] > 1 else short[row.key]
        for row in rows
    }
