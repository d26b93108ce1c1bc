"""Beside the share an edition bears the interval, where it is sealed how many people rated."""

import pytest
from django.core.cache import cache
from django.urls import reverse

from reports import seal
from reports.models import Edition, EditionResult
from reports.models.marks import mark_of_period
from reports.papers.editions import edition_paper
from reports.papers.summary import summary_paper
from reports.papers.unit_sheet import sheet_paper
from reports.rules.rated import WITHOUT
from reports.services import frozen
from reports.services.previews import remarkable
from scoring.models import Campaign, Score
from scoring.services import campaigns
from tests.reports.situations import Publication, a_locked_period, publish
from tests.scoring.campaigns import a_campaign, bring_in, rows_of
from tests.worlds import a_province

pytestmark = pytest.mark.django_db

NONE = (0, 0, 0, 0, 0)


@pytest.fixture(autouse=True)
def _nothing_kept():
    cache.clear()


def edition_page(edition: Edition) -> str:
    return reverse("reports:edition", args=[edition.pk])


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
    assert (said["form"], said["results"][0]["people"]) == (4, line.rated)
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

    assert (line.people, line.survey) == (None, "")
    assert line.satisfaction_interval is None
    assert "đợt đo lường “" not in client.get(edition_page(edition)).content.decode()
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


@pytest.mark.parametrize(
    ("form", "untold"), [(2, ("people", "survey")), (3, ("survey",))], ids=["second", "third"]
)
def test_an_edition_of_an_earlier_form_is_verified_as_it_was_sealed(monkeypatch, form, untold):
    monkeypatch.setattr(frozen, "FORM", form)
    real = frozen.lines_of

    def without(*said: object) -> list[EditionResult]:
        lines = real(*said)
        for line in lines:
            line.people = None if "people" in untold else line.people
            line.survey = ""
        return lines

    monkeypatch.setattr(frozen, "lines_of", without)
    edition = published().edition
    lines = list(edition.results.all())

    sealed = seal.document(edition, lines)["results"]
    assert all(name not in row for row in sealed for name in untold)
    assert seal.fault_of(edition, lines) == ""
    lines[0].survey = "“Khảo sát” (01/01/2022 – 31/12/2022)"
    assert "đợt đo lường mà dạng niêm phong này không ghi" in seal.fault_of(edition, lines)
    lines[0].people = 1
    if form == 2:
        assert "người đánh giá mà dạng niêm phong này không ghi" in seal.fault_of(edition, lines)


def test_the_campaign_behind_the_figures_is_sealed_and_named_wherever_they_are_read(client):
    edition = published().edition
    line = edition.results.get(rank=1)
    campaign = Campaign.objects.get()

    assert line.survey == campaign.named
    assert campaign.title in line.survey
    told = f"Số lượt đánh giá lấy từ đợt đo lường {campaign.named}."
    for name, *args in (("edition", edition.pk), ("published-satisfaction",)):
        assert told in client.get(reverse(f"reports:{name}", args=args)).content.decode(), name
    assert told in edition_paper(edition).annexes[0].notes
    assert told in summary_paper(edition).satisfaction
    data = client.get(reverse("reports:edition-csv", args=[edition.pk])).content.decode()
    assert campaign.title in data
    sealed = seal.document(edition, edition.results.all())["results"]
    assert [row["survey"] for row in sealed if row["rank"] == 1] == [campaign.named]


def test_a_line_without_its_campaign_or_with_another_does_not_fit_the_seal():
    edition = published().edition
    lines = list(edition.results.order_by("position"))

    lines[0].survey = ""
    assert "số người và đợt đo lường không đi cùng nhau" in seal.fault_of(edition, lines)
    lines[0].survey = "“Khảo sát khác” (01/01/2022 – 31/12/2022)"
    assert "không còn khớp với mã niêm phong" in seal.fault_of(edition, lines)


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


def test_a_measurement_that_has_not_ended_is_to_be_seen_before_a_year_is_published():
    done = published()
    edition, campaign = done.edition, Campaign.objects.get()
    lines, mark = list(edition.results.all()), mark_of_period(done.period.pk)
    assert not [one for one in remarkable(edition, lines) if one.key.startswith("dot-")]

    campaigns.reopen(
        campaign, by=done.year.organiser, seen=campaign.version, reason="Phiếu đến sau."
    )

    first = remarkable(edition, lines)[0]
    assert (first.key, first.block) == (f"dot-{campaign.pk}", "Mức độ hài lòng")
    assert f"Đợt đo lường {campaign.named} chưa kết thúc" in first.sentence
    assert mark_of_period(done.period.pk) != mark, "what was summed before is not shown again"
