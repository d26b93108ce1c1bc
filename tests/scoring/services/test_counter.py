"""Slips at the counter: the days they are good for, what looks odd, and too many wrong codes."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from cchc_portal.kit.errors import MoveRefused
from scoring.models import Rating, Slip
from scoring.rules.counter import FRESH_SECONDS, PAPER_MOST, REFUSED_MOST, Flag, Way
from scoring.services import campaigns, counter
from tests.scoring.campaigns import Measuring, a_campaign, a_draft

pytestmark = pytest.mark.django_db

HERE = ZoneInfo("Asia/Ho_Chi_Minh")
AT_TEN = datetime(2026, 3, 4, 10, tzinfo=HERE)
AT_NIGHT = AT_TEN.replace(hour=3, minute=30)


@pytest.fixture(autouse=True)
def _nothing_counted():
    cache.clear()


def flags() -> dict[str, int]:
    return {flag: times for *_, flag, times in Rating.objects.flagged_by_unit()}


def ahead() -> Measuring:
    """It collects, and its first day is to come."""
    today = timezone.localdate()
    days = {"begins": today + timedelta(days=9), "until": today + timedelta(days=20)}
    return a_campaign(year=days["begins"].year, **days)


def test_a_unit_that_types_its_own_slips_at_night_is_flagged_on_every_count():
    made = a_campaign()
    editor = made.editor()
    codes = counter.hand_out(made.unit(), by=editor, number=25, now=AT_NIGHT)

    for code in codes:
        counter.enter_paper(made.unit(), code, ["5", "5"], by=editor, now=AT_NIGHT)

    assert flags() == {Flag.LATE: 25, Flag.FRESH: 25, Flag.TYPED: 25 - PAPER_MOST}
    assert Rating.objects.filter(way=Way.PAPER).count() == 25, "flags take nothing away"


def test_a_box_of_slips_of_the_day_typed_at_the_pace_of_a_person_is_not_flagged():
    made = a_campaign()
    editor = made.editor()
    codes = counter.hand_out(made.unit(), by=editor, number=PAPER_MOST, now=AT_TEN)
    later = AT_TEN + timedelta(seconds=FRESH_SECONDS)

    for code in codes:
        counter.enter_paper(made.unit(), code, ["5", "5"], by=editor, now=later)

    assert flags() == {}


def test_slips_are_printed_ahead_and_nothing_is_rated_before_the_first_day(time_machine):
    made = ahead()
    editor, begins = made.editor(), made.campaign.begins
    (code,) = counter.hand_out(made.unit(), by=editor, number=1)

    for early in (
        lambda: counter.slip_of(code, caller="a"),
        lambda: counter.rate(code, ["5", "5"], visitor="a"),
        lambda: counter.enter_paper(made.unit(), code, ["5", "5"], by=editor),
        lambda: counter.one_for_now(made.unit(), by=editor),
    ):
        with pytest.raises(counter.NotTaken, match=f"bắt đầu ngày {begins:%d/%m/%Y}"):
            early()
    assert not Rating.objects.exists()
    assert Slip.objects.count() == 1

    time_machine.move_to(datetime.combine(begins, time(0, 10), HERE))
    counter.rate(code, ["5", "5"], visitor="a")
    assert Rating.objects.count() == 1


def test_an_unused_slip_of_a_campaign_that_ended_is_told_when_and_a_used_one_no_more_than_before():
    made = a_campaign()
    editor = made.editor()
    used, unused = counter.hand_out(made.unit(), by=editor, number=2)
    counter.rate(used, ["5", "5"], visitor="a")
    made.close()
    today = timezone.localdate()

    for late in (
        lambda: counter.rate(unused, ["5", "5"], visitor="a"),
        lambda: counter.enter_paper(made.unit(), unused, ["5", "5"], by=editor),
    ):
        with pytest.raises(counter.NotTaken, match=f"đã kết thúc ngày {today:%d/%m/%Y}"):
            late()
    for code in (used, "ABCD-EFGH-JKMN"):
        with pytest.raises(counter.UnknownCode, match="nếu vừa gửi thì đánh giá đã được ghi nhận"):
            counter.slip_of(code, caller="a")


def test_nothing_typed_is_no_try_and_wrong_codes_are_counted_by_the_caller_alone():
    made = a_campaign()
    (code,) = counter.hand_out(made.unit(), by=made.editor(), number=1)
    for _ in range(REFUSED_MOST + 1):
        with pytest.raises(counter.NoCode, match="Đề nghị nhập mã"):
            counter.slip_of(" - ", caller="a")
    for _ in range(REFUSED_MOST):
        with pytest.raises(counter.UnknownCode):
            counter.rate("SAI", ["5", "5"], visitor="a, another browser", caller="a")

    with pytest.raises(counter.TooMany):
        counter.rate("SAI", ["5", "5"], visitor="a, yet another browser", caller="a")
    assert counter.slip_of(code, caller="b").measured_id == made.unit().pk


def test_a_code_for_the_screen_is_a_slip_like_any_other_and_another_each_time():
    made = a_campaign()
    first, second = (counter.one_for_now(made.unit(), by=made.editor()) for _ in range(2))

    counter.rate(first, ["5", "5"], visitor="a")

    assert first != second
    assert counter.slip_of(second, caller="a")
    assert sorted(Slip.objects.values_list("used", flat=True)) == [False, True]
    with pytest.raises(PermissionDenied):
        counter.one_for_now(made.unit(1), by=made.editor())
    made.close()
    with pytest.raises(MoveRefused):
        counter.one_for_now(made.unit(), by=made.editor())


def test_a_campaign_whose_days_lie_outside_its_year_is_neither_drafted_nor_kept():
    made = a_draft()
    year = made.campaign.year

    with pytest.raises(MoveRefused, match=f"một ngày trong năm {year + 3}"):
        a_draft(made.province, made.organiser, year=year + 3, title="Khác")
    with pytest.raises(MoveRefused, match=f"một ngày trong năm {year - 7}"):
        campaigns.edit(made.campaign, by=made.organiser, seen=1, year=year - 7)
