"""A unit's published result with all it is made of: its page, its sheet, its file."""

import hashlib
from decimal import Decimal

import pgtrigger
import pytest
from django.db import connection
from django.urls import reverse

from reports.papers.unit_sheet import sheet_paper
from scoring.rules.ranking import USUAL_SCALE
from scoring.services.published_tables import Told, bring_in
from tests.fixtures.browser import DESK, PHONE
from tests.reports.reading import families, pages
from tests.reports.situations import DECISION, a_disputed_edition, an_edition
from tests.reports.test_check_script import run
from tests.scoring.replied import CHANGED, REASON
from tests.worlds import a_province
from units.permissions import Role

pytestmark = pytest.mark.django_db

WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture
def done(client):
    publication = a_disputed_edition()
    line = publication.edition.results.get(rank=1)
    client.force_login(publication.year.province.a_person(Role.HEAD, line.unit))
    return publication


def at(name: str, edition) -> str:
    return reverse(f"reports:{name}", args=[edition.pk, edition.results.get(rank=1).pk])


def spoil(statement: str) -> None:
    with pgtrigger.ignore("reports.ResultDetail:append_only"), connection.cursor() as cursor:
        cursor.execute(statement)


def words(file: bytes) -> str:
    return " ".join(" ".join(pages(file)).split()).replace("\N{NO-BREAK SPACE}", " ")


def test_the_unit_reads_its_losses_with_reasons_and_what_became_of_its_objection(client, done):
    page = client.get(at("unit-result", done.edition)).content.decode()

    assert REASON in page
    assert f"{CHANGED[0]}: đơn vị không đồng ý với kết quả 0,00 điểm; kết luận: chấp nhận" in page
    assert "Đúng như khi công bố" in page


def test_the_sheet_prints_the_same_and_the_public_one_does_not(client, done):
    edition = done.edition
    line = edition.results.get(rank=1)
    own = client.get(at("unit-sheet", edition))
    public = client.get(at("sheet", edition))

    told, plain = words(own.content), words(public.content)
    assert families(own.content) == {"Portal-Tinos"}
    for said in ("Điểm bị mất, nhiều nhất trước", REASON, DECISION, "Giải trình"):
        assert said in told
        assert said not in plain
    assert own.headers["Cache-Control"] == "private, no-cache"
    assert line.unit_name in plain


def test_the_file_is_the_frozen_text_and_the_script_finds_its_line(client, done, tmp_path):
    edition = done.edition
    line = edition.results.get(rank=1)
    file, whole = tmp_path / "chi-tiet.json", tmp_path / "ket-qua.json"
    file.write_bytes(client.get(at("unit-details", edition)).content)
    whole.write_bytes(client.get(reverse("reports:edition-json", args=[edition.pk])).content)

    assert hashlib.sha256(file.read_bytes()).hexdigest() == line.detail_digest
    code, said = run(whole, file)
    assert code == 0
    assert f"đúng, chi tiết của {line.unit_name}" in said
    alone = run(file)
    file.write_text(file.read_text(encoding="utf-8").replace(REASON, "Khác."), encoding="utf-8")
    assert (alone[0], run(whole, file)[0]) == (1, 1)


def test_details_that_were_changed_are_neither_printed_nor_given_away(client, done):
    spoil("update reports_resultdetail set text = 'x'")

    page = client.get(at("unit-result", done.edition))
    refused = [client.get(at(name, done.edition)) for name in ("unit-sheet", "unit-details")]

    assert "Không còn đúng như khi công bố" in page.content.decode()
    assert [answer.status_code for answer in refused] == [409, 409]
    assert "nên không in, không tải được" in refused[0].content.decode()


def test_the_edition_leads_to_details_only_whoever_may_read_them(client, done):
    address = at("unit-result", done.edition)
    page = reverse("reports:edition", args=[done.edition.pk])
    inside = client.get(page).content.decode()
    client.logout()
    outside = client.get(page).content.decode()
    beside = done.year.province.departments[1]
    client.force_login(done.year.province.a_person(Role.HEAD, beside))

    assert address in inside
    assert address not in outside
    assert address not in client.get(page).content.decode()
    assert client.get(address).status_code == 404


def test_the_desk_leads_to_what_the_line_is_made_of(client, done):
    assert at("unit-result", done.edition) in client.get("/").content.decode()


def test_years_of_papers_brought_in_stand_before_those_of_the_portal(done):
    line = done.edition.results.select_related("edition__period__assessor").get(rank=1)
    year = line.edition.year
    told = Told(
        assessor=done.year.province.police, year=year - 2, title="Bảng cũ", scale=USUAL_SCALE
    )
    content = f"unit_code,percent\n{line.unit_code},91.07\n"
    bring_in(content.encode(), name="bang.csv", told=told)

    paper = sheet_paper(line)

    assert [(one.year, one.percent) for one in paper.years] == [
        (year - 2, Decimal("91.07")),
        (year - 1, None),
        (year, paper.standing.percent),
    ]
    assert paper.trend is not None


def test_the_page_costs_the_same_in_a_small_and_in_a_larger_block(client, assert_flat_queries):
    addresses = []

    def publish(*province, verified):
        publication = an_edition(*province, verified=verified)
        client.force_login(publication.head)
        addresses.append(at("unit-result", publication.edition))

    publish(verified=1)
    assert_flat_queries(
        lambda: client.get(addresses[-1]),
        grow=lambda: publish(a_province("TM", departments=4), verified=4),
    )
    assert client.get(addresses[-1]).status_code == 200


@pytest.mark.django_db(transaction=True)
def test_the_page_keeps_nobody_out_and_fits(page, sign_in, assert_no_barriers):
    publication = a_disputed_edition()
    line = publication.edition.results.get(rank=1)
    sign_in(publication.year.province.a_person(Role.STAFF, line.unit))
    for screen in (DESK, PHONE):
        page.set_viewport_size(screen)
        page.goto(at("unit-result", publication.edition))
        assert_no_barriers(page)
        assert page.evaluate(WIDER) <= 0
