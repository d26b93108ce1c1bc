"""Which paper proves which component, and where in it."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.db.models.lookups import IsNull

from cchc_portal.kit.logbook import AppendOnly
from scoring.models.recorded import EvidenceIsRecorded
from scoring.models.score import Score
from units.access import units_where
from units.models import Document
from units.permissions import Permission


class EvidenceQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Evidence of the scores the person may see."""
        return self.filter(score__in=Score.objects.visible_to(user))

    def of_earlier_years(self, score: Score):
        """What the unit showed for the same component in the last year before this one in which
        it showed anything, newest first, and what still lies in its cabinet (one query)."""
        dossier, key = score.dossier, score.criterion.key
        if not key:
            return self.none()
        earlier = self.filter(
            score__criterion__key=key,
            score__dossier__unit=dossier.unit_id,
            score__dossier__period__year__lt=dossier.period.year,
        )
        last = earlier.order_by("-score__dossier__period__year")
        return (
            earlier.filter(
                score__dossier__period__year=last.values("score__dossier__period__year")[:1],
                document__withdrawn_at=None,
            )
            .exclude(document__in=score.evidence.values("document"))
            .select_related("document", "score__dossier__period")
        )


class Evidence(models.Model):
    """A pointer from a score to a document of the unit."""

    score = models.ForeignKey(Score, on_delete=models.CASCADE, related_name="evidence")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="evidence")
    page = models.PositiveIntegerField("trang", null=True, blank=True)
    passage = models.CharField("đoạn trích dẫn", max_length=500, blank=True)
    version = models.PositiveIntegerField("phiên bản", default=1, db_default=1)
    added_at = models.DateTimeField("thời điểm", auto_now_add=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    objects = EvidenceQuerySet.as_manager()

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
                condition=Q(page__isnull=True) | Q(page__gt=0),
                violation_error_message="Số trang bắt đầu từ 1.",
            ),
        )
        triggers = (
            EvidenceIsRecorded(),
            pgtrigger.Trigger(
                name="not_of_a_withdrawn_document",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                    IF EXISTS (
                        SELECT 1 FROM units_document
                        WHERE id = NEW.document_id AND withdrawn_at IS NOT NULL
                    ) THEN
                        RAISE EXCEPTION 'withdrawn document' USING ERRCODE = '23514';
                    END IF;
                    RETURN NEW;
                """,
            ),
        )

    def __str__(self):
        return f"{self.document} → {self.score}"


class RemovedEvidence(models.Model):
    """The trace of evidence that was taken off its component: what, who, when, why."""

    is_trace = True

    score = models.ForeignKey(Score, on_delete=models.CASCADE, related_name="removed_evidence")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    page = models.PositiveIntegerField("trang", null=True, blank=True)
    passage = models.CharField("đoạn trích dẫn", max_length=500, blank=True)
    added_at = models.DateTimeField("thời điểm gắn")
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    removed_at = models.DateTimeField("thời điểm gỡ", auto_now_add=True)
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    reason = models.CharField("lý do gỡ", max_length=500)

    class Meta:
        verbose_name = "tài liệu kiểm chứng đã gỡ"
        verbose_name_plural = "tài liệu kiểm chứng đã gỡ"
        ordering = ("-removed_at", "-pk")
        constraints = (
            models.CheckConstraint(name="removed_evidence_has_a_reason", condition=~Q(reason="")),
        )
        triggers = (AppendOnly(),)

    def __str__(self):
        return f"{self.document} ⇸ {self.score}"


def documents_visible_to(user):
    """Documents of the cabinets of one's own units, and those that prove what one may see.

    Who oversees or verifies sees what most of them prove: there each document is asked for itself,
    as far as somebody looks. What others see is little, and is gathered first.
    """
    own = Q(unit__in=units_where(user, Permission.SEE_UNIT))
    if any(units_where(user, one) for one in (Permission.SEE_BELOW, Permission.VERIFY_DOSSIER)):
        shows = Evidence.objects.visible_to(user).filter(document=OuterRef("pk")).order_by()
        proving = Q(IsNull(Subquery(shows.values("pk")[:1]), False))
    else:
        proving = Q(pk__in=Evidence.objects.visible_to(user).values("document"))
    return Document.objects.in_cabinets().filter(own | proving)
