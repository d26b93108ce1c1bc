"""“Được gì nếu…?”: what was lost, how many others did not lose it, and what another answer gives.

Nothing here knows points of its own: an answer goes through the rule of its component, sums and
figure through account.py, the rank through ranking.py.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from scoring.rules.account import Entry
from scoring.rules.answers import Answer, NotApplicable
from scoring.rules.tally import Mark

FEWEST_OTHERS = 3
"""Among fewer other units a number would as good as name one. HOUSE."""

Others = Mapping[str, Sequence[tuple[Mark, int]]]
"""By code of component: a mark, and how many other units of the block have just that."""


@dataclass(frozen=True)
class Beside:
    """Of the other units that have points in a component: how many have all that can be had, and
    how many more than this one."""

    full: int
    better: int
    among: int


@dataclass(frozen=True)
class Said:
    """What is answered to a component: an answer, that it does not apply, or nothing."""

    answer: Answer | None = None
    not_applicable: bool = False


def said_in(entry: Entry) -> Said:
    """What a component says as it stands; a ratio of nothing does not apply without a word."""
    if entry.answer is None:
        return Said(None, entry.not_applicable)
    by_itself = isinstance(entry.rule.points(entry.answer, entry.maximum), NotApplicable)
    return Said(entry.answer, entry.not_applicable and not by_itself)


def supposed(entry: Entry, said: Said) -> Entry:
    """The component as it would be, its points made by its own rule.

    Where nothing else is said than it says already it stays what it is, points by hand as well.
    """
    if said == said_in(entry):
        return entry
    points: Fraction | NotApplicable | None = None
    if said.answer is not None and not said.not_applicable:
        points = entry.rule.points(said.answer, entry.maximum)
    excused = said.not_applicable or isinstance(points, NotApplicable)
    return replace(
        entry,
        answer=said.answer,
        points=points if isinstance(points, Fraction) else None,
        not_applicable=excused,
        reason="",
    )


def by_loss(entries: Iterable[Entry]) -> list[Entry]:
    """The components by what was lost in them, most first; equals in the order they came."""
    return sorted(entries, key=lambda entry: -entry.mark.lost)


def beside(mark: Mark, others: Sequence[tuple[Mark, int]], *, fewest: int = 0) -> Beside | None:
    """The component against the same one of the other units; None among fewer than `fewest`.

    Whoever has no points yet, or to whom it does not apply, is not counted.
    """
    counted = [
        (other, number)
        for other, number in others
        if other.points is not None and not other.not_applicable
    ]
    among = sum(number for _, number in counted)
    if among < max(fewest, 1):
        return None
    own = mark.counted_points
    return Beside(
        full=sum(number for other, number in counted if other.counted_points == other.best),
        better=sum(number for other, number in counted if other.counted_points > own),
        among=among,
    )
