"""How far a unit is from those who stand right above it in its block."""

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from scoring.rules.points import shown_gap
from scoring.rules.ranking import Placing


class NextRank(NamedTuple):
    """The rank above, how many units share it, and the points that are missing to stand level with
    them, as printed and exact. Level means the same rank; the least bit more passes them all."""

    rank: int
    sharing: int
    missing: Decimal
    exact: Fraction


def next_rank(
    points: Fraction,
    maximum: Decimal,
    placing: Placing,
    placings: Iterable[Placing],
    places: int = 2,
) -> NextRank | None:
    """From the placings of the block, best first; None for whoever is first.

    The points are those out of the unit's own applicable maximum: where something does not apply
    to it, fewer points make the same difference.
    """
    above = [other for other in placings if other.figure > placing.figure]
    if not above:
        return None
    nearest = above[-1]
    exact = nearest.figure * Fraction(maximum) / 100 - points
    return NextRank(
        rank=nearest.rank,
        sharing=sum(other.figure == nearest.figure for other in above),
        missing=shown_gap(exact, places),
        exact=exact,
    )
