"""Order by the exact figure, class by the printed one; only true equals share a rank."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.rules.points import percent
from scoring.rules.ranking import (
    UNCLASSED,
    USUAL_SCALE,
    LimitsFault,
    Scale,
    TieRule,
    rank,
    read_limits,
)

FIGURES = st.lists(
    st.fractions(min_value=0, max_value=100, max_denominator=7), min_size=1, max_size=12
)


def ranks(figures, ties=TieRule.SKIP):
    placings = rank(dict(enumerate(map(Fraction, figures))), USUAL_SCALE, ties)
    return [placing.rank for placing in placings]


def test_equals_share_a_rank_and_the_next_is_skipped():
    assert ranks([90, 80, 80, 70]) == [1, 2, 2, 4]


def test_equals_share_a_rank_and_none_is_skipped_where_the_period_says_so():
    assert ranks([90, 80, 80, 70], TieRule.DENSE) == [1, 2, 2, 3]


def test_equals_keep_the_order_they_came_in():
    placings = rank({"b": Fraction(80), "a": Fraction(80), "c": Fraction(90)}, USUAL_SCALE)

    assert [placing.key for placing in placings] == ["c", "b", "a"]


def test_figures_that_print_alike_but_differ_have_their_own_ranks():
    first, second = Fraction(94_996, 1000), Fraction(95_004, 1000)

    placings = rank({"lower": first, "higher": second}, USUAL_SCALE)

    assert [(p.key, p.rank, p.percent) for p in placings] == [
        ("higher", 1, Decimal("95.00")),
        ("lower", 2, Decimal("95.00")),
    ]
    assert {placing.band for placing in placings} == {"Xuất sắc"}


@pytest.mark.parametrize(
    ("figure", "places", "band"),
    [
        (Fraction(94_994, 1000), 2, "Tốt"),
        (Fraction(94_995, 1000), 2, "Xuất sắc"),
        (Fraction(94_995, 1000), 3, "Tốt"),
        (Fraction(100), 2, "Xuất sắc"),
        (Fraction(80), 2, "Tốt"),
        (Fraction(79_99, 100), 2, "Khá"),
        (Fraction(50), 2, "Hoàn thành nhiệm vụ"),
        (Fraction(0), 2, "Không hoàn thành nhiệm vụ"),
    ],
)
def test_the_class_follows_the_printed_figure(figure, places, band):
    assert rank({"unit": figure}, USUAL_SCALE, places=places)[0].band == band


def test_units_are_ranked_by_their_own_maximum():
    figures = {
        "Thanh tra tỉnh": percent(Decimal("69.00"), Decimal("71.5")),
        "Sở Tài chính": percent(Decimal("91.00"), Decimal("96.5")),
        "Ban Quản lý Khu kinh tế tỉnh": percent(Decimal("86.05"), 100),
        "Sở Ngoại vụ": percent(Decimal("61.00"), Decimal("71.5")),
    }

    placings = rank(figures, read_limits("Tốt:80,Khá:60,Kém:0"))

    assert [placing.key for placing in placings] == list(figures)
    assert [str(p.percent) for p in placings] == ["96.50", "94.30", "86.05", "85.31"]


def test_nobody_is_ranked_where_nobody_was_verified():
    assert rank({}, USUAL_SCALE) == []


@given(FIGURES, st.sampled_from(TieRule), st.randoms(use_true_random=False))
def test_the_order_of_the_input_never_changes_a_rank(figures, ties, shuffler):
    units = list(enumerate(figures))
    before = {p.key: p.rank for p in rank(dict(units), USUAL_SCALE, ties)}

    shuffler.shuffle(units)

    assert {p.key: p.rank for p in rank(dict(units), USUAL_SCALE, ties)} == before


@given(FIGURES)
def test_a_skipping_rank_is_one_more_than_the_number_of_better_units(figures):
    for placing in rank(dict(enumerate(figures)), USUAL_SCALE):
        assert placing.rank == 1 + sum(figure > placing.figure for figure in figures)


@given(FIGURES)
def test_a_dense_rank_is_one_more_than_the_number_of_better_figures(figures):
    for placing in rank(dict(enumerate(figures)), USUAL_SCALE, TieRule.DENSE):
        better = {figure for figure in figures if figure > placing.figure}
        assert placing.rank == 1 + len(better)


@given(FIGURES, st.integers(min_value=0, max_value=3))
def test_a_better_rank_never_has_a_worse_class_or_a_lower_print(figures, places):
    placings = rank(dict(enumerate(figures)), USUAL_SCALE, places=places)

    classes = [USUAL_SCALE.labels.index(placing.band) for placing in placings]
    assert classes == sorted(classes)
    assert [p.percent for p in placings] == sorted((p.percent for p in placings), reverse=True)


def test_limits_are_read_as_they_are_typed():
    assert read_limits(" Tốt : 80 ,Khá:60.5, Kém:0") == Scale(
        bands=((Decimal(80), "Tốt"), (Decimal("60.5"), "Khá")), below="Kém"
    )


def test_limits_without_a_class_from_nought_leave_the_rest_unclassed():
    scale = read_limits("Xuất sắc:95,Tốt:80")

    assert scale.band(Decimal("79.99")) == UNCLASSED


def test_one_class_may_hold_everybody():
    scale = read_limits("Đạt:0")

    assert scale.band(Decimal(0)) == "Đạt"
    assert scale.reach("Đạt") == "mọi kết quả"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "Mức “” chưa đúng dạng TÊN:NGƯỠNG, ví dụ Tốt:80."),
        ("Tốt 80", "Mức “Tốt 80” chưa đúng dạng TÊN:NGƯỠNG, ví dụ Tốt:80."),
        ("Tốt:80,:60", "Mức “:60” chưa đúng dạng TÊN:NGƯỠNG, ví dụ Tốt:80."),
        ("Tốt:cao", "Ngưỡng của mức “Tốt” phải ghi bằng chữ số, ví dụ 1,5 hoặc 1.5."),
        ("Tốt:60,Khá:80", "Các ngưỡng xếp loại phải giảm dần, từ mức cao nhất."),
        ("Tốt:80,Khá:80", "Các ngưỡng xếp loại phải giảm dần, từ mức cao nhất."),
        ("Tốt:80,tốt:60", "Mỗi mức xếp loại cần một tên riêng."),
        ("Tốt:101,Khá:80", "Ngưỡng xếp loại phải nằm trong khoảng từ 0 đến 100."),
        ("Tốt:80,Khá:-1", "Ngưỡng xếp loại phải nằm trong khoảng từ 0 đến 100."),
    ],
)
def test_limits_that_cannot_be_used_are_refused(text, sentence):
    with pytest.raises(LimitsFault) as refusal:
        read_limits(text)

    assert refusal.value.sentence == sentence


def test_a_class_tells_from_where_to_where_it_reaches():
    assert [USUAL_SCALE.reach(label) for label in USUAL_SCALE.labels] == [
        "từ 95 % trở lên",
        "từ 80 % đến dưới 95 %",
        "từ 70 % đến dưới 80 %",
        "từ 50 % đến dưới 70 %",
        "dưới 50 %",
    ]
