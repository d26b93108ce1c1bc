"""One row of a dossier with all that saving it asks about, held, in one query.

Written by hand, because it runs at every pause in somebody's typing: docs/decisions/0024.
"""

from collections.abc import Collection
from datetime import date
from functools import cache

from cchc_portal.kit.one_row import Part, ask
from scoring.models.criteria import Criterion
from scoring.models.dossier import Dossier
from scoring.models.draft import Draft
from scoring.models.evidence import Evidence
from scoring.models.period import Period
from scoring.models.score import Score
from units.models import Membership, User


def hold_row(
    pk: int, *, by: User, today: date, roles: Collection[str] | None = None
) -> Score | None:
    """The score with its criterion, its dossier and the period, its number of `pieces` of
    evidence, whether `drafts_wait` that the person left in the dossier, and as `roles_held` what
    the person is today, as (unit key, role); the dossier and then the score are locked until the
    transaction ends.

    None if there is no such score, or the person has none of the `roles` at its unit.
    """
    asked = {"pk": pk, "by": by.pk, "today": today, "anyone": roles is None}
    values = ask(_statement(), asked | {"roles": list(roles or ())})
    if values is None:
        return None
    score, dossier, score.criterion, dossier.period = (part.read(values) for part in _parts())
    score.dossier, score.pieces, score.drafts_wait = dossier, next(values), next(values)
    score.roles_held = zip(next(values) or (), next(values) or (), strict=True)
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
            ),
            held.units, held.roles
        FROM {Score._meta.db_table} score
        JOIN {Dossier._meta.db_table} dossier ON dossier.id = score.dossier_id
        JOIN {Criterion._meta.db_table} criterion ON criterion.id = score.criterion_id
        JOIN {Period._meta.db_table} period ON period.id = dossier.period_id
        CROSS JOIN LATERAL (
            SELECT array_agg(unit_id) units, array_agg(role) roles,
                coalesce(bool_or(unit_id = dossier.unit_id AND role = ANY(%(roles)s)), false) writes
            FROM {Membership._meta.db_table}
            WHERE user_id = %(by)s AND in_force @> %(today)s
        ) held
        WHERE score.id = %(pk)s AND (%(anyone)s OR held.writes)
        FOR NO KEY UPDATE OF dossier, score
    """
