"""The table of moves: every verb from every state, at its desk."""

import pytest

from cchc_portal.kit.errors import MoveRefused
from commitments.rules.workflow import (
    COMMITMENT,
    RECEIVER,
    UNIT,
    CommitmentState,
    CommitmentVerb,
)
from units.permissions import Permission

TABLE = {
    CommitmentVerb.SIGN: ("draft", "signed", UNIT),
    CommitmentVerb.COUNTERSIGN: ("signed", "in_force", RECEIVER),
    CommitmentVerb.DECLINE: ("signed", "draft", RECEIVER),
    CommitmentVerb.CLOSE: ("in_force", "closed", RECEIVER),
}


def test_the_table_has_these_four_moves_and_no_other():
    assert {move.verb for move in COMMITMENT.moves} == set(TABLE)


@pytest.mark.parametrize("verb", TABLE)
def test_each_move_starts_ends_and_is_made_where_the_table_says(verb):
    move = COMMITMENT.move(verb)

    assert (*move.sources, move.target, move.desk) == TABLE[verb]
    assert move.permission == Permission.SIGN_COMMITMENT


@pytest.mark.parametrize("verb", TABLE)
@pytest.mark.parametrize("state", CommitmentState)
def test_a_move_is_refused_from_every_state_but_its_own(verb, state):
    if state == TABLE[verb][0]:
        assert COMMITMENT.check(verb, state, "có lý do").verb == verb
    else:
        with pytest.raises(MoveRefused, match="bản cam kết đang ở trạng thái"):
            COMMITMENT.check(verb, state, "có lý do")


def test_only_declining_needs_a_reason():
    assert [move.verb for move in COMMITMENT.moves if move.needs_comment] == [
        CommitmentVerb.DECLINE
    ]


def test_a_closed_commitment_goes_nowhere():
    assert COMMITMENT.open_moves(CommitmentState.CLOSED) == []
