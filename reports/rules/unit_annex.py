"""The annex of a periodic report with the figures of the units below: what is drawn of it, and what
is said to be missing. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cchc_portal.kit.numerals import grouped

NOT_ASKED = "–"
"""In a cell of the content: the unit does not report this figure."""
NOT_ADDED = "không cộng"
NOT_YET = "chưa có"


@dataclass(frozen=True)
class UnitAnnex:
    """Units and indicators with a figure at least, and the sums of all units. `units`: how many
    were asked; `silent`: how many of them have no figure; `unheard`: codes that nobody reported."""

    indicators: Sequence[Mapping[str, str]]
    rows: Sequence[tuple[str, Sequence[str]]]
    total: Sequence[str]
    units: int
    silent: int
    unheard: Sequence[str]

    @property
    def notes(self) -> tuple[str, ...]:
        """What the table leaves out, and what a sign in it means."""
        found = []
        if self.silent:
            found.append(
                f"{grouped(self.silent)}/{grouped(self.units)} đơn vị chưa báo cáo số liệu nào nên "
                "không có trong bảng."
            )
        if self.unheard:
            found.append(
                f"{grouped(len(self.unheard))} chỉ tiêu chưa đơn vị nào báo cáo nên không có trong "
                f"bảng: {', '.join(self.unheard)}."
            )
        if any(NOT_ASKED in cells for _, cells in self.rows):
            found.append(f"Dấu “{NOT_ASKED}”: đơn vị không phải báo cáo chỉ tiêu này.")
        return tuple(found)


def annex_of(units: Mapping[str, Any]) -> UnitAnnex:
    """The annex out of the part `units` of a content. A content without sums, as it was sent
    earlier, does not tell who was not asked: there an empty cell stays empty."""
    every, total = units["indicators"], units.get("total", [])
    empty = NOT_YET if total else ""
    columns = [
        place
        for place in range(len(every))
        if any(_is_figure(row["cells"][place]) for row in units["rows"])
    ]
    told = [row for row in units["rows"] if any(_is_figure(cell) for cell in row["cells"])]
    return UnitAnnex(
        [every[place] for place in columns],
        [(row["unit"], [row["cells"][place] or empty for place in columns]) for row in told],
        [total[place] for place in columns] if total else [],
        len(units["rows"]),
        len(units["rows"]) - len(told),
        [one["code"] for place, one in enumerate(every) if place not in columns],
    )


def _is_figure(cell: str) -> bool:
    return cell not in ("", NOT_ASKED)
