"""Oddities of a published table are found, with line and both figures; nothing else is."""

import csv
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.rules.points import shown
from scoring.rules.published_reading import PublishedLine, read_renaming, read_table
from scoring.rules.published_table import FindingKind, findings, without_figure
from scoring.rules.ranking import USUAL_SCALE, TieRule, rank, read_limits

PUBLISHED = Path(__file__).parents[3] / "scoring" / "data" / "published"
TAY_NINH = "tay-ninh-2023-departments-districts.csv"
QUANG_NGAI = "quang-ngai-police-2019-districts.csv"


def table(name, *renamings):
    with (PUBLISHED / name).open(encoding="utf-8", newline="") as file:
        lines = csv.reader(file)
        header = next(lines)
        cells = [(lines.line_num, row) for row in lines]
    reading = read_table(header, cells, read_renaming(renamings))
    assert reading.faults == ()
    return reading.rows


def row(line, points=None, rank=None, **more):
    figure = None if points is None else Decimal(points)
    return PublishedLine(line, f"Đơn vị {line}", points=figure, rank=rank, **more)


def told(*rows, ties=TieRule.SKIP, **more):
    return [str(finding) for finding in findings(rows, USUAL_SCALE, ties, **more)]


def test_quang_ngai_has_the_one_gap_that_its_page_tells():
    rows = table(QUANG_NGAI, "index_percent=percent")

    assert [str(finding) for finding in findings(rows, USUAL_SCALE)] == [
        "Dòng 11: Thiếu thứ hạng: sau hạng 8 (dòng 9) là hạng 14, thiếu các hạng 9–13."
    ]
    assert [row.unit for row in without_figure(rows)] == ["CA huyện Trà Bồng"]


def test_tay_ninh_follows_from_its_points_without_an_oddity():
    rows = table(TAY_NINH, "verified_points=points", "ratio_percent=percent")
    limits = read_limits("Tốt:80,Khá:60,Kém:0")

    assert len(rows) == 25
    assert findings(rows, limits) == []


@pytest.mark.parametrize(
    ("name", "renamings", "limits"),
    [
        (
            TAY_NINH,
            ("verified_points=points", "ratio_percent=percent"),
            "Tốt:80,Khá:60,Kém:0",
        ),
        (
            QUANG_NGAI,
            ("index_percent=percent",),
            "Xuất sắc:95,Tốt:80,Khá:70,Hoàn thành nhiệm vụ:50",
        ),
    ],
)
def test_our_rules_give_the_printed_ranks_percentages_and_classes(name, renamings, limits):
    rows = table(name, *renamings)

    for block in {row.block for row in rows}:
        known = {row: row.figure for row in rows if row.block == block and row.figure is not None}
        for placing in rank(known, read_limits(limits)):
            printed = placing.key
            assert placing.percent == printed.percent
            assert placing.rank == (printed.rank or 9)
            assert placing.band == (printed.band or "Tốt")


