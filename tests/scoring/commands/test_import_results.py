"""`manage.py import_results`: a table published elsewhere goes in as printed, with what is odd."""

from decimal import Decimal

import pytest

from scoring.models import PublishedRow, PublishedTable
from tests.scoring.published import PUBLISHED, bring, run, stored
from tests.worlds import a_province

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def province():
    return a_province(departments=3)


def whole(*lines: str, header="unit,points") -> str:
    return "\n".join([header, *lines, ""])


def test_the_table_of_quang_ngai_goes_in_with_the_one_gap_its_page_tells():
    said = run(
        "import_results",
        str(PUBLISHED / "quang-ngai-police-2019-districts.csv"),
        *("--assessor", "TN", "--year", "2019", "--map", "index_percent=percent"),
        *("--limits", "Xuất sắc:95,Tốt:80,Khá:70,Hoàn thành nhiệm vụ:50"),
    )

    assert said.code == 0
    assert said.findings == [
        "Dòng 11: Thiếu thứ hạng: sau hạng 8 (dòng 9) là hạng 14, thiếu các hạng 9–13."
    ]
    assert said.out[0] == "Bỏ qua 1 cột: row_no."
    assert said.out[-2:] == [
        "Chưa rõ kết quả, không xếp hạng: dòng 11.",
        "Đã nhập: bảng “Chỉ số cải cách hành chính năm 2019 (bảng đã công bố)” của Công an tỉnh "
        "Thử Nghiệm, năm 2019: 10 dòng, 0 khớp mã đơn vị, 10 giữ theo tên; 1 điểm khác thường.",
    ]


def test_the_table_of_tay_ninh_goes_in_without_a_finding():
    said = run(
        "import_results",
        str(PUBLISHED / "tay-ninh-2023-departments-districts.csv"),
        *("--assessor", "TN", "--year", "2023", "--limits", "Tốt:80,Khá:60,Kém:0"),
        *("--map", "verified_points=points", "--map", "ratio_percent=percent"),
    )

    assert (said.code, said.findings) == (0, [])
    assert "25 dòng" in said.out[-1]
    assert stored()[0] == ("Văn phòng UBND tỉnh", Decimal("69.25"), Decimal("71.5"))


def test_a_row_is_stored_as_printed(tmp_path):
    header = "block,unit,points,max_points,percent,rank,classification,SIPAS,thẩm định"
    line = 'Khối sở,"Sở  Y\u0020Te\u0302\u0301","69,25","71,5","96,85\u00a0%",1,Good,20,"49,25"'

    said = bring(
        tmp_path,
        whole(line, header=header),
        *("--map", "Good=Xuất sắc", "--parts", "thẩm định,SIPAS"),
    )

    assert said.findings == []
    row = PublishedRow.objects.select_related("table").get()
    assert (row.block, row.unit_name, row.line) == ("Khối sở", "Sở Y Tế", 2)
    assert (row.points, row.maximum) == (Decimal("69.25"), Decimal("71.5"))
    assert (row.printed_percent, row.printed_rank) == (Decimal("96.85"), 1)
    assert row.printed_band == "Good"
    assert row.parts == {"thẩm định": "49.25", "SIPAS": "20"}
    assert row.table.part_names == ["thẩm định", "SIPAS"]
    assert row.table.band_words == {"good": "Xuất sắc"}


def test_the_rules_of_the_table_are_kept_with_it(tmp_path):
    bring(
        tmp_path,
        whole("A,90"),
        *("--limits", "Tốt:80.5,Khá:60", "--ties", "dense", "--places", "3"),
        *("--title", "  Bảng   thử "),
        name="thu.csv",
    )

    table = PublishedTable.objects.get()
    assert (table.title, table.source_name, table.year) == ("Bảng thử", "thu.csv", 2019)
    assert (table.places, table.tie_rule) == (3, "dense")
    assert table.band_floors == [Decimal("80.50"), Decimal(60)]
    assert table.band_labels == ["Tốt", "Khá", "Không xếp loại"]
    assert len(table.source_digest) == 64


def test_one_class_for_all_is_possible(tmp_path):
    said = bring(
        tmp_path, whole("A,90,Đạt", header="unit,points,classification"), "--limits", "Đạt:0"
    )

    assert (said.code, said.findings) == (0, [])


# --- Whose row it is


def test_a_row_belongs_to_the_unit_whose_code_it_gives(tmp_path):
    said = bring(
        tmp_path,
        whole(
            "TN-P01,90,Tên in trong bảng",
            ",80,TN-P02",
            "TN-P99,70,Phòng lạ",
            ",60,Phòng Nghiệp vụ 3",
            header="unit_code,points,unit",
        ),
    )

    rows = PublishedRow.objects.order_by("line").values_list("unit__code", "unit_name")
    assert list(rows) == [
        ("TN-P01", "Tên in trong bảng"),
        ("TN-P02", "Phòng Nghiệp vụ 2"),
        (None, "Phòng lạ"),
        (None, "Phòng Nghiệp vụ 3"),
    ]
    assert said.findings == [
        "Dòng 4: mã “TN-P99” không của đơn vị nào trong năm 2019, giữ theo tên."
    ]
    assert "4 dòng, 2 khớp mã đơn vị, 2 giữ theo tên" in said.out[-1]


def test_a_code_alone_shows_the_name_of_the_unit(tmp_path):
    bring(tmp_path, whole("TN-P03,90", "TN-P77,80", header="unit_code,points"))

    assert [row[0] for row in stored()] == ["Phòng Nghiệp vụ 3", "TN-P77"]


# --- The same again


