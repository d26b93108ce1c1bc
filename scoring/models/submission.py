"""Every handing in as it was: who, when, and all that the unit said. Frozen when it is written."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q

from cchc_portal.kit.fractions import FractionField
from cchc_portal.kit.logbook import AppendOnly, NoTruncate
from scoring.models.dossier import Dossier
from scoring.models.score import Score


class SubmissionQuerySet(models.QuerySet):
    def for_page(self):
        """Latest first, with who handed in (one query)."""
        return self.select_related("submitted_by").order_by("-number")


class Submission(models.Model):
    """Lần trình nộp: its number within the dossier, who, when, difficulties and proposals."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="submissions")
    number = models.PositiveSmallIntegerField("lần trình nộp")
    submitted_at = models.DateTimeField("thời điểm trình nộp")
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    difficulties = models.TextField("khó khăn, vướng mắc", blank=True)
    proposals = models.TextField("kiến nghị, đề xuất", blank=True)

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        verbose_name = "lần trình nộp"
        verbose_name_plural = "lần trình nộp"
        ordering = ("dossier", "number")
        constraints = (
            models.UniqueConstraint(fields=("dossier", "number"), name="submission_number_once"),
            models.CheckConstraint(name="submission_number_from_one", condition=Q(number__gte=1)),
        )
        triggers = (AppendOnly(), NoTruncate())

    def __str__(self):
        return f"{self.dossier}, lần {self.number}"


class SubmittedScore(models.Model):
    """One component as it was handed in. `evidence`: each document with its words of that day."""

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="scores")
    score = models.ForeignKey(Score, on_delete=models.PROTECT, related_name="submitted")
    answer = models.JSONField("trả lời", null=True, encoder=DjangoJSONEncoder)
    points = FractionField("điểm tự chấm", null=True)
    not_applicable = models.BooleanField("đề nghị không áp dụng", default=False)
    note = models.TextField("ghi chú, giải trình", blank=True)
    evidence = models.JSONField("tài liệu kiểm chứng", default=list)

    class Meta:
        verbose_name = "điểm đã trình nộp"
        verbose_name_plural = "điểm đã trình nộp"
        ordering = ("submission", "score__criterion__position")
        constraints = (
            models.UniqueConstraint(
                fields=("submission", "score"), name="submitted_score_once_in_a_submission"
            ),
            models.CheckConstraint(
                name="submitted_score_is_answered",
                condition=Q(not_applicable=True, points=None)
                | Q(not_applicable=False, points__isnull=False),
            ),
        )
        triggers = (AppendOnly(), NoTruncate())

    def __str__(self):
        return f"{self.submission_id}: {self.score_id}"
