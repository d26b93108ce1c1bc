"""A ranked table as people read it: ties named, limits drawn, figures that differ told apart."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Generic, TypeVar

from scoring.rules.points import shown, telling_places

NEAR = Fraction(1, 10)
"""Within a tenth of a percentage point of a class limit a figure is marked as close to it."""

Entry = TypeVar("Entry")


@dataclass(frozen=True)
class Line(Generic[Entry]):
    """One ranked entry. `places` decimals tell its figure from every other; `limit_above` is the
    class limit (label, floor) that lies between this line and the one before."""

    entry: Entry
    rank: int
    figure: Fraction
    places: int
    tied: bool
    near_limit: bool
    limit_above: tuple[str, Decimal] | None

    @property
    def percent(self) -> Decimal:
        return shown(self.figure, self.places)


def lines(
    ranked: Iterable[tuple[Entry, int, Fraction]],
    bands: Sequence[tuple[Decimal, str]],
    places: int = 2,
) -> Iterator[Line[Entry]]:
    """(entry, rank, exact percentage), best first, as lines of a table.

    `bands` are floors and labels, best first. Ties are true equals, which share a rank; figures
    that only print alike get as many decimals as tell them apart.
    """
    rows = list(ranked)
    sharing = Counter(rank for _, rank, _ in rows)
    printed = [shown(figure, places) for _, _, figure in rows]
    told = _places_of([figure for _, _, figure in rows], printed, places)
    near = [(Fraction(floor) - NEAR, Fraction(floor) + NEAR) for floor, _ in bands]
    above: Decimal | None = None
    for (entry, rank, figure), percent in zip(rows, printed, strict=True):
        yield Line(
            entry=entry,
            rank=rank,
            figure=figure,
            places=told[percent],
            tied=sharing[rank] > 1,
            near_limit=any(low <= figure <= high for low, high in near),
            limit_above=_limit_between(above, percent, bands),
        )
        above = percent


def _places_of(figures: list[Fraction], printed: list[Decimal], places: int) -> dict[Decimal, int]:
    """Printed figure → decimals that tell apart all the figures which print so."""
    alike: dict[Decimal, list[Fraction]] = {}
    for figure, said in zip(figures, printed, strict=True):
        alike.setdefault(said, []).append(figure)
    return {
        said: telling_places(group, places) if len(group) > 1 else places
        for said, group in alike.items()
    }


def _limit_between(
    above: Decimal | None, percent: Decimal, bands: Sequence[tuple[Decimal, str]]
) -> tuple[str, Decimal] | None:
    """The lowest class limit reached by the line above and not by this one."""
    crossed = [
        (label, floor) for floor, label in bands if above is not None and percent < floor <= above
    ]
    return crossed[-1] if crossed else None
