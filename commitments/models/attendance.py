"""How many people of which kind took part in a conference."""

from django.db import models
from django.db.models import Q

from cchc_portal.kit.constraints import one_of
from commitments.models.conference import Conference
from commitments.rules.conference import Attending


class Attendance(models.Model):
    """How many of one kind took part."""

    conference = models.ForeignKey(Conference, on_delete=models.CASCADE, related_name="attendance")
    kind = models.CharField("thành phần", max_length=14, choices=Attending.choices)
    number = models.PositiveIntegerField("số người")

    class Meta:
        verbose_name = "thành phần dự"
        verbose_name_plural = "thành phần dự"
        constraints = (
            models.UniqueConstraint(
                fields=("conference", "kind"), name="attendance_kind_once_in_a_conference"
            ),
            one_of("kind", Attending, "attendance_kind_known"),
            models.CheckConstraint(
                name="attendance_of_somebody", condition=Q(number__gt=0, number__lte=100_000)
            ),
        )

    def __str__(self):
        return f"{self.number} {self.get_kind_display().lower()}"
