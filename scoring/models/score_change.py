"""The log of a score: a line for every column that was changed."""

from django.conf import settings
from django.db import models

from cchc_portal.kit.constraints import one_of
from cchc_portal.kit.logbook import AppendOnly, NoTruncate
from scoring.models.recorded import THIS_TRANSACTION
from scoring.models.score import Score
from scoring.rules.kinds import Door


class ScoreChangeQuerySet(models.QuerySet):
    def newest_of_each(self, columns):
        """The last change of these columns, of every score there is one for (one query)."""
        chosen = self.filter(column__in=columns).order_by("score_id", "-pk")
        return chosen.distinct("score_id")

    def typed_by_the_unit(self):
        """Changes of what the unit says of itself that a person wrote: not taken from reports."""
        return self.filter(column__startswith="self_").exclude(door=Door.REPORTED)


class ScoreChange(models.Model):
    """One column of one score changed: from, to, by whom, when, through which door. Once."""

    score = models.ForeignKey(Score, on_delete=models.CASCADE, related_name="changes")
    column = models.CharField("nội dung", max_length=30)
    before = models.TextField("trước", blank=True)
    after = models.TextField("sau", blank=True)
    door = models.CharField(
        "qua cửa",
        max_length=10,
        choices=Door.choices,
        default=Door.PAGE,
        db_default=Door.OUTSIDE,
    )
    changed_at = models.DateTimeField("thời điểm", auto_now_add=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    transaction = models.BigIntegerField("giao dịch", db_default=THIS_TRANSACTION, editable=False)

    objects = ScoreChangeQuerySet.as_manager()

    class Meta:
        verbose_name = "thay đổi điểm"
        verbose_name_plural = "thay đổi điểm"
        ordering = ("-changed_at", "-pk")
        constraints = (one_of("door", Door, "score_change_door_known"),)
        triggers = (AppendOnly(), NoTruncate())

    def __str__(self):
        return f"{self.score_id}: {self.column}"
