"""Stretches of days, stored as PostgreSQL date ranges: from a day up to but without another."""

from datetime import date, timedelta

from django.db.models import Q
from psycopg2.extras import DateRange


def lifetime(first_on: date | None, last_on: date | None) -> DateRange:
    """Both days inclusive, as people write them; None is open on that side."""
    return DateRange(first_on, last_on + timedelta(days=1) if last_on else None, "[)")


def last_day(stretch: DateRange) -> date | None:
    """The last day inside, or None while it goes on."""
    return stretch.upper - timedelta(days=1) if stretch.upper else None


def on_day(day: date, column: str = "in_force") -> Q:
    """The rows whose stretch holds the day."""
    return Q(**{f"{column}__contains": day})
