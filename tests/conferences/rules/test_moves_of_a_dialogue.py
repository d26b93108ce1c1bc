"""The four tables of a conference: every state is reached, every verb has one move."""

import pytest

from commitments.rules.conference import (
    CONCLUSION,
    CONFERENCE,
    ESCALATION,
    ITEM,
    OPEN_ITEMS,
    ConferenceState,
    ConferenceVerb,
    ItemState,
    TaskState,
)

TABLES = (CONFERENCE, ITEM, ESCALATION, CONCLUSION)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_state_can_be_reached_and_every_verb_has_one_move(table):
    reached = {next(iter(table.states))} | {move.target for move in table.moves}

    assert reached == set(table.states)
    assert len({move.verb for move in table.moves}) == len(table.moves)


def test_what_is_over_goes_nowhere():
    assert CONFERENCE.open_moves(ConferenceState.CLOSED) == []
    assert CONFERENCE.open_moves(ConferenceState.CANCELLED) == []
    assert CONCLUSION.open_moves(TaskState.REMOVED) == []


def test_an_open_item_always_has_a_way_on():
    for state in OPEN_ITEMS:
        assert ITEM.open_moves(state)


@pytest.mark.parametrize(
    "verb",
    ["withdraw", "discard", "return", "recall", "turn_back", "take_back", "cancel", "give_up"],
)
def test_what_takes_something_from_somebody_needs_a_reason(verb):
    moves = [move for table in TABLES for move in table.moves if move.verb == verb]

    assert moves
    assert all(move.needs_comment for move in moves)


def test_only_the_unit_above_answers_what_lies_above():
    assert ESCALATION.move(ConferenceVerb.REPLY).desk == "upper"
    assert ITEM.move(ConferenceVerb.ANSWER).sources == (ItemState.RECEIVED, ItemState.REPLIED)
