"""The file of a published table is taken apart whatever saved it, or it is told what is wrong."""

import pytest

from scoring.rules.published_file import Unreadable, read_file
from scoring.rules.published_reading import Renaming, known_names, read_renaming


def read(content, renaming=None, parts=()):
    data = content.encode() if isinstance(content, str) else content
    renaming = renaming or Renaming({}, {})
    return read_file(data, lambda header: known_names(header, renaming, parts))


WHOLE = (("unit", "points"), ((2, ("Sở Nội vụ", "90,5")), (3, ("Sở Y tế", "80"))))


@pytest.mark.parametrize(
    "content",
    [
        'unit,points\nSở Nội vụ,"90,5"\nSở Y tế,80\n',
        "unit;points\nSở Nội vụ;90,5\nSở Y tế;80\n",
        "unit\tpoints\nSở Nội vụ\t90,5\nSở Y tế\t80\n",
        'unit,points\r\nSở Nội vụ,"90,5"\r\nSở Y tế,80\r\n',
        "unit;points\rSở Nội vụ;90,5\rSở Y tế;80",
        '"unit","points"\n"Sở Nội vụ","90,5"\n"Sở Y tế","80"',
        'unit, points\n"Sở Nội vụ", "90,5"\nSở Y tế, 80\n',
        "\ufeffunit;points\nSở Nội vụ;90,5\nSở Y tế;80\n",
    ],
)
def test_a_table_is_read_whatever_program_saved_it(content):
    file = read(content)

    assert (file.header, file.lines) == WHOLE


@pytest.mark.parametrize(
    ("content", "header"),
    [
        ("Đơn vị;Điểm, tối đa, tỷ lệ;points\nA;1;2\n", ("Đơn vị", "Điểm, tối đa, tỷ lệ", "points")),
        ('"Khối; cụm",unit,points\nA,B,1\n', ("Khối; cụm", "unit", "points")),
        ("a;b,unit,points\n1,2,3\n", ("a;b", "unit", "points")),
        ("unit\nA\n", ("unit",)),
        ("a;b;c\n1,2;3;4\n", ("a", "b", "c")),
    ],
)
def test_the_separator_is_the_one_that_makes_sense_of_the_header(content, header):
    assert read(content).header == header


def test_renamed_columns_and_parts_also_make_sense_of_a_header():
    content = "Đơn vị, tên;Điểm, tổng;SIPAS\nSở Nội vụ;90;10\n"

    file = read(content, read_renaming(["Đơn vị, tên=unit", "Điểm, tổng=points"]), ["SIPAS"])

    assert file.header == ("Đơn vị, tên", "Điểm, tổng", "SIPAS")


def test_a_row_has_the_number_of_the_line_it_begins_on():
    file = read('\n \nunit,points\n"Sở\nNội vụ",90\n\nSở Y tế,80\n')

    assert [(line, cells[0]) for line, cells in file.lines if any(cells)] == [
        (4, "Sở\nNội vụ"),
        (7, "Sở Y tế"),
    ]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("", "Tệp không có nội dung."),
        ("\ufeff", "Tệp không có nội dung."),
        ("\n \n\n", "Tệp không có nội dung."),
        (
            "unit,points\nSở Nội vụ,90\n".encode("utf-16"),
            "Dòng 1: tệp không phải văn bản mã UTF-8; đề nghị lưu lại ở dạng CSV UTF-8.",
        ),
        (
            b"unit,points\r\nSo\r\nS\xf3 Y t\xea,90\n",
            "Dòng 3: tệp không phải văn bản mã UTF-8; đề nghị lưu lại ở dạng CSV UTF-8.",
        ),
        (b"PK\x03\x04\x00\x00", "Dòng 1: tệp có ký tự rỗng (NUL), không phải văn bản."),
        ('unit,points\nA,1\n"B,2\n', "Dòng 3: dấu ngoặc kép mở ra mà không đóng lại."),
        ('unit,points\n"A"x,1\n', "Dòng 2: dấu ngoặc kép đặt sai chỗ trong ô."),
        ("unit,points\n" + "A" * 10_001 + ",1\n", "Dòng 2: có ô dài quá 10000 ký tự."),
        ("unit,points\n" + "A" * 200_000 + ",1\n", "Dòng 2: có ô dài quá."),
    ],
)
def test_a_file_that_is_no_table_is_told_with_the_line(content, sentence):
    with pytest.raises(Unreadable) as refusal:
        read(content)

    assert refusal.value.sentence == sentence
