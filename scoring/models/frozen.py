"""Database walls: what belongs to a period is written only while the period is being prepared."""

import pgtrigger

from scoring.rules.second_mark import OPEN
from scoring.rules.workflow import PREPARATION, DossierState, ExplanationState, PeriodState

_PREPARING = ", ".join(f"'{state.value}'" for state in PREPARATION)
_OPEN_MARKS = ", ".join(f"'{state.value}'" for state in OPEN)
_REFUSAL = "RAISE EXCEPTION 'frozen with its period: %', TG_TABLE_NAME USING ERRCODE = '23514';"

OF_A_BLOCK_ROW = """
    SELECT period.state FROM scoring_period period
    WHERE period.id IN (OLD.period_id, NEW.period_id) FOR SHARE
"""
OF_A_SET = """
    SELECT period.state FROM scoring_period period
    JOIN scoring_block block ON block.period_id = period.id
    WHERE block.id IN (OLD.block_id, NEW.block_id) FOR SHARE OF period
"""
OF_A_CRITERION = """
    SELECT period.state FROM scoring_period period
    JOIN scoring_block block ON block.period_id = period.id
    JOIN scoring_criteriaset owned ON owned.block_id = block.id
    WHERE owned.id IN (OLD.criteria_set_id, NEW.criteria_set_id) FOR SHARE OF period
"""


class FrozenWithPeriod(pgtrigger.Trigger):
    """No INSERT, UPDATE or DELETE unless the period it belongs to is being prepared.

    The look-up waits for a period that is just being opened, and then sees it open.
    """

    def __init__(self, states: str):
        super().__init__(
            name="frozen_with_period",
            when=pgtrigger.Before,
            operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
            declare=[("found", "text")],
            func=f"""
                FOR found IN {states} LOOP
                    IF found NOT IN ({_PREPARING}) THEN {_REFUSAL} END IF;
                END LOOP;
                IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
                RETURN NEW;
            """,
        )


class FrozenOnceOpened(pgtrigger.Trigger):
    """A period past its preparation keeps every column but its state, and never goes back."""

    def __init__(self):
        super().__init__(
            name="frozen_once_opened",
            when=pgtrigger.Before,
            operation=pgtrigger.Update | pgtrigger.Delete,
            func=f"""
                IF OLD.state NOT IN ({_PREPARING}) AND (
                    TG_OP = 'DELETE' OR NEW.state IN ({_PREPARING})
                    OR to_jsonb(NEW) - 'state' IS DISTINCT FROM to_jsonb(OLD) - 'state'
                ) THEN {_REFUSAL} END IF;
                IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
                RETURN NEW;
            """,
        )


class NotLockedOverAnOpenReply(pgtrigger.Trigger):
    """A period is not locked while an explanation of one of its units waits to be decided."""

    def __init__(self):
        super().__init__(
            name="not_locked_over_an_open_reply",
            when=pgtrigger.Before,
            operation=pgtrigger.Update,
            condition=pgtrigger.Q(new__state=PeriodState.LOCKED.value),
            func=f"""
                IF EXISTS (
                    SELECT 1 FROM scoring_explanation waiting
                    JOIN scoring_score score ON score.id = waiting.score_id
                    JOIN scoring_dossier dossier ON dossier.id = score.dossier_id
                    WHERE dossier.period_id = NEW.id
                    AND waiting.state = '{ExplanationState.SENT.value}'
                ) THEN
                    RAISE EXCEPTION 'open reply: %', TG_TABLE_NAME USING ERRCODE = '23514';
                END IF;
                RETURN NEW;
            """,
        )


class NotLockedOverAnOpenMark(pgtrigger.Trigger):
    """A period is not locked while a second mark on one of its units waits or is in dispute."""

    def __init__(self):
        super().__init__(
            name="not_locked_over_an_open_mark",
            when=pgtrigger.Before,
            operation=pgtrigger.Update,
            condition=pgtrigger.Q(new__state=PeriodState.LOCKED.value),
            func=f"""
                IF EXISTS (
                    SELECT 1 FROM scoring_secondmark mark
                    JOIN scoring_score score ON score.id = mark.score_id
                    JOIN scoring_dossier dossier ON dossier.id = score.dossier_id
                    WHERE dossier.period_id = NEW.id
                    AND dossier.state <> '{DossierState.ABSENT.value}'
                    AND mark.state IN ({_OPEN_MARKS})
                ) THEN
                    RAISE EXCEPTION 'open second mark: %', TG_TABLE_NAME USING ERRCODE = '23514';
                END IF;
                RETURN NEW;
            """,
        )
