"""A table of moves refuses in words, and draws itself."""

import pytest

from cchc_portal.kit.errors import MoveRefused
from cchc_portal.kit.workflow import Workflow
from scoring.rules.workflow import (
    DOSSIER,
    PERIOD,
    DossierState,
    DossierVerb,
    PeriodState,
    PeriodVerb,
)

WORKFLOWS = (PERIOD, DOSSIER)


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda workflow: workflow.name)
def test_every_state_can_be_reached_and_every_verb_has_one_move(workflow: Workflow):
    reached = {next(iter(workflow.states))} | {move.target for move in workflow.moves}

    assert reached == set(workflow.states)
    assert len({move.verb for move in workflow.moves}) == len(workflow.moves)


def test_a_move_from_the_wrong_state_is_refused_with_the_state_in_the_sentence():
    with pytest.raises(MoveRefused) as refusal:
        DOSSIER.check(DossierVerb.SUBMIT, DossierState.VERIFIED)

    assert "đã thẩm định" in refusal.value.sentence


@pytest.mark.parametrize("comment", ["", "   "])
def test_a_move_that_needs_a_reason_is_refused_without_one(comment):
    with pytest.raises(MoveRefused, match="lý do"):
        DOSSIER.check(DossierVerb.RETURN, DossierState.SUBMITTED, comment)


def test_a_move_that_may_be_made_is_given_back_with_its_end():
    move = PERIOD.check(PeriodVerb.LOCK, PeriodState.OPEN)

    assert move.target == PeriodState.LOCKED


def test_only_a_correction_follows_publication():
    (move,) = PERIOD.open_moves(PeriodState.PUBLISHED)

    assert (move.verb, move.target, move.needs_comment) == (
        PeriodVerb.CORRECT,
        PeriodState.OPEN,
        True,
    )


def test_the_drawing_names_every_state_and_every_move():
    drawing = DOSSIER.draw()

    for state in DossierState:
        assert f'state "{state.label}" as {state.value}' in drawing
    for move in DOSSIER.moves:
        assert f"--> {move.target.value}: {move.label}" in drawing
