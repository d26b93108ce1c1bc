"""How risky one component is with each unit of a block. Reads only."""

from collections.abc import Iterable, Mapping

from cchc_portal.kit.numerals import as_fraction
from scoring.models import Criterion, Period, Score
from scoring.rules.risk import Assessed, Past, assess, middle_of
from scoring.rules.workflow import DECIDED, DossierState


def risks_across(
    component: Criterion, scores: Iterable[Score], period: Period
) -> tuple[dict[int, Assessed], dict[int, Past]]:
    """Score key → its risks, and unit key → its last time. One query, however many units.

    The scores need their criterion, their dossier and their evidence. The middle of the block is
    that of the scores given.
    """
    scores = list(scores)
    before = time_before(component, period, [score.dossier.unit_id for score in scores])
    shares = [
        score.self_points / as_fraction(score.maximum)
        for score in scores
        if score.self_points is not None
    ]
    middle = middle_of(shares)
    risks = {
        score.pk: assess(
            score.claim(len(score.evidence.all())),
            score.maximum,
            past=before.get(score.dossier.unit_id),
            middle=middle,
        )
        for score in scores
    }
    return risks, before


def time_before(component: Criterion, period: Period, units: list[int]) -> Mapping[int, Past]:
    """Unit key → its newest decided score of the same lineage key, at the same assessor."""
    if not component.key:
        return {}
    rows = (
        Score.objects.filter(
            criterion__key=component.key,
            dossier__unit__in=units,
            dossier__state=DossierState.VERIFIED,
            dossier__period__assessor=period.assessor_id,
            dossier__period__kind=period.kind,
            dossier__period__year__lt=period.year,
            dossier__period__state__in=DECIDED,
        )
        .select_related("dossier__period")
        .order_by("dossier__period__year", "dossier__period__opens_on")
    )
    return {
        row.dossier.unit_id: Past(
            row.dossier.period.year, row.self_points, row.approved_points, row.maximum
        )
        for row in rows
    }
