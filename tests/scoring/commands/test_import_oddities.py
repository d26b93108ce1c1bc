"""`manage.py import_results`, file by file: what is a finding, what is refused, what is neither."""

import pytest

from scoring.models import PublishedRow, PublishedTable
from tests.scoring.published import an_assessor, bring

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def assessor():
    return an_assessor()


RANKED = "unit,points,rank"
PRINTED = "unit,points,max_points,percent,classification"

FINDINGS = {
    "nothing odd": (RANKED, ["A,90,1", "B,80,2", "C,70,3"], (), []),
    "rows in any order": (RANKED, ["C,70,3", "A,90,1", "B,80,2"], (), []),
    "a rank that is missing": (
        RANKED,
        ["A,90,1", "B,80,2", "C,70,4"],
        (),
        ["Dòng 4: Thiếu thứ hạng: sau hạng 2 (dòng 3) là hạng 4, thiếu hạng 3."],
    ),
    "a first rank that is not the first": (
        RANKED,
        ["A,90,2", "B,80,3"],
        (),
        ["Dòng 2: Thiếu thứ hạng: hạng đầu tiên của khối là 2, thiếu hạng 1."],
    ),
    "a rank given twice": (
        RANKED,
        ["A,90,1", "B,80,2", "C,70,2", "D,60,4"],
        (),
        ["Dòng 4: Trùng thứ hạng: hạng 2 (70,00 %) đã có ở dòng 3 (80,00 %)."],
    ),
    "a better result below a worse one": (
        RANKED,
        ["A,80,1", "B,90,2"],
        (),
        [
            "Dòng 3: Thứ hạng không theo kết quả: hạng 2 có 90,00 %, cao hơn hạng 1 có 80,00 % "
            "(dòng 2)."
        ],
    ),
    "equals that share a rank, the next skipped": (
        RANKED,
        ["A,90,1", "B,80,2", "C,80.0,2", "D,70,4"],
        (),
        [],
    ),
    "equals that share a rank, the next not skipped": (
        RANKED,
        ["A,90,1", "B,80,2", "C,80,2", "D,70,3"],
        (),
        [
            "Dòng 5: Kết quả bằng nhau: sau 2 đơn vị đồng hạng 2 là hạng 3, theo quy tắc đồng "
            "hạng phải là 4."
        ],
    ),
    "the same by the other rule of ties": (
        RANKED,
        ["A,90,1", "B,80,2", "C,80,2", "D,70,3"],
        ("--ties", "dense"),
        [],
    ),
    "equals told apart by rank": (
        RANKED,
        ["A,80,1", "B,80,2"],
        (),
        [
            "Dòng 3: Kết quả bằng nhau: hạng 2 và hạng 1 (dòng 2) cùng 80,00 %, theo quy tắc "
            "đồng hạng phải cùng hạng 1."
        ],
    ),
    "blocks that take turns are ranked apart": (
        "block,unit,points,rank",
        ["Sở,A,90,1", "Huyện,B,95,1", "sở,C,80,2", "HUYỆN,D,70,2", "Sở,E,60,4"],
        (),
        ["Dòng 6: Thiếu thứ hạng: sau hạng 2 (dòng 4) là hạng 4, thiếu hạng 3."],
    ),
    "a unit told twice": (
        "unit,points",
        ["Sở Y tế,90", "Sở Y Tế,80"],
        (),
        ["Dòng 3: Trùng đơn vị: “Sở Y Tế” (80,00 %) đã có ở dòng 2 (90,00 %)."],
    ),
    "points above the scale": (
        "unit,points",
        ["A,102.5"],
        (),
        ["Dòng 2: Ngoài thang điểm: điểm 102,50 lớn hơn điểm tối đa 100,00."],
    ),
    "points below the scale": (
        "unit,points",
        ["A,-0.5", "B,−1"],
        (),
        [
            "Dòng 2: Ngoài thang điểm: điểm −0,50 nhỏ hơn 0.",
            "Dòng 3: Ngoài thang điểm: điểm −1,00 nhỏ hơn 0.",
        ],
    ),
    "points of millions": (
        "unit,points",
        ["A,99999999"],
        (),
        ["Dòng 2: Ngoài thang điểm: điểm 99.999.999,00 lớn hơn điểm tối đa 100,00."],
    ),
    "a percentage whose comma was lost": (
        "unit,percent",
        ["A,9529"],
        (),
        ["Dòng 2: Ngoài thang điểm: điểm 9.529,00 lớn hơn điểm tối đa 100,00."],
    ),
    "a percentage out of the scale beside points": (
        PRINTED,
        ["A,65,71.5,-90.91,"],
        (),
        [
            "Dòng 2: Ngoài thang điểm: tỷ lệ −90,91 % nằm ngoài khoảng 0 đến 100.",
            "Dòng 2: Tỷ lệ không theo điểm: in −90,91 %, tính từ 65,00 / 71,50 điểm được 90,91 %.",
        ],
    ),
    "points out of an own maximum": (PRINTED, ["A,65,71.5,90.91,", "B,8.5,10,85,"], (), []),
    "a percentage that does not follow": (
        PRINTED,
        ["A,65,71.5,90.9,"],
        (),
        ["Dòng 2: Tỷ lệ không theo điểm: in 90,90 %, tính từ 65,00 / 71,50 điểm được 90,91 %."],
    ),
    "a percentage of one decimal in a table of one": (
        PRINTED,
        ["A,65,71.5,90.9,"],
        ("--places", "1"),
        [],
    ),
    "a percentage of three decimals": (PRINTED, ["A,65,71.5,90.909,"], ("--places", "3"), []),
    "three decimals where two are usual": (PRINTED, ["A,65,71.5,90.909,"], (), []),
    "a percentage that was cut off instead of rounded": (
        PRINTED,
        ["A,2,3,66.66,"],
        (),
        ["Dòng 2: Tỷ lệ không theo điểm: in 66,66 %, tính từ 2,00 / 3,00 điểm được 66,67 %."],
    ),
    "a half that is rounded up": (PRINTED, ["A,94.995,100,95.00,Xuất sắc"], (), []),
    "a class that does not follow": (
        PRINTED,
        ["A,95,,,Tốt", "B,79.99,,,Tốt"],
        (),
        [
            "Dòng 2: Xếp loại không theo mức: in “Tốt”, còn 95,00 % thuộc mức “Xuất sắc” (từ 95 % "
            "trở lên).",
            "Dòng 3: Xếp loại không theo mức: in “Tốt”, còn 79,99 % thuộc mức “Khá” (từ 70 % đến "
            "dưới 80 %).",
        ],
    ),
    "a class in capitals": (PRINTED, ["A,90,,,TỐT"], (), []),
    "a class in other words": (PRINTED, ["A,90,,,Good"], ("--map", "good=tốt"), []),
    "a class of other limits": (
        PRINTED,
        ["A,59.99,,,Kém", "B,60,,,Khá", "C,80,,,Tốt"],
        ("--limits", "Tốt:80,Khá:60,Kém:0"),
        [],
    ),
    "a class below every limit that was said": (
        PRINTED,
        ["A,59,,,Kém"],
        ("--limits", "Tốt:80,Khá:60"),
        [
            "Dòng 2: Xếp loại không theo mức: in “Kém”, còn 59,00 % thuộc mức “Không xếp loại” "
            "(dưới 60 %)."
        ],
    ),
    "parts that make the total": (
        "unit,points,a,b",
        ["A,90,60.25,29.75"],
        ("--parts", "a,b"),
        [],
    ),
    "parts that do not": (
        "unit,points,a,b",
        ["A,90,60,29.5", "B,80,50,30"],
        ("--parts", "a,b"),
        [
            "Dòng 2: Điểm thành phần không cộng thành tổng: các phần cộng lại được 89,50, tổng "
            "điểm in 90,00."
        ],
    ),
    "a part that is unknown": ("unit,points,a,b", ["A,90,60,"], ("--parts", "a,b"), []),
    "parts whose names hold commas": (
        'unit;points;"khảo sát, phỏng vấn";b',
        ["A;90;60;29"],
        ("--parts", '"khảo sát, phỏng vấn",b'),
        [
            "Dòng 2: Điểm thành phần không cộng thành tổng: các phần cộng lại được 89,00, tổng "
            "điểm in 90,00."
        ],
    ),
    "decimal commas between semicolons": ("unit;points;rank", ["A;90,5;1", "B;80,25;2"], (), []),
    "figures with a sign, a percent sign and hard spaces": (
        "unit;points;percent;rank",
        ["A;\u00a090,50\u00a0;90,50\u202f%; 1 "],
        (),
        [],
    ),
    "dashes for what is unknown": (PRINTED + ",rank", ["A,–,-,—,-,–"], (), []),
    "columns in capitals": ("UNIT,Points,RANK", ["A,90,1"], (), []),
    "a rank of nought": (
        RANKED,
        ["A,90,0", "B,80,1"],
        (),
        ["Dòng 2: Ngoài thang điểm: xếp hạng 0, hạng đầu là 1."],
    ),
    "short rows": (PRINTED, ["A,90", "B,80,100"], (), []),
    "columns that are renamed over standard ones": (
        "unit,points,Điểm thẩm định,rank",
        ["A,1,90,1", "B,2,80,2"],
        ("--map", "Điểm thẩm định=points"),
        [],
    ),
}


