"""Which unit verifies which criterion. The assessor does, where nothing else is written."""

from django.db import models

from scoring.models.criteria import Criterion
from scoring.models.fitting import OwnedAsACriterion
from units.models import Unit


class OwnershipQuerySet(models.QuerySet):
    def blocks_of(self, units):
        """Keys of the blocks in which one of the units owns a criterion, as a subquery."""
        return self.filter(unit__in=units).values("criterion__criteria_set__block")


class Ownership(models.Model):
    """A criterion of a block that a specialist unit verifies in all units of the block."""

    criterion = models.OneToOneField(Criterion, on_delete=models.CASCADE, related_name="ownership")
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="+", verbose_name="đơn vị phụ trách"
    )

    objects = OwnershipQuerySet.as_manager()

    class Meta:
        verbose_name = "đơn vị phụ trách tiêu chí"
        verbose_name_plural = "đơn vị phụ trách tiêu chí"
        ordering = ("criterion__position",)
        triggers = (OwnedAsACriterion(),)

    def __str__(self):
        return f"{self.criterion}: {self.unit}"
