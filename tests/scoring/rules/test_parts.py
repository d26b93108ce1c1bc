"""How far a part is, on the day."""

from datetime import date

import pytest

from scoring.rules.parts import PartState, part_state

DUE = date(2026, 12, 1)


@pytest.mark.parametrize(
    ("left", "due_on", "today", "state"),
    [
        (0, DUE, date(2026, 12, 9), PartState.DONE),
        (0, None, DUE, PartState.DONE),
        (3, DUE, DUE, PartState.UNDER_WAY),
        (3, DUE, date(2026, 12, 2), PartState.LATE),
        (3, None, date(2027, 1, 1), PartState.UNDER_WAY),
    ],
)
def test_a_part_is_late_only_after_its_last_day_and_while_something_is_left(
    left, due_on, today, state
):
    assert part_state(left=left, due_on=due_on, today=today) == state
