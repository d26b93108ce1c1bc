"""Satisfaction of several units: an interval and places only where all people are told."""

from dataclasses import dataclass, replace
from fractions import Fraction

from reports.rules.rated import (
    SOME_WITHOUT,
    WITHOUT,
    Rated,
    measured_in,
    places_of,
    together,
    why_without,
)
from scoring.rules.satisfaction import share_interval


@dataclass
class A:
    """A line of an edition."""

    unit_id: int
    satisfied: int | None
    rated: int | None
    people: int | None = None
    survey: str = ""


HIGH, LOW, CLOSE = A(1, 990, 1000, 1000), A(2, 500, 1000, 1000), A(3, 510, 1000, 1000)
UNTOLD, UNASKED = A(4, 900, 1000), A(5, None, None)


def test_shares_are_summed_before_they_are_divided_and_people_with_them():
    found = together([HIGH, LOW, UNASKED])

    assert (found.share, found.people) == (Fraction(149, 2), 2000)
    assert found.interval == share_interval(1490, 2000, 2000)
    assert (found.satisfied, found.rated, found.units, found.uncounted) == (1490, 2000, 2, 0)
    part = together([HIGH, UNTOLD])
    assert part.interval is None, "people of one are not told"
    assert (part.units, part.uncounted) == (2, 1)
    assert not together([UNASKED])


def test_campaigns_are_named_once_each_in_the_order_in_which_they_are_met():
    first, second = (replace(HIGH, survey=name) for name in ("“A” (1 – 2)", "“B” (3 – 4)"))

    assert (
        measured_in([first, UNTOLD, first]) == "Số lượt đánh giá lấy từ đợt đo lường “A” (1 – 2)."
    )
    both = "Số lượt đánh giá lấy từ các đợt đo lường “B” (3 – 4); “A” (1 – 2)."
    assert measured_in([second, first, second]) == both
    assert measured_in([UNTOLD, UNASKED]) == ""


def test_places_are_told_only_where_every_interval_is_known():
    assert places_of([HIGH, LOW, CLOSE, UNASKED]) == {1: "1", 2: "2–3", 3: "2–3"}
    assert places_of([HIGH, LOW, UNTOLD]) == {}


def test_why_intervals_are_missing_is_said_of_all_or_of_some():
    one, other = together([HIGH]), together([UNTOLD])

    assert why_without([one, Rated()]) == ""
    assert why_without([one, other]) == SOME_WITHOUT
    assert why_without([other]) == WITHOUT
    assert why_without([]) == ""
