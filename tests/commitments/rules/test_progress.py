"""How far a task has come, and how it stands."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from commitments.rules.progress import (
    Aim,
    Standing,
    mean_progress,
    progress,
    proposed_finding,
    rate,
    standing,
)
from commitments.rules.workflow import Finding

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
    ("aim", "baseline", "target", "reached", "share"),
    [
        (Aim.CUT, D(40), D(25), D(21), Fraction(21, 25)),
        (Aim.RAISE, None, D(3), D(4), Fraction(1)),
        (Aim.CUT, None, D(25), D(-3), Fraction(0)),
        (Aim.AT_MOST, None, D(1), D("0.4"), Fraction(1)),
        (Aim.AT_MOST, None, D(1), D(4), Fraction(1, 4)),
        (Aim.AT_MOST, D(5), D(1), D(2), Fraction(3, 4)),
        (Aim.AT_MOST, D(5), D(1), D(7), Fraction(0)),
        (Aim.AT_MOST, None, D(0), D(2), Fraction(0)),
    ],
)
def test_progress_follows_the_direction_of_the_target(aim, baseline, target, reached, share):
    assert progress(baseline, target, reached, aim) == share


@given(st.none() | figures, figures, figures, figures, st.sampled_from([Aim.RAISE, Aim.CUT]))
def test_a_greater_amount_is_never_less_progress(baseline, target, one, other, aim):
    assume(target > 0)
    less, more = sorted((one, other))

    assert progress(baseline, target, less, aim) <= progress(baseline, target, more, aim)


@given(st.none() | figures, figures, figures, figures)
def test_more_beyond_a_limit_is_never_more_progress(baseline, limit, one, other):
    less, more = sorted((one, other))

    worse = progress(baseline, limit, more, Aim.AT_MOST)
    better = progress(baseline, limit, less, Aim.AT_MOST)

    assert 0 <= worse <= better <= 1


@pytest.mark.parametrize(
    ("outcome", "deadline", "verdict", "finding", "stands"),
    [
        ("", date(2026, 9, 20), "", "", Standing.OVERDUE),
        ("", TODAY, "", "", Standing.AT_RISK),
        ("", date(2026, 10, 6), "", "", Standing.AT_RISK),
        ("", date(2026, 10, 7), "", "", Standing.UNDER_WAY),
        ("under_way", date(2026, 9, 20), "accepted", "", Standing.OVERDUE),
        ("", None, "", "", Standing.UNDER_WAY),
        ("done", date(2026, 1, 1), "", "", Standing.AWAITING),
        ("done", date(2026, 1, 1), "accepted", "", Standing.DONE),
        ("done", date(2026, 1, 1), "partly", "", Standing.PARTLY),
        ("done", date(2026, 1, 1), "refused", "", Standing.OVERDUE),
        ("partly", None, "accepted", "", Standing.PARTLY),
        ("not_done", None, "accepted", "", Standing.NOT_DONE),
        ("done", None, "accepted", "carried", Standing.CARRIED),
    ],
)
def test_a_task_stands_by_what_both_sides_said_and_else_by_the_clock(
    outcome, deadline, verdict, finding, stands
):
    assert standing(outcome, deadline, TODAY, verdict=verdict, finding=finding) == stands


@pytest.mark.parametrize(
    ("outcome", "verdict", "finding"),
    [
        ("", "", None),
        ("under_way", "accepted", Finding.NOT_DONE),
        ("done", "", Finding.DONE),
        ("done", "partly", Finding.PARTLY),
        ("done", "refused", Finding.NOT_DONE),
        ("not_done", "accepted", Finding.NOT_DONE),
    ],
)
def test_the_end_of_the_year_is_proposed_from_the_last_report(outcome, verdict, finding):
    assert proposed_finding(outcome, verdict) == finding


@given(st.lists(st.sampled_from(list(Standing)), max_size=12))
def test_the_rate_counts_only_what_is_done_in_full(standings):
    found = rate(standings)

    assert 0 <= found.done <= found.all == len(standings)
    assert found.done == sum(one == Standing.DONE for one in standings)
    assert (found.percent is None) == (not standings)


def test_the_mean_progress_is_of_the_measured_tasks_alone():
    assert mean_progress([Fraction(1), None, Fraction(1, 2)]) == 75
    assert mean_progress([None]) is None
