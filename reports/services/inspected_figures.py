"""Figures of the year that the rows of inspections tell by themselves, offered to a report.

Nothing is taken without a press (docs/decisions/0086): an inspection recorded later changes no
reported figure behind anybody's back.
"""

from collections.abc import Collection as Units
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.db.models import Count, Q

from cchc_portal.kit.errors import MoveRefused
from commitments.models import Inspection, InspectionFinding
from commitments.models.inspection import COUNTED
from commitments.rules.inspection import TOLD
from scoring.models import Collection, Reading
from scoring.services import readings
from units.models import User

HELD, FOUND, MENDED, PLANNED, PLANNED_HELD = "KT-01", "KT-02", "KT-03", "KT-04", "KT-05"
CODES = (HELD, FOUND, MENDED, PLANNED, PLANNED_HELD)
"""Codes of the usual indicators (scoring/data/indicators.json)."""
SOURCE = "Theo các cuộc kiểm tra ghi trên cổng."


@dataclass(frozen=True)
class Offered:
    """A figure of the report, and what the inspections of the unit come to."""

    reading: Reading
    amount: Decimal

    @property
    def same(self) -> bool:
        """Whether the report says so already."""
        return self.reading.amount == self.amount


def counts_of(units: Units[int], collection: Collection) -> dict[int, dict[str, int]]:
    """By key of the inspecting unit, code → number, over the stretch of the collection: held and
    found by the day of the minutes, planned by the first day. Two queries, however many units."""
    days = (collection.starts_on, collection.ends_on)
    planned = COUNTED & Q(starts_on__range=days)
    there = Q(state__in=TOLD)
    rows = Inspection.objects.filter(unit__in=units).order_by().values("unit")
    counts = rows.annotate(
        held=Count("pk", filter=Q(minuted_on__range=days)),
        planned=Count("pk", filter=planned),
        planned_held=Count("pk", filter=planned & there),
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
    of = "inspection__unit"
    found = InspectionFinding.objects.shortcomings().with_mending().order_by()
    found = found.filter(inspection__unit__in=units, inspection__minuted_on__range=days)
    summed = found.values(of).annotate(
        number=Count("pk"), done_with=Count("pk", filter=Q(is_mended=True))
    )
    for unit, number, mended in summed.values_list(of, "number", "done_with"):
        told[unit] |= {FOUND: number, MENDED: mended}
    return told


def offered_to(collection: Collection, unit: int) -> list[Offered]:
    """What is offered to a unit's report; empty where it runs no inspections or is asked for none
    of these figures. Three queries."""
    asked = Reading.objects.for_page().filter(
        collection=collection, unit=unit, indicator__code__in=CODES
    )
    rows = list(asked.in_order())
    counts = counts_of([unit], collection).get(unit) if rows else None
    if counts is None:
        return []
    return [Offered(row, Decimal(counts[row.indicator.code])) for row in rows]


@transaction.atomic
def take(collection: Collection, unit: int, *, seen: dict[int, int], by: User) -> int:
    """The figures are written into the report, all or none; how many were another before.

    seen: key of the figure to the version that was on the screen. Raises PermissionDenied,
    MoveRefused (closed, or nothing to take), ChangedMeanwhile.
    """
    if collection.closed:
        raise MoveRefused("Số liệu đã chốt: đề nghị sửa từng dòng và ghi lý do.")
    offered = [one for one in offered_to(collection, unit) if not one.same]
    for one in offered:
        readings.put(
            one.reading.pk,
            by=by,
            amount=one.amount,
            note=one.reading.note or SOURCE,
            seen_version=seen.get(one.reading.pk, 0),
        )
    return len(offered)
