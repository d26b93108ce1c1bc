"""A table published elsewhere is read as printed, or it is told what cannot be read."""

from decimal import Decimal

import pytest

from scoring.rules.published_reading import (
    PublishedLine,
    Renaming,
    RenamingFault,
    read_renaming,
    read_table,
)

PLAIN = Renaming({}, {})
HEADER = ["block", "rank", "unit", "max_points", "points", "percent", "classification"]


def rows(header, *lines, renaming=PLAIN, parts=()):
    return read_table(header, list(enumerate(lines, start=2)), renaming, parts)


def faults(header, *lines, **more):
    return list(rows(header, *lines, **more).faults)


def test_a_whole_row_is_read_as_printed():
    reading = rows(
        HEADER, ["Khối sở", "1", "Văn phòng  UBND tỉnh", "71,5", "69.25", "96,85 %", "Tốt"]
    )

    assert reading.faults == ()
    assert reading.ignored == ()
    assert reading.rows == (
        PublishedLine(
            line=2,
            unit="Văn phòng UBND tỉnh",
            block="Khối sở",
            points=Decimal("69.25"),
            maximum=Decimal("71.5"),
            percent=Decimal("96.85"),
            rank=1,
            band="Tốt",
        ),
    )


def test_an_empty_cell_is_unknown_and_not_nought():
    reading = rows(
        HEADER, ["", "14", "CA huyện Trà Bồng", "", "", "–", ""], ["", "", "CA Minh Long"]
    )

    last, short = reading.rows
    assert (last.rank, last.points, last.percent, last.figure, last.band) == (
        *(14, None, None, None),
        "",
    )
    assert (short.rank, short.points, short.maximum) == (None, None, 100)


def test_a_percentage_alone_counts_as_points_of_a_hundred():
    row = rows(["unit", "percent"], ["CA huyện Sơn Tịnh", "95.29"]).rows[0]

    assert (row.points, row.maximum, row.figure) == (
        Decimal("95.29"),
        100,
        Decimal("95.29"),
    )


def test_a_percentage_fills_in_where_a_row_has_no_points():
    row = rows(HEADER, ["", "", "Sở Y tế", "71.5", "", "90", ""]).rows[0]

    assert (row.points, row.maximum) == (90, 100)


def test_without_a_maximum_points_are_out_of_a_hundred():
    assert rows(["unit", "points"], ["Sở Y tế", "49,07"]).rows[0].maximum == 100


def test_a_unit_may_be_given_by_code_alone():
    row = rows(["unit_code", "points"], ["PV01", "90"]).rows[0]

    assert (row.unit, row.unit_code) == ("PV01", "PV01")


def test_columns_are_renamed_and_the_rest_is_told():
    renaming = read_renaming(["Điểm thẩm định=points", "Đơn vị = UNIT"])

    reading = rows(
        ["\ufeffTT", "Đơn vị", "points", "ĐIỂM THẨM ĐỊNH"],
        ["1", "Sở Nội vụ", "95", "90,32"],
        renaming=renaming,
    )

    assert reading.rows[0].points == Decimal("90.32")
    assert reading.ignored == ("TT", "points")


def test_a_name_in_decomposed_letters_is_read_as_the_same_name():
    reading = rows(["unit", "percent"], ["Huye\u0323\u0302n Gò Dầu", "87,68"])

    assert reading.rows[0].unit == "Huyện Gò Dầu"


def test_a_class_may_be_renamed():
    renaming = read_renaming(["Good = Khá"])

    assert (
        faults(["unit", "percent", "classification"], ["a", "75", "Good"], renaming=renaming) == []
    )
    assert renaming.label("GOOD") == "Khá"
    assert renaming.label("Tốt") == "Tốt"


def test_parts_are_kept_with_their_names():
    reading = rows(
        ["unit", "points", "thẩm định", "khảo sát"],
        ["Sở Nội vụ", "90", "60,5", ""],
        parts=["thẩm định", "khảo sát"],
    )

    assert reading.rows[0].parts == (("thẩm định", Decimal("60.5")), ("khảo sát", None))
    assert reading.ignored == ()


