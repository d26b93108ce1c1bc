"""A file of units read line by line: every fault with its line, its column and a reason."""

from datetime import date

import pytest

from units.kinds import UnitKind
from units.rules.table_file import Fault, Unreadable
from units.rules.unit_file import COLUMNS, Place, read_functions, read_units

HEADER = ",".join(COLUMNS)


def reading(*lines: str):
    return read_units("\n".join([HEADER, *lines]).encode())


def fault_of(line: str) -> Fault:
    (fault,) = reading(line).faults
    return fault


def test_a_line_says_code_name_kind_life_and_places():
    (row,) = reading(
        "HT-X1,Công  an xã  A,commune_police,HT-H1,,2025-06-30,X;Y; X,HT,01234,basis"
    ).rows

    assert (row.line, row.code, row.name, row.kind) == (
        2,
        "HT-X1",
        "Công an xã A",
        UnitKind.COMMUNE_POLICE,
    )
    assert (row.first_on, row.until) == (None, date(2025, 7, 1))
    assert row.successors == ("X", "Y")
    assert row.gso_code == "01234"
    assert row.places == (
        Place(None, date(2025, 3, 1), "HT-H1"),
        Place(date(2025, 3, 1), date(2025, 7, 1), "HT", "parent_code_from_2025_03_01"),
    )


@pytest.mark.parametrize(
    ("life", "places"),
    [
        ("A,2025-03-01,,,B", [("B", date(2025, 3, 1), None)]),
        ("A,,2025-02-28,,B", [("A", None, date(2025, 3, 1))]),
        ("A,,,,A", [("A", None, None)]),
        ("A,,,,", [("A", None, None)]),
    ],
)
def test_the_parent_changes_only_for_units_that_lived_through_the_day(life, places):
    (row,) = reading(f"X,Tên,department,{life},,").rows

    assert [(place.parent_code, place.first_on, place.until) for place in row.places] == places


@pytest.mark.parametrize(
    ("line", "column", "words"),
    [
        (",Tên,department,,,,,,,", "code", "để trống"),
        ("X Y,Tên,department,,,,,,,", "code", "khoảng trắng"),
        (f"{'X' * 33},Tên,department,,,,,,,", "code", "dài 33 ký tự, tối đa 32"),
        ("X,  ,department,,,,,,,", "name", "để trống"),
        ("X,Tên,phong,,,,,,,", "kind", "không có loại đơn vị “phong”"),
        ("X,Tên,department,,01/03/2025,,,,,", "valid_from", "cần ghi theo mẫu 2025-03-01"),
        ("X,Tên,department,,2025-02-30,,,,,", "valid_from", "không phải là ngày"),
        ("X,Tên,department,,2025-W01-1,,,,,", "valid_from", "không phải là ngày"),
        ("X,Tên,department,,,9999-12-31,,,,", "valid_to", "năm 9999 nằm ngoài khoảng"),
        ("X,Tên,department,,2025-03-01,2025-02-28,,,,", "valid_to", "trước ngày bắt đầu"),
        ("X,Tên,department,,,,Y,,,", "successor_code", "không có ngày kết thúc"),
        ("X,Tên,department,,,,,,12345678901,", "gso_code", "tối đa 10"),
        ("X,Tên,department", "", "có 3 ô, dòng tiêu đề có 10 cột"),
    ],
)
def test_a_wrong_line_is_told_with_line_column_and_reason(line, column, words):
    fault = fault_of(line)

    assert (fault.line, fault.column) == (2, column)
    assert words in fault.reason


def test_several_faults_of_one_line_are_all_told():
    faults = reading("X,,phong,,hôm qua,,,,,").faults

    assert [fault.column for fault in faults] == ["name", "valid_from", "kind"]


def test_one_code_for_two_units_at_once_names_both_lines():
    found = reading("X,Một,department,,,2020-01-31,,,,", "X,Hai,department,,2020-01-31,,,,,")

    (fault,) = found.faults
    assert (fault.line, fault.column) == (3, "code")
    assert "dòng 2" in fault.reason
    assert found.spoiled == {"X"}


def test_one_code_for_two_units_in_turn_is_sound():
    found = reading("X,Một,department,,,2020-01-31,,,,", "X,Hai,department,,2020-02-01,,,,,")

    assert not found.faults
    assert len(found.rows) == 2


@pytest.mark.parametrize(
    ("content", "line", "words"),
    [
        (b"", 1, "thiếu cột"),
        (b"code,name\nX,Y", 1, "thiếu cột"),
        (f"{HEADER},code\n".encode(), 1, "hai lần"),
        (f"{HEADER}\nX,Tên phòng\n".encode("utf-16"), 1, "UTF-8"),
        (f"{HEADER}\nX,T\0n,department,,,,,,,\n".encode(), 2, "NUL"),
        (f'{HEADER}\nX,"T"n,department,,,,,,,\n'.encode(), 2, "dấu ngoặc kép đặt sai chỗ"),
        (f'{HEADER}\nX,"Tn,department,,,,,,,\n'.encode(), 2, "mở ra mà không đóng lại"),
        (f"{HEADER}\nX,{'T' * 200_000},department,,,,,,,\n".encode(), 2, "có ô dài quá"),
        (HEADER.encode() + b"\nX,\xff,department,,,,,,,", 2, "UTF-8"),
    ],
)
def test_a_file_that_is_no_table_is_refused_as_a_whole(content, line, words):
    with pytest.raises(Unreadable) as refused:
        read_units(content)

    assert refused.value.fault.line == line
    assert words in refused.value.fault.reason


def test_a_byte_order_mark_blank_lines_and_further_columns_do_no_harm():
    content = f"{HEADER},note\n\nX,Tên,department,,,,,,,,ghi chú\n,,,,,,,,,,\n".encode("utf-8-sig")

    (row,) = read_units(content).rows
    assert (row.line, row.code) == (3, "X")


def test_a_file_of_functions_names_each_department_once():
    rows, faults = read_functions(
        b"department_code,from,basis\nPC06,,x\nPV06,2025-03-01,y\nPC06,,z"
    )

    assert [(row.code, row.first_on) for row in rows] == [
        ("PC06", None),
        ("PV06", date(2025, 3, 1)),
    ]
    assert [(fault.line, fault.column) for fault in faults] == [(4, "department_code")]
