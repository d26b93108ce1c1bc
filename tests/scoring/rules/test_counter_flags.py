"""What looks odd about a rating by its hour, its number and the way it came in."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from scoring.rules.campaign import why_no_days
from scoring.rules.counter import (
    DESKS,
    FRESH_SECONDS,
    PAPER_MOST,
    TOO_FEW_WAYS,
    Flag,
    Ways,
    flags_of,
    flags_of_paper,
    is_typed,
)

HERE = ZoneInfo("Asia/Ho_Chi_Minh")
WEDNESDAY = datetime(2026, 3, 4, 10, tzinfo=HERE)


def phone(at: datetime) -> list[str]:
    return flags_of(of_device=1, of_unit=1, at=at)


def paper(at: datetime = WEDNESDAY, *, person: int = 1, unit: int = 1, since: float | None = None):
    return flags_of_paper(of_person=person, of_unit=unit, since_printed=since, at=at)


@pytest.mark.parametrize(
    ("day", "closed"),
    [
        (date(2026, 3, 4), False),
        (date(2026, 3, 7), False),  # a Saturday
        (date(2026, 3, 8), True),  # a Sunday
        (date(2026, 4, 30), True),  # a Thursday, day of reunification
        (date(2026, 9, 2), True),  # a Wednesday, the national day
        (date(2026, 2, 17), True),  # a Tuesday, Tết
    ],
)
def test_a_counter_is_closed_on_sundays_and_on_days_off_by_law(day, closed):
    at_ten = datetime.combine(day, time(10), HERE)

    assert (Flag.HOURS in phone(at_ten)) is closed
    assert (Flag.LATE in paper(at_ten)) is closed


def test_paper_of_the_day_may_be_typed_after_the_counter_has_closed():
    assert phone(WEDNESDAY.replace(hour=18)) == [Flag.HOURS]
    assert paper(WEDNESDAY.replace(hour=19)) == []
    assert paper(WEDNESDAY.replace(hour=20)) == [Flag.LATE]
    assert paper(WEDNESDAY.replace(hour=3)) == [Flag.LATE]


def test_paper_is_flagged_when_typed_faster_than_it_can_be_read():
    assert paper(person=PAPER_MOST, unit=PAPER_MOST * DESKS) == []
    assert paper(person=PAPER_MOST + 1) == [Flag.TYPED]
    assert paper(unit=PAPER_MOST * DESKS + 1) == [Flag.TYPED]


def test_paper_is_flagged_when_it_comes_back_as_soon_as_it_was_printed():
    assert paper(since=FRESH_SECONDS - 1) == [Flag.FRESH]
    assert paper(since=FRESH_SECONDS) == []


@pytest.mark.parametrize(
    ("ways", "mostly"),
    [
        (Ways(10, 11), True),
        (Ways(10, 10), False),
        (Ways(4, 5), True),  # “dưới 5 gửi bằng mã QR” of nine says so anyhow
        (Ways(40, 4), False),
        (Ways(0, 8), True),
        (Ways(0, 4), False),
        (Ways(9, 20, shown=False), False),
        (Ways(), False),
    ],
)
def test_a_unit_whose_slips_are_mostly_its_own_paper_is_told_where_that_is_told(ways, mostly):
    assert ways.mostly_paper is mostly
    assert not (mostly and ways.words == TOO_FEW_WAYS)


def test_the_flag_of_a_device_says_that_a_network_looks_the_same():
    assert "cùng thiết bị hoặc cùng mạng" in Flag.DEVICE.label


@pytest.mark.parametrize(("typed", "something"), [("", False), (" - ", False), ("ab2", True)])
def test_nothing_typed_is_no_code(typed, something):
    assert is_typed(typed) is something


@pytest.mark.parametrize(
    ("begins", "until", "fault"),
    [
        ("2026-01-01", "2026-12-31", ""),
        ("2025-12-01", "2026-01-01", ""),
        ("2026-12-31", "2027-02-01", ""),
        ("2025-12-01", "2027-02-01", ""),
        ("2019-01-01", "2019-12-31", "ít nhất một ngày trong năm 2026"),
        ("2027-01-01", "2027-02-01", "ít nhất một ngày trong năm 2026"),
        ("2026-02-01", "2026-01-01", "từ ngày bắt đầu trở đi"),
    ],
)
def test_the_days_of_a_campaign_touch_its_year(begins, until, fault):
    found = why_no_days(2026, date.fromisoformat(begins), date.fromisoformat(until))

    assert bool(found) == bool(fault)
    assert fault in found
