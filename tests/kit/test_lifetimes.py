"""A stretch of days is written with both ends inside, and kept with the end outside."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from cchc_portal.kit.lifetimes import last_day, lifetime

days = st.dates(date(2000, 1, 1), date(2099, 12, 30))


@given(days)
def test_the_last_day_comes_back_as_it_was_given(day):
    assert last_day(lifetime(None, day)) == day


def test_a_stretch_that_goes_on_has_no_last_day():
    assert last_day(lifetime(date(2018, 8, 6), None)) is None


def test_the_district_police_stood_on_its_last_day_and_not_on_the_next():
    stretch = lifetime(None, date(2025, 2, 28))

    assert date(2025, 2, 28) in stretch
    assert date(2025, 3, 1) not in stretch
