"""A level that inspects says so in its summary; last year's report of the span is within reach."""

from datetime import timedelta

import pytest
from django.utils import timezone

from reports.models import PeriodicReport
from reports.rules.outline import USUAL
from reports.services import periodic_content, rounds
from scoring.rules.indicator import Days, Span
from scoring.services import collections, indicators
from tests.inspections.situations import an_issued_plan, followed, mended, sides
from tests.periodic.situations import a_round
from tests.worlds import a_province
from units.permissions import Role

pytestmark = pytest.mark.django_db


def test_what_a_level_inspected_stands_in_its_summary_in_lines_of_its_own():
    who = sides()
    today = timezone.localdate()
    indicators.seed(who.unit, by=who.organiser)
    days = Days(today - timedelta(days=30), today, today + timedelta(days=5))
    stretch = {"year": today.year, "span": Span.OWN, "days": days, "title": "Thử"}
    collections.open_(who.unit, by=who.organiser, **stretch)
    opened = rounds.open_(who.unit, by=who.organiser, outline=USUAL, **stretch)
    summary = rounds.sum_up(opened, by=who.organiser)

    def lines() -> dict[str, str]:
        figures = periodic_content.live(summary)["figures"]
        own = [one for one in figures if one["name"].endswith(", của cơ quan lập báo cáo")]
        return {one["code"]: one["amount"] for one in own}

    assert lines() == {}
    plan = an_issued_plan(who, lines=2)
    mended(who, followed(who, plan.inspections.order_by("pk").first()))
    followed(who)
    assert lines() == {
        "KT-01": "2", "KT-02": "2", "KT-03": "1", "KT-04": "2", "KT-05": "1",
        "KT-06": "50,00", "KT-07": "50,00",
    }  # fmt: skip
    below = PeriodicReport.objects.for_page().filter(round=opened).exclude(unit=who.unit).first()
    assert not [one for one in periodic_content.live(below)["figures"] if "cơ quan" in one["name"]]


def test_the_report_of_the_same_span_of_the_year_before_comes_first_of_those_before():
    province = a_province()
    organiser = province.a_person(Role.ORGANISER, province.police)
    spans = ((2025, Span.HALF), (2025, Span.YEAR), (2026, Span.QUARTER_1), (2026, Span.HALF))
    opened = [a_round(province, organiser, span=span, year=year) for year, span in spans]
    unit = province.departments[0]
    report = PeriodicReport.objects.for_page().get(round=opened[-1], unit=unit)

    before = [one.round for one in PeriodicReport.objects.earlier(report)]
    assert before == [opened[0], opened[2], opened[1]]
