"""How far the part of an officer is."""

from datetime import date

from cchc_portal.kit.worded import Worded


class PartState(Worded):
    """Read off the rows and the day; kept nowhere."""

    DONE = "done", "Đã chấm đủ"
    LATE = "overdue", "Quá hạn"
    UNDER_WAY = "under_way", "Đang làm"


def part_state(*, left: int, due_on: date | None, today: date) -> PartState:
    """`left`: components of the part without an answer. The last day itself is in time."""
    if not left:
        return PartState.DONE
    if due_on is not None and due_on < today:
        return PartState.LATE
    return PartState.UNDER_WAY
