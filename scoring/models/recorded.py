"""Database walls: no figure, no word, no evidence of a score changes without a line that tells it.

The line stands in ScoreChange, written in the same transaction and naming the column. So a change
made by raw SQL is refused unless it says what it did.
"""

import pgtrigger
from django.db.models import Func

RECORDED = (
    "self_answer",
    "self_points",
    "self_not_applicable",
    "self_note",
    "verified_answer",
    "verified_points",
    "not_applicable",
    "verified_reason",
)
"""Columns of a score that people write. `approved_points` follows from locking the period."""

EVIDENCE = "evidence"
"""How the log of a score calls a document that came to it, or went."""

_TOLD = """
    SELECT 1 FROM scoring_scorechange line
    WHERE line.score_id = {score} AND line."column" = {column}
      AND line.transaction = txid_current()
"""
_REFUSAL = "RAISE EXCEPTION 'not recorded: %.%', TG_TABLE_NAME, {column} USING ERRCODE = '23514';"


THIS_TRANSACTION = Func(function="txid_current")
"""PostgreSQL's number of the transaction that is under way, its savepoints included."""


class ChangesAreRecorded(pgtrigger.Trigger):
    """UPDATE of a column that people write, only beside its line in the log."""

    def __init__(self):
        told = _TOLD.format(score="NEW.id", column="name")
        super().__init__(
            name="changes_are_recorded",
            when=pgtrigger.After,
            operation=pgtrigger.Update,
            condition=pgtrigger.AnyChange(*RECORDED),
            declare=[("name", "text")],
            func=f"""
                FOREACH name IN ARRAY ARRAY[{", ".join(f"'{column}'" for column in RECORDED)}] LOOP
                    IF to_jsonb(OLD) -> name IS DISTINCT FROM to_jsonb(NEW) -> name
                       AND NOT EXISTS ({told})
                    THEN {_REFUSAL.format(column="name")} END IF;
                END LOOP;
                RETURN NULL;
            """,
        )


class EvidenceIsRecorded(pgtrigger.Trigger):
    """A document comes to a score, changes there or goes, only beside a line in the score's log."""

    def __init__(self):
        told = _TOLD.format(score="COALESCE(NEW.score_id, OLD.score_id)", column=f"'{EVIDENCE}'")
        super().__init__(
            name="evidence_is_recorded",
            when=pgtrigger.After,
            operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
            func=f"""
                IF NOT EXISTS ({told}) THEN {_REFUSAL.format(column=f"'{EVIDENCE}'")} END IF;
                RETURN NULL;
            """,
        )
