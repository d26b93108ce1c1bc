"""The catalogue of usual reasons of an assessor: kept for ever, out of use once retired."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Count, F, Q

from cchc_portal.kit.constraints import together
from cchc_portal.kit.logbook import Kept, NoTruncate, Sealed
from scoring.rules.usual_reason import LONGEST, OFFERED, Usual, closeness, fits
from units.models import Unit

OF_RETIRING = ("retired_at", "retired_by")
SETTLED = Q(scores__verified_points__isnull=False) | Q(scores__not_applicable=True)


class UsualReasonQuerySet(models.QuerySet):
    def in_use(self):
        """Those that may be picked."""
        return self.filter(retired_at=None)

    def with_use_in(self, period):
        """Adds in how many verdicts of the period, and of how many units, each one stands; those in
        use first, the most used first (one query)."""
        counted = SETTLED & Q(scores__dossier__period=period)
        return (
            self.annotate(
                used=Count("scores", filter=counted),
                units=Count("scores__dossier", filter=counted, distinct=True),
            )
            .select_related("added_by", "retired_by")
            .order_by(F("retired_at").desc(nulls_first=True), "-used", "pk")
        )

    def offered_for(self, score):
        """Those that fit the component, the narrower ones first, as many as there are keys; the one
        that stands in the verdict is always among them (one query).

        The score needs its criterion, its dossier and its period.
        """
        period, node = score.dossier.period_id, score.criterion
        kind = (node.rule or {}).get("type", "")
        standing = Q(pk=score.usual_reason_id)
        found = self.filter(Q(retired_at=None) | standing, assessor__periods=period).order_by("pk")
        near = [
            one
            for one in found
            if one.pk == score.usual_reason_id or fits(one.usual, code=node.code, kind=kind)
        ]
        near.sort(key=lambda one: (one.pk != score.usual_reason_id, -closeness(one.usual)))
        return near[:OFFERED]

    def hold(self, pk: int) -> "UsualReason":
        """The row, locked until the transaction ends."""
        return self.select_for_update(of=("self",), no_key=True).get(pk=pk)


class UsualReason(models.Model):
    """Lý do thường dùng: words that stand ready beside a verdict. Other words are another entry,
    which takes its place; what the old one is counted for stays."""

    assessor = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="usual_reasons", verbose_name="cơ quan"
    )
    text = models.CharField("lý do", max_length=LONGEST)
    area = models.CharField("lĩnh vực", max_length=20, blank=True)
    kind = models.CharField("cách chấm", max_length=20, blank=True)
    replaces = models.OneToOneField(
        "self",
        on_delete=models.PROTECT,
        null=True,
        related_name="replaced_by",
        verbose_name="thay cho",
    )
    added_at = models.DateTimeField("thời điểm thêm", auto_now_add=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    retired_at = models.DateTimeField("thời điểm thôi dùng", null=True)
    retired_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    objects = UsualReasonQuerySet.as_manager()

    class Meta:
        verbose_name = "lý do thường dùng"
        verbose_name_plural = "lý do thường dùng"
        ordering = ("assessor", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("assessor", "text"),
                condition=Q(retired_at=None),
                name="usual_reason_once_in_use",
                violation_error_message="Danh mục đã có lý do này.",
            ),
            models.CheckConstraint(name="usual_reason_says_something", condition=~Q(text="")),
            together(*OF_RETIRING, name="usual_reason_retiring_is_whole"),
        )
        triggers = (
            Sealed(but=OF_RETIRING),
            Kept(),
            NoTruncate(),
            pgtrigger.Protect(
                name="retired_for_good",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__retired_at__isnull=False),
            ),
        )

    def __str__(self):
        return self.text

    @property
    def usual(self) -> Usual:
        """As the rules take it."""
        return Usual(self.text, self.area, self.kind)
