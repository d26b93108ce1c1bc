"""A unit's result against its own of an earlier period: points and rank, kept apart."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from scoring.rules.points import shown


@dataclass(frozen=True)
class Result:
    """What a unit reached: exact percentage, rank, and the block in which it was ranked."""

    figure: Fraction
    rank: int
    block: str


@dataclass(frozen=True)
class YearChange:
    """Points as the difference of the two printed figures; `places_up` is how many places higher
    (below 0: lower) the unit stands, None where it was ranked in another block."""

    points: Decimal
    places_up: int | None

    @property
    def places_down(self) -> int:
        """The same, seen from above."""
        return -(self.places_up or 0)


def year_change(now: Result, before: Result, places: int = 2) -> YearChange:
    """What changed. Ranks are compared only inside blocks of one name: elsewhere they say nothing.

    The difference is that of the printed figures, so that a reader who subtracts finds it again.
    """
    return YearChange(
        points=shown(now.figure, places) - shown(before.figure, places),
        places_up=before.rank - now.rank if now.block == before.block else None,
    )
