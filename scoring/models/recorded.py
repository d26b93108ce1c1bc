"""Database walls: no figure, no word, no evidence of a score changes without a line that tells it.

The line stands in ScoreChange, written in the same transaction and naming the column. So a change
made by raw SQL is refused unless it says what it did.
"""

import pgtrigger
from django.db.models import Func

from scoring.rules.criteria import BEYOND_MAXIMUM
from scoring.rules.kinds import Source

RECORDED = (
    "self_answer",
    "self_points",
    "self_not_applicable",
    "self_note",
    "verified_answer",
    "verified_points",
    "not_applicable",
    "verified_reason",
    "verified_source",
)
"""Columns of a score that people write. `approved_points` follows from locking the period."""

EVIDENCE = "evidence"
"""How the log of a score calls a document that came to it, or went."""

_TOLD = """
    EXECUTE 'SELECT EXISTS (SELECT 1 FROM scoring_scorechange line WHERE line.score_id = $1
             AND line."column" = $2 AND line.transaction = txid_current())'
    INTO told USING {score}, {column};
    IF NOT told THEN
        RAISE EXCEPTION 'not recorded: %.%', TG_TABLE_NAME, {column} USING ERRCODE = '23514';
    END IF;
"""
# EXECUTE plans anew each time: a plan kept from when the log was small would read all of it for
# every change, as long as the connection lives.

THIS_TRANSACTION = Func(function="txid_current")
"""PostgreSQL's number of the transaction that is under way, its savepoints included."""


class ChangesAreRecorded(pgtrigger.Trigger):
    """UPDATE of a column that people write, only beside its line in the log."""

    def __init__(self):
        super().__init__(
            name="changes_are_recorded",
            when=pgtrigger.After,
            operation=pgtrigger.Update,
            condition=pgtrigger.AnyChange(*RECORDED),
            declare=[("name", "text"), ("told", "boolean"), ("was", "jsonb"), ("is_now", "jsonb")],
            func=f"""
                was := to_jsonb(OLD);
                is_now := to_jsonb(NEW);
                FOREACH name IN ARRAY ARRAY[{", ".join(f"'{column}'" for column in RECORDED)}] LOOP
                    IF was -> name IS DISTINCT FROM is_now -> name THEN
                        {_TOLD.format(score="NEW.id", column="name")}
                    END IF;
                END LOOP;
                RETURN NULL;
            """,
        )


class EvidenceIsRecorded(pgtrigger.Trigger):
    """A document comes to a score, changes there or goes, only beside a line in the score's log."""

    def __init__(self):
        score = "COALESCE(NEW.score_id, OLD.score_id)"
        super().__init__(
            name="evidence_is_recorded",
            when=pgtrigger.After,
            operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
            declare=[("told", "boolean")],
            func=f"""
                {_TOLD.format(score=score, column=f"'{EVIDENCE}'::text")}
                RETURN NULL;
            """,
        )


class SourceIsOfTheAssessor(pgtrigger.Trigger):
    """A source of figures stands only at what the unit does not assess itself; points given or
    taken on top bear a reason beside it."""

    def __init__(self):
        super().__init__(
            name="source_is_of_the_assessor",
            when=pgtrigger.After,
            operation=pgtrigger.Insert | pgtrigger.Update,
            condition=pgtrigger.Condition("NEW.verified_source <> ''"),
            declare=[("kind", "text")],
            func=f"""
                SELECT source INTO kind FROM scoring_criterion WHERE id = NEW.criterion_id;
                IF kind = '{Source.SELF.value}' OR NEW.verified_reason = ''
                    AND kind IN ({", ".join(f"'{one.value}'" for one in BEYOND_MAXIMUM)})
                    AND NEW.verified_points[1] <> 0
                THEN
                    RAISE EXCEPTION 'not grounded: %', TG_TABLE_NAME USING ERRCODE = '23514';
                END IF;
                RETURN NULL;
            """,
        )
