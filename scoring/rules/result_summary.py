"""A ranked block in a few figures: middle, ends, how many reached each class; losses by step."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from statistics import mean, median

HEAT_STEPS = (3, 8, 14, 20, 30)
"""Percent of an area's points lost, from which the next darker step begins."""


@dataclass(frozen=True)
class Summary:
    """Exact figures of the ranked units of one block; `counts` by class, best first.

    `deviation` is the mean distance from the mean: like the range it is exact, as a standard
    deviation with its root is not.
    """

    mean: Fraction
    median: Fraction
    lowest: Fraction
    highest: Fraction
    deviation: Fraction
    counts: tuple[tuple[str, int], ...]

    @property
    def range(self) -> Fraction:
        """From the lowest to the highest."""
        return self.highest - self.lowest


def summary_of(ranked: Iterable[tuple[Fraction, str]], labels: Sequence[str]) -> Summary | None:
    """(exact percentage, class) of every ranked unit, in figures; None where nobody is ranked."""
    rows = list(ranked)
    if not rows:
        return None
    figures = [figure for figure, _ in rows]
    middle = mean(figures)
    classes = Counter(label for _, label in rows)
    return Summary(
        mean=middle,
        median=median(figures),
        lowest=min(figures),
        highest=max(figures),
        deviation=mean(abs(figure - middle) for figure in figures),
        counts=tuple((label, classes[label]) for label in labels),
    )


def heat(lost: Fraction | None) -> int | None:
    """Step 0 to 5 of what was lost, the more the darker; None where nothing in the area counts."""
    return None if lost is None else sum(lost >= step for step in HEAT_STEPS)


OPENERS = ("Xây dựng, phát triển ", "Công tác ", "Cải cách ")
"""How titles of areas begin, which a narrow column can do without."""


def short_title(title: str) -> str:
    """An area's title for a narrow heading: "Công tác chỉ đạo, điều hành CCHC" is "Chỉ đạo"."""
    rest = next((title[len(way) :] for way in OPENERS if title.startswith(way)), title)
    first = re.split(r",| và | của ", rest)[0].strip() or title
    return first[:1].upper() + first[1:]
