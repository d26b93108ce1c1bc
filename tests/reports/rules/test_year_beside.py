"""A unit is held against its own year before, or its only predecessor's, or nobody's."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

from reports.rules.year_beside import beside
from scoring.rules.year_change import Result

NOW = Result(Fraction("90.5"), 2, "Khối I")
BEFORE = {1: Result(Fraction(88), 5, "Khối I"), 2: Result(Fraction(91), 1, "Khối II")}


def told(unit, origins=None, founded=None):
    return beside(unit, NOW, BEFORE, origins or {}, founded=founded, year=2020, places=2)


def test_a_change_is_told_in_points_and_places_and_ranks_only_inside_a_block_of_one_name():
    own, followed = told(1), told(9, {2: "Phòng cũ"})

    assert (own.change.points, own.change.places_up, own.follows) == (Decimal("2.5"), 3, "")
    assert (followed.change.points, followed.change.places_up) == (Decimal("-0.5"), None)
    assert followed.follows == "Phòng cũ"


def test_nobody_is_given_a_change_that_never_was():
    merged = told(9, {1: "Phòng A", 2: "Phòng B"})

    assert merged.change is None
    assert merged.why_not == "kế thừa nhiều đơn vị: Phòng A, Phòng B"
    assert told(9, founded=date(2021, 3, 1)).why_not == "mới"
    assert told(9, founded=date(2019, 3, 1)).why_not == "chưa có kết quả năm 2020"
    assert told(9, {3: "Phòng chưa xếp"}, date(2021, 3, 1)).why_not == "chưa có kết quả năm 2020"
