"""Paper slips are told beside those from telephones, and none of them can be worked out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.rules.counter import FEWEST_TOLD, TOO_FEW_WAYS, Ways, ways_together

PAPER = "phiếu giấy do đơn vị nhập"


@pytest.mark.parametrize(
    ("ways", "words"),
    [
        (Ways(37, 7), f"37 gửi bằng mã QR, 7 {PAPER}"),
        (Ways(1200, 0), "tất cả gửi bằng mã QR"),
        (Ways(0, 8), f"tất cả là {PAPER}"),
        (Ways(40, 4), f"dưới 5 {PAPER}"),
        (Ways(2, 30), "dưới 5 gửi bằng mã QR"),
        (Ways(4, 3), TOO_FEW_WAYS),
        (Ways(5, 1), TOO_FEW_WAYS),
        (Ways(3, 0), TOO_FEW_WAYS),
        (Ways(20, 9, shown=False), TOO_FEW_WAYS),
        (Ways(), ""),
    ],
)
def test_both_ways_are_told_unless_one_of_them_is_a_handful(ways, words):
    assert ways.words == words


@given(st.integers(0, 30), st.integers(0, 30))
def test_a_handful_of_one_way_cannot_be_had_from_the_number_of_all(phone, paper):
    """Whoever reads the words beside the sum finds more than one pair that fits them."""
    found = Ways(phone, paper)
    handful = any(0 < one < FEWEST_TOLD for one in (phone, paper))
    alike = {
        (found.slips - other, other)
        for other in range(found.slips + 1)
        if Ways(found.slips - other, other).words == found.words
    }

    assert not handful or len(alike) > 1


def test_of_several_units_the_paper_is_told_as_the_least_where_one_of_them_hides_its_own():
    many, few, small = Ways(40, 12), Ways(30, 2), Ways(9, 6, shown=False)

    assert ways_together([many, Ways(10, 0)]) == f"50 gửi bằng mã QR, 12 {PAPER}"
    assert ways_together([many, few]) == f"ít nhất 12 {PAPER}"
    assert ways_together([many, small, few]) == f"ít nhất 12 {PAPER}"
    assert ways_together([few, small]) == f"có {PAPER}, quá ít để hiện số"
    assert ways_together([]) == ""
