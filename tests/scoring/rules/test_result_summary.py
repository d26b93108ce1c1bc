"""A block in a few figures, and how dark a loss is drawn."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.rules.ranking import USUAL_SCALE
from scoring.rules.result_summary import HEAT_STEPS, heat, short_title, summary_of

LABELS = USUAL_SCALE.labels
figures = st.lists(st.fractions(0, 105, max_denominator=10_000), min_size=1, max_size=30)


def summary(*exact):
    ranked = [
        (Fraction(figure), USUAL_SCALE.band(Decimal(figure).quantize(Decimal("0.01"))))
        for figure in exact
    ]
    return summary_of(ranked, LABELS)


def test_mean_and_median_are_exact():
    found = summary("90", "80", "80", "85")

    assert (found.mean, found.median) == (Fraction(335, 4), Fraction(165, 2))
    assert (found.lowest, found.highest) == (80, 90)


def test_classes_are_counted_best_first_with_those_that_nobody_reached():
    found = summary("97", "95", "79.99", "49.99")

    assert found.counts == (
        ("Xuất sắc", 2),
        ("Tốt", 0),
        ("Khá", 1),
        ("Hoàn thành nhiệm vụ", 0),
        ("Không hoàn thành nhiệm vụ", 1),
    )


def test_a_block_in_which_nobody_is_ranked_has_no_figures():
    assert summary_of([], LABELS) is None


@given(figures)
def test_mean_and_median_lie_between_the_ends_and_no_order_changes_them(exact):
    ranked = [(figure, LABELS[0]) for figure in exact]
    found = summary_of(ranked, LABELS)

    assert found == summary_of(ranked[::-1], LABELS)
    assert found.lowest <= found.mean <= found.highest
    assert found.lowest <= found.median <= found.highest
    assert found.mean * len(exact) == sum(exact)


@pytest.mark.parametrize(
    ("lost", "step"),
    [
        ("0", 0),
        ("2.99", 0),
        ("3", 1),
        ("8", 2),
        ("13.99", 2),
        ("14", 3),
        ("20", 4),
        ("29.99", 4),
        ("30", 5),
        ("100", 5),
    ],
)
def test_a_loss_takes_the_step_it_has_reached(lost, step):
    assert heat(Fraction(lost)) == step


def test_where_nothing_counts_nothing_is_drawn():
    assert heat(None) is None


@given(st.fractions(0, 100), st.fractions(0, 100))
def test_the_more_is_lost_the_darker(one, other):
    less, more = sorted((one, other))

    assert 0 <= heat(less) <= heat(more) <= len(HEAT_STEPS)


@pytest.mark.parametrize(
    ("title", "short"),
    [
        ("Công tác chỉ đạo, điều hành CCHC", "Chỉ đạo"),
        ("Cải cách thủ tục hành chính nội bộ", "Thủ tục hành chính nội bộ"),
        ("Cải cách tài chính công", "Tài chính công"),
        ("Xây dựng, phát triển Chính phủ điện tử, Chính phủ số", "Chính phủ điện tử"),
        ("Tác động của CCHC và sự hài lòng", "Tác động"),
        ("Tiếp nhận và trả kết quả", "Tiếp nhận"),
        ("Điểm thưởng", "Điểm thưởng"),
        ("Cải cách ", "Cải cách "),
    ],
)
def test_a_title_is_cut_for_a_narrow_heading(title, short):
    assert short_title(title) == short