def test_the_same_assessor_year_and_title_again_is_refused_and_nothing_changes(tmp_path):
    bring(tmp_path, whole("A,90"), name="cu.csv")

    said = bring(tmp_path, whole("B,80"), name="moi.csv")

    assert said.code == 1
    assert "nhập từ tệp cu.csv; muốn thay thì thêm --replace" in said.refusal
    assert [row[0] for row in stored()] == ["A"]


def test_with_replace_the_new_table_takes_the_place_of_the_old(tmp_path):
    bring(tmp_path, whole("A,90", "B,80"))

    said = bring(tmp_path, whole("C,70"), "--replace", "--places", "1")

    assert (said.code, said.out[-1][:7]) == (0, "Đã thay")
    assert [row[0] for row in stored(places=1)] == ["C"]


def test_replace_where_nothing_is_replaced_is_an_import(tmp_path):
    said = bring(tmp_path, whole("A,90"), "--replace")

    assert (said.code, said.out[-1][:7]) == (0, "Đã nhập")


def test_a_replacement_that_cannot_be_read_leaves_the_old_table(tmp_path):
    bring(tmp_path, whole("A,90"))

    assert bring(tmp_path, whole("B,?"), "--replace").code == 1
    assert [row[0] for row in stored()] == ["A"]


@pytest.mark.parametrize(("options", "year"), [(("--title", "Bảng khác"), "2019"), ((), "2020")])
def test_another_title_or_year_is_another_table(tmp_path, options, year):
    bring(tmp_path, whole("A,90"))

    assert bring(tmp_path, whole("B,80"), *options, year=year).code == 0
    assert PublishedTable.objects.count() == 2


@pytest.mark.parametrize("again", [(), ("--replace",)])
def test_a_dry_run_says_the_same_and_stores_nothing(tmp_path, again):
    content = whole("A,90,1", "B,95,2", header="unit,points,rank")
    if again:
        bring(tmp_path, content)

    dry = bring(tmp_path, content, "--dry-run", *again)
    real = bring(tmp_path, content, *again)

    assert dry.findings == real.findings != []
    assert dry.out[-1].startswith("Chạy thử, chưa lưu nội dung nào: bảng")
    assert PublishedTable.objects.count() == 1


def test_a_dry_run_of_a_table_that_is_there_is_refused_like_the_import(tmp_path):
    bring(tmp_path, whole("A,90"))

    assert bring(tmp_path, whole("A,90"), "--dry-run").code == 1


# --- What is refused


@pytest.mark.parametrize(
    ("options", "refusal"),
    [
        (("--limits", "Tốt"), "Mức “Tốt” chưa đúng dạng TÊN:NGƯỠNG, ví dụ Tốt:80."),
        (("--limits", "Khá:60,Tốt:80"), "Các ngưỡng xếp loại phải giảm dần, từ mức cao nhất."),
        (("--limits", "Tốt:một"), "Ngưỡng của mức “Tốt” phải ghi bằng chữ số"),
        (("--map", "percent"), "“percent” chưa đúng dạng TÊN_TRONG_BẢNG=TÊN_CHUẨN."),
        (("--places", "hai"), "Số chữ số thập phân “hai” phải là số nguyên."),
        (("--assessor", "XX"), "Không có đơn vị nào mang mã “XX” trong năm 2019."),
        (("--year", "20l9"), "Năm đánh giá “20l9” phải là số nguyên."),
        (("--year", "9"), "Năm đánh giá phải từ 1945 đến 2100."),
    ],
)
def test_an_option_that_cannot_be_used_is_refused_with_a_sentence(tmp_path, options, refusal):
    said = bring(tmp_path, whole("A,90"), *options)

    assert said.code == 1
    assert refusal in said.refusal
    assert not PublishedTable.objects.exists()


@pytest.mark.parametrize(
    ("options", "fault"),
    [
        (("--places", "5"), "Số chữ số thập phân phải từ 0 đến 4."),
        (("--title", " "), "Tên bảng kết quả phải có từ 1 đến 200 ký tự."),
        (("--title", "T" * 201), "Tên bảng kết quả phải có từ 1 đến 200 ký tự."),
        (("--limits", "Tốt:80.555"), "Ngưỡng của mức “Tốt” nhận tối đa 2 chữ số sau dấu phẩy."),
        (("--limits", f"{'T' * 61}:80"), f"Tên mức xếp loại “{'T' * 61}” dài quá 60 ký tự."),
        (
            ("--limits", "Tốt:80,Kém:0", "--map", "Good=Tôt"),
            "“Tôt” không phải tên cột chuẩn, cũng không phải mức xếp loại (Tốt, Kém).",
        ),
        (("--map", "points=percent", "x=percent"), "Không có cột “x” để đổi thành “percent”."),
        (("--parts", "khảo sát, thẩm định"), "Không có cột điểm thành phần “khảo sát”."),
        (("--parts", "P" * 201), "Tên cột điểm thành phần dài quá 200 ký tự."),
    ],
)
def test_an_option_that_does_not_fit_is_told_and_nothing_is_stored(tmp_path, options, fault):
    said = bring(tmp_path, whole("A,90"), *options)

    assert said.code == 1
    assert fault in said.faults
    assert said.refusal == f"bang.csv: {len(said.faults)} lỗi, chưa lưu nội dung nào."
    assert not PublishedTable.objects.exists()


@pytest.mark.parametrize("path", ["khong-co.csv", "."])
def test_a_file_that_cannot_be_opened_is_refused(tmp_path, path):
    said = run("import_results", str(tmp_path / path), "--assessor", "TN", "--year", "2019")

    assert said.code == 1
    assert said.refusal.startswith("Không đọc được tệp")
