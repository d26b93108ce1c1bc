"""The years of a unit, through mergers: which predecessors its line follows, which stand apart.

A line follows a predecessor only where one unit went wholly into one other that came from nobody
else: there the work went on under another name. Where several became one, or one became several,
no year of the one is a year of the other, so that nobody is given a change that never was. Pure.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from reports.rules.rated import Rated


class Passing(NamedTuple):
    """One unit went into another on a day."""

    predecessor: int
    successor: int
    happened_on: date


@dataclass(frozen=True)
class YearOf:
    """A published figure of a unit: the percentage as printed, rank and class if there were any,
    who published it, and whether it was taken from a paper older than the portal.

    `source` is the key of the edition or of the paper's table, `line` that of the line of an
    edition; `labels` are the classes of its year, best first; `ratings` what people said of it.
    """

    year: int
    unit: int
    unit_name: str
    percent: Decimal
    places: int
    rank: int | None
    band: str
    assessor: int
    assessor_name: str
    source: int
    from_paper: bool = False
    source_name: str = ""
    line: int | None = None
    block: str = ""
    labels: tuple[str, ...] = ()
    ratings: Rated = Rated()
    made_up: bool = False


@dataclass(frozen=True)
class Line:
    """Years that may be joined, oldest first; `name` of the unit at its end. `told` is why the line
    stands apart, or whom it follows; empty for the unit's own."""

    name: str
    years: tuple[YearOf, ...]
    told: str = ""

    def in_year(self, year: int) -> YearOf | None:
        """Its figure of a year, None where there is none."""
        return next((one for one in self.years if one.year == year), None)


def followed(unit: int, passings: Iterable[Passing]) -> list[int]:
    """The unit and the predecessors its line follows, the latest first."""
    told = list(passings)
    found = [unit]
    while True:
        before = {one.predecessor for one in told if one.successor == found[-1]}
        if len(before) != 1:
            return found
        (only,) = before
        into = {one.successor for one in told if one.predecessor == only}
        if into != {found[-1]} or only in found:
            return found
        found.append(only)


def lines_of(
    unit: int, name: str, assessor: int, passings: Sequence[Passing], years: Collection[YearOf]
) -> list[Line]:
    """The unit's own line first, then each line that stands apart from it.

    Into its own line goes what the same assessor published of the unit and of those it follows; of
    two figures of one year the later unit's, and the portal's before a paper's. Everything else is
    a line of its own for each unit and assessor.
    """
    chain = followed(unit, passings)
    own: dict[int, YearOf] = {}
    apart: dict[tuple[int, int], dict[int, YearOf]] = {}
    for one in sorted(years, key=lambda one: (_age(one.unit, chain), one.from_paper)):
        if one.unit in chain and one.assessor == assessor:
            own.setdefault(one.year, one)
        else:
            apart.setdefault((one.unit, one.assessor), {}).setdefault(one.year, one)
    lines = [Line(name, _in_order(own), _follows(unit, own.values()))]
    for (whose, _), figures in apart.items():
        found = _in_order(figures)
        lines.append(Line(found[-1].unit_name, found, _apart(whose in chain, found[-1])))
    return lines


def _age(unit: int, chain: Sequence[int]) -> int:
    return chain.index(unit) if unit in chain else len(chain)


def _in_order(figures: dict[int, YearOf]) -> tuple[YearOf, ...]:
    return tuple(figures[year] for year in sorted(figures))


def _follows(unit: int, years: Iterable[YearOf]) -> str:
    names = list(dict.fromkeys(one.unit_name for one in years if one.unit != unit))
    if not names:
        return ""
    return f"Các năm trước theo đơn vị tiền thân duy nhất: {', '.join(names)}."


def _apart(same: bool, last: YearOf) -> str:
    if same:
        return f"Do {last.assessor_name} đánh giá, theo bộ tiêu chí khác nên không nối."
    return (
        f"Đơn vị tiền thân, do {last.assessor_name} đánh giá; không nối vì đã sáp nhập hoặc "
        "chia tách."
    )
