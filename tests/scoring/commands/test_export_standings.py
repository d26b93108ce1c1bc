"""`manage.py export_standings`: the data and nothing else, as our own rules compute it."""

import csv
import io
import json
import os
import subprocess
import sys
from decimal import Decimal
from io import BytesIO, StringIO

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from openpyxl import load_workbook

from scoring.rules.points import shown
from scoring.services import dossiers
from tests.scoring.published import PUBLISHED, an_assessor, bring, run
from tests.worlds import a_prepared_period, a_province, a_verified_dossier, an_open_period

COLUMNS = ["block", "rank", "unit", "points", "max_points", "percent", "classification"]
TAY_NINH = PUBLISHED / "tay-ninh-2023-departments-districts.csv"
QUANG_NGAI = PUBLISHED / "quang-ngai-police-2019-districts.csv"


def export(*options: str, year: str = "2019") -> list[dict[str, str]]:
    said = run("export_standings", "--assessor", "TN", "--year", year, *options)
    assert said.code == 0, said.refusal
    rows = list(csv.DictReader(said.out))
    assert said.out[0].split(",") == COLUMNS
    return rows


def figures(rows, *columns: str) -> list[tuple[str, ...]]:
    return [tuple(row[column] for column in columns) for row in rows]


@pytest.mark.django_db
def test_tay_ninh_comes_out_with_the_printed_percentages_ranks_and_classes():
    an_assessor()
    run(
        "import_results",
        *(str(TAY_NINH), "--assessor", "TN", "--year", "2023", "--limits", "Tốt:80,Khá:60,Kém:0"),
        *("--map", "verified_points=points", "ratio_percent=percent"),
    )

    rows = export("--format", "csv", year="2023")

    printed = list(csv.DictReader(TAY_NINH.read_text(encoding="utf-8").splitlines()))
    assert figures(rows, "block", "rank", "unit", "percent", "classification") == figures(
        printed, "block", "rank", "unit", "ratio_percent", "classification"
    )
    assert [Decimal(row["points"]) for row in rows] == [
        Decimal(row["verified_points"]) for row in printed
    ]
    assert [Decimal(row["max_points"]) for row in rows] == [
        Decimal(row["max_points"]) for row in printed
    ]


@pytest.mark.django_db
def test_quang_ngai_comes_out_as_printed_and_with_what_the_page_left_out():
    an_assessor()
    run(
        "import_results",
        *(str(QUANG_NGAI), "--assessor", "TN", "--year", "2019", "--map", "index_percent=percent"),
    )

    rows = export()

    printed = list(csv.DictReader(QUANG_NGAI.read_text(encoding="utf-8").splitlines()))
    assert figures(rows[:8], "unit", "percent", "rank", "classification") == figures(
        printed[:8], "unit", "index_percent", "rank", "classification"
    )
    assert figures(rows[8:], "unit", "points", "percent", "rank", "classification") == [
        ("CA huyện Minh Long", "86.77", "86.77", "9", "Tốt"),
        ("CA huyện Trà Bồng", "", "", "", ""),
    ]


TABLE = """block,unit,points,max_points
Sở,A,60,71.5
Huyện,B,50,
Sở,C,8.95,10
Sở,=cmd(),179,200
Sở,E,,
Huyện,G,280.000,300
"""


@pytest.mark.django_db
@pytest.mark.parametrize(("ties", "last"), [("skip", "3"), ("dense", "2")])
def test_each_block_stands_best_first_in_the_order_of_the_file(tmp_path, ties, last):
    an_assessor()
    bring(tmp_path, TABLE, "--ties", ties, "--places", "3")

    assert figures(export(), *COLUMNS) == [
        ("Sở", "1", "C", "8.95", "10", "89.500", "Tốt"),
        ("Sở", "1", "'=cmd()", "179", "200", "89.500", "Tốt"),
        ("Sở", last, "A", "60", "71.5", "83.916", "Tốt"),
        ("Sở", "", "E", "", "", "", ""),
        ("Huyện", "1", "G", "280", "300", "93.333", "Tốt"),
        ("Huyện", "2", "B", "50", "100", "50.000", "Hoàn thành nhiệm vụ"),
    ]


@pytest.mark.django_db
def test_json_and_xlsx_say_what_the_csv_says(tmp_path):
    an_assessor()
    bring(tmp_path, TABLE)
    rows = export("--format", "csv")

    text, book = StringIO(), BytesIO()
    base = ("export_standings", "--assessor", "TN", "--year", "2019", "--format")
    call_command(*base, "json", stdout=text)
    call_command(*base, "xlsx", stdout=book)

    objects = json.loads(text.getvalue(), parse_float=str, parse_int=str)
    assert [list(one) for one in objects] == [COLUMNS] * 6
    assert [[one[name] or "" for name in COLUMNS] for one in objects] == [
        [row[name].removeprefix("'") for name in COLUMNS] for row in rows
    ]
    sheet = load_workbook(book).active
    header, *lines = sheet.iter_rows()
    assert [cell.value for cell in header] == COLUMNS
    assert [line[5].number_format for line in lines[:3]] == ["0.00"] * 3
    assert lines[1][2].value == "=cmd()"
    assert lines[1][2].data_type == "s"
    for line, row in zip(lines, rows, strict=True):
        for cell, name in zip(line, COLUMNS, strict=True):
            said = row[name].removeprefix("'")
            if name in ("block", "unit", "classification"):
                assert (cell.value or "") == said
            else:
                assert Decimal(str(cell.value or 0)) == Decimal(said or 0)


