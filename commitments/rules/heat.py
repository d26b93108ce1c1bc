"""Units against areas of reform, or against standings: how many tasks, how many of them late."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from cchc_portal.kit.worded import Worded
from commitments.rules.progress import Rate, Standing

BAD = (Standing.OVERDUE, Standing.AT_RISK, Standing.NOT_DONE)
"""The more tasks of a unit stand so, the darker the cell."""
SHADES = (0, 10, 25, 50, 75)
"""A share of a hundred above each of these is one step darker."""


class Across(Worded):
    """What stands in the columns."""

    AREA = "area", "Theo lĩnh vực"
    STANDING = "standing", "Theo tình trạng"


class Order(Worded):
    """What comes first."""

    LATE = "late", "Quá hạn nhiều trước"
    RATE = "rate", "Tỷ lệ hoàn thành thấp trước"
    UNIT = "unit", "Theo thứ tự đơn vị"


@dataclass
class Cell:
    """The tasks of one unit in one column."""

    counts: dict[str, int] = field(default_factory=dict)

    def add(self, standing: str, number: int) -> None:
        """So many more that stand so."""
        self.counts[standing] = self.counts.get(standing, 0) + number

    @property
    def all(self) -> int:
        return sum(self.counts.values())

    @property
    def done(self) -> int:
        return self.counts.get(Standing.DONE, 0)

    @property
    def late(self) -> int:
        return self.counts.get(Standing.OVERDUE, 0)

    @property
    def at_risk(self) -> int:
        return self.counts.get(Standing.AT_RISK, 0)

    @property
    def rate(self) -> Rate:
        """How many of them are done."""
        return Rate(self.done, self.all)

    @property
    def shade(self) -> int | None:
        """How dark it is drawn, by the share that is late: 0 (none) to 5; None where empty."""
        return shade(self.late, self.all)

    @property
    def words(self) -> str:
        """What the cell says: "10 nhiệm vụ: 4 hoàn thành, 2 quá hạn, 1 có nguy cơ chậm"."""
        parts = [f"{self.done} hoàn thành"]
        if self.late:
            parts.append(f"{self.late} quá hạn")
        if self.at_risk:
            parts.append(f"{self.at_risk} có nguy cơ chậm")
        return f"{self.all} nhiệm vụ: {', '.join(parts)}"


@dataclass
class Row:
    """One unit; `cells` by area, `whole` over all of them."""

    unit: int
    cells: dict[str, Cell] = field(default_factory=dict)
    whole: Cell = field(default_factory=Cell)


def shade(part: int, whole: int) -> int | None:
    """The step of a share: nothing is 0, above 75 of a hundred is 5. None where there is no whole.

    Exact: compared without division.
    """
    if not whole:
        return None
    return sum(part * 100 > step * whole for step in SHADES)


def shade_of(whole: "Cell", standing: Standing) -> int:
    """How dark the cell of a standing is, by the share that stands so; 0 where that is no fault."""
    return shade(whole.counts.get(standing, 0), whole.all) or 0 if standing in BAD else 0


def rows(counted: Iterable[tuple[int, str, str, int]]) -> list[Row]:
    """Out of (unit, area, standing, number) the rows, in the order in which units first appear."""
    found: dict[int, Row] = {}
    for unit, area, standing, number in counted:
        row = found.setdefault(unit, Row(unit))
        row.cells.setdefault(area, Cell()).add(standing, number)
        row.whole.add(standing, number)
    return list(found.values())


def ordered(found: Iterable[Row], order: str) -> list[Row]:
    """Late first, or the lowest rate first; ties as they came."""
    if order == Order.LATE:
        return sorted(found, key=lambda row: (-row.whole.late, -row.whole.at_risk))
    if order == Order.RATE:
        return sorted(found, key=lambda row: row.whole.rate.percent or 0)
    return list(found)


def total(found: Iterable[Row]) -> Row:
    """All rows as one."""
    whole = Row(0)
    for row in found:
        for area, cell in row.cells.items():
            for standing, number in cell.counts.items():
                whole.cells.setdefault(area, Cell()).add(standing, number)
                whole.whole.add(standing, number)
    return whole
