"""The components behind frozen lines as an analysis reads them: by criterion, and how far each
criterion tells units apart. Pure.

Components and criteria come in the plain forms of docs/seal.md.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from statistics import mean, median
from typing import Any

from reports.rules.sealed_detail import mark_of
from reports.rules.shares import Share
from scoring.rules.kinds import Level

Plain = Mapping[str, Any]
GROUP = Fraction(27, 100)
"""So much of the units make the upper and the lower group (Kelley 1939)."""
FEWEST = 8
"""Below so many units an index says nothing: a group would be one unit."""
LIMITS = (
    (Fraction(40), "Phân biệt rõ"),
    (Fraction(30), "Phân biệt khá"),
    (Fraction(20), "Phân biệt vừa"),
    (Fraction(0), "Ít phân biệt"),
)
"""From so many points on the index of discrimination is called so (Ebel 1965, in percent)."""
REVERSED = "Ngược chiều"
TOO_FEW = "Chưa đủ đơn vị"


def shares_by(
    components: Sequence[Plain], nodes: Mapping[str, Plain], parents: Sequence[str]
) -> tuple[Share, ...]:
    """What a unit has of each of the nodes: the exact sum of the components below it."""
    sums = {code: (Fraction(0), Fraction(0)) for code in parents}
    for one in components:
        node = nodes[one["code"]]
        mark = mark_of(one, node)
        for code in _upwards(one["code"], nodes):
            if code in sums:
                points, maximum = sums[code]
                sums[code] = points + mark.counted_points, maximum + mark.counted_maximum
    return tuple(Share(code, nodes[code]["title"], *sums[code]) for code in parents)


def below(area: str, nodes: Mapping[str, Plain], level: Level) -> list[str]:
    """Codes of the nodes of a level that belong to an area (every one where it is ""), in order."""
    return [
        code
        for code, node in nodes.items()
        if node["level"] == level and (not area or area in _upwards(code, nodes))
    ]


@dataclass(frozen=True)
class Usefulness:
    """One criterion or component over the units of a block to which it applies, in percent of its
    maximum, exact; the index None where there are too few units."""

    code: str
    title: str
    units: int
    full: Fraction
    mean: Fraction
    median: Fraction
    spread: Fraction
    index: Fraction | None

    @property
    def words(self) -> str:
        """How far it tells units apart."""
        if self.index is None:
            return TOO_FEW
        return next((words for floor, words in LIMITS if self.index >= floor), REVERSED)


def usefulness(
    code: str, title: str, reached: Sequence[tuple[Fraction, Fraction]]
) -> Usefulness | None:
    """Out of (whole figure of a unit, what it reached here), both exact in percent; None for none.

    `full`: percent of units with the full maximum. `spread`: mean distance from the mean, as in
    the summary of a block. `index`: what the best 27 % of the units reach here on average, less
    what the last 27 % do, best and last by the whole figure; units equal at the edge all belong.
    This is the index of discrimination of test theory.
    """
    if not reached:
        return None
    figures = [here for _, here in reached]
    middle = mean(figures)
    full = Fraction(100 * sum(figure >= 100 for figure in figures), len(figures))
    distance = mean(abs(figure - middle) for figure in figures)
    return Usefulness(
        code, title, len(figures), full, middle, median(figures), distance, _index(reached)
    )


def _index(reached: Sequence[tuple[Fraction, Fraction]]) -> Fraction | None:
    wholes = sorted(whole for whole, _ in reached)
    if len(wholes) < FEWEST or wholes[0] == wholes[-1]:
        return None
    size = max(1, int(GROUP * len(wholes) + Fraction(1, 2)))
    low, high = wholes[size - 1], wholes[-size]
    upper = [here for whole, here in reached if whole >= high]
    lower = [here for whole, here in reached if whole <= low]
    return mean(upper) - mean(lower)


def _upwards(code: str, nodes: Mapping[str, Plain]) -> list[str]:
    found = [code]
    while nodes[code]["parent"]:
        code = nodes[code]["parent"]
        found.append(code)
    return found
