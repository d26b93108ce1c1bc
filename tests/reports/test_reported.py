"""What the units reported stands on the page of their leaders, once it is closed."""

from fractions import Fraction

import pytest
from django.urls import reverse

from reports import reported
from reports.papers.command import command_pdf
from scoring.services import collections
from tests.reports.reading import pages, text
from tests.scoring.reported import open_reports
from tests.worlds import a_province, an_open_period
from units.permissions import Role


@pytest.mark.django_db
def test_the_rates_of_the_last_closed_collection_stand_on_the_command_view(
    client, django_assert_max_num_queries
):
    year = an_open_period()
    now = year.period.year
    before = open_reports(year.province, year=now - 1, organiser=year.organiser)
    work = open_reports(year.province, year=now, organiser=year.organiser)
    for reports, on_time in ((before, "30"), (work, "35")):
        for place in range(2):
            reports.put("HS-02", "40", place=place)
            reports.put("HS-03", on_time, place=place)
    assert reported.newest_of(year.period) is None, "what may still move is not told"
    for reports in (before, work):
        collections.close(reports.collection.pk, by=year.organiser)

    with django_assert_max_num_queries(7):
        told = reported.newest_of(year.period)
    (rate,) = told.rates
    assert [(one.indicator.code, one.amount) for one in told.sums] == [("HS-02", 80), ("HS-03", 70)]

    assert (rate.total.amount, rate.total.before, rate.change) == (87.5, 75, 12.5)
    assert rate.way == "up"
    leader = year.province.a_person(Role.LEADER, year.province.police)
    client.force_login(leader)
    page = client.get(reverse("reports:command")).content.decode()
    assert "87,50" in page
    assert "+12,50" in page
    assert "2 số liệu cộng các đơn vị" in page
    paper = command_pdf(leader, year.period)
    assert "87,50 % 75,00 % +12,50" in text(paper)
    assert len(pages(paper)) == 1
    assert client.get(reverse("scoring:collection", args=[work.collection.pk])).status_code == 200


@pytest.mark.django_db
def test_a_rate_is_held_against_that_of_the_units_that_reported_both_times(client):
    year = an_open_period(a_province(departments=3))
    now = year.period.year
    before = open_reports(year.province, year=now - 1, organiser=year.organiser)
    work = open_reports(year.province, year=now, organiser=year.organiser)
    for place, on_time in enumerate(("20", "20", "40")):
        before.put("HS-02", "40", place=place)
        before.put("HS-03", on_time, place=place)
    for place in range(2):
        work.put("HS-02", "40", place=place)
        work.put("HS-03", "30", place=place)
    for reports in (before, work):
        collections.close(reports.collection.pk, by=year.organiser)

    (rate,) = reported.newest_of(year.period).rates

    assert (rate.total.amount, rate.total.said) == (75, 2)
    assert (rate.total.before.limit_denominator(), rate.total.said_before) == (Fraction(200, 3), 3)
    assert rate.change == 25, "of the two units alone, not of all three against two"
    leader = year.province.a_person(Role.LEADER, year.province.police)
    client.force_login(leader)
    page = client.get(reverse("reports:command")).content.decode()
    assert "ở 2 đơn vị có cả hai kỳ: 50,00 % → 75,00 %" in page.replace("\xa0", " ")
    paper = text(command_pdf(leader, year.period))
    assert "ở 2 đơn vị có cả hai kỳ" in " ".join(paper.split())


@pytest.mark.django_db
def test_figures_without_any_rate_stand_on_the_command_view_too(client):
    year = an_open_period()
    work = open_reports(year.province, year=year.period.year, organiser=year.organiser)
    work.put("TH-02", "12.5")
    assert reported.newest_of(year.period) is None
    collections.close(work.collection.pk, by=year.organiser)

    leader = year.province.a_person(Role.LEADER, year.province.police)
    client.force_login(leader)
    page = client.get(reverse("reports:command")).content.decode()
    assert "<summary>1 số liệu cộng các đơn vị</summary>" in page
    assert "12,5" in page
    assert work.collection.title not in text(command_pdf(leader, year.period))
