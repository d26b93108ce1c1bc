"""An indicator beside those of the level above."""

import pytest

from scoring.rules.indicator import Roll
from scoring.rules.indicator_above import Kind, difference, with_needed
from scoring.rules.rolling import Meaning

FILES = Kind("hồ sơ", 0, Roll.SUM)


def meant(code: str, **said) -> Meaning:
    return Meaning(code, code, said.pop("roll", Roll.SUM), **said)


LIST = {
    one.code: one
    for one in (
        meant("A"),
        meant("B", part_of="A"),
        meant("C", part_of="B"),
        meant("R", roll=Roll.RATIO, numerator="C", denominator="A"),
        meant("Z"),
    )
}


@pytest.mark.parametrize(
    ("chosen", "taken"),
    [
        (["Z"], ["Z"]),
        (["C"], ["A", "B", "C"]),
        (["R", "Z"], ["A", "B", "C", "R", "Z"]),
        (["C", "A", "R"], ["A", "B", "C", "R"]),
        (["nowhere"], []),
        ([], []),
    ],
)
def test_what_is_needed_comes_along_before_what_needs_it_and_once(chosen, taken):
    assert with_needed(chosen, LIST) == taken


def test_what_the_own_list_has_does_not_come_along():
    lacking = {code: one for code, one in LIST.items() if code not in ("A", "B")}

    assert with_needed(["R"], lacking) == ["C", "R"]


def test_two_that_are_part_of_each_other_do_not_lead_round_and_round():
    circle = {"A": meant("A", part_of="B"), "B": meant("B", part_of="A")}

    assert with_needed(["A"], circle) == ["B", "A"]


@pytest.mark.parametrize(
    ("own", "above", "sentence"),
    [
        (FILES, FILES, ""),
        (
            Kind("Hồ sơ", 0, Roll.SUM),
            FILES,
            "Cấp trên ghi đơn vị tính là “hồ sơ”: số liệu không tự cộng lên được.",
        ),
        (
            Kind("hồ sơ", 0, Roll.APART),
            FILES,
            "Cấp trên ghi cách cộng là “Cộng các đơn vị”: số liệu không tự cộng lên được.",
        ),
        (
            FILES,
            Kind("%", 0, Roll.RATIO),
            "Cấp trên ghi cách cộng là “Tỷ lệ phần trăm của hai chỉ tiêu”, đơn vị tính là “%”: "
            "số liệu không tự cộng lên được.",
        ),
        (
            Kind("triệu đồng", 2, Roll.SUM),
            Kind("triệu đồng", 0, Roll.SUM),
            "Cấp trên ghi 0 chữ số thập phân: số cộng có nhiều chữ số thập phân hơn thì không lấy "
            "lên được.",
        ),
        (
            Kind("triệu đồng", 0, Roll.SUM),
            Kind("triệu đồng", 2, Roll.SUM),
            "Cấp trên ghi 2 chữ số thập phân.",
        ),
        (
            Kind("điểm", 0, Roll.APART),
            Kind("Điểm", 0, Roll.APART),
            "Cấp trên ghi đơn vị tính là “Điểm”.",
        ),
    ],
)
def test_what_differs_is_said_and_that_sums_do_not_go_up_only_where_they_do_not(
    own, above, sentence
):
    assert difference(own, above) == sentence
