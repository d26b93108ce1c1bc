"""Ratings given at the counter: slips that open the form once, and the ratings themselves.

The two tables share nothing but the unit, and neither knows an hour: which slip gave which rating
is kept nowhere. What that takes, and what is left: decision 0085.
"""

from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Count, F, Q

from cchc_portal.kit.constraints import one_of
from cchc_portal.kit.logbook import AppendOnly, Kept, NoTruncate, Sealed
from scoring.models.campaign import CampaignUnit
from scoring.rules.campaign import MOST_ASPECTS
from scoring.rules.counter import Flag, Way


class SlipQuerySet(models.QuerySet):
    def still_out(self, campaign: int) -> int:
        """How many of a campaign were handed out and have not been used."""
        return self.filter(measured__campaign=campaign, used=False).count()

    def given_by_day(self):
        """How many were handed out on each day, and how many of them were used (one query)."""
        return (
            self.order_by()
            .values("given_on")
            .annotate(given=Count("pk"), used_up=Count("pk", filter=Q(used=True)))
            .order_by("-given_on")
        )


class Slip(models.Model):
    """A code that was handed out: its digest alone, and whether it has been used."""

    measured = models.ForeignKey(CampaignUnit, on_delete=models.PROTECT, related_name="slips")
    digest = models.CharField("mã băm", max_length=64, unique=True)
    given_on = models.DateField("ngày phát")
    used = models.BooleanField("đã dùng", default=False)

    objects = SlipQuerySet.as_manager()

    class Meta:
        verbose_name = "phiếu mời đánh giá"
        verbose_name_plural = "phiếu mời đánh giá"
        constraints = (
            models.CheckConstraint(
                name="slip_knows_a_digest", condition=Q(digest__regex="^[0-9a-f]{64}$")
            ),
        )
        triggers = (Sealed(but=("used",)), Kept(), NoTruncate())

    def __str__(self):
        return f"{self.measured_id} – {self.given_on}"


class RatingQuerySet(models.QuerySet):
    def counted(self):
        """Measured unit, way, answers and how often they were given: as many rows as there are
        different answers, however many people rated."""
        found = self.order_by().values_list("measured", "way", "answers")
        return found.annotate(times=Count("pk"))

    def flagged_by_unit(self):
        """Measured unit, its name, day, flag and how often, newest first (one query)."""
        return (
            self.exclude(flags=[])
            .order_by()
            .annotate(flag=models.Func(F("flags"), function="unnest"))
            .values_list("measured", "measured__unit__name", "day", "flag")
            .annotate(times=Count("pk"))
            .order_by("-day", "measured", "flag")
        )


class Rating(models.Model):
    """What one person said: a digit an aspect (five is very satisfied, nought is not rated).

    The key is drawn by lot, so that it tells no order.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    measured = models.ForeignKey(CampaignUnit, on_delete=models.PROTECT, related_name="ratings")
    day = models.DateField("ngày")
    way = models.CharField("cách gửi", max_length=5, choices=Way.choices)
    answers = models.CharField("mức của từng khía cạnh", max_length=MOST_ASPECTS)
    flags = ArrayField(
        models.CharField(max_length=10, choices=Flag.choices), default=list, verbose_name="lưu ý"
    )

    objects = RatingQuerySet.as_manager()

    class Meta:
        verbose_name = "lượt đánh giá tại nơi tiếp nhận"
        verbose_name_plural = "lượt đánh giá tại nơi tiếp nhận"
        constraints = (
            models.CheckConstraint(
                name="rating_says_something",
                condition=Q(answers__regex="^[0-5]*[1-5][0-5]*$"),
            ),
            one_of("way", Way, "rating_way_known"),
        )
        triggers = (AppendOnly(), NoTruncate())

    def __str__(self):
        return f"{self.measured_id} – {self.day}"
