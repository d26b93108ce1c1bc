"""The standings as an Excel file."""

from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from scoring.rules.result_file import HEADINGS
from scoring.rules.workflow import DossierState
from tests.factories import a_decision
from tests.scoring.marked import a_year, give, put
from tests.scoring.ranked import a_ranked_year
from tests.worlds import LONG_AGO, a_prepared_period, a_province, a_submitted_dossier
from units.services import units

pytestmark = pytest.mark.django_db


def sheet(client, year, query: str = ""):
    client.force_login(year.organiser)
    answer = client.get(reverse("scoring:standings-workbook", args=[year.period.pk]) + query)
    assert answer.status_code == 200
    return answer, load_workbook(BytesIO(b"".join(answer.streaming_content))).active


def test_the_file_says_what_the_table_says(client):
    year = a_ranked_year(["80", "90.5", DossierState.SUBMITTED])

    _, page = sheet(client, year)

    assert [list(row) for row in page.iter_rows(values_only=True)] == [
        list(HEADINGS),
        ["Khối phòng", 1, "Phòng Nghiệp vụ 2", 90.5, 100, 90.5, "Tốt"],
        ["Khối phòng", 2, "Phòng Nghiệp vụ 1", 80, 100, 80, "Tốt"],
        ["Khối phòng", None, "Phòng Nghiệp vụ 3", None, None, None, None],
    ]
    assert page["F2"].number_format == "0.00"


@pytest.mark.parametrize(
    ("query", "blocks"),
    [
        ("", ["Khối phòng", "Khối Công an cấp xã"]),
        ("?khoi=1", ["Khối phòng"]),
        ("?khoi=2", ["Khối Công an cấp xã"]),
        ("?khoi=9", ["Khối phòng"]),
    ],
)
def test_the_file_holds_the_block_that_is_shown_or_the_whole_period(client, query, blocks):
    year = a_year(a_province(departments=1, communes=1), communes=True)

    _, page = sheet(client, year, query)

    assert [cell.value for cell in page["A"][1:]] == blocks


def test_the_file_holds_the_side_that_is_shown(client):
    work = a_submitted_dossier()

    answer, own = sheet(client, work.year, "?khoi=1&side=self")
    _, verified = sheet(client, work.year, "?khoi=1")

    assert own["B2"].value == 1
    assert verified["B2"].value is None
    assert f"tu-cham-{work.year.period.year}-khoi-1.xlsx" in answer.headers["Content-Disposition"]


def test_a_name_that_looks_like_a_formula_stays_a_text(client):
    province = a_province(departments=1)
    units.rename(
        province.departments[0],
        name='=HYPERLINK("http://x","Phòng")',
        decision=a_decision(LONG_AGO),
        by=province.administrator,
    )
    year = a_year(province)
    put(year.period.dossiers.get(), DossierState.VERIFIED, year.organiser)
    give(year.period.dossiers.get(), _1_1_1="5")

    _, page = sheet(client, year)

    assert (page["C2"].data_type, page["C2"].value) == ("s", '=HYPERLINK("http://x","Phòng")')


@pytest.mark.parametrize(("made_up", "tab"), [(True, "Dữ liệu minh họa"), (False, "Kết quả")])
def test_made_up_figures_say_so_in_the_file(client, made_up, tab):
    _, page = sheet(client, a_ranked_year(["90"], made_up=made_up))

    assert page.title == tab


def test_the_file_is_no_page_and_is_not_kept_on_the_way(client):
    answer, _ = sheet(client, a_ranked_year(["90"]))

    assert "spreadsheetml" in answer.headers["Content-Type"]
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_a_period_that_has_not_been_opened_gives_a_bare_header(client):
    _, page = sheet(client, a_prepared_period())

    assert [list(row) for row in page.iter_rows(values_only=True)] == [list(HEADINGS)]
