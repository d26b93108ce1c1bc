"""What looks odd about ratings, a line for each unit, day and flag, as the level above reads it."""

from datetime import date
from typing import NamedTuple

from django.core.paginator import Page, Paginator

from scoring.models.counter import RatingQuerySet
from scoring.rules.counter import Flag

FLAGS_A_PAGE = 50


class Flagged(NamedTuple):
    """How many ratings of a unit bear one flag on a day."""

    measured: int
    unit: str
    day: date
    words: str
    times: int


def flagged(ratings: RatingQuerySet, number: str | None = None) -> Page:
    """The page of that number of them, newest first."""
    page = Paginator(ratings.flagged_by_unit(), FLAGS_A_PAGE).get_page(number)
    page.object_list = [
        Flagged(measured, unit, day, Flag(flag).label, times)
        for measured, unit, day, flag, times in page
    ]
    return page
