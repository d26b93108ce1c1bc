"""What a unit said at two moments, side by side."""

from fractions import Fraction

import pytest

from scoring.rules.changes import Change, Piece, Said, changes

PAPER = Piece(1, "Kế hoạch, trang 2", "12/KH, trang 2")
SAID = Said(answer="46/47", points=Fraction(46, 47), note="theo sổ", pieces=(PAPER,))


def test_what_says_the_same_is_no_change():
    assert changes({1: SAID}, {1: SAID}) == {}


@pytest.mark.parametrize(
    ("after", "parts"),
    [
        (Said("45/47", Fraction(45, 47), False, "theo sổ", (PAPER,)), ["answer", "points"]),
        (Said("46/47", Fraction(46, 47), False, "khác", (PAPER,)), ["note"]),
        (Said("46/47", Fraction(46, 47), False, "theo sổ", ()), ["gone"]),
        (Said("46/47", None, True, "theo sổ", (PAPER,)), ["answer", "points"]),
    ],
)
def test_each_part_that_changed_is_told_and_no_other(after, parts):
    change = changes({1: SAID}, {1: after})[1]

    told = {
        "answer": change.of_answer,
        "points": change.of_points,
        "note": change.of_note,
        "gone": bool(change.gone),
        "come": bool(change.come),
    }
    assert [part for part, changed in told.items() if changed] == parts


def test_a_document_cited_at_another_place_went_and_came():
    moved = Piece(1, "Kế hoạch, trang 3", "12/KH, trang 3")

    change = Change(SAID, Said(SAID.answer, SAID.points, False, SAID.note, (moved,)))

    assert (change.gone, change.come) == ((PAPER,), (moved,))


def test_what_was_not_there_before_is_compared_with_nothing_and_order_is_kept():
    found = changes({}, {3: SAID, 1: SAID, 2: Said()})

    assert list(found) == [3, 1]
