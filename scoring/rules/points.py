"""How points become a percentage, and how a figure is rounded: once, at the end, half up."""

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

from cchc_portal.kit.numerals import Figure, as_fraction, half_up


def percent(points: Figure, maximum: Figure) -> Fraction:
    """Points out of the unit's own applicable maximum, times 100, exact.

    The maximum leaves out what does not apply to the unit, so that it loses nothing by it. With
    nothing applicable the figure is 0; such a unit is not ranked, its caller sees to that.
    Source: formula of the national index (Quyết định 1149/QĐ-BNV), which the force follows.
    """
    whole = as_fraction(maximum)
    return as_fraction(points) / whole * 100 if whole else Fraction(0)


def shown(figure: Figure, places: int = 2) -> Decimal:
    """The figure as it is printed: rounded half up to `places` decimals, from the exact sum.

    Source: two decimals, half up, reproduces every ratio of the tables published by provinces.
    """
    return half_up(figure, places)


def shown_gap(missing: Figure, places: int = 2) -> Decimal:
    """What is missing to something that is not reached, as it is printed: never nothing."""
    return max(shown(missing, places), Decimal(1).scaleb(-places))


def telling_places(figures: Iterable[Figure], places: int = 2) -> int:
    """The fewest decimals, at least `places`, at which figures that differ also print apart."""
    exact = sorted({as_fraction(figure) for figure in figures})
    while len({shown(figure, places) for figure in exact}) < len(exact):
        places += 1
    return places
