"""A sheet tells how far it is and what it comes to, exactly."""

from decimal import Decimal
from fractions import Fraction

from scoring.rules.kinds import Source
from scoring.rules.tally import Mark, tally


def mark(points, maximum="2", source=Source.SELF, excused=False):
    return Mark(source, Decimal(maximum), points, excused)


def test_what_is_answered_or_excused_is_done():
    sheet = tally([mark(Fraction(1, 3)), mark(None), mark(None, excused=True)])

    assert (sheet.done, sheet.all, sheet.left) == (2, 3, 1)


def test_what_is_excused_leaves_the_maximum_and_what_is_missing_does_not():
    sheet = tally([mark(Fraction(1, 3)), mark(None), mark(None, excused=True)])

    assert (sheet.points, sheet.maximum) == (Fraction(1, 3), 4)
    assert sheet.percent == Fraction(25, 3)


def test_bonus_and_penalty_count_outside_the_maximum():
    bonus, penalty = mark(Fraction(1), source=Source.BONUS), mark(Fraction(1, 2), "1", "penalty")

    sheet = tally([mark(Fraction(1)), bonus, penalty])

    assert (sheet.points, sheet.maximum) == (Fraction(3, 2), 2)


def test_penalties_never_take_a_sheet_under_nought():
    assert tally([mark(Fraction(2), source=Source.PENALTY)]).points == 0


def test_a_sheet_on_which_nothing_applies_has_no_percentage():
    assert tally([mark(None, excused=True)]).percent is None
