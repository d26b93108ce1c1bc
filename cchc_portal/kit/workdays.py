"""Working days in Vietnam: Monday to Friday but for the days off of Article 112 of the Labour Code
of 2019, those given in place of one that fell on a weekend, and Saturdays worked in exchange.

Lunar days are reckoned by the library. How days lie about Tết and the national day is decided anew
each year; for years to come it assumes the usual decision, until its pin is raised
(docs/decisions/0095-working-days-know-the-days-off.md).
"""

from datetime import date, timedelta
from functools import cache

import holidays


@cache
def _about(year: int) -> holidays.HolidayBase:
    """The days off of the year and of those beside it: a day in place may lie across its end. Made
    whole at once, for it is read by several threads."""
    return holidays.country_holidays("VN", years=range(year - 1, year + 2), language="vi")


def is_working_day(day: date) -> bool:
    """Whether offices work on the day."""
    return _about(day.year).is_working_day(day)


def is_day_off(day: date) -> bool:
    """Whether the day is off by law, or in place of one that was; an ordinary weekend is not."""
    return day in _about(day.year)


def working_days_after(day: date, count: int) -> date:
    """The day on which so many working days have passed since; the day itself is not counted."""
    while count:
        day += timedelta(days=1)
        if is_working_day(day):
            count -= 1
    return day