def test_tay_ninh_by_the_usual_limits_has_classes_that_do_not_follow():
    rows = table(TAY_NINH, "verified_points=points", "ratio_percent=percent")

    found = findings(rows, USUAL_SCALE)

    assert {finding.kind for finding in found} == {FindingKind.CLASS}
    assert str(found[0]) == (
        "Dòng 2: Xếp loại không theo mức: in “Tốt”, còn 96,85 % thuộc mức “Xuất sắc” "
        "(từ 95 % trở lên)."
    )
    assert [finding.line for finding in found] == [2, 3, 20]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (
            [row(2, 90, 1), row(3, 80, 3)],
            ["Dòng 3: Thiếu thứ hạng: sau hạng 1 (dòng 2) là hạng 3, thiếu hạng 2."],
        ),
        (
            [row(2, 90, 3)],
            ["Dòng 2: Thiếu thứ hạng: hạng đầu tiên của khối là 3, thiếu các hạng 1–2."],
        ),
        (
            [row(2, 90, 1), row(3, 85, 2), row(4, "84.5", 2), row(5, 80, 4)],
            ["Dòng 4: Trùng thứ hạng: hạng 2 (84,50 %) đã có ở dòng 3 (85,00 %)."],
        ),
        (
            [row(2, 90, 1), row(3, None, 1)],
            ["Dòng 3: Trùng thứ hạng: hạng 1 (chưa rõ kết quả) đã có ở dòng 2 (90,00 %)."],
        ),
        (
            [row(2, "86.25", 1), row(3, "86.62", 2)],
            [
                "Dòng 3: Thứ hạng không theo kết quả: hạng 2 có 86,62 %, cao hơn hạng 1 "
                "có 86,25 % (dòng 2)."
            ],
        ),
        (
            [row(2, "86.251", 1), row(3, "86.252", 2)],
            [
                "Dòng 3: Thứ hạng không theo kết quả: hạng 2 có 86,252 %, cao hơn hạng 1 "
                "có 86,251 % (dòng 2)."
            ],
        ),
        (
            [row(2, 90, 1), row(3, 90, 2)],
            [
                "Dòng 3: Kết quả bằng nhau: hạng 2 và hạng 1 (dòng 2) cùng 90,00 %, "
                "theo quy tắc đồng hạng phải cùng hạng 1."
            ],
        ),
        (
            [row(2, 90, 1), row(3, 90, 1), row(4, 80, 2)],
            [
                "Dòng 4: Kết quả bằng nhau: sau 2 đơn vị đồng hạng 1 là hạng 2, "
                "theo quy tắc đồng hạng phải là 3."
            ],
        ),
        (
            [row(2, "102.5")],
            ["Dòng 2: Ngoài thang điểm: điểm 102,50 lớn hơn điểm tối đa 100,00."],
        ),
        ([row(2, -1)], ["Dòng 2: Ngoài thang điểm: điểm −1,00 nhỏ hơn 0."]),
        (
            [row(2, 90, 0)],
            ["Dòng 2: Ngoài thang điểm: xếp hạng 0, hạng đầu là 1."],
        ),
        (
            [row(2, 65, maximum=Decimal("71.5"), percent=Decimal("90.91"))],
            [],
        ),
        (
            [row(2, 65, maximum=Decimal("71.5"), percent=Decimal("90.9"))],
            ["Dòng 2: Tỷ lệ không theo điểm: in 90,90 %, tính từ 65,00 / 71,50 điểm được 90,91 %."],
        ),
        (
            [row(2, 65, maximum=Decimal("71.5"), percent=Decimal("90.909"))],
            [],
        ),
        (
            [row(2, 65, maximum=Decimal("71.5"), percent=Decimal("101"))],
            [
                "Dòng 2: Ngoài thang điểm: tỷ lệ 101,00 % nằm ngoài khoảng 0 đến 100.",
                "Dòng 2: Tỷ lệ không theo điểm: in 101,00 %, tính từ 65,00 / 71,50 điểm "
                "được 90,91 %.",
            ],
        ),
        (
            [row(2, 90, parts=(("thẩm định", Decimal("60.4")), ("khảo sát", Decimal("29.5"))))],
            [
                "Dòng 2: Điểm thành phần không cộng thành tổng: các phần cộng lại được 89,90, "
                "tổng điểm in 90,00."
            ],
        ),
        (
            [row(2, 90, parts=(("thẩm định", Decimal("60.5")), ("khảo sát", Decimal("29.5"))))],
            [],
        ),
        ([row(2, 90, parts=(("thẩm định", Decimal("60.5")), ("khảo sát", None)))], []),
        ([row(2, parts=(("thẩm định", Decimal("60.5")),))], []),
        (
            [row(2, 50, parts=(("thẩm định", Decimal(60)), ("khảo sát", Decimal(-10))))],
            ["Dòng 2: Ngoài thang điểm: điểm thành phần “khảo sát” −10,00 nhỏ hơn 0."],
        ),
        (
            [row(2, "94.995", band="tốt")],
            [
                "Dòng 2: Xếp loại không theo mức: in “tốt”, còn 95,00 % thuộc mức “Xuất sắc” "
                "(từ 95 % trở lên)."
            ],
        ),
        ([row(2, 90, band=" TỐT ")], []),
        ([row(2, band="Tốt", rank=1)], []),
        (
            [row(2, 90, band="Giỏi")],
            [
                "Dòng 2: Xếp loại không theo mức: in “Giỏi”, còn 90,00 % thuộc mức “Tốt” "
                "(từ 80 % đến dưới 95 %)."
            ],
        ),
    ],
)
def test_an_oddity_is_told_with_both_figures(rows, expected):
    assert told(*rows) == expected


