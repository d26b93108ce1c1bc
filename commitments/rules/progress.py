"""How far a task has come, and how it stands against its term."""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from cchc_portal.kit.worded import Worded
from commitments.rules.workflow import Finding, TaskOutcome, Verdict

SOON = timedelta(days=15)
"""An unfinished task whose last day is as near as this may come late."""

UNSETTLED = (TaskOutcome.UNDER_WAY, "")
"""What a report says of a task that is still being worked on; nothing said is the same."""


class Aim(Worded):
    """Which way the target lies. The figures of RAISE and CUT are amounts, of the others levels."""

    REACH = "reach", "đạt mức"
    RAISE = "raise", "tăng thêm"
    CUT = "cut", "giảm"
    AT_MOST = "at_most", "không quá"


class Standing(Worded):
    """How a task stands today, for a badge and for counting."""

    DONE = "done", "Hoàn thành"
    PARTLY = "partly", "Hoàn thành một phần"
    NOT_DONE = "not_done", "Không hoàn thành"
    CARRIED = "carried", "Chuyển tiếp"
    AWAITING = "awaiting", "Chờ nghiệm thu"
    OVERDUE = "overdue", "Quá hạn"
    AT_RISK = "at_risk", "Có nguy cơ chậm"
    UNDER_WAY = "under_way", "Đang thực hiện"


class Rate(NamedTuple):
    """How many of the tasks of a year are done. Both are whole numbers, `done` never above `all`.

    A task carried over or done in part was not done in its year. Source: practice of Công an thị
    xã Thái Hòa 2020, where the rate is a criterion of the unit's year.
    """

    done: int
    all: int

    @property
    def percent(self) -> Fraction | None:
        """The exact share of a hundred; None where nothing was promised."""
        return Fraction(self.done * 100, self.all) if self.all else None


def progress(
    baseline: Decimal | None,
    target: Decimal | None,
    reached: Decimal | None,
    aim: str = Aim.REACH,
) -> Fraction | None:
    """How much of the promise is kept, exact, within 0…1.

    REACH: share of the way from baseline (or nought) to target. RAISE, CUT: the amount against
    the amount promised. AT_MOST: whole while within the limit; above it the share of the way down
    from the baseline, or of the limit in what was reached. None where there is no target, no value
    reached, or no way to go.
    """
    if target is None or reached is None:
        return None
    if aim == Aim.AT_MOST:
        return _within(baseline, Fraction(target), Fraction(reached))
    start = Fraction(baseline or 0) if aim == Aim.REACH else Fraction(0)
    way = Fraction(target) - start
    if way == 0:
        return None
    return min(Fraction(1), max(Fraction(0), (Fraction(reached) - start) / way))


def _within(baseline: Decimal | None, limit: Fraction, reached: Fraction) -> Fraction:
    if reached <= limit:
        return Fraction(1)
    if baseline is not None and baseline > limit:
        return max(Fraction(0), (Fraction(baseline) - reached) / (Fraction(baseline) - limit))
    return max(Fraction(0), limit / reached) if reached > 0 else Fraction(0)


def standing(
    outcome: str, deadline: date | None, today: date, *, verdict: str = "", finding: str = ""
) -> Standing:
    """The finding at the end of the year counts first, then what the receiver said of the last
    report, then the clock.

    A task without a day ("thường xuyên") is never overdue by the clock; a report that was refused
    is as none.
    """
    if finding:
        return Standing(finding)
    if outcome not in UNSETTLED and verdict != Verdict.REFUSED:
        if verdict == Verdict.PARTLY:
            return Standing.PARTLY
        return Standing(outcome) if verdict else Standing.AWAITING
    if deadline is None or deadline > today + SOON:
        return Standing.UNDER_WAY
    return Standing.OVERDUE if deadline < today else Standing.AT_RISK


def proposed_finding(outcome: str, verdict: str) -> Finding | None:
    """What the end of the year may say of a task by its last report; None where it says nothing."""
    if not outcome:
        return None
    if outcome == TaskOutcome.UNDER_WAY or verdict == Verdict.REFUSED:
        return Finding.NOT_DONE
    return Finding.PARTLY if verdict == Verdict.PARTLY else Finding(outcome)


def rate(standings: Iterable[Standing]) -> Rate:
    """How many of these tasks are done."""
    found = list(standings)
    return Rate(found.count(Standing.DONE), len(found))


def mean_progress(shares: Iterable[Fraction | None]) -> Fraction | None:
    """The mean of the measured tasks in percent, exact; None where none is measured."""
    measured = [share for share in shares if share is not None]
    return sum(measured, Fraction(0)) * 100 / len(measured) if measured else None
