"""The annex of a correction: unit by unit what was published before, and what is published now."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from cchc_portal.kit.numerals import exactly
from reports.papers.parts import TITLE_WIDTH, capital_lines
from reports.rules.differences import Difference
from scoring.rules.points import shown

NOTHING = "–"
POINT_PLACES = 2


class ChangeLine(NamedTuple):
    """A row of the table in words: points, rank, class, each before and after."""

    number: int
    unit: str
    points: tuple[str, str]
    rank: tuple[str, str]
    band: tuple[str, str]
    beside: str


@dataclass(frozen=True)
class CorrectionAnnex:
    """decision: "Quyết định số … ngày …", the one that is replaced; rows: the units concerned."""

    decision: str
    rows: tuple[Difference, ...]

    @property
    def title_lines(self) -> tuple[str, ...]:
        return capital_lines("Nội dung thay đổi của từng đơn vị", TITLE_WIDTH)

    @property
    def lines(self) -> Iterator[ChangeLine]:
        for number, row in enumerate(self.rows, start=1):
            points, ranks, bands = row.points, row.ranks, row.bands
            yield ChangeLine(
                number=number,
                unit=row.unit_name,
                points=(_points(points[0]), _points(points[1])),
                rank=(str(ranks[0] or NOTHING), str(ranks[1] or NOTHING)),
                band=(bands[0] or NOTHING, bands[1] or NOTHING),
                beside="; ".join(row.beside),
            )


def _points(figure: Fraction | None) -> str:
    return NOTHING if figure is None else exactly(shown(figure, POINT_PLACES), POINT_PLACES)
