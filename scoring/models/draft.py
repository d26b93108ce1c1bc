"""What was typed and could not be accepted: kept beside the score or the words, never in them."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from cchc_portal.kit.constraints import one_of
from scoring.models.dossier import Dossier
from scoring.models.score import Score
from scoring.rules.kinds import Hindrance
from scoring.rules.stroke import Stroke
from units.access import units_where
from units.permissions import Permission


class DraftQuerySet(models.QuerySet):
    def fillable_by(self, user):
        """Drafts in the dossiers of units for which the person writes."""
        return self.filter(dossier__unit__in=units_where(user, Permission.FILL_DOSSIER))

    def for_page(self):
        """Newest first, with who typed them."""
        return self.select_related("by").order_by("-typed_at", "-pk")

    def gone_on_from(self, stroke: Stroke, *, by, dossier: Dossier, score: Score | None):
        """What the pen left lying there before, and the draft that it took up."""
        own = self.filter(dossier=dossier, score=score, by=by)
        return own.filter(Q(pen=stroke.pen) | Q(pk=stroke.draft))


class Draft(models.Model):
    """Bản nháp chưa được nhận. `score` is empty for the words of the dossier itself.

    `fields` holds each input as it was typed; `seen_version` is what the writer looked at.
    """

    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="drafts")
    score = models.ForeignKey(
        Score, on_delete=models.CASCADE, null=True, blank=True, related_name="drafts"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="người nhập",
    )
    pen = models.UUIDField("bút")
    stroke = models.PositiveIntegerField("lần gửi")
    seen_version = models.PositiveIntegerField("phiên bản đã xem")
    fields = models.JSONField("nội dung đã gõ")
    hindrance = models.CharField("vướng", max_length=10, choices=Hindrance.choices)
    sentence = models.TextField("lý do chưa nhận")
    typed_at = models.DateTimeField("thời điểm")

    objects = DraftQuerySet.as_manager()

    class Meta:
        verbose_name = "bản nháp"
        verbose_name_plural = "bản nháp"
        ordering = ("-typed_at", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=("dossier", "score", "by", "pen"),
                name="draft_once_for_a_pen",
                nulls_distinct=False,
            ),
            one_of("hindrance", Hindrance, "draft_hindrance_known"),
        )

    def __str__(self):
        return f"{self.by}: {self.get_hindrance_display()}"
