"""The table of a remark: every state is reached, an open one has a way on, each kind its day."""

from commitments.rules.voice import (
    LEGAL,
    OPEN,
    ORDINARY,
    TERMS,
    UNIT,
    VOICE,
    VoiceKind,
    VoiceState,
    goes_above,
)


def test_every_state_can_be_reached_and_every_verb_has_one_move():
    reached = {VoiceState.RECEIVED} | {move.target for move in VOICE.moves}

    assert reached == set(VoiceState)
    assert len({move.verb for move in VOICE.moves}) == len(VOICE.moves)
    assert {move.desk for move in VOICE.moves} == {UNIT}


def test_an_open_remark_has_a_way_on_and_what_was_erased_has_none():
    assert all(VOICE.open_moves(state) for state in OPEN)
    assert VOICE.open_moves(VoiceState.POINTED) == []
    assert VOICE.open_moves(VoiceState.DISCARDED) == []


def test_every_kind_has_a_day_with_its_source_and_conduct_goes_above():
    assert set(TERMS) == set(VoiceKind) == {*ORDINARY, *LEGAL}
    assert all(term.days and term.source for term in TERMS.values())
    assert [kind for kind in VoiceKind if goes_above(kind)] == ["attitude", "harassment"]
