"""Rates over units that gave both ends, and what looks odd in the figures of single units."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from scoring.services import collections, indicators, rollups
from scoring.services.odd_units import odd_in, odd_units
from scoring.services.underneath import below
from tests.scoring.reported import CATALOGUE, USUAL, Reports, open_reports
from tests.worlds import a_province
from units.permissions import Role

pytestmark = pytest.mark.django_db


def rate_of(work: Reports) -> rollups.Total:
    return next(one for one in rollups.totals(work.collection) if one.indicator.code == "HS-05")


def test_a_unit_that_gave_one_end_alone_stands_in_no_rate():
    work = open_reports(a_province(departments=3))
    for place, (whole, part) in enumerate((("10", "9"), ("100", None), (None, "7"))):
        work.put("HS-02", whole, place=place)
        work.put("HS-03", part, place=place)

    rate = rate_of(work)

    assert (rate.amount, rate.said, rate.asked, rate.complete) == (90, 1, 3, False)


def test_the_rate_of_the_units_below_is_of_those_that_gave_both_ends():
    work = open_reports(a_province(departments=3))
    for place, (whole, part) in enumerate((("10", "9"), ("100", None), (None, "7"))):
        work.put("HS-02", whole, place=place)
        work.put("HS-03", part, place=place)
    ministry = work.province.ministry
    organiser = work.province.a_person(Role.ORGANISER, ministry)
    for line in CATALOGUE:
        indicators.add(ministry, USUAL | line, by=organiser)
    one = work.collection
    days = collections.Days(one.starts_on, one.ends_on, one.due_on)
    upper = collections.open_(ministry, by=organiser, year=2026, span=one.span, days=days)

    found = below(work.province.police.pk, upper, rollups.indicators_of(upper))

    assert (found["HS-02"].amount, found["HS-03"].amount) == (110, 16)
    assert (found["HS-05"].amount, found["HS-05"].said, found["HS-05"].asked) == (90, 1, 3)


def test_a_unit_with_a_part_above_its_whole_is_found_behind_sums_that_look_right():
    before = open_reports(year=2025)
    before.put("HS-02", "1000", place=1)
    work = open_reports(before.province, organiser=before.organiser)
    for place, (whole, part) in enumerate((("10", "12"), ("900", "100"))):
        work.put("HS-02", whole, place=place)
        work.put("HS-03", part, place=place)
    one, two = (unit.pk for unit in work.province.departments[:2])

    assert not any(total.odd for total in rollups.totals(work.collection))
    found = odd_units(work.collection)
    assert set(found) == {one}
    assert set(found[one]) == {"HS-03", "HS-05"}
    assert odd_in(work.collection, two) == {}
    work.put("HS-02", "100", place=1)
    assert "giảm 90,0 %" in odd_in(work.collection, two)["HS-02"][0]


def test_odd_figures_are_looked_for_by_as_many_queries_for_thirty_units_as_for_three():
    asked = []
    for code, departments in (("TN", 3), ("TL", 30)):
        work = open_reports(a_province(code, departments=departments))
        for place in range(departments):
            work.put("HS-02", "1", place=place)
            work.put("HS-03", "2", place=place)
        with CaptureQueriesContext(connection) as queries:
            assert len(odd_units(work.collection)) == departments
            rollups.totals(work.collection)
        asked.append(len(queries))

    assert asked[0] == asked[1]
