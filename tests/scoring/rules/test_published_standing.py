"""A published table ranked by our rules, beside what it prints."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.rules.published_reading import PublishedLine, read_renaming
from scoring.rules.published_standing import blocks_of
from scoring.rules.ranking import USUAL_SCALE, TieRule


def row(line, points, block="", **printed):
    figure = None if points is None else Decimal(points)
    return PublishedLine(line, f"Đơn vị {line}", block=block, points=figure, **printed)


def ranks(rows, ties=TieRule.SKIP, **more):
    return [
        (block.name, [(one.line.line, one.placing and one.placing.rank) for one in block.rows])
        for block in blocks_of(rows, USUAL_SCALE, ties, **more)
    ]


def test_blocks_are_ranked_apart_in_the_order_the_file_names_them():
    rows = [
        row(2, 80, "Sở"),
        row(3, 70, "Huyện"),
        row(4, 90, "SỞ"),
        row(5, 75, "huyện"),
    ]

    assert ranks(rows) == [("Sở", [(4, 1), (2, 2)]), ("Huyện", [(5, 1), (3, 2)])]


@pytest.mark.parametrize(
    ("ties", "expected"),
    [
        (TieRule.SKIP, [(3, 1), (2, 2), (5, 2), (4, 4)]),
        (TieRule.DENSE, [(3, 1), (2, 2), (5, 2), (4, 3)]),
    ],
)
def test_equals_share_a_rank_and_keep_the_order_of_the_file(ties, expected):
    rows = [row(2, 80), row(3, 90), row(4, 70), row(5, "80.0")]

    assert ranks(rows, ties) == [("", expected)]


def test_a_row_without_a_result_stands_last_and_has_no_rank():
    rows = [row(2, None, rank=1), row(3, 0), row(4, None)]

    assert ranks(rows) == [("", [(3, 1), (2, None), (4, None)])]


@pytest.mark.parametrize(
    ("printed", "differs"),
    [
        ({"rank": 1, "percent": Decimal("96.85"), "band": "xuất  sắc"}, (False, False, False)),
        ({"rank": 2, "percent": Decimal("96.86"), "band": "Tốt"}, (True, True, True)),
        ({}, (False, False, False)),
        ({"percent": Decimal("96.850")}, (False, False, False)),
    ],
)
def test_what_is_printed_is_held_against_what_follows(printed, differs):
    one = row(2, "69.25", maximum=Decimal("71.5"), **printed)

    (standing,) = blocks_of([one], USUAL_SCALE)[0].rows

    assert (standing.other_rank, standing.other_percent, standing.other_band()) == differs


def test_a_class_in_other_words_is_held_against_its_label():
    (standing,) = blocks_of([row(2, 90, band="Good")], USUAL_SCALE)[0].rows

    assert standing.other_band()
    assert not standing.other_band(read_renaming(["Good=Tốt"]))


@given(st.lists(st.tuples(st.sampled_from("ABC"), st.integers(0, 12)), max_size=20))
def test_no_unit_is_lost_and_none_below_is_better(scores):
    rows = [row(line, points, block) for line, (block, points) in enumerate(scores, start=2)]

    blocks = blocks_of(rows, USUAL_SCALE)

    assert sorted(one.line.line for block in blocks for one in block.rows) == [
        one.line for one in rows
    ]
    for block in blocks:
        figures = [one.line.points for one in block.rows]
        assert figures == sorted(figures, reverse=True)
