"""What the assessor asks of single components when it sends a dossier back."""

from django.db import models
from django.db.models import Q

from cchc_portal.kit.logbook import AppendOnly, NoTruncate
from scoring.models.dossier import DossierEvent
from scoring.models.score import Score
from scoring.rules.workflow import DossierState, DossierVerb


class ReturnRemarkQuerySet(models.QuerySet):
    def of_the_last_return(self, dossier):
        """The remarks the dossier was sent back with last, whatever became of it (one query)."""
        latest = DossierEvent.objects.filter(dossier=dossier, verb=DossierVerb.RETURN)
        return self.filter(event=latest.order_by("-pk").values("pk")[:1])

    def standing(self, dossier):
        """The remarks of the return a dossier is in; none unless it is returned (one query)."""
        if dossier.state != DossierState.RETURNED:
            return self.none()
        return self.of_the_last_return(dossier)


class ReturnRemark(models.Model):
    """One component named in one return: what is to be mended there. Written once."""

    event = models.ForeignKey(DossierEvent, on_delete=models.CASCADE, related_name="remarks")
    score = models.ForeignKey(Score, on_delete=models.CASCADE, related_name="return_remarks")
    remark = models.TextField("lý do trả lại")

    objects = ReturnRemarkQuerySet.as_manager()

    class Meta:
        verbose_name = "ý kiến trả lại"
        verbose_name_plural = "ý kiến trả lại"
        ordering = ("event", "score__criterion__position")
        constraints = (
            models.UniqueConstraint(
                fields=("event", "score"), name="return_remark_once_for_a_component"
            ),
            models.CheckConstraint(name="return_remark_says_something", condition=~Q(remark="")),
        )
        triggers = (AppendOnly(), NoTruncate())

    def __str__(self):
        return f"{self.score_id}: {self.remark}"
