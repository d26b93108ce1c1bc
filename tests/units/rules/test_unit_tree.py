"""Whether a tree is sound on every day: superiors that exist through it all, no circle."""

from datetime import date

import pytest

from units.rules.unit_tree import Bearer, Missing, bearer_through, circles

NEW_YEAR, MARCH, JULY = date(2025, 1, 1), date(2025, 3, 1), date(2025, 7, 1)


def unit(key, *edges, first_on=None, until=None) -> Bearer:
    return Bearer(key, key, key, first_on, until, edges)


def rings(*units: Bearer):
    return [
        ("".join(bearer.key for bearer in ring), day)
        for ring, day in circles({one.key: one for one in units})
    ]


def test_a_bearer_must_exist_through_the_whole_stretch():
    first, second = unit("X", until=MARCH), unit("X", first_on=MARCH)

    assert bearer_through([first, second], "X", NEW_YEAR, MARCH) is first
    assert bearer_through([first, second], "X", MARCH, None) is second
    with pytest.raises(Missing) as missing:
        bearer_through([first, second], "X", NEW_YEAR, JULY)
    assert "không tồn tại suốt thời gian từ 2025-01-01 đến hết 2025-06-30" in missing.value.reason
    assert "từ trước đến hết 2025-02-28; từ 2025-03-01 trở đi" in missing.value.reason


def test_a_code_nobody_bears_is_missing():
    with pytest.raises(Missing, match="không có đơn vị mã X"):
        bearer_through([], "X", None, None)


def test_a_tree_has_no_circle():
    root = unit("A", (None, None, None))

    assert rings(root, unit("B", (None, None, "A")), unit("C", (None, None, "B"))) == []


def test_a_circle_is_told_once_with_its_first_day():
    found = rings(
        unit("A", (None, MARCH, None), (MARCH, None, "C")),
        unit("B", (None, None, "A")),
        unit("C", (None, None, "B")),
        unit("D", (None, None, "C")),
    )

    assert [(sorted(ring), day) for ring, day in found] == [(["A", "B", "C"], MARCH)]


def test_two_that_stand_below_each_other_in_turn_are_no_circle():
    assert not rings(
        unit("A", (None, MARCH, "B"), (MARCH, None, None)),
        unit("B", (None, MARCH, None), (MARCH, None, "A")),
    )


def test_a_unit_below_itself_is_a_circle():
    assert rings(unit("A", (None, None, "A"))) == [("A", None)]
