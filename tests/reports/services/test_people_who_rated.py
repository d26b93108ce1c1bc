"""Beside the share an edition bears the interval, where it is sealed how many people rated."""

import pytest
from django.core.cache import cache
from django.urls import reverse

from reports import seal
from reports.models import EditionResult
from reports.papers.editions import edition_paper
from reports.papers.summary import summary_paper
from reports.papers.unit_sheet import sheet_paper
from reports.rules.rated import WITHOUT
from reports.services import frozen
from reports.services.previews import remarkable
from scoring.models import Score
from tests.reports.situations import Publication, a_locked_period, publish
from tests.scoring.campaigns import a_campaign, bring_in, rows_of
from tests.worlds import a_province

pytestmark = pytest.mark.django_db

NONE = (0, 0, 0, 0, 0)


@pytest.fixture(autouse=True)
def _nothing_kept():
    cache.clear()


def published(*, more: int = 0) -> Publication:
    """With a campaign of the year that says what the survey component does, or so many more."""
    province = a_province()
    publication = a_locked_period(province)
    survey = Score.objects.filter(verified_answer__has_key="rated").first()
    satisfied, rated = (int(survey.verified_answer[name]) for name in ("satisfied", "rated"))
    made = a_campaign(province, year=publication.period.year, minimum=1)
    unit = survey.dossier.unit
    bring_in(made, rows_of(unit, (satisfied + more, 0, rated - satisfied, 0, 0), NONE))
    made.close()
    publication.edition = publish(publication.period, by=publication.head)
    return publication


def test_the_interval_stands_beside_the_share_on_the_pages_and_in_the_annex(client):
    edition = published().edition
    line = edition.results.get(rank=1)

    assert seal.fault_of(edition, edition.results.all()) == ""
    said = seal.document(edition, edition.results.all())
    assert (said["form"], said["results"][0]["people"]) == (3, line.rated)
    low, high = (f"{end:.2f}".replace(".", ",") for end in line.satisfaction_interval)
    for address in (
        reverse("reports:edition", args=[edition.pk]),
        reverse("reports:published-satisfaction"),
    ):
        assert f"({low} – {high})" in client.get(address).content.decode()
    for address in (
        reverse("reports:public-unit", args=[line.unit_id]),
        reverse("reports:public-units"),
        reverse("reports:slides", args=[edition.pk]),
    ):
        assert f"{low} – {high}" in client.get(address).content.decode(), address
    (annex,) = edition_paper(edition).annexes
    assert [row.interval for row in annex.lines] == [f"({low}–{high})"]
    assert any("khoảng tin cậy 95 %" in note for note in annex.notes)
    assert f"{low}–{high}" in summary_paper(edition).satisfaction
    assert f"{low}–{high}" in str(sheet_paper(line).headline)


def test_counts_that_no_campaign_says_have_no_interval(client):
    edition = published(more=-1).edition
    line = edition.results.get(rank=1)

    assert line.people is None
    assert line.satisfaction_interval is None
    assert any(WITHOUT in note for note in edition_paper(edition).annexes[0].notes)
    assert WITHOUT in summary_paper(edition).satisfaction
    for name, *args in (("edition", edition.pk), ("public-unit", line.unit_id), ("public-units",)):
        shown = client.get(reverse(f"reports:{name}", args=args)).content.decode()
        assert WITHOUT in shown, name
    page = client.get(reverse("reports:published-satisfaction")).content.decode()
    assert "không xếp theo mức hài lòng" in page
    assert "Hạng (từ – đến)" not in page
    by_figure = reverse("reports:edition", args=[edition.pk]) + "?xep=hai-long"
    assert "theo hạng từ – đến" not in client.get(by_figure).content.decode()
    assert "Không có khoảng tin cậy vì bản công bố này không ghi số người" in page


def test_an_edition_of_the_second_form_is_verified_as_it_was_sealed(monkeypatch):
    monkeypatch.setattr(frozen, "FORM", 2)
    real = frozen.lines_of

    def without_people(*said: object) -> list[EditionResult]:
        lines = real(*said)
        for line in lines:
            line.people = None
        return lines

    monkeypatch.setattr(frozen, "lines_of", without_people)
    edition = published().edition
    lines = list(edition.results.all())

    assert all("people" not in row for row in seal.document(edition, lines)["results"])
    assert seal.fault_of(edition, lines) == ""
    lines[0].people = 1
    assert "dạng niêm phong này không ghi" in seal.fault_of(edition, lines)


def test_by_satisfaction_units_stand_with_the_places_that_intervals_allow(client):
    edition = published().edition
    line = edition.results.get(rank=1)

    page = client.get(reverse("reports:published-satisfaction"))
    ((_, place),) = page.context["blocks"][0].lines
    sorted_ = client.get(reverse("reports:edition", args=[edition.pk]), {"xep": "hai-long"})

    assert place == "1"
    assert "Hạng (từ – đến)" in page.content.decode()
    assert sorted_.context["order"] == "hai-long"
    shown = sorted_.content.decode()
    assert "theo hạng từ – đến" in shown
    assert ">hạng 1<" in shown
    assert line.unit_name in shown


def test_what_a_reopened_campaign_says_otherwise_is_to_be_seen_before_it_is_published():
    edition = published(more=-1).edition

    found = remarkable(edition, list(edition.results.all()))

    assert any("khác kết quả đo lường hiện nay" in one.sentence for one in found)
