"""How far a task has come, and how it stands against its term."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

from cchc_portal.kit.worded import Worded


class Standing(Worded):
    """How a task stands today, for a badge and for counting."""

    DONE = "done", "Hoàn thành"
    PARTLY = "partly", "Hoàn thành một phần"
    NOT_DONE = "not_done", "Không hoàn thành"
    OVERDUE = "overdue", "Quá hạn"
    UNDER_WAY = "under_way", "Đang thực hiện"


def progress(
    baseline: Decimal | None, target: Decimal | None, reached: Decimal | None
) -> Fraction | None:
    """Share of the way from baseline to target that was gone, exact, within 0…1.

    Without a baseline the way begins at nought. None where there is no target, no value
    reached, or no way to go (target equal to baseline).
    """
    if target is None or reached is None:
        return None
    start = Fraction(baseline or 0)
    way = Fraction(target) - start
    if way == 0:
        return None
    return min(Fraction(1), max(Fraction(0), (Fraction(reached) - start) / way))


def standing(outcome: str, due_on: date | None, today: date) -> Standing:
    """A reported outcome counts first; without one a day that has passed makes it overdue.

    A task whose term is told in words only ("thường xuyên") is never overdue by the clock.
    """
    if outcome:
        return Standing(outcome)
    if due_on is not None and due_on < today:
        return Standing.OVERDUE
    return Standing.UNDER_WAY
