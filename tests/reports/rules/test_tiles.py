"""Tiles lie by former district, always in the same places."""

import pytest

from reports.rules.shares import Row
from reports.rules.tiles import ELSEWHERE, Home, homes_of, laid_out, short_name, short_names

NORTH, SOUTH = Home((1, "H1"), "Huyện Bắc"), Home((2, "H2"), "Huyện Nam")


def row(unit: int, name: str) -> Row:
    return Row(unit, unit, f"X{unit}", name)


def test_a_unit_lies_where_most_of_its_predecessors_stood_and_else_in_the_first_of_them():
    came = [(1, SOUTH), (1, SOUTH), (1, NORTH), (2, SOUTH), (2, NORTH)]

    assert homes_of(came) == {1: SOUTH, 2: NORTH}


def test_districts_come_in_the_order_of_units_and_who_has_none_comes_last():
    rows = [row(4, "Phòng Tham mưu"), row(3, "Công an xã C"), row(2, "Công an xã B")]
    homes = {3: SOUTH, 2: NORTH}

    places = laid_out(rows, homes, str.casefold)

    assert [place.name for place in places] == ["Huyện Bắc", "Huyện Nam", ELSEWHERE]
    assert laid_out(rows[::-1], homes, str.casefold) == places


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Công an xã Đức Thọ", "Đức Thọ"),
        ("Công an thị trấn Vũ Quang", "Vũ Quang"),
        ("Công an phường 3", "phường 3"),
        ("Phòng Tham mưu", "Phòng Tham mưu"),
    ],
)
def test_a_tile_bears_the_name_of_its_place(name, short):
    assert short_name(name) == short


def test_two_places_of_one_name_are_told_apart():
    rows = [row(1, "Công an huyện Kỳ Anh"), row(2, "Công an thị xã Kỳ Anh"), row(3, "Công an xã A")]

    assert list(short_names(rows).values()) == ["huyện Kỳ Anh", "thị xã Kỳ Anh", "A"]
