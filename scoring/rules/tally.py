"""How far a sheet of components is, and what it comes to: exact sums, nothing rounded."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from cchc_portal.kit.numerals import as_fraction
from scoring.rules.criteria import BEYOND_MAXIMUM
from scoring.rules.kinds import Source
from scoring.rules.points import percent


@dataclass(frozen=True)
class Mark:
    """One component on one side, self-assessed or verified; `points` is None until given."""

    source: str
    maximum: Decimal
    points: Fraction | None
    not_applicable: bool

    @property
    def done(self) -> bool:
        """Whether it has been answered: by points, or as not applicable."""
        return self.not_applicable or self.points is not None

    @property
    def counted_points(self) -> Fraction:
        """What it adds to the sum; a penalty takes away."""
        if self.points is None or self.not_applicable:
            return Fraction(0)
        return -self.points if self.source == Source.PENALTY else self.points

    @property
    def counted_maximum(self) -> Fraction:
        """What it adds to the maximum: nothing where it does not apply, or is bonus or penalty."""
        if self.not_applicable or self.source in BEYOND_MAXIMUM:
            return Fraction(0)
        return as_fraction(self.maximum)

    @property
    def best(self) -> Fraction:
        """The most it can add to the sum."""
        return Fraction(0) if self.source == Source.PENALTY else as_fraction(self.maximum)

    @property
    def lost(self) -> Fraction:
        """What is missing to its counted maximum, or was taken away; a bonus loses nothing."""
        return max(Fraction(0), self.counted_maximum - self.counted_points)


@dataclass(frozen=True)
class Tally:
    """Exact points out of the applicable maximum; how many components are done, of how many."""

    points: Fraction
    maximum: Fraction
    done: int
    all: int

    @property
    def left(self) -> int:
        """Components still without an answer."""
        return self.all - self.done

    @property
    def percent(self) -> Fraction | None:
        """Points in percent of the maximum, exact; None where nothing applies."""
        return percent(self.points, self.maximum) if self.maximum else None


def tally(marks: Iterable[Mark]) -> Tally:
    """The sum of the marks. Penalties cannot bring it below nought."""
    marks = list(marks)
    points = sum((mark.counted_points for mark in marks), Fraction(0))
    return Tally(
        points=max(Fraction(0), points),
        maximum=sum((mark.counted_maximum for mark in marks), Fraction(0)),
        done=sum(mark.done for mark in marks),
        all=len(marks),
    )
