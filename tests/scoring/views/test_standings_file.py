"""The standings as an Excel file."""

from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from scoring import documents
from scoring.rules.result_file import Page, Sheet
from scoring.rules.workflow import DossierState
from tests.factories import a_decision
from tests.scoring.marked import a_year, give, put
from tests.scoring.ranked import a_ranked_year, publish
from tests.worlds import LONG_AGO, a_prepared_period, a_province, a_submitted_dossier
from units.services import units

pytestmark = pytest.mark.django_db


def book(client, year, query: str = ""):
    client.force_login(year.organiser)
    answer = client.get(reverse("scoring:standings-workbook", args=[year.period.pk]) + query)
    assert answer.status_code == 200
    return answer, load_workbook(BytesIO(b"".join(answer.streaming_content)))


def sheet(client, year, query: str = ""):
    answer, found = book(client, year, query)
    return answer, found.active


def table(page) -> list[dict]:
    """The rows of the table by their headings, down to the first row without a unit."""
    heads = [cell.value for cell in page[2]]
    found = []
    for cells in page.iter_rows(min_row=3, values_only=True):
        if cells[1] is None:
            break
        found.append(dict(zip(heads, cells, strict=True)))
    return found


def below(page) -> dict:
    """What stands under the table, by label."""
    rows = list(page.iter_rows(min_row=3, values_only=True))
    gap = next(place for place, cells in enumerate(rows) if cells[1] is None)
    return {cells[1]: cells[2] for cells in rows[gap + 1 :]}


def test_the_file_says_what_the_table_says(client):
    year = a_ranked_year(["80", "90.5", DossierState.SUBMITTED, "80"])

    _, page = sheet(client, year)

    first, second, third, last = table(page)
    assert {name: first[name] for name in list(first)[:7]} == {
        "Hạng": 1,
        "Đơn vị": "Phòng Nghiệp vụ 2",
        "Điểm": 90.5,
        "Điểm tối đa": 100,
        "Chỉ số (%)": 90.5,
        "Xếp loại": "Tốt",
        "Ghi chú": None,
    }
    assert (second["Hạng"], second["Ghi chú"]) == (2, "đồng hạng; sát ngưỡng (±0,10)")
    assert third["Hạng"] == 2
    assert (last["Hạng"], last["Chỉ số (%)"], last["Ghi chú"]) == (None, None, "chưa xếp hạng")
    assert (last["Đã thẩm định (tiêu chí thành phần)"], last["Hồ sơ"]) == (0, "Đã trình nộp")
    assert (page["C3"].number_format, page["E3"].number_format) == ("0.0", "0.00")
    assert all(page[f"{column}3"].data_type == "n" for column in "ACDE")


def test_below_the_table_the_block_is_summed_up_and_beside_it_the_year_before(client):
    province = a_province(departments=3)
    publish(a_ranked_year(["90", "80", "70"], province, year=2025, title="Kỳ 2025"))
    year = a_ranked_year(["90", "80", "76"], province, year=2026, title="Kỳ 2026")

    _, page = sheet(client, year)

    told = below(page)
    assert told["Trung bình khối (%)"] == 82
    assert told["Trung bình khối 2025 (%)"] == 80
    assert told["Khoảng cách cao nhất – thấp nhất"] == 14
    assert told["Độ lệch trung bình"] == 5.33
    third = table(page)[2]
    assert (third["Chỉ số 2025 (%)"], third["So với 2025 (điểm)"]) == (70, 6)
    assert (third["Hạng 2025"], third["Đổi hạng (tăng là dương)"]) == (3, 0)


@pytest.mark.parametrize(
    ("query", "blocks"),
    [
        ("", ["Khối phòng", "Khối Công an cấp xã"]),
        ("?khoi=1", ["Khối phòng"]),
        ("?khoi=2", ["Khối Công an cấp xã"]),
        ("?khoi=9", ["Khối phòng"]),
    ],
)
def test_the_file_holds_the_block_that_is_shown_or_a_sheet_for_each(client, query, blocks):
    year = a_year(a_province(departments=1, communes=1), communes=True)

    _, found = book(client, year, query)

    assert found.sheetnames == blocks
    for page in found:
        assert page.freeze_panes == "C3"
        assert page.print_title_rows == "$1:$2"
        assert page.page_setup.orientation == "landscape"


def test_the_file_holds_the_side_that_is_shown(client):
    work = a_submitted_dossier()

    answer, own = sheet(client, work.year, "?khoi=1&side=self")
    _, verified = sheet(client, work.year, "?khoi=1")
    other, provisional = sheet(client, work.year, "?khoi=1&side=provisional")

    assert own["A3"].value == provisional["A3"].value == 1
    assert verified["A3"].value is None
    assert "không dùng để công bố" in own["A1"].value
    assert f"tu-cham-{work.year.period.year}-khoi-1.xlsx" in answer.headers["Content-Disposition"]
    assert f"tam-tinh-{work.year.period.year}-khoi-1" in other.headers["Content-Disposition"]


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

    assert (page["B3"].data_type, page["B3"].value) == ("s", '=HYPERLINK("http://x","Phòng")')


@pytest.mark.parametrize("made_up", [True, False])
def test_made_up_figures_say_so_in_the_file(client, made_up):
    _, page = sheet(client, a_ranked_year(["90"], made_up=made_up))

    assert page["A1"].value.startswith("Dữ liệu minh họa") is made_up


def test_names_of_blocks_that_excel_would_refuse_become_sheets_with_names_of_their_own():
    page = Page(tab="Khối [1]: " + "phòng " * 9, above="", sheet=Sheet(("Hạng",), ()))

    found = load_workbook(BytesIO(documents.book([page, page], "Kỳ")))

    first, second = found.sheetnames
    assert first.startswith("Khối 1 phòng")
    assert len(first) <= 31
    assert second.endswith(" 2")
    assert len(second) <= 31


def test_the_file_is_no_page_and_is_not_kept_on_the_way(client):
    answer, _ = sheet(client, a_ranked_year(["90"]))

    assert "spreadsheetml" in answer.headers["Content-Type"]
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_a_period_that_has_not_been_opened_gives_a_bare_header(client):
    _, page = sheet(client, a_prepared_period())

    assert page["A2"].value == "Hạng"
    assert table(page) == []
