"""When a person was at the desk: what is new is told from the visit before."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class DeskVisitQuerySet(models.QuerySet):
    def move_on(self, person: int, *, seen: datetime, now: datetime) -> bool:
        """A new visit begins; False where another page of the person has begun it meanwhile."""
        mine = self.filter(person=person, came_at=seen)
        return bool(mine.update(since=F("came_at"), came_at=now))


class DeskVisit(models.Model):
    """One row a person: when this visit to the desk began, and when the one before did."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    came_at = models.DateTimeField("lần này từ")
    since = models.DateTimeField("lần trước từ", null=True)

    objects = DeskVisitQuerySet.as_manager()

    class Meta:
        verbose_name = "lần mở bàn làm việc"
        verbose_name_plural = "lần mở bàn làm việc"
        constraints = (
            models.CheckConstraint(
                name="desk_visit_after_the_one_before",
                condition=Q(since=None) | Q(since__lt=F("came_at")),
            ),
        )

    def __str__(self):
        return f"{self.person_id}: {self.came_at}"
