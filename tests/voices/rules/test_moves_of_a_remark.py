"""The table of a remark: every state is reached, an open one has a way on, each kind its day."""

from commitments.rules.voice import (
    CONCLUDING,
    LEGAL,
    ORDINARY,
    TERMS,
    UNIT,
    VOICE,
    VoiceKind,
    VoiceState,
    VoiceVerb,
    goes_above,
)


def test_every_state_can_be_reached_and_every_verb_has_one_move():
    reached = {VoiceState.RECEIVED} | {move.target for move in VOICE.moves}

    assert reached == set(VoiceState)
    assert len({move.verb for move in VOICE.moves}) == len(VOICE.moves)
    assert {move.desk for move in VOICE.moves} == {UNIT}


def test_an_open_remark_has_a_way_on_and_only_what_was_erased_has_none():
    stuck = [state for state in VoiceState if not VOICE.open_moves(state)]

    assert stuck == [VoiceState.POINTED]
    for verb in (VoiceVerb.POINT, VoiceVerb.DISCARD, VoiceVerb.REOPEN):
        assert VOICE.move(verb).permission == CONCLUDING


def test_every_kind_has_a_day_with_its_source_and_conduct_goes_above():
    assert set(TERMS) == set(VoiceKind) == {*ORDINARY, *LEGAL}
    assert all(term.days and term.source for term in TERMS.values())
    assert [kind for kind in VoiceKind if goes_above(kind)] == ["attitude", "harassment"]
