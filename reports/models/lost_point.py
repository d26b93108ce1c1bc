"""A point that was lost and became a task of the year after."""

from django.db import models

from cchc_portal.kit.fractions import FractionField
from commitments.models import CommitmentTask
from reports.models.edition import Edition
from reports.models.edition_line import EditionResult
from scoring.models import Dossier


class LostPointQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those whose task the person may see."""
        return self.filter(task__in=CommitmentTask.objects.visible_to(user))

    def of_the_dossier(self, dossier: Dossier):
        """With the task and its commitment, by code (one query)."""
        return self.filter(dossier=dossier).select_related("task__commitment__amends")

    def arising_from(self, edition: Edition):
        """All that came of its period, with task, commitment and unit, by block and unit as the
        edition has them (one query)."""
        line = edition.results.filter(unit=models.OuterRef("dossier__unit")).values("position")
        found = self.filter(dossier__period=edition.period_id).annotate(place=models.Subquery(line))
        joined = found.select_related("task__commitment__amends", "dossier__unit")
        return joined.order_by("place", "dossier__unit", "code")


class LostPoint(models.Model):
    """Which component of which dossier a task is to mend, and what it had lost.

    `result` is the published line it was read from; None where it was read before publication.
    Goes with its task: what is taken out of a draft may be taken up again.
    """

    task = models.OneToOneField(
        CommitmentTask, on_delete=models.CASCADE, primary_key=True, related_name="lost_point"
    )
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="lost_points")
    result = models.ForeignKey(
        EditionResult, on_delete=models.PROTECT, null=True, blank=True, related_name="lost_points"
    )
    code = models.CharField("mã tiêu chí thành phần", max_length=20)
    lost = FractionField("điểm mất")

    objects = LostPointQuerySet.as_manager()

    class Meta:
        verbose_name = "điểm mất đã thành nhiệm vụ"
        verbose_name_plural = "điểm mất đã thành nhiệm vụ"
        constraints = (
            models.UniqueConstraint(
                fields=("dossier", "code"),
                name="lost_point_one_task_for_a_component",
                violation_error_message="Điểm mất này đã thành nhiệm vụ.",
            ),
            models.CheckConstraint(
                name="lost_point_something_was_lost",
                condition=models.Q(lost__numerator__gt=0, lost__denominator__gt=0),
            ),
        )

    def __str__(self):
        return f"{self.code}, {self.dossier}"
