"""A table from before the portal: as printed, beside what our rules make of it, for everybody."""

from decimal import Decimal
from pathlib import Path

import pytest
from django.core.cache import cache
from django.urls import reverse

from scoring.models import PublishedTable
from tests.scoring.published import PUBLISHED, an_assessor, bring, run

pytestmark = pytest.mark.django_db


def page_of(client, table: PublishedTable | None = None):
    table = table or PublishedTable.objects.get()
    cache.clear()  # drawn anew, so that its context can be read
    answer = client.get(reverse("reports:earlier-table", args=[table.pk]))
    assert answer.status_code == 200
    return answer


def rows_of(client):
    return [row for block in page_of(client).context["blocks"] for row in block.rows]


def bring_the_real(name: str, *options: str) -> None:
    an_assessor()
    said = run("import_results", str(PUBLISHED / name), "--assessor", "TN", *options)
    assert said.code == 0, said.refusal


def test_quang_ngai_is_shown_as_printed_with_its_one_gap(client):
    bring_the_real(
        "quang-ngai-police-2019-districts.csv", "--year", "2019", "--map", "index_percent=percent"
    )

    page = page_of(client)
    said = page.content.decode()

    assert "CA huyện Sơn Tịnh" in said
    assert "95,29" in said
    assert [finding.kind.label for finding in page.context["findings"]] == ["Thiếu thứ hạng"]
    assert "quang-ngai-police-2019-districts.csv" in said
    assert "nhập từ tài liệu" in said
    assert not page.context["has_points"]
    rows = {row.line.unit: row for row in rows_of(client)}
    assert rows["CA huyện Minh Long"].placing.rank == 9
    assert rows["CA huyện Trà Bồng"].placing is None
    assert (page.context["rows_in_all"], page.context["placed"]) == (10, 9)
    assert page.context["differing"] == 0


def test_tay_ninh_follows_from_points_and_own_maximum(client):
    bring_the_real(
        "tay-ninh-2023-departments-districts.csv",
        *("--year", "2023", "--limits", "Tốt:80,Khá:60,Kém:0"),
        *("--map", "verified_points=points", "ratio_percent=percent"),
    )

    page = page_of(client)

    assert page.context["has_points"]
    assert page.context["findings"] == []
    assert page.context["differing"] == 0
    assert page.context["placed"] == page.context["rows_in_all"] == 25
    assert "69,25 / 71,5" in page.content.decode()
    assert len(page.context["blocks"]) == 2


def test_where_the_print_differs_from_our_rules_both_stand_side_by_side(client, tmp_path: Path):
    an_assessor()
    bring(
        tmp_path,
        "unit,points,max_points,percent,classification,rank\n"
        "A,45,50,90.00,Tốt,1\n"
        "B,96,100,96.00,Tốt,2\n"
        "C,80,100,81.00,Tốt,3\n",
    )

    first, second, third = rows_of(client)

    assert [row.line.unit for row in (first, second, third)] == ["A", "B", "C"]
    assert (first.placing.rank, first.other_rank, first.other_band) == (2, True, False)
    assert (second.placing.rank, second.placing.band) == (1, "Xuất sắc")
    assert (second.other_rank, second.other_band, second.other_percent) == (True, True, False)
    assert (third.placing.percent, third.other_percent) == (Decimal("80.00"), True)
    assert (third.differs, third.other_rank) == (True, False)
    said = page_of(client).content.decode()
    assert said.count("khác bản in") == 4
    assert "Tỷ lệ không theo điểm" in said
    assert "Xếp loại không theo mức" in said


def test_rows_stay_in_the_order_of_the_file_and_blocks_apart(client, tmp_path):
    an_assessor()
    bring(tmp_path, "block,unit,points\nI,A,70\nII,C,60\nI,B,90\n")

    blocks = page_of(client).context["blocks"]

    assert [(block.name, [row.line.unit for row in block.rows]) for block in blocks] == [
        ("I", ["A", "B"]),
        ("II", ["C"]),
    ]


def test_parts_of_the_total_are_shown_and_checked(client, tmp_path):
    an_assessor()
    bring(tmp_path, "unit,points,tự chấm,khảo sát\nA,90,60,20\n", "--parts", "tự chấm,khảo sát")

    said = page_of(client).content.decode()

    assert 'data-h="tự chấm">60,00' in said
    assert 'data-h="khảo sát">20,00' in said
    assert "Điểm thành phần không cộng thành tổng" in said


def test_classes_worded_otherwise_are_no_difference(client, tmp_path):
    an_assessor()
    bring(tmp_path, "unit,points,classification\nA,90,Good\n", "--map", "Good=Tốt")

    (row,) = rows_of(client)

    assert (row.line.band, row.placing.band, row.other_band) == ("Good", "Tốt", False)


def test_the_page_says_by_which_rules_it_was_worked_out_again(client, tmp_path):
    an_assessor()
    rules = ("--limits", "Đạt:60,Chưa đạt:0", "--ties", "dense", "--places", "3")
    bring(tmp_path, "unit,points\nA,90\n", *rules)

    said = page_of(client).content.decode()

    assert "Đạt từ 60 % trở lên; Chưa đạt" in said.replace("\xa0", " ")
    assert "hạng kế tiếp không bỏ qua" in said
    assert "3 chữ số thập phân" in said
    assert "90,000" in said


def test_what_a_file_says_is_never_read_as_markup(client, tmp_path):
    an_assessor()
    bring(tmp_path, 'unit,points\n"<img src=x onerror=alert(1)>",90\n', "--title", "<b>Bảng</b>")

    said = page_of(client).content.decode()

    assert "<img src=x" not in said
    assert "<b>Bảng</b>" not in said


def test_the_public_list_leads_to_each_table_newest_year_first(client, tmp_path):
    an_assessor()
    bring(tmp_path, "unit,points\nA,90\n", year="2018", name="cu.csv")
    bring(tmp_path, "unit,points\nA,90\nB,80\n", year="2020", name="moi.csv")

    page = client.get(reverse("reports:public"))

    tables = list(page.context["page"])
    assert [(table.year, table.row_count) for table in tables] == [(2020, 2), (2018, 1)]
    for table in tables:
        assert reverse("reports:earlier-table", args=[table.pk]) in page.content.decode()


def test_the_page_only_reads(client, tmp_path):
    an_assessor()
    bring(tmp_path, "unit,points\nA,90\n")
    address = reverse("reports:earlier-table", args=[PublishedTable.objects.get().pk])

    assert client.post(address).status_code == 405
