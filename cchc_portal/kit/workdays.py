"""Working days, Monday to Friday. Public holidays are not known here: a day found may come early,
never late."""

from datetime import date, timedelta


def working_days_after(day: date, count: int) -> date:
    """The day on which so many working days, Monday to Friday, have passed since."""
    while count:
        day += timedelta(days=1)
        if day.weekday() < 5:
            count -= 1
    return day
