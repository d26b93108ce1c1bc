"""Database walls: what is given to verify lies in its block, while the period is assessed."""

import pgtrigger

from scoring.rules.kinds import Level
from scoring.rules.workflow import DECIDED, PeriodState

_DECIDED = ", ".join(f"'{state.value}'" for state in DECIDED)
_REFUSAL = "RAISE EXCEPTION 'does not fit: %', TG_TABLE_NAME USING ERRCODE = '23514';"


class GivenInItsBlock(pgtrigger.Trigger):
    """An assignment is written while its period is open; its dossier and its node are the block's.

    The look-up waits for a period that is just being locked, and then sees it locked.
    """

    def __init__(self):
        super().__init__(
            name="given_in_its_block",
            when=pgtrigger.Before,
            operation=pgtrigger.Insert | pgtrigger.Update,
            declare=[("found", "text")],
            func=f"""
                SELECT period.state INTO found FROM scoring_period period
                JOIN scoring_block block ON block.period_id = period.id
                WHERE block.id = NEW.block_id FOR SHARE OF period;
                IF found IS DISTINCT FROM '{PeriodState.OPEN.value}' OR (
                    NEW.dossier_id IS NOT NULL AND NOT EXISTS (
                        SELECT 1 FROM scoring_dossier dossier
                        WHERE dossier.id = NEW.dossier_id AND dossier.block_id = NEW.block_id
                    )
                ) OR (
                    NEW.node_id IS NOT NULL AND NOT EXISTS (
                        SELECT 1 FROM scoring_criterion node
                        JOIN scoring_criteriaset owned ON owned.id = node.criteria_set_id
                        WHERE node.id = NEW.node_id AND owned.block_id = NEW.block_id
                        AND node.level <> '{Level.COMPONENT.value}'
                    )
                ) THEN {_REFUSAL} END IF;
                RETURN NEW;
            """,
        )


class OwnedAsACriterion(pgtrigger.Trigger):
    """What a unit owns is a criterion, neither area nor component, of a period not yet decided."""

    def __init__(self):
        super().__init__(
            name="owned_as_a_criterion",
            when=pgtrigger.Before,
            operation=pgtrigger.Insert | pgtrigger.Update,
            declare=[("found", "text")],
            func=f"""
                SELECT period.state INTO found FROM scoring_period period
                JOIN scoring_block block ON block.period_id = period.id
                JOIN scoring_criteriaset owned ON owned.block_id = block.id
                JOIN scoring_criterion node ON node.criteria_set_id = owned.id
                WHERE node.id = NEW.criterion_id AND node.level = '{Level.CRITERION.value}'
                FOR SHARE OF period;
                IF found IS NULL OR found IN ({_DECIDED}) THEN {_REFUSAL} END IF;
                RETURN NEW;
            """,
        )
