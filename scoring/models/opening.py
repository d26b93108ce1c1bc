"""The rows of an opened period, made in the database: a dossier a unit, a score a component."""

from django.db import connection

from scoring.models.dossier import Dossier
from scoring.models.period import BlockUnit
from scoring.models.score import Score
from scoring.rules.kinds import Level

_FROM_THE_TREE = ("dossier", "criterion", "maximum")

_SCORES = """
insert into scoring_score (dossier_id, criterion_id, maximum, {columns})
select dossier.id, criterion.id, criterion.maximum, {values}
from scoring_dossier dossier
join scoring_criteriaset owned on owned.block_id = dossier.block_id
join scoring_criterion criterion on criterion.criteria_set_id = owned.id
where dossier.id = any(%s) and criterion.level = %s
order by dossier.id, criterion.position
"""


def make_dossiers(period: int, *, at_most: int) -> int:
    """Dossiers and score rows of so many chosen units that have none yet; how many units.

    The caller holds the period, so nobody else makes the same at the same time.
    """
    waiting = BlockUnit.objects.waiting(period).order_by("block__position", "pk")[:at_most]
    made = Dossier.objects.bulk_create(
        Dossier(period_id=period, block_id=chosen.block_id, unit_id=chosen.unit_id)
        for chosen in waiting
    )
    if made:
        _make_scores([dossier.pk for dossier in made])
    return len(made)


def _make_scores(dossiers: list[int]) -> None:
    """One INSERT … SELECT; what does not come from the tree is as in a blank score."""
    blank = {
        field.column: field.get_db_prep_save(field.get_default(), connection)
        for field in Score._meta.concrete_fields
        if field.name not in _FROM_THE_TREE and not field.primary_key and not field.null
    }
    statement = _SCORES.format(columns=", ".join(blank), values=", ".join(["%s"] * len(blank)))
    with connection.cursor() as cursor:
        cursor.execute(statement, [*blank.values(), dossiers, Level.COMPONENT])
