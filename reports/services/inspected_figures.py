"""Figures of the year that the rows of inspections tell by themselves."""

from collections.abc import Collection as Units

from django.db.models import Count, Max, Q, QuerySet

from commitments.models import Inspection, InspectionFinding
from commitments.models.inspection import COUNTED
from commitments.rules.inspection import InspectionVerb
from scoring.models import Collection

HELD, FOUND, MENDED, PLANNED, PLANNED_HELD = "KT-01", "KT-02", "KT-03", "KT-04", "KT-05"
CODES = (HELD, FOUND, MENDED, PLANNED, PLANNED_HELD)
"""Codes of the usual indicators (scoring/data/indicators.json)."""


def counts_of(units: Units[int], collection: Collection) -> dict[int, dict[str, int]]:
    """By key of the inspecting unit, code → number, over the stretch of the collection, each by the
    day on which it came to be: held, of these planned, and found by the day of the minutes, mended
    by the day of the last acceptance, planned by the first day. So a report of a stretch says the
    same whenever it is taken, and stretches that follow one another add up. Three queries, however
    many units."""
    days = (collection.starts_on, collection.ends_on)
    there = Q(minuted_on__range=days)
    rows = Inspection.objects.filter(unit__in=units).order_by().values("unit")
    counts = rows.annotate(
        held=Count("pk", filter=there),
        planned=Count("pk", filter=COUNTED & Q(starts_on__range=days)),
        planned_held=Count("pk", filter=COUNTED & there),
    )
    told = {
        row["unit"]: {
            HELD: row["held"],
            FOUND: 0,
            MENDED: 0,
            PLANNED: row["planned"],
            PLANNED_HELD: row["planned_held"],
        }
        for row in counts
    }
    rows = InspectionFinding.objects.shortcomings().filter(inspection__unit__in=units)
    found = rows.filter(inspection__minuted_on__range=days)
    mended = (
        rows.with_mending()
        .filter(is_mended=True)
        .alias(
            accepted_at=Max(
                "tasks__events__happened_at", filter=Q(tasks__events__verb=InspectionVerb.ACCEPT)
            )
        )
    )
    mended = mended.filter(accepted_at__date__range=days)
    for code, counted in ((FOUND, found), (MENDED, mended)):
        for unit, number in _by_unit(counted):
            told[unit][code] = number
    return told


def _by_unit(findings: QuerySet[InspectionFinding]) -> QuerySet:
    """Key of the inspecting unit, number."""
    counted = InspectionFinding.objects.filter(pk__in=findings.order_by().values("pk")).order_by()
    return counted.values_list("inspection__unit").annotate(number=Count("pk"))
