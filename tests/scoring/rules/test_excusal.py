"""What became of “không áp dụng”, and how much of the maximum it takes out."""

from decimal import Decimal
from fractions import Fraction

import pytest

from scoring.rules.excusal import Excusal, excusal, weight
from scoring.rules.kinds import Source
from scoring.rules.verdict import Finding

NOTHING, EXCUSED, POINTS = Finding(), Finding(None, True), Finding(Fraction(1))


@pytest.mark.parametrize(
    ("said", "found", "became"),
    [
        (EXCUSED, NOTHING, Excusal.PROPOSED),
        (EXCUSED, EXCUSED, Excusal.CONFIRMED),
        (EXCUSED, POINTS, Excusal.DENIED),
        (EXCUSED, Finding(Fraction(0)), Excusal.DENIED),
        (POINTS, EXCUSED, Excusal.IMPOSED),
        (NOTHING, EXCUSED, Excusal.IMPOSED),
        (POINTS, POINTS, None),
        (POINTS, NOTHING, None),
    ],
)
def test_the_verifier_confirms_or_denies_and_may_say_so_alone(said, found, became):
    assert excusal(said=said, found=found) == became


def test_only_what_counts_in_the_maximum_takes_anything_out_of_it():
    assert weight(Source.SELF, Decimal("2.5")) == Decimal("2.5")
    assert weight(Source.BONUS, Decimal("2.5")) == weight(Source.PENALTY, Decimal("2.5")) == 0
