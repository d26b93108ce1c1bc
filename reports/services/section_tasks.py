"""Tasks of a unit's year in the area of a section, so that their results need no second telling."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from commitments.models import CommitmentTask, PlannedTask
from commitments.rules.areas import ReformArea
from commitments.rules.plan import PlanState
from commitments.rules.progress import Standing
from commitments.rules.workflow import COUNTERSIGNED
from reports.models import SectionText

MOST = 30


@dataclass(frozen=True)
class TaskLine:
    """A task as it stands: of a commitment or of the plan; `result` is what was told of it."""

    key: str
    title: str
    of: str
    standing: Standing
    result: str
    address: str


def tasks_beside(text: SectionText, today: date) -> list[TaskLine]:
    """Tasks in force of the unit's commitment of the year, then those of its issued plan that are
    in no commitment. Two queries; none where the section is no area of reform."""
    area, report = text.section.key, text.report
    if area not in ReformArea:
        return []
    promised = CommitmentTask.objects.live().filter(
        area=area,
        commitment__unit=report.unit_id,
        commitment__year=report.round.year,
        commitment__state__in=COUNTERSIGNED,
    )
    planned = PlannedTask.objects.filter(
        area=area,
        plan__unit=report.unit_id,
        plan__year=report.round.year,
        plan__state=PlanState.ISSUED,
        committed_as=None,
    )
    lines = [
        TaskLine(
            f"cam-ket-{one.pk}",
            one.title,
            "bản cam kết",
            one.standing,
            one.result,
            reverse("commitments:task", args=[one.pk]),
        )
        for one in promised.order_by("commitment", "position")[:MOST]
    ]
    return lines + [
        TaskLine(
            f"ke-hoach-{one.pk}",
            one.title,
            "kế hoạch",
            one.standing_on(today),
            one.result,
            reverse("commitments:plan", args=[one.plan_id]),
        )
        for one in planned.order_by("position")[:MOST]
    ]
