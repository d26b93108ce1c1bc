"""Which paper proves which component, and where in it."""

from django.conf import settings
from django.db import models

from scoring.models.recorded import EvidenceIsRecorded
from scoring.models.score import Score
from units.models import Document


class Evidence(models.Model):
    """A pointer from a score to a document of the unit."""

    score = models.ForeignKey(Score, on_delete=models.CASCADE, related_name="evidence")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="evidence")
    page = models.PositiveIntegerField("trang", null=True, blank=True)
    passage = models.CharField("đoạn trích dẫn", max_length=500, blank=True)
    added_at = models.DateTimeField("thời điểm", auto_now_add=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = "tài liệu kiểm chứng"
        verbose_name_plural = "tài liệu kiểm chứng"
        ordering = ("score", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("score", "document"),
                name="evidence_document_once_for_a_score",
                violation_error_message="Tài liệu này đã gắn với tiêu chí.",
            ),
            models.CheckConstraint(
                name="evidence_page_from_one",
                condition=models.Q(page__isnull=True) | models.Q(page__gt=0),
                violation_error_message="Số trang bắt đầu từ 1.",
            ),
        )
        triggers = (EvidenceIsRecorded(),)

    def __str__(self):
        return f"{self.document} → {self.score}"