@pytest.mark.parametrize(
    ("header", "lines", "options", "expected"), FINDINGS.values(), ids=FINDINGS.keys()
)
def test_findings_are_told_row_by_row_and_stop_nothing(tmp_path, header, lines, options, expected):
    said = bring(tmp_path, "\n".join([header, *lines]), *options)

    assert (said.code, said.refusal) == (0, "")
    assert said.findings == expected
    assert PublishedRow.objects.count() == len(lines)
    assert f"{len(lines)} dòng" in said.out[-1]
    assert f"; {len(expected)} điểm khác thường." in said.out[-1]


REFUSED = {
    "an empty file": ("", ["Tệp không có nội dung."]),
    "a header alone": ("unit,points\n", ["Bảng không có dòng nào."]),
    "a header and empty lines": ("unit,points\n,\n\n", ["Bảng không có dòng nào."]),
    "no unit": ("name,points\nA,90\n", ["Thiếu cột đơn vị: “unit” hoặc “unit_code”."]),
    "no result": ("unit,rank\nA,1\n", ["Thiếu cột kết quả: “points” hoặc “percent”."]),
    "neither": (
        "year,total\n2019,9\n",
        [
            "Thiếu cột đơn vị: “unit” hoặc “unit_code”.",
            "Thiếu cột kết quả: “points” hoặc “percent”.",
        ],
    ),
    "a column twice": ("unit,points,Unit\nA,90,B\n", ["Tiêu đề có hai cột “unit”."]),
    "a row without a unit": (
        "unit,points\nA,90\n ,80\n",
        ["Dòng 3, cột unit: thiếu tên đơn vị."],
    ),
    "words for points": (
        "unit,points\nA,90\nB,chín mươi\n",
        ["Dòng 3, cột points: “chín mươi” phải ghi bằng chữ số, ví dụ 1,5 hoặc 1.5."],
    ),
    "a rank with decimals": (
        "unit,points,rank\nA,90,1.5\n",
        ["Dòng 2, cột rank: “1.5” phải là số nguyên, không có phần thập phân."],
    ),
    "a rank below nought": (
        "unit,points,rank\nA,90,-1\n",
        ["Dòng 2, cột rank: “-1” không được nhỏ hơn 0."],
    ),
    "nothing to be out of": (
        "unit,points,max_points\nA,90,0\nB,80,-10\n",
        [
            "Dòng 2, cột max_points: “0” phải lớn hơn 0.",
            "Dòng 3, cột max_points: “-10” phải lớn hơn 0.",
        ],
    ),
    "not a number": (
        "unit,points\nA,NaN\nB,Infinity\nC,9e1\nD,0x5A\n",
        [
            f"Dòng {line}, cột points: “{text}” phải ghi bằng chữ số, ví dụ 1,5 hoặc 1.5."
            for line, text in ((2, "NaN"), (3, "Infinity"), (4, "9e1"), (5, "0x5A"))
        ],
    ),
    "more cells than columns": (
        "unit,points\nA,95,29\nB,80\n",
        ["Dòng 2 có nhiều ô hơn tiêu đề."],
    ),
    "a quote that never ends": (
        'unit,points\nA,90\n"B,80\n',
        ["Dòng 3: dấu ngoặc kép mở ra mà không đóng lại."],
    ),
    "a name that is too long": (
        f"unit,points\n{'A' * 201},90\n",
        [f"Dòng 2, cột unit: “{'A' * 201}” dài quá 200 ký tự."],
    ),
    "every fault of every row": (
        "unit,points,rank\n,x,y\nB,80,\n,,z\n",
        [
            "Dòng 2, cột unit: thiếu tên đơn vị.",
            "Dòng 2, cột points: “x” phải ghi bằng chữ số, ví dụ 1,5 hoặc 1.5.",
            "Dòng 2, cột rank: “y” phải ghi bằng chữ số, ví dụ 12480 hoặc 12.480.",
            "Dòng 4, cột unit: thiếu tên đơn vị.",
            "Dòng 4, cột rank: “z” phải ghi bằng chữ số, ví dụ 12480 hoặc 12.480.",
        ],
    ),
}


@pytest.mark.parametrize(("content", "faults"), REFUSED.values(), ids=REFUSED.keys())
def test_what_cannot_be_read_is_told_with_line_and_column_and_nothing_is_stored(
    tmp_path, content, faults
):
    said = bring(tmp_path, content)

    assert (said.code, said.out) == (1, [])
    assert said.faults == faults
    assert said.refusal == f"bang.csv: {len(faults)} lỗi, chưa lưu nội dung nào."
    assert not PublishedTable.objects.exists()


def test_a_part_that_is_no_number_is_refused_by_its_name(tmp_path):
    said = bring(tmp_path, "unit;points;Khảo sát\nA;9;tốt\n", "--parts", "khảo sát")

    assert said.faults == ["Dòng 2, cột Khảo sát: “tốt” phải ghi bằng chữ số, ví dụ 1,5 hoặc 1.5."]


@pytest.mark.parametrize("encoding", ["utf-16", "cp1252"])
def test_a_file_in_another_code_is_refused(tmp_path, encoding):
    said = bring(tmp_path, "unit,points\nSó Y tê,90\n".encode(encoding))

    assert said.code == 1
    assert "không phải văn bản mã UTF-8" in said.faults[0]
