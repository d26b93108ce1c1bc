"""One row of a dossier with all that saving it asks about, held, in one query.

Written by hand, because it runs at every pause in somebody's typing: docs/decisions/0024.
"""

from collections.abc import Collection
from functools import cache

from cchc_portal.kit.one_row import Part, ask
from scoring.models.criteria import Criterion
from scoring.models.dossier import Dossier
from scoring.models.draft import Draft
from scoring.models.evidence import Evidence
from scoring.models.period import Period
from scoring.models.score import Score
from units.models import User


def hold_row(pk: int, *, by: User, units: Collection[int] | None = None) -> Score | None:
    """The score with its criterion, its dossier and the period, its number of `pieces` of
    evidence, and whether `drafts_wait` that the person left in the dossier; the dossier and then
    the score are locked until the transaction ends.

    None if there is no such score, or its dossier is of none of the `units`.
    """
    asked = {"pk": pk, "by": by.pk, "anywhere": units is None, "units": list(units or ())}
    values = ask(_statement(), asked)
    if values is None:
        return None
    score, dossier, score.criterion, dossier.period = (part.read(values) for part in _parts())
    score.dossier, score.pieces, score.drafts_wait = dossier, next(values), next(values)
    return score


@cache
def _parts() -> tuple[Part, ...]:
    return (
        Part("score", Score),
        Part("dossier", Dossier),
        Part("criterion", Criterion),
        Part("period", Period),
    )


@cache
def _statement() -> str:
    # Rows are locked in the order in which OF names them: the dossier first, as everywhere.
    return f"""
        SELECT {", ".join(part.columns for part in _parts())},
            (SELECT count(*) FROM {Evidence._meta.db_table} piece WHERE piece.score_id = score.id),
            EXISTS (
                SELECT FROM {Draft._meta.db_table} draft
                WHERE draft.dossier_id = dossier.id AND draft.by_id = %(by)s
            )
        FROM {Score._meta.db_table} score
        JOIN {Dossier._meta.db_table} dossier ON dossier.id = score.dossier_id
        JOIN {Criterion._meta.db_table} criterion ON criterion.id = score.criterion_id
        JOIN {Period._meta.db_table} period ON period.id = dossier.period_id
        WHERE score.id = %(pk)s AND (%(anywhere)s OR dossier.unit_id = ANY(%(units)s::bigint[]))
        FOR NO KEY UPDATE OF dossier, score
    """
