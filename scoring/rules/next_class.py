"""How far a unit is from the class above its own."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from scoring.rules.points import shown_gap


class NextClass(NamedTuple):
    """The class above, and the points that were missing to it, rounded as points are shown."""

    label: str
    missing: Decimal


def next_class(
    points: Fraction,
    maximum: Decimal,
    printed: Decimal,
    bands: Sequence[tuple[Decimal, str]],
    places: int = 2,
) -> NextClass | None:
    """The lowest class whose floor the printed percentage does not reach; None for the best.

    bands: floor in percent and label, best first. Where the exact points lack nothing that can be
    shown, the smallest amount that can be is given.
    """
    above = [(floor, label) for floor, label in bands if printed < floor]
    if not above:
        return None
    floor, label = above[-1]
    return NextClass(label, shown_gap(Fraction(floor) * Fraction(maximum) / 100 - points, places))
