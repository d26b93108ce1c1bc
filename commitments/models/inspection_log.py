"""What happened to a plan of inspections, or to an inspection, line by line."""

from django.db import models
from django.db.models import Q

from cchc_portal.kit.logbook import LogEntry
from commitments.models.inspection import Inspection
from commitments.models.inspection_plan import InspectionPlan
from commitments.models.mending import InspectionTask
from commitments.rules.inspection import InspectionVerb


class InspectionEventQuerySet(models.QuerySet):
    def for_page(self):
        """With the person of each line (one query)."""
        return self.select_related("by")


class InspectionEvent(LogEntry):
    """One thing that was done: the move or the edit, about what, by whom, why."""

    plan = models.ForeignKey(
        InspectionPlan, on_delete=models.PROTECT, null=True, blank=True, related_name="events"
    )
    inspection = models.ForeignKey(
        Inspection, on_delete=models.PROTECT, null=True, blank=True, related_name="events"
    )
    task = models.ForeignKey(
        InspectionTask, on_delete=models.PROTECT, null=True, blank=True, related_name="events"
    )
    about = models.CharField("về việc", max_length=520, blank=True)

    objects = InspectionEventQuerySet.as_manager()

    class Meta(LogEntry.Meta):
        verbose_name = "nhật ký kiểm tra"
        verbose_name_plural = "nhật ký kiểm tra"
        constraints = (
            models.CheckConstraint(
                name="inspection_event_is_of_something",
                condition=Q(plan=None, inspection__isnull=False)
                | Q(plan__isnull=False, inspection=None),
            ),
        )

    def __str__(self):
        return f"{self.words}: {self.about}"

    @property
    def words(self) -> str:
        """What was done, in Vietnamese."""
        return str(InspectionVerb(self.verb).label)
