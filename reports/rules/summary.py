"""How many units reached each class, and why a unit has none."""

from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Protocol

from scoring.rules.workflow import DossierState


class Classed(Protocol):
    """A line that bears a class, or an empty one."""

    band: str


class Labelled(Protocol):
    """Rules with the labels of their classes, best first."""

    band_labels: Sequence[str]


def class_counts(lines: Iterable[Classed], rules: Labelled) -> list[tuple[str, int]]:
    """(class, how many lines bear it) in the order of the rules, best first, zeros included."""
    counted = Counter(line.band for line in lines)
    return [(label, counted[label]) for label in rules.band_labels]


def why_unranked(state: str, maximum: Decimal) -> str:
    """Why a unit stands in the table without a rank, as the paper says it.

    state: of its dossier; maximum: of what applies to it. A locked period leaves two reasons; the
    third is for working views.
    """
    if state == DossierState.ABSENT:
        return "không đánh giá kỳ này"
    if state == DossierState.VERIFIED and not maximum:
        return "không có tiêu chí áp dụng"
    return "chưa hoàn thành thẩm định"
