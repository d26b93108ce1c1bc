"""What a correction changed, unit by unit: points, rank and class before and after."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any, Protocol

FIGURES = ("points", "maximum", "percent", "rank", "band")
BESIDE = (
    ("block_name", "khối"),
    ("unit_name", "tên đơn vị"),
    ("unit_code", "mã đơn vị"),
    ("areas", "điểm theo lĩnh vực"),
    ("satisfied", "mức độ hài lòng"),
    ("rated", "mức độ hài lòng"),
    ("people", "mức độ hài lòng"),
    ("unranked_reason", "lý do không xếp hạng"),
)
"""What else may differ, and how it is told."""


class Published(Protocol):
    """A frozen line; without a rank it bears no figures."""

    unit_id: int
    unit_code: str
    unit_name: str
    block_name: str
    points: Fraction | None
    maximum: Decimal | None
    percent: Decimal | None
    rank: int | None
    band: str
    areas: list[dict[str, str]]
    satisfied: int | None
    rated: int | None
    people: int | None
    unranked_reason: str


@dataclass(frozen=True)
class Difference:
    """One unit whose line is not what it was; None where it had no line before, or has none now.

    beside: what else is not as it was, in words.
    """

    before: Published | None
    after: Published | None
    beside: tuple[str, ...] = ()

    @property
    def unit_name(self) -> str:
        """As the correction calls it."""
        row = self.after or self.before
        return row.unit_name if row else ""

    @property
    def points(self) -> tuple[Fraction | None, Fraction | None]:
        """Before and after; None where there is no figure."""
        before, after = self.before, self.after
        return before.points if before else None, after.points if after else None

    @property
    def ranks(self) -> tuple[int | None, int | None]:
        """Before and after; None where there is no rank."""
        before, after = self.before, self.after
        return before.rank if before else None, after.rank if after else None

    @property
    def bands(self) -> tuple[str, str]:
        """The classes before and after; empty where there is none."""
        before, after = self.before, self.after
        return before.band if before else "", after.band if after else ""


def differences(before: Iterable[Published], after: Iterable[Published]) -> list[Difference]:
    """Every unit whose line differs, in the order of the correction, then those that fell out."""
    old = {row.unit_id: row for row in before}
    found = []
    for row in after:
        was = old.pop(row.unit_id, None)
        if was is None:
            found.append(Difference(None, row, ("thêm vào bản công bố",)))
            continue
        beside = _beside(was, row)
        if beside or _figures(was) != _figures(row):
            found.append(Difference(was, row, beside))
    fell_out = [Difference(row, None, ("không còn trong bản công bố",)) for row in old.values()]
    return found + fell_out


def _figures(row: Published) -> list[Any]:
    return [getattr(row, column) for column in FIGURES]


def _beside(was: Published, row: Published) -> tuple[str, ...]:
    told = [words for column, words in BESIDE if getattr(was, column) != getattr(row, column)]
    return tuple(dict.fromkeys(told))