def test_empty_lines_are_passed_over():
    reading = rows(["unit", "points"], ["", " "], ["Sở Nội vụ", "90"], [])

    assert [row.line for row in reading.rows] == [3]


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (["tên", "points"], ["Thiếu cột đơn vị: “unit” hoặc “unit_code”."]),
        (["unit", "điểm"], ["Thiếu cột kết quả: “points” hoặc “percent”."]),
        (["unit", "points", "Points"], ["Tiêu đề có hai cột “points”."]),
    ],
)
def test_a_header_that_cannot_be_read_is_told(header, expected):
    reading = rows(header, ["a", "1", "2"])

    assert (reading.rows, list(reading.faults)) == ((), expected)


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        (["tỷ lệ=percent"], ["Không có cột “tỷ lệ” để đổi thành “percent”."]),
        (["a=points", "b=points"], ["Hai cột cùng được đổi thành “points”."]),
        (
            ["a=pointz"],
            [
                "“pointz” không phải tên cột chuẩn: unit, unit_code, points, percent, "
                "max_points, block, rank, classification."
            ],
        ),
    ],
)
def test_a_renaming_that_does_not_fit_the_header_is_told(entries, expected):
    told = faults(["unit", "percent", "a", "b"], renaming=read_renaming(entries))

    assert told == expected


@pytest.mark.parametrize("entry", ["percent", "=percent", "tỷ lệ=", " = "])
def test_a_renaming_without_both_names_is_refused(entry):
    with pytest.raises(RenamingFault) as refusal:
        read_renaming([entry])

    assert refusal.value.sentence == f"“{entry}” chưa đúng dạng TÊN_TRONG_BẢNG=TÊN_CHUẨN."


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        (["khảo sát"], ["Không có cột điểm thành phần “khảo sát”."]),
        (["points"], ["Cột “points” đã dùng, không thể vừa là điểm thành phần."]),
    ],
)
def test_parts_that_are_not_there_are_told(parts, expected):
    assert faults(["unit", "points"], ["a", "1"], parts=parts) == expected


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (["", "1", "", "", "90", "", ""], ["Dòng 2, cột unit: thiếu tên đơn vị."]),
        (
            ["", "1", "a", "", "chín mươi", "", ""],
            ["Dòng 2, cột points: “chín mươi” phải ghi bằng chữ số, ví dụ 1,5 hoặc 1.5."],
        ),
        (
            ["", "2-3", "a", "", "90", "", ""],
            ["Dòng 2, cột rank: “2-3” phải ghi bằng chữ số, ví dụ 12480 hoặc 12.480."],
        ),
        (
            ["", "-1", "a", "", "90", "", ""],
            ["Dòng 2, cột rank: “-1” không được nhỏ hơn 0."],
        ),
        (["", "1000000000", "a", "", "90", "", ""], ["Dòng 2, cột rank: “1000000000” lớn quá."]),
        (["", "", "a", "0", "90", "", ""], ["Dòng 2, cột max_points: “0” phải lớn hơn 0."]),
        (
            ["", "", "a", "", "-1000000000000000", "", ""],
            ["Dòng 2, cột points: “-1000000000000000” lớn quá."],
        ),
        (
            ["", "", "a", "", "", "1000000000000000", ""],
            ["Dòng 2, cột percent: “1000000000000000” lớn quá."],
        ),
        (
            ["", "", "a", "", "", "9,0000000000000001", ""],
            ["Dòng 2, cột percent: “9,0000000000000001” nhận tối đa 15 chữ số sau dấu phẩy."],
        ),
        (
            ["", "", "a", "", "90", "", "T" * 61],
            [f"Dòng 2, cột classification: “{'T' * 61}” dài quá 60 ký tự."],
        ),
        (["", "", "a", "", "90", "", "", "thừa"], ["Dòng 2 có nhiều ô hơn tiêu đề."]),
    ],
)
def test_a_row_that_cannot_be_read_is_told_with_line_and_column(cells, expected):
    assert faults(HEADER, cells) == expected


def test_a_part_that_cannot_be_read_is_told_by_its_name():
    told = faults(["unit", "points", "khảo sát"], ["a", "9", "x"], parts=["khảo sát"])

    assert told == ["Dòng 2, cột khảo sát: “x” phải ghi bằng chữ số, ví dụ 1,5 hoặc 1.5."]


def test_a_renamed_column_is_called_as_in_the_file():
    renaming = read_renaming(["Điểm thẩm định=points"])

    told = faults(["unit", "Điểm thẩm định"], ["a", "?"], renaming=renaming)

    assert told == [
        "Dòng 2, cột Điểm thẩm định (points): “?” phải ghi bằng chữ số, ví dụ 1,5 hoặc 1.5."
    ]


def test_a_column_without_a_name_is_told_only_where_something_stands_in_it():
    reading = rows(["", "unit", "points", "", "  "], ["", "a", "90", "ghi chú"])

    assert reading.ignored == ("cột thứ 4",)


def test_a_table_without_rows_is_told():
    assert faults(["unit", "points"]) == ["Bảng không có dòng nào."]
