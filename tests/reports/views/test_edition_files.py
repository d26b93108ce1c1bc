"""The data of an edition: JSON, CSV and Excel at addresses that stay, each sent once."""

import csv
import io
import json
from decimal import Decimal
from fractions import Fraction

import pgtrigger
import pytest
from django.db import connection
from django.urls import reverse
from openpyxl import load_workbook

from cchc_portal.kit.digest import digest
from cchc_portal.kit.numerals import half_up
from reports.edition_data import COLUMNS, excel_file
from reports.models import Edition
from tests.reports.situations import an_edition
from tests.worlds import a_province

pytestmark = pytest.mark.django_db

FORMS = ("edition-json", "edition-csv", "edition-excel")


@pytest.fixture
def edition() -> Edition:
    """Two units ranked, one excused."""
    return an_edition(a_province(departments=3), verified=2).edition


def address(name: str, edition: Edition) -> str:
    return reverse(f"reports:{name}", args=[edition.pk])


@pytest.mark.parametrize("name", FORMS)
def test_a_file_is_sent_once_to_who_keeps_it_and_anew_to_who_kept_another(client, edition, name):
    first = client.get(address(name, edition))
    kept = first.headers["ETag"]

    again = client.get(address(name, edition), headers={"If-None-Match": kept})
    other = client.get(address(name, edition), headers={"If-None-Match": '"khac"'})

    assert (first.status_code, again.status_code, other.status_code) == (200, 304, 200)
    assert again.content == b""
    assert edition.digest in kept
    assert "attachment" in first.headers["Content-Disposition"]


@pytest.mark.parametrize("name", FORMS)
def test_an_edition_that_is_not_there_has_no_files_and_nothing_is_posted(client, edition, name):
    assert client.get(reverse(f"reports:{name}", args=[10**18])).status_code == 404
    assert client.post(address(name, edition)).status_code == 405


def test_the_json_is_what_is_sealed_exact_and_under_its_digest(client, edition):
    said = json.loads(client.get(address("edition-json", edition)).content)

    assert said["digest"] == edition.digest == digest(said["sealed"])
    rows = said["sealed"]["results"]
    assert [Fraction(row["points"]) for row in rows if row["rank"]] == [
        result.points for result in edition.results.filter(rank__isnull=False).order_by("position")
    ]
    (block,) = said["sealed"]["criteria"]
    levels = [node["level"] for node in block["criteria"]]
    assert levels.count("component") == 11
    assert all(node["rule"] for node in block["criteria"] if node["level"] == "component")


def test_the_csv_has_a_line_a_unit_under_the_documented_columns(client, edition):
    text = client.get(address("edition-csv", edition)).content.decode("utf-8-sig")

    rows = list(csv.DictReader(io.StringIO(text)))
    first = edition.results.get(rank=1)
    assert list(rows[0]) == [column.name for column in COLUMNS]
    assert (rows[0]["unit"], rows[0]["rank"]) == (first.unit_name, "1")
    assert Decimal(rows[0]["points"]) == half_up(first.points, 6)
    assert rows[0]["percent"] == f"{first.percent:.2f}"
    assert (rows[2]["rank"], rows[2]["note"]) == ("", "không đánh giá kỳ này")


def test_the_workbook_has_a_page_a_block_real_numbers_and_prints_its_heading_everywhere(
    client, edition
):
    book = load_workbook(io.BytesIO(client.get(address("edition-excel", edition)).content))

    page, meanings = book.worksheets
    first = edition.results.get(rank=1)
    assert (page.title, meanings.title) == ("Khối phòng", "Giải thích")
    assert (page["A2"].value, page["C2"].value) == (1, first.unit_name)
    assert (page["F2"].data_type, page["F2"].number_format) == ("n", "0.00")
    assert Decimal(str(page["D2"].value)) == half_up(first.points, 6)
    assert (page.freeze_panes, page.print_title_rows) == ("A2", "$1:$1")
    assert (page.page_setup.orientation, page.page_setup.fitToHeight) == ("landscape", 0)
    headings = [cell.value for cell in page[1]]
    own = [column.heading for column in COLUMNS[1:]]
    assert headings == [*own, *(area["title"] for area in first.areas)]
    explained = {row[0].value for row in meanings.iter_rows()}
    assert {column.heading for column in COLUMNS[1:]} <= explained


@pytest.mark.parametrize("name", ["=1+1", "+A1", "-2", "@SUM(A1)"])
def test_a_name_that_looks_like_a_formula_is_a_text_in_every_file(client, edition, name):
    with pgtrigger.ignore("reports.EditionResult:append_only"), connection.cursor() as cursor:
        cursor.execute("update reports_editionresult set unit_name = %s where rank = 1", [name])

    text = client.get(address("edition-csv", edition)).content.decode("utf-8-sig")
    book = load_workbook(io.BytesIO(client.get(address("edition-excel", edition)).content))

    assert f",'{name}," in text
    assert (book.worksheets[0]["C2"].value, book.worksheets[0]["C2"].data_type) == (name, "s")


def test_blocks_of_long_like_or_forbidden_names_have_pages_of_their_own(edition):
    first, second, third = edition.results.order_by("position")
    first.block_name = "Khối: Công an xã, phường, thị trấn [1/2]"
    second.block_position, second.block_name = 2, "Khối: Công an xã, phường, thị trấn [1/3]"
    third.block_position, third.block_name = 3, "Giải thích"

    book = load_workbook(io.BytesIO(excel_file(edition, [first, second, third])))

    titles = book.sheetnames
    assert len({title.casefold() for title in titles}) == 4
    assert all(len(title) <= 31 for title in titles)


@pytest.mark.parametrize("name", FORMS)
def test_the_files_are_flat(client, assert_flat_queries, name):
    small, large = (
        an_edition(a_province(code, departments=number)).edition
        for code, number in (("TN", 3), ("TM", 40))
    )
    shown = [small]

    assert_flat_queries(
        lambda: client.get(address(name, shown[0])),
        grow=lambda: shown.append(shown.pop() and large),
    )