@pytest.mark.django_db
def test_a_period_of_the_portal_comes_out_like_an_imported_table():
    work = a_verified_dossier(an_open_period(a_province(departments=3)))
    year = work.year.period.year
    excused = work.year.period.dossiers.get(unit__code="TN-P03")
    dossiers.excuse(excused, by=work.year.organiser, comment="Đơn vị mới thành lập")

    rows = export(year=str(year))

    assert figures(rows, "block", "rank", "unit", "max_points", "percent", "classification") == [
        (
            "Khối phòng",
            "1",
            "Phòng Nghiệp vụ 1",
            "100",
            rows[0]["percent"],
            rows[0]["classification"],
        ),
        ("Khối phòng", "", "Phòng Nghiệp vụ 2", "", "", ""),
        ("Khối phòng", "", "Phòng Nghiệp vụ 3", "", "", ""),
    ]
    assert Decimal(rows[0]["percent"]) == shown(Decimal(rows[0]["points"]))


@pytest.mark.django_db
def test_what_goes_out_comes_in_again_without_a_finding(tmp_path):
    an_assessor()
    bring(tmp_path, TABLE)
    out = StringIO()
    call_command("export_standings", "--assessor", "TN", "--year", "2019", stdout=out)

    said = bring(tmp_path, out.getvalue(), "--title", "Lần hai")

    assert (said.code, said.findings) == (0, [])
    first = export("--title", "Chỉ số cải cách hành chính năm 2019 (bảng đã công bố)")
    assert export("--title", "Lần hai") == first


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("options", "refusal"),
    [
        ((), "Năm 2019 có 2 kết quả, cần nêu tên (--title): “Bảng một”; “Bảng hai”."),
        (("--title", "Bảng ba"), "Năm 2019 không có kết quả tên “Bảng ba”; hiện có: “Bảng một”"),
        (("--year", "2018"), "Công an tỉnh Thử Nghiệm chưa có kết quả nào của năm 2018."),
        (("--assessor", "XX"), "Không có đơn vị nào mang mã “XX” trong năm 2019."),
        (("--year", "nay"), "Năm đánh giá “nay” phải là số nguyên."),
    ],
)
def test_what_is_not_there_or_is_there_twice_is_refused_with_the_titles(tmp_path, options, refusal):
    an_assessor()
    for title in ("Bảng một", "Bảng hai"):
        bring(tmp_path, "unit,points\nA,90\n", "--title", title)

    said = run("export_standings", "--assessor", "TN", "--year", "2019", *options)

    assert (said.code, said.out) == (1, [])
    assert refusal in said.refusal


@pytest.mark.django_db
def test_the_title_chooses_between_a_period_and_an_imported_table(tmp_path):
    work = a_verified_dossier()
    period = work.year.period
    bring(tmp_path, "unit,points\nA,90\n", "--title", "Bảng cũ", year=str(period.year))

    assert export("--title", "Bảng cũ", year=str(period.year))[0]["unit"] == "A"
    assert export("--title", period.title, year=str(period.year))[0]["block"] == "Khối phòng"
    both = run("export_standings", "--assessor", "TN", "--year", str(period.year))
    assert (both.code, f"“{period.title}”; “Bảng cũ”" in both.refusal) == (1, True)


@pytest.mark.django_db
def test_a_table_may_not_take_the_title_of_a_period(tmp_path):
    period = an_open_period().period

    said = bring(tmp_path, "unit,points\nA,90\n", "--title", period.title, year=str(period.year))

    assert said.code == 1
    assert "đề nghị đặt tên khác cho bảng kết quả (--title)" in said.refusal


@pytest.mark.django_db
def test_a_period_that_is_being_prepared_has_no_results_yet():
    period = a_prepared_period().period

    said = run("export_standings", "--assessor", "TN", "--year", str(period.year))

    assert (said.code, "chưa có kết quả nào" in said.refusal) == (1, True)


def shell(*arguments: str, **environment: str) -> subprocess.CompletedProcess:
    """The command in a process of its own, on the test database."""
    database = connection.settings_dict["NAME"]
    url = os.environ["DATABASE_URL"].rsplit("/", 1)[0] + f"/{database}"
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=settings.BASE_DIR,
        env=os.environ
        | {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "cchc_portal.settings.test"}
        | environment,
        capture_output=True,
        check=False,
    )


@pytest.mark.django_db(transaction=True)
def test_the_shell_sees_only_data_in_utf8_and_1_where_it_is_refused(tmp_path):
    an_assessor()
    bring(tmp_path, TABLE)
    base = ("export_standings", "--assessor", "TN", "--year", "2019")

    text = shell(*base, "--format", "csv", PYTHONIOENCODING="ascii")
    book = shell(*base, "--format", "xlsx")
    none = shell(*base, "--title", "Khác")

    assert (text.returncode, text.stderr) == (0, b"")
    assert list(csv.DictReader(io.StringIO(text.stdout.decode()))) == export()
    assert (book.returncode, book.stdout[:2]) == (0, b"PK")
    assert load_workbook(BytesIO(book.stdout)).active.max_row == 7
    assert (none.returncode, none.stdout) == (1, b"")
    assert "không có kết quả tên “Khác”" in none.stderr.decode()
