"""The tables of inspections: every state is reached, every verb has one move; shares are exact."""

from fractions import Fraction

from commitments.rules.inspection import (
    INSPECTION,
    INSPECTION_PLAN,
    MENDING,
    InspectionState,
    Sums,
)


def test_every_state_is_reached_every_verb_has_one_move_and_the_ends_have_none():
    for flow in (INSPECTION_PLAN, INSPECTION, MENDING):
        reached = {next(iter(flow.states))} | {move.target for move in flow.moves}
        assert reached == set(flow.states)
        assert len({move.verb for move in flow.moves}) == len(flow.moves)
    assert INSPECTION.open_moves(InspectionState.CLOSED) == []
    assert INSPECTION.open_moves(InspectionState.CANCELLED) == []


def test_a_share_of_nothing_is_no_share_and_others_are_exact():
    assert (Sums().done_percent, Sums().mended_percent) == (None, None)
    assert Sums(planned=3, done=2).done_percent == Fraction(200, 3)
    assert Sums(found=8, mended=7).mended_percent == Fraction(175, 2)
