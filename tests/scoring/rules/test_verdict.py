"""When a finding must carry a reason, and by how much it differs."""

from fractions import Fraction

import pytest

from scoring.rules.kinds import Source
from scoring.rules.verdict import Finding, difference, needs_reason

FIVE, FOUR, EXCUSED, NOTHING = (
    Finding(Fraction(5)),
    Finding(Fraction(4)),
    Finding(not_applicable=True),
    Finding(),
)


@pytest.mark.parametrize(
    ("said", "found", "needed"),
    [
        (FIVE, FIVE, False),
        (EXCUSED, EXCUSED, False),
        (FIVE, FOUR, True),
        (FIVE, EXCUSED, True),
        (EXCUSED, FIVE, True),
        (NOTHING, FIVE, True),
        (Finding(Fraction(1, 3)), Finding(Fraction("0.33")), True),
    ],
)
def test_what_differs_from_what_the_unit_said_needs_a_reason(said, found, needed):
    assert needs_reason(Source.SELF, said=said, found=found) is needed


@pytest.mark.parametrize("source", [source for source in Source if source != Source.SELF])
def test_what_the_unit_does_not_assess_always_needs_one(source):
    assert needs_reason(source, said=NOTHING, found=FIVE)


def test_the_difference_is_exact_and_absent_where_a_side_has_no_points():
    assert difference(said=FIVE, found=FOUR) == -1
    assert difference(said=Finding(Fraction(1, 3)), found=FIVE) == Fraction(14, 3)
    assert difference(said=EXCUSED, found=FIVE) is None
    assert difference(said=FIVE, found=EXCUSED) is None
