"""Every report on a task, what the receiver said of it, and the papers behind it."""

from collections.abc import Collection

from django.conf import settings
from django.db import models
from django.db.models import Q

from cchc_portal.kit.constraints import one_of, together
from cchc_portal.kit.logbook import Kept, Sealed
from commitments.models.task import CommitmentTask
from commitments.rules.progress import progress
from commitments.rules.workflow import TaskOutcome, Verdict
from units.models import Document


class TaskReportQuerySet(models.QuerySet):
    def for_page(self):
        """Newest first, with who said what and the papers (one query more)."""
        people = self.select_related("reported_by", "judged_by")
        return people.prefetch_related("proofs").order_by("-number")

    def of_finished(self, unit: int, years: Collection[int]):
        """Reports that a task of the unit's commitments of these years is done, unless refused,
        with their papers, which no cabinet gives up while a report points to them (two queries)."""
        return (
            self.filter(
                task__commitment__unit=unit,
                task__commitment__year__in=years,
                outcome=TaskOutcome.DONE,
            )
            .exclude(verdict=Verdict.REFUSED)
            .select_related("task__commitment__amends")
            .prefetch_related("proofs")
            .order_by("-task__commitment__year", "task__position", "-number")
        )


class TaskReport(models.Model):
    """Báo cáo kết quả: written once by the unit; the receiver's word on it is added once."""

    task = models.ForeignKey(CommitmentTask, on_delete=models.CASCADE, related_name="reports")
    number = models.PositiveSmallIntegerField("lần")
    outcome = models.CharField("mức độ hoàn thành", max_length=10, choices=TaskOutcome.choices)
    reached = models.DecimalField(
        "giá trị đạt được", max_digits=14, decimal_places=4, null=True, blank=True
    )
    result = models.TextField("kết quả thực hiện")
    done_on = models.DateField("ngày hoàn thành", null=True, blank=True)
    reported_at = models.DateTimeField("thời điểm báo cáo")
    reported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    proofs = models.ManyToManyField(Document, related_name="task_reports", blank=True)
    verdict = models.CharField("nghiệm thu", max_length=10, choices=Verdict.choices, blank=True)
    remark = models.TextField("ý kiến nghiệm thu", blank=True)
    judged_at = models.DateTimeField("thời điểm nghiệm thu", null=True, blank=True)
    judged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = TaskReportQuerySet.as_manager()

    class Meta:
        verbose_name = "báo cáo nhiệm vụ"
        verbose_name_plural = "báo cáo nhiệm vụ"
        ordering = ("task", "number")
        constraints = (
            models.UniqueConstraint(fields=("task", "number"), name="report_number_once_in_a_task"),
            one_of("outcome", TaskOutcome, "report_outcome_known"),
            models.CheckConstraint(name="report_says_something", condition=~Q(result="")),
            together("judged_at", "judged_by", name="report_judgement_is_whole"),
            models.CheckConstraint(
                name="report_verdict_agrees_with_judgement",
                condition=Q(verdict="", judged_at=None, remark="")
                | Q(verdict__in=Verdict.values, judged_at__isnull=False),
            ),
            models.CheckConstraint(
                name="report_refusal_has_a_reason",
                condition=Q(verdict__in=("", Verdict.ACCEPTED)) | ~Q(remark=""),
            ),
        )
        triggers = (Kept(), Sealed(but=("verdict", "remark", "judged_at", "judged_by")))

    def __str__(self):
        return f"{self.task}, báo cáo lần {self.number}"

    @property
    def progress_percent(self):
        """How far the task had come by this report, or None where it is not measured."""
        task = self.task
        share = progress(task.baseline, task.target, self.reached, task.aim)
        return None if share is None else share * 100
