"""When work will be done at the pace so far, and how that is said."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.rules.forecast import Forecast

TODAY = date(2026, 10, 10)


def forecast(done: int, all_: int, **columns) -> Forecast:
    usual = {"first": date(2026, 10, 1), "deadline": date(2026, 10, 20)}
    return Forecast(noun="dòng", done=done, all=all_, today=TODAY, **(usual | columns))


def test_the_pace_is_what_was_done_by_the_days_both_ends_counted():
    found = forecast(20, 31)

    assert found.pace == 2
    assert found.ends_on == date(2026, 10, 16)
    assert not found.late
    assert found.words == (
        "Đã xong 20/31 dòng trong 10 ngày (từ 01/10/2026 đến hôm nay), mỗi ngày 2,0 dòng. "
        "Còn 11 dòng; với nhịp này xong ngày 16/10/2026, kịp hạn 20/10/2026."
    )


def test_a_day_that_goes_on_is_not_reckoned_with():
    found = forecast(225, 250, until=date(2026, 10, 9))

    assert found.pace == 25
    assert found.ends_on == TODAY
    assert "trong 9 ngày (từ 01/10/2026 đến hết ngày 09/10/2026), mỗi ngày 25,0 dòng" in found.words


def test_what_will_be_late_says_by_how_many_days():
    found = forecast(10, 30)

    assert (found.ends_on, found.late) == (date(2026, 10, 30), 10)
    assert "chậm 10 ngày so với hạn 20/10/2026" in found.words


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (forecast(30, 30), "Đã xong 30/30 dòng."),
        (forecast(0, 30), "Đã xong 0/30 dòng; chưa có ngày nào để tính nhịp."),
        (forecast(3, 30, first=None), "Đã xong 3/30 dòng; chưa có ngày nào để tính nhịp."),
    ],
)
def test_without_a_pace_no_day_is_told(found, words):
    assert found.ends_on is None
    assert found.words == words


def test_a_pace_that_leads_nowhere_tells_no_day():
    assert forecast(1, 10**6).ends_on is None


@given(st.integers(1, 500), st.integers(1, 500), st.integers(0, 40))
def test_on_the_day_foretold_all_is_done_and_on_the_day_before_it_is_not(done, left, days):
    first = date.fromordinal(TODAY.toordinal() - days)
    found = forecast(done, done + left, first=first)

    if found.ends_on:
        needed = (found.ends_on - TODAY).days
        assert found.pace * needed >= left > found.pace * (needed - 1)
