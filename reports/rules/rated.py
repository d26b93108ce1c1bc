"""How satisfied people were with several units: one share with its interval, and sure places. Pure.

Both only where it is told of every unit how many people rated: ratings are not people, and a unit
without an interval cannot be told from another.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Protocol

from scoring.rules.points import percent
from scoring.rules.satisfaction import places, share_interval, share_reading

WITHOUT = "Mức độ hài lòng không có khoảng tin cậy vì không ghi số người đánh giá."
SOME_WITHOUT = "Mức độ hài lòng nào không có khoảng tin cậy là vì không ghi số người đánh giá."


class Line(Protocol):
    """A frozen line; None where nobody was asked, or where it is not told how many people."""

    satisfied: int | None
    rated: int | None
    people: int | None


class Surveyed(Protocol):
    """A line that tells of which campaign its ratings are; empty where it does not."""

    survey: str


class UnitLine(Line, Protocol):
    """The same, of a unit by its key."""

    unit_id: int


@dataclass(frozen=True)
class Rated:
    """Ratings together, of how many lines; `people` is None where it is not told of all of them,
    but of all except `uncounted`."""

    satisfied: int = 0
    rated: int = 0
    people: int | None = None
    units: int = 0
    uncounted: int = 0

    def __bool__(self) -> bool:
        return self.rated > 0

    @property
    def share(self) -> Fraction | None:
        """In percent, exact; None where nobody rated."""
        return percent(self.satisfied, self.rated) if self.rated else None

    @property
    def interval(self) -> tuple[Decimal, Decimal] | None:
        """The 95 % interval in percent, where the people are told."""
        if not self.people:
            return None
        return share_interval(self.satisfied, self.rated, self.people)


def together(lines: Iterable[Line]) -> Rated:
    """Over all ratings together, never a mean of shares."""
    asked = [line for line in lines if line.rated]
    known = [line.people for line in asked if line.people]
    return Rated(
        sum(line.satisfied or 0 for line in asked),
        sum(line.rated or 0 for line in asked),
        sum(known) if asked and len(known) == len(asked) else None,
        len(asked),
        len(asked) - len(known),
    )


def why_without(found: Iterable[Rated]) -> str:
    """Why shares stand without an interval, as a sentence; empty where all have one."""
    known = [bool(one.people) for one in found if one]
    if all(known):
        return ""
    return SOME_WITHOUT if any(known) else WITHOUT


def measured_in(lines: Iterable[Surveyed]) -> str:
    """Of which campaigns the ratings are, as a sentence; empty where no line tells."""
    named = list(dict.fromkeys(line.survey for line in lines if line.survey))
    if not named:
        return ""
    all_of = "các đợt" if len(named) > 1 else "đợt"
    return f"Số lượt đánh giá lấy từ {all_of} đo lường {'; '.join(named)}."


def places_of(lines: Iterable[UnitLine]) -> dict[int, str]:
    """Unit → from which place to which, as it is printed; nothing unless the interval of every
    unit that was rated is known."""
    asked = [line for line in lines if line.rated]
    readings = {
        line.unit_id: share_reading(line.satisfied or 0, line.rated or 0, line.people)
        for line in asked
        if line.people
    }
    if len(readings) < len(asked):
        return {}
    return {unit: str(place) for unit, place in places(readings).items()}
