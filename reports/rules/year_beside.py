"""What stands beside a line in the column “so với năm trước”. Pure.

Whose figure of then is held against a unit is the rule of the command view and the slides
(`source_of`); what the change is, that of every page that tells one (`year_change`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from reports.rules.command import source_of
from scoring.rules.year_change import Result, YearChange, year_change


@dataclass(frozen=True)
class Beside:
    """The change of a unit, and whose figure it is held against where that is another unit's
    (`follows`); without a change, why there is none."""

    change: YearChange | None = None
    follows: str = ""
    why_not: str = ""


def beside(
    unit: int,
    now: Result,
    before: Mapping[int, Result],
    origins: Mapping[int, str],
    *,
    founded: date | None,
    year: int,
    places: int,
) -> Beside:
    """`before`: unit → what it reached in `year`, `origins`: key → name of those it came from;
    `founded`: its first day, None where it was always there. A unit that is new, and one whose
    origins were several ranked units, is given no change."""
    source = source_of(unit, before, {unit: list(origins)})
    if source is not None:
        change = year_change(now, before[source], places)
        return Beside(change, follows="" if source == unit else origins[source])
    if any(one in before for one in origins):
        return Beside(why_not=f"kế thừa nhiều đơn vị: {', '.join(origins.values())}")
    if not origins and founded and founded.year > year:
        return Beside(why_not="mới")
    return Beside(why_not=f"chưa có kết quả năm {year}")
