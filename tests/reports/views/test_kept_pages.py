"""A public page is drawn once and shown again until anything on it is another."""

import pytest
from django.core.cache import cache
from django.urls import reverse

from reports.models import EditionResult, RenderState, SignedKind
from reports.seal import short_code
from reports.services import signed_files
from scoring.rules.ranking import USUAL_SCALE
from scoring.services import campaigns
from scoring.services.published_tables import Told, bring_in
from tests.reports.signed import an_upload, with_paper
from tests.reports.situations import a_correction, an_edition
from tests.scoring import campaigns as measuring
from tests.units.files import a_pdf
from tests.worlds import a_province

pytestmark = pytest.mark.django_db

PUBLIC, UNITS = reverse("reports:public"), reverse("reports:public-units")


def read(client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_page_that_was_drawn_is_shown_again_with_one_query(client, django_assert_num_queries):
    edition = an_edition(a_province(departments=3)).edition
    line = edition.results.get(rank=1)
    for address in (
        reverse("reports:edition", args=[edition.pk]),
        reverse("reports:edition", args=[edition.pk]) + "?khoi=1&loai=1&xep=ten",
        PUBLIC,
        UNITS,
        reverse("reports:public-unit", args=[line.unit_id]),
        reverse("reports:published-satisfaction"),
        reverse("reports:open-data"),
        reverse("reports:check", args=[short_code(edition)]),
        reverse("reports:check", args=[edition.digest]),
    ):
        first = client.get(address)
        with django_assert_num_queries(1):
            again = client.get(address)
        assert again.content == first.content
        with django_assert_num_queries(1):
            unchanged = client.get(address, headers={"If-None-Match": again.headers["ETag"]})
        assert (unchanged.status_code, unchanged.content) == (304, b"")
        assert again.headers["Cache-Control"] == "no-cache, public"
        assert "Cookie" in again.headers["Vary"]


def test_a_correction_a_signed_file_and_the_paper_show_at_once(client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    made = an_edition(a_province(departments=2), verified=2)
    edition, address = made.edition, reverse("reports:edition", args=[made.edition.pk])
    assert RenderState.WAITING.label in read(client, address)

    with_paper(edition)
    paper = reverse("reports:edition-paper", args=[edition.pk])
    assert paper in read(client, address)
    assert paper in read(client, PUBLIC)

    signed_files.receive(
        edition,
        by=made.head,
        upload=an_upload(a_pdf("Bản quét")),
        kind=SignedKind.SCAN,
        declared_not_secret=True,
    )
    assert "Bản quét có chữ ký và dấu" in read(client, address)

    told = Told(edition.period.assessor, 2019, "Bảng kết quả năm 2019", USUAL_SCALE)
    bring_in(b"unit,percent\nA,90\n", name="bang-2019.csv", told=told)
    assert "bang-2019.csv" in read(client, PUBLIC)

    corrected = a_correction(made).edition
    assert "Bản này đã được đính chính" in read(client, address)
    assert reverse("reports:edition", args=[corrected.pk]) in read(client, PUBLIC)
    decision = EditionResult.objects.latest_of_each_unit().first().edition.decision_number
    assert decision == corrected.decision_number
    assert decision in read(client, UNITS)


def test_what_is_shown_to_who_is_signed_in_is_never_kept_nor_shown_to_others(client):
    made = an_edition(a_province(departments=2), verified=2)
    addresses = [reverse("reports:edition", args=[made.edition.pk]), PUBLIC, UNITS]
    plain = {address: read(client, address) for address in addresses}
    cache.clear()

    client.force_login(made.head)
    for address in addresses:
        etag = client.get(address).headers.get("ETag")
        own = client.get(address)
        assert etag is None
        assert "private" in own.headers["Cache-Control"]
        assert str(made.head) in own.content.decode()
    assert reverse("reports:correct", args=[made.edition.pk]) in read(client, addresses[0])

    client.logout()
    for address in addresses:
        page = read(client, address)
        assert str(made.head) not in page
        assert len(page) == len(plain[address])


def test_pages_of_satisfaction_are_kept_until_a_campaign_is_opened_again(
    client, django_assert_num_queries
):
    made = measuring.a_campaign(a_province(departments=2))
    measuring.bring_in(
        made, measuring.rows_of(made.unit().unit, (40, 10, 0, 0, 0), (40, 10, 0, 0, 0))
    )
    listed = reverse("reports:satisfactions")
    page = reverse("reports:satisfaction", args=[made.campaign.pk])
    assert client.get(page).status_code == 404
    assert made.campaign.title not in read(client, listed)

    made.close()

    for address in (listed, page):
        first = read(client, address)
        with django_assert_num_queries(1):
            assert read(client, address) == first
    assert made.unit().unit.name in first
    campaigns.reopen(made.campaign, by=made.organiser, seen=3, reason="Thiếu một tệp.")
    assert made.campaign.title not in read(client, listed)
    assert client.get(page).status_code == 404


def test_words_and_odd_choices_are_answered_but_not_kept(client):
    edition = an_edition(a_province(departments=1)).edition
    address = reverse("reports:edition", args=[edition.pk])

    for asked in ("?q=phong", "?khoi=12345", "?la=1", "?khoi=1&khoi=2", "?xep=drop"):
        assert "ETag" not in client.get(address + asked).headers
    assert client.get(reverse("reports:edition", args=[10**12])).status_code == 404


def test_a_choice_that_leads_to_nothing_leads_back_and_fills_no_store(client):
    edition = an_edition(a_province(departments=1)).edition
    page = reverse("reports:edition", args=[edition.pk])
    slides = reverse("reports:slides", args=[edition.pk])
    for address, back in (
        (f"{page}?khoi=77&xep=ten", f"{page}?xep=ten"),
        (f"{page}?loai=9", page),
        (f"{slides}?khoi=77", slides),
        (f"{PUBLIC}?page=2", PUBLIC),
        (f"{UNITS}?page=2", UNITS),
        (reverse("reports:open-data") + "?page=2", reverse("reports:open-data")),
        (reverse("reports:satisfactions") + "?page=2", reverse("reports:satisfactions")),
    ):
        answer = client.get(address)
        assert (answer.status_code, answer.url) == (302, back)
        assert client.get(back).status_code == 200


def test_a_sheet_is_drawn_anew_when_something_else_is_published(client):
    edition = an_edition(a_province(departments=1)).edition
    line = edition.results.get(rank=1)
    sheet = reverse("reports:sheet", args=[edition.pk, line.pk])
    first = client.get(sheet).content
    assert client.get(sheet).content == first

    told = Told(edition.period.assessor, edition.year - 1, "Bảng cũ", USUAL_SCALE)
    bring_in(f"unit,percent\n{line.unit_code},81\n".encode(), name="cu.csv", told=told)
    assert client.get(sheet).content != first


@pytest.mark.usefixtures("no_store")
def test_while_the_store_is_not_there_a_page_is_drawn_each_time(client):
    assert "Chưa có kết quả nào được công bố" in read(client, PUBLIC)
