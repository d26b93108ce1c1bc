"""What partner units said of a unit is published nowhere as the satisfaction of citizens."""

import pytest
from django.core.cache import cache
from django.urls import reverse

from reports.papers.editions import edition_paper
from reports.papers.summary import summary_paper
from scoring.services import dossiers, periods
from tests.reports.situations import EXCUSE, publish
from tests.scoring.campaigns import a_period_that_asks_partners
from tests.worlds import a_verified_dossier
from units.permissions import Role

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_kept():
    cache.clear()


def test_an_edition_bears_no_satisfaction_where_partner_units_were_asked_alone(client):
    work = a_verified_dossier(a_period_that_asks_partners())
    year = work.year
    for dossier in year.period.dossiers.exclude(pk=work.dossier.pk):
        dossiers.excuse(dossier, by=year.organiser, comment=EXCUSE)
    periods.lock(year.period, by=year.organiser)
    year.period.refresh_from_db()
    head = year.province.a_person(Role.HEAD, year.province.police)

    edition = publish(year.period, by=head)

    line = edition.results.get(rank=1)
    assert work.score("3.1.1").verified_answer == {"satisfied": "2518", "rated": "2756"}
    assert (line.satisfied, line.rated, line.people) == (None, None, None)
    (annex,) = edition_paper(edition).annexes
    assert not annex.has_satisfaction
    assert "91,36" not in summary_paper(edition).satisfaction
    pages = [
        reverse("reports:edition", args=[edition.pk]),
        reverse("reports:published-satisfaction"),
    ]
    assert all("91,36" not in client.get(page).content.decode() for page in pages)
