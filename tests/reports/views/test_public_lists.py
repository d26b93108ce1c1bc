"""What anyone may read across editions: the list with its search, units, satisfaction, data."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from scoring.models import PublishedTable
from scoring.rules.ranking import USUAL_SCALE
from scoring.services.published_tables import Told, bring_in
from tests.factories import a_decision
from tests.reports.situations import Publication, an_edition
from tests.worlds import a_province
from units.kinds import UnitKind
from units.services import mergers
from units.services.mergers import NewUnit

pytestmark = pytest.mark.django_db

PUBLIC, UNITS = reverse("reports:public"), reverse("reports:public-units")
SATISFACTION, DATA = reverse("reports:published-satisfaction"), reverse("reports:open-data")


@pytest.fixture
def published() -> Publication:
    """Two units ranked, one excused."""
    return an_edition(a_province(departments=3), verified=2)


def from_a_paper(made: Publication, rows: str, **said) -> PublishedTable:
    told = {"year": 2019, "title": "Bảng kết quả năm 2019"} | said
    told = Told(assessor=made.edition.period.assessor, scale=USUAL_SCALE, **told)
    return bring_in(rows.encode(), name="bang-2019.csv", told=told).table


def body(answer) -> str:
    assert answer.status_code == 200
    return answer.content.decode()


def test_what_was_brought_in_from_a_paper_stands_in_the_list_by_its_year_with_its_source(
    client, published
):
    edition = published.edition
    old = from_a_paper(published, "unit,percent\nA,90\n")

    page = client.get(PUBLIC)

    assert list(page.context["page"]) == [edition, old]
    assert "nhập từ tài liệu" in body(page)
    assert "bang-2019.csv" in body(page)


def test_editions_papers_and_units_are_found_without_diacritics(client, published):
    old = from_a_paper(published, "unit,percent\nA,90\n")

    units = client.get(PUBLIC, {"q": "phong nghiep vu 2"}).context
    editions = client.get(PUBLIC, {"q": published.edition.decision_number}).context
    papers = client.get(PUBLIC, {"q": "bang ket qua 2019"}).context

    assert [line.unit_name for line in units["units"]] == ["Phòng Nghiệp vụ 2"]
    assert list(units["page"]) == []
    assert list(editions["page"]) == [published.edition]
    assert list(papers["page"]) == [old]
    assert "Không có bản công bố, đơn vị nào khớp" in body(client.get(PUBLIC, {"q": "xyz"}))


def test_a_unit_has_a_page_of_its_years_with_class_and_satisfaction(client, published):
    line = published.edition.results.get(rank=1)
    old = from_a_paper(published, f"unit_code,percent,classification\n{line.unit_code},88.5,Tốt\n")

    listed = client.get(UNITS)
    page = client.get(reverse("reports:public-unit", args=[line.unit_id]))

    assert [one.unit_id for one in listed.context["page"]].count(line.unit_id) == 1
    assert reverse("reports:public-unit", args=[line.unit_id]) in body(listed)
    ((_, years),) = page.context["lines"]
    assert [(one.found.year, one.found.percent) for one in years] == [
        (published.edition.year, line.percent),
        (2019, Decimal("88.5")),
    ]
    assert years[0].found.ratings.share == line.satisfaction
    assert page.context["newest"].band == line.band
    assert [row.label for row in page.context["chart"].rows][0] == "2019"
    said = body(page)
    assert reverse("reports:earlier-table", args=[old.pk]) in said
    assert reverse("reports:sheet", args=[published.edition.pk, line.pk]) in said
    assert "nhập từ tài liệu" in said


def test_the_page_of_a_merged_unit_tells_of_those_before_it_and_invents_no_change(
    client, published
):
    first, second = published.edition.results.filter(rank__isnull=False)
    heir = mergers.merge(
        [first.unit, second.unit],
        into=NewUnit(
            parent=published.year.province.police,
            code="TN-P90",
            name="Phòng Hợp nhất",
            kind=UnitKind(first.unit.kind),
        ),
        decision=a_decision(timezone.localdate() + timedelta(days=1)),
        by=published.year.province.administrator,
    )

    page = client.get(reverse("reports:public-unit", args=[heir.pk]))

    lines = page.context["lines"]
    assert {line.name for line, _ in lines} == {first.unit_name, second.unit_name}
    assert all("không nối vì đã sáp nhập" in line.told for line, _ in lines)
    assert [one.change for _, years in lines for one in years] == [None, None]
    assert page.context["newest"] is None
    assert "không nối vì đã sáp nhập" in body(page)
    before = body(client.get(reverse("reports:public-unit", args=[first.unit_id])))
    assert reverse("reports:public-unit", args=[heir.pk]) in before


def test_a_unit_of_which_nothing_was_published_has_no_page(client, published):
    for pk in (published.year.province.police.pk, 10**9, 10**30):
        assert client.get(reverse("reports:public-unit", args=[pk])).status_code == 404


def test_satisfaction_is_summed_over_all_ratings_before_it_is_divided(client, published):
    lines = list(published.edition.results.filter(rated__gt=0))

    page = client.get(SATISFACTION)

    ((edition, ratings),) = page.context["years"]
    assert edition == published.edition
    assert ratings.share == pytest.approx(
        100 * sum(line.satisfied for line in lines) / sum(line.rated for line in lines)
    )
    assert [line.pk for block in page.context["blocks"] for line, _ in block.lines] == [
        line.pk for line in lines
    ]
    assert body(client.get(SATISFACTION, {"ban": "khong-co"}, follow=True)) == body(page)


def test_the_data_of_every_edition_are_offered_in_three_forms_with_their_columns(client, published):
    page = body(client.get(DATA))

    for name in ("edition-json", "edition-csv", "edition-excel"):
        assert reverse(f"reports:{name}", args=[published.edition.pk]) in page
    assert "Tên khối; thứ hạng chỉ so trong một khối." in page


@pytest.mark.parametrize("address", [PUBLIC, UNITS, SATISFACTION, DATA])
def test_before_anything_is_published_a_public_page_says_so(client, address):
    assert "Chưa có" in body(client.get(address))


@pytest.mark.parametrize("words", ["\0", "%", "'; drop table x; --", "x" * 5000])
def test_no_words_break_the_search_of_the_lists(client, published, words):
    for address in (PUBLIC, UNITS):
        assert "\0" not in body(client.get(address, {"q": words}))


def test_a_block_is_narrowed_to_a_class_and_sorted_as_the_address_asks(client):
    edition = an_edition(a_province(departments=3), verified=3).edition
    address = reverse("reports:edition", args=[edition.pk])
    lines = list(edition.results.order_by("rank"))

    def shown(**asked) -> list[str]:
        drawn = client.get(address, asked).context["drawn"]
        return [line.entry.unit_name for table in drawn for line in table.lines]

    assert shown(xep="ten") == sorted(line.unit_name for line in lines)
    place = list(edition.band_labels).index(lines[0].band) + 1
    assert shown(loai=place) == [one.unit_name for one in lines if one.band == lines[0].band]
    unheld = next(
        at
        for at, label in enumerate(edition.band_labels, 1)
        if label not in {x.band for x in lines}
    )
    assert shown(loai=unheld) == []
    assert "Không có đơn vị nào khớp" in body(client.get(address, {"loai": unheld}))
    by_rank = [line.unit_name for line in lines]
    assert shown(xep="drop") == by_rank
    for odd in ("99", "x", "²"):
        assert client.get(address, {"loai": odd}, follow=True).redirect_chain == [(address, 302)]


def test_the_lists_are_flat(client, published, assert_flat_queries):
    def read():
        for address in (PUBLIC, UNITS, SATISFACTION, DATA):
            client.get(address, {"q": "a"})  # what is searched for is not kept

    def grow():
        an_edition(a_province("TM", departments=30), title="Kỳ thứ hai")
        from_a_paper(published, "unit,percent\nA,90\nB,80\n")

    assert_flat_queries(read, grow=grow)
