"""What the units reported stands on the page of their leaders, once it is closed."""

import pytest
from django.urls import reverse

from reports import reported
from reports.command_paper import command_pdf
from scoring.services import collections
from tests.reports.reading import pages, text
from tests.scoring.reported import open_reports
from tests.worlds import an_open_period
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

    with django_assert_max_num_queries(6):
        (rate,) = reported.newest_of(year.period).rates

    assert (rate.total.amount, rate.total.before, rate.change) == (87.5, 75, 12.5)
    assert rate.way == "up"
    leader = year.province.a_person(Role.LEADER, year.province.police)
    client.force_login(leader)
    page = client.get(reverse("reports:command")).content.decode()
    assert "87,50" in page
    assert "+12,50" in page
    paper = command_pdf(leader, year.period)
    assert "87,50 % 75,00 % +12,50" in text(paper)
    assert len(pages(paper)) == 1
    assert client.get(reverse("scoring:collection", args=[work.collection.pk])).status_code == 200
