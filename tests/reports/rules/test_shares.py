"""A block as an analysis reads it, and what its criteria are worth."""

from fractions import Fraction

import pytest

from reports.rules.inside import FEWEST, REVERSED, TOO_FEW, usefulness
from reports.rules.shares import WHOLE, Row, Share, ends_of, ranked_by
from scoring.rules.ranking import USUAL_SCALE, TieRule


def row(key: int, *points: int | None) -> Row:
    """A unit with areas A, B… of ten points each; None: nothing of the area applies to it."""
    shares = tuple(
        Share(code, code, Fraction(reached or 0), Fraction(0 if reached is None else 10))
        for code, reached in zip("AB", points, strict=False)
    )
    return Row(
        key,
        key,
        f"P{key}",
        f"Phòng {key}",
        rank=key,
        points=sum((share.points for share in shares), Fraction(0)),
        maximum=sum((share.maximum for share in shares), Fraction(0)),
        shares=shares,
    )


def test_an_area_ranks_by_the_rule_that_ranks_the_whole_and_leaves_out_whom_it_does_not_touch():
    rows = [row(1, 9, 9), row(2, 10, 4), row(3, 9, 2), row(4, None, 1)]

    placed = ranked_by(rows, "A", USUAL_SCALE, TieRule.SKIP, 2)

    assert [(one.key, placing.rank) for one, placing in placed] == [(2, 1), (1, 2), (3, 2)]


def test_middle_and_best_leave_out_whom_the_area_does_not_touch():
    rows = [row(1, 9, 9), row(2, 10, 4), row(3, None, 2)]

    assert ends_of(rows, "A").median == 95
    assert ends_of(rows, WHOLE).best == 90
    assert ends_of([row(1, None, 1)], "A").median is None


@pytest.mark.parametrize(
    ("reached", "index", "words"),
    [
        ([100, 80, 40, 20], 60, "Phân biệt rõ"),
        ([80, 70, 40, 40], 35, "Phân biệt khá"),
        ([70, 70, 50, 50], 20, "Phân biệt vừa"),
        ([100, 100, 100, 100], 0, "Ít phân biệt"),
        ([40, 60, 90, 100], -45, REVERSED),
    ],
)
def test_the_index_is_what_the_best_reach_less_what_the_last_do(reached, index, words):
    first, second, last_but_one, last = reached
    here = [first, second, 50, 50, 50, 50, last_but_one, last]
    pairs = [(Fraction(90 - place), Fraction(one)) for place, one in enumerate(here)]

    told = usefulness("1", "Tiêu chí", pairs)

    assert (told.index, told.words) == (index, words)


def test_units_equal_at_the_edge_of_a_group_all_belong_to_it():
    told = [(90, 90), (85, 60), (85, 30), *[(70, 50)] * 3, (60, 10), (50, 10)]
    pairs = [(Fraction(whole), Fraction(here)) for whole, here in told]

    assert usefulness("1", "Tiêu chí", pairs).index == 50


def test_full_marks_and_spread_are_exact():
    pairs = [(Fraction(w), Fraction(here)) for w, here in [(90, 100), (80, 100), (70, 50)]]

    told = usefulness("1", "Tiêu chí", pairs)

    assert told.full == Fraction(200, 3)
    assert told.spread == Fraction(200, 9)


def test_few_or_equal_units_have_no_index():
    few = [(Fraction(n), Fraction(n)) for n in range(FEWEST - 1)]
    equal = [(Fraction(80), Fraction(n)) for n in range(FEWEST)]

    assert usefulness("1", "Tiêu chí", []) is None
    assert usefulness("1", "Tiêu chí", few).words == TOO_FEW
    assert usefulness("1", "Tiêu chí", equal).index is None
