"""What a task must say before it may be written. The database repeats it. Pure."""

from commitments.rules.progress import Aim
from commitments.rules.terms import TaskTerms


def broken(terms: TaskTerms) -> list[str]:
    """Names of the constraints of `CommitmentTask` that these terms break, in the order of a
    form; a test holds both to the same."""
    amount = terms.aim in (Aim.RAISE, Aim.CUT)
    spans = terms.due_from is None or (terms.due_on is not None and terms.due_from <= terms.due_on)
    holds = {
        "task_has_a_title": terms.title != "",
        "task_baseline_needs_a_target": terms.baseline is None or terms.target is not None,
        "task_amount_is_positive": not amount or (terms.target is not None and terms.target > 0),
        "task_span_is_in_order": spans,
        "task_has_a_term": terms.due_on is not None or terms.due_text != "",
        "task_money_is_not_negative": terms.money is None or terms.money >= 0,
    }
    return [name for name, kept in holds.items() if not kept]