def test_a_percentage_that_stands_for_the_points_is_told_once():
    above = PublishedLine(2, "a", points=Decimal(102), percent=Decimal(102))

    assert told(above) == ["Dòng 2: Ngoài thang điểm: điểm 102,00 lớn hơn điểm tối đa 100,00."]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"unit": "Sở Y tế"}, {"unit": "SỞ Y TẾ"}),
        ({"unit": "Sở Y tế", "block": "A"}, {"unit": "sở y tế", "block": "a"}),
        (
            {"unit": "Sở Y tế", "unit_code": "Y", "block": "A"},
            {"unit": "Y tế", "unit_code": "Y", "block": "B"},
        ),
    ],
)
def test_a_unit_told_twice_is_named_with_both_figures(one, other):
    rows = [
        PublishedLine(2, points=Decimal("90.5"), **one),
        PublishedLine(5, points=Decimal(80), **other),
    ]

    assert told(*rows) == [
        f"Dòng 5: Trùng đơn vị: “{other['unit']}” (80,00 %) đã có ở dòng 2 (90,50 %)."
    ]


def test_a_unit_name_may_stand_in_two_blocks():
    assert told(*(PublishedLine(2, "Văn phòng", block=block) for block in "AB")) == []


def test_ranks_are_looked_at_inside_each_block():
    assert told(row(2, 90, 1, block="A"), row(3, 95, 1, block="B")) == []


def test_the_tie_rule_of_the_table_decides_what_comes_after_equals():
    rows = [row(2, 90, 1), row(3, 90, 1), row(4, 80, 2)]

    assert told(*rows, ties=TieRule.DENSE) == []
    rows[2] = row(4, 80, 3)
    assert told(*rows, ties=TieRule.SKIP) == []
    assert told(*rows, ties=TieRule.DENSE) == [
        "Dòng 4: Thiếu thứ hạng: sau hạng 1 (dòng 3) là hạng 3, thiếu hạng 2."
    ]


def test_a_class_printed_in_other_words_is_compared_by_its_label():
    renaming = read_renaming(["Good=Tốt"])

    assert told(row(2, 90, band="good"), renaming=renaming) == []


def test_the_printed_decimals_are_those_of_the_table():
    one = row(2, "93.46", percent=Decimal("93.5"))

    assert told(one, places=1) == []
    assert [finding.kind for finding in findings([one], USUAL_SCALE)] == [FindingKind.PERCENT]


def test_rows_out_of_order_in_the_file_are_no_oddity():
    assert told(row(2, 80, 2), row(3, 90, 1)) == []


@given(
    st.lists(
        st.tuples(
            st.integers(min_value=0, max_value=9),
            st.decimals(min_value=50, max_value=100, places=1),
        ),
        min_size=1,
        max_size=10,
    ),
    st.sampled_from(TieRule),
)
def test_a_table_that_our_rules_made_has_no_oddity(scores, ties):
    maxima = {line: maximum for line, (_, maximum) in enumerate(scores, start=2)}
    figures = {line: Fraction(tenths, 10) * 100 for line, (tenths, _) in enumerate(scores, start=2)}

    rows = [
        PublishedLine(
            line=placing.key,
            unit=str(placing.key),
            points=maxima[placing.key] * scores[placing.key - 2][0] / 10,
            maximum=maxima[placing.key],
            percent=shown(placing.figure),
            rank=placing.rank,
            band=placing.band,
        )
        for placing in rank(figures, USUAL_SCALE, ties)
    ]

    assert findings(rows, USUAL_SCALE, ties) == []
