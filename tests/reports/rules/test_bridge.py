"""The way from one year's figure to the next sums to the change, to the last digit."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from reports.rules.bridge import FLOOR, Known, Part, bridge, figure_of
from scoring.rules.points import shown

KEYS = st.sampled_from(["", "a", "b", "c", "d", "e"])
MAXIMA = st.integers(0, 20).map(lambda n: Fraction(n, 2))
POINTS = st.fractions(min_value=-4, max_value=12, max_denominator=7)


@st.composite
def years(draw):
    """A year of parts, each lineage once, with something that counts."""
    keys = draw(st.lists(KEYS, min_size=1, max_size=8))
    seen, parts = set(), []
    for place, key in enumerate(keys):
        key = "" if key in seen else key
        seen.add(key)
        parts.append(Part(key, str(place), f"Mục {place}", draw(POINTS), draw(MAXIMA)))
    return [*parts, Part("z", "9", "Mục 9", draw(POINTS), Fraction(5))]


@given(years(), years(), st.integers(0, 4))
def test_the_steps_sum_to_the_change_exactly_and_as_printed(before, now, places):
    way = bridge(before, now, places)

    change = figure_of(now) - figure_of(before)
    assert sum((step.change for step in way.steps), Fraction(0)) == change
    assert sum(step.printed for step in way.steps) == way.change
    assert way.change == shown(figure_of(now), places) - shown(figure_of(before), places)


def a(key: str, points: int, maximum: int) -> Part:
    return Part(key, key, key.upper(), Fraction(points), Fraction(maximum))


def test_full_marks_in_both_years_change_nothing_though_the_whole_maximum_changed():
    way = bridge([a("x", 5, 5), a("y", 3, 5)], [a("x", 5, 5), a("y", 6, 10)], 2)

    assert [step.code for step in way.steps] == ["y"]
    assert way.still == 1


def test_a_part_of_one_year_stands_alone_and_says_of_which():
    way = bridge([a("x", 5, 10), a("y", 8, 10)], [a("x", 5, 10), a("z", 9, 10)], 2)

    assert {(step.code, step.known) for step in way.steps} == {
        ("z", Known.NOW),
        ("y", Known.BEFORE),
    }
    assert [step.change for step in way.steps] == [10, -5]


def test_parts_without_a_lineage_are_never_taken_for_each_other():
    way = bridge([a("", 4, 10)], [a("", 9, 10)], 2)

    assert [step.known for step in way.steps] == [Known.BEFORE, Known.NOW]


def test_what_is_not_counted_below_nought_is_a_step_of_its_own():
    way = bridge([a("x", 4, 10)], [a("x", -5, 10)], 2)

    assert [(step.title, step.change) for step in way.steps] == [("X", -90), (FLOOR, 50)]
    assert way.now == 0
