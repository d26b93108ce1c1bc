"""Where inspections and criteria meet: the checklist is taken from the set of the inspected unit,
and what was found is offered at the component it touches. Neither floor below knows the other
(docs/decisions/0091-an-inspection-meets-criteria-and-figures.md)."""

from collections.abc import Collection as Keys
from dataclasses import dataclass

from django.db.models import Q

from commitments.models import Inspection, InspectionFinding, InspectionPoint
from commitments.rules.inspection import TOLD, PointWords
from commitments.services import inspection_team
from reports.rules.loop import cut
from scoring.models import Criterion, Dossier, Score
from units.models import User

LONGEST_POINT = InspectionPoint._meta.get_field("text").max_length


@dataclass(frozen=True)
class FindingAt:
    """What an inspection found at a component; whether the reader may open the inspection."""

    finding: InspectionFinding
    opens: bool


def dossier_for(inspection: Inspection) -> Dossier | None:
    """The dossier whose set the checklist is taken from: of the inspection's year, else of the
    newest year before it. One query."""
    found = Dossier.objects.filter(unit=inspection.inspected_id, period__year__lte=inspection.year)
    found = found.select_related("period", "block__criteria_set")
    return found.order_by("-period__year", "-pk").first()


def components_for(dossier: Dossier) -> list[Criterion]:
    """Its components with criterion and area, in the order of the set. One query."""
    nodes = Criterion.objects.components().filter(criteria_set__block=dossier.block_id)
    return list(nodes.select_related("parent__parent").order_by("position"))


def take(inspection: Inspection, *, chosen: Keys[Criterion], by: User) -> int:
    """The chosen components become lines of the checklist; how many. PermissionDenied,
    MoveRefused."""
    points = [
        PointWords(cut(one.title, LONGEST_POINT), one.key or f"#{one.code}", one.code)
        for one in chosen
    ]
    return len(inspection_team.add_points(inspection, points=points, by=by))


def findings_at(score: Score, user: User) -> list[FindingAt]:
    """What inspections of the dossier's unit found at the component from the first day of the
    period's figures until the verification ends, newest first. Two queries.

    The score needs criterion, dossier and period.
    """
    dossier, component = score.dossier, score.criterion
    days = (dossier.period.data_from, dossier.period.verify_by)
    found = InspectionFinding.objects.filter(
        Q(point__criterion_key=component.key or f"#{component.code}"),
        inspection__inspected=dossier.unit_id,
        inspection__state__in=TOLD,
        inspection__ends_on__range=days,
    )
    rows = list(found.for_page().with_mending().order_by("-inspection__ends_on", "number"))
    keys = {row.inspection_id for row in rows}
    seen = Inspection.objects.visible_to(user).filter(pk__in=keys) if keys else ()
    open_to = {one.pk for one in seen}
    return [FindingAt(row, row.inspection_id in open_to) for row in rows]
