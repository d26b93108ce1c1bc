"""How far a task has come, and how it stands."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from commitments.rules.progress import Standing, progress, standing
from commitments.rules.workflow import TaskOutcome

D = Decimal
figures = st.decimals(min_value=-(10**6), max_value=10**6, places=4)
TODAY = date(2026, 9, 21)


@pytest.mark.parametrize(
    ("baseline", "target", "reached", "share"),
    [
        (None, D(25), D(21), Fraction(21, 25)),
        (D(72), D(85), D(83), Fraction(11, 13)),
        (D(3), D(1), D("1.5"), Fraction(3, 4)),
        (None, D(3), D(4), Fraction(1)),
        (D(3), D(1), D(4), Fraction(0)),
        (None, None, D(4), None),
        (D(3), D(1), None, None),
        (D(3), D(3), D(3), None),
        (None, D(0), D(3), None),
    ],
)
def test_progress_is_the_share_of_the_way_gone(baseline, target, reached, share):
    assert progress(baseline, target, reached) == share


@given(st.none() | figures, figures, figures)
def test_progress_stays_between_nothing_and_the_whole(baseline, target, reached):
    share = progress(baseline, target, reached)

    assert share is None or 0 <= share <= 1


@given(figures, figures, figures, figures)
def test_nearer_to_the_target_is_never_less_progress(baseline, target, one, other):
    if abs(target - one) > abs(target - other):
        one, other = other, one
    assume((one - target) * (other - target) >= 0)  # both on the same side of it

    nearer, farther = progress(baseline, target, one), progress(baseline, target, other)

    assert nearer is None or nearer >= farther


@pytest.mark.parametrize(
    ("outcome", "due_on", "stands"),
    [
        ("", date(2026, 9, 20), Standing.OVERDUE),
        ("", TODAY, Standing.UNDER_WAY),
        ("", None, Standing.UNDER_WAY),
        (TaskOutcome.DONE, date(2026, 1, 1), Standing.DONE),
        (TaskOutcome.PARTLY, date(2026, 1, 1), Standing.PARTLY),
        (TaskOutcome.NOT_DONE, None, Standing.NOT_DONE),
    ],
)
def test_a_task_stands_by_its_report_and_else_by_the_clock(outcome, due_on, stands):
    assert standing(outcome, due_on, TODAY) == stands
