"""How far a drive should be on a day, if its days were alike. Pure, exact."""

from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction

from cchc_portal.kit.worded import Worded


class Pace(Worded):
    """How a unit stands against the days that have gone."""

    PLANNED = "planned", "Chưa bắt đầu"
    DONE = "done", "Đạt chỉ tiêu"
    IN_TIME = "in_force", "Kịp tiến độ"
    BEHIND = "at_risk", "Chậm tiến độ"
    MISSED = "not_done", "Không đạt"


class DriveVerb(Worded):
    """What may happen to a drive after it was opened."""

    CHANGE = "change", "Sửa đợt cao điểm"
    CANCEL = "cancel", "Hủy đợt cao điểm"


LONGEST = timedelta(days=731)
"""Two years: what goes on for longer is no drive but a figure of every year."""
AHEAD = timedelta(days=366)


def why_no_drive(starts_on: date, ends_on: date, today: date) -> str:
    """What is wrong with the days of a new drive, as a sentence; empty where nothing is."""
    if ends_on < starts_on:
        return "Ngày cuối phải từ ngày đầu trở đi."
    if ends_on - starts_on > LONGEST:
        return "Một đợt cao điểm dài nhất hai năm; đề nghị xem lại ngày đầu, ngày cuối."
    if starts_on - today > AHEAD:
        return "Ngày đầu cách hôm nay hơn một năm; đề nghị xem lại."
    return ""


def why_not_below(names: Sequence[str], ends_on: date) -> str:
    """Who is to do something but is no longer below on the last day, as a sentence."""
    listed = ", ".join(names)
    return (
        f"Đến ngày cuối của đợt ({ends_on:%d/%m/%Y}) không còn là đơn vị trực thuộc: {listed}. Đề "
        "nghị để trống chỉ tiêu của đơn vị đó hoặc chọn ngày cuối sớm hơn."
    )


def counted_until(ends_on: date, today: date, told: date | None) -> date:
    """The last day that is reckoned with: yesterday, for today goes on; today once it is told.
    told: the last day with a number."""
    gone = today if told is not None and told >= today else today - timedelta(days=1)
    return min(gone, ends_on)


def wanted_by(target: int, starts_on: date, ends_on: date, day: date) -> Fraction:
    """How many should be done at the end of the day: the same number every day."""
    days = (ends_on - starts_on).days + 1
    gone = min(max((day - starts_on).days + 1, 0), days)
    return Fraction(target * gone, days)


def pace(done: int, target: int, wanted: Fraction, *, begun: bool, over: bool) -> Pace:
    """begun: whether the first day has come; over: whether the last day has passed."""
    if not begun:
        return Pace.PLANNED
    if done >= target:
        return Pace.DONE
    if over:
        return Pace.MISSED
    return Pace.IN_TIME if done >= wanted else Pace.BEHIND
