"""How far a drive should be on a day, if its days were alike. Pure, exact."""

from datetime import date
from fractions import Fraction

from cchc_portal.kit.worded import Worded


class Pace(Worded):
    """How a unit stands against the days that have gone."""

    DONE = "done", "Đạt chỉ tiêu"
    IN_TIME = "in_force", "Kịp tiến độ"
    BEHIND = "at_risk", "Chậm tiến độ"
    MISSED = "not_done", "Không đạt"


def wanted_by(target: int, starts_on: date, ends_on: date, today: date) -> Fraction:
    """How many should be done at the end of the day: the same number every day."""
    days = (ends_on - starts_on).days + 1
    gone = min(max((today - starts_on).days + 1, 0), days)
    return Fraction(target * gone, days)


def pace(done: int, target: int, wanted: Fraction, *, over: bool) -> Pace:
    """over: whether the last day has passed."""
    if done >= target:
        return Pace.DONE
    if over:
        return Pace.MISSED
    return Pace.IN_TIME if done >= wanted else Pace.BEHIND
