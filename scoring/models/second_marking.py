"""How much of a period is marked twice, and what is still within tolerance. Fixed by the first
draw."""

import secrets
from decimal import Decimal

import pgtrigger
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from scoring.models.period import Period
from scoring.rules.second_mark import commitment

MOST_PERCENT = Decimal(100)
MOST_TOLERANCE = Decimal(50)


def new_seed() -> str:
    """128 bits of chance, as text."""
    return secrets.token_hex(16)


class SecondMarking(models.Model):
    """Chấm lần hai of one period: share, tolerance, and the seed from which the lots are cast.

    The seed is made once, by chance, and shown to nobody before the period is locked, so that
    nobody knows beforehand what will be looked at twice; its digest is shown from the start.
    """

    period = models.OneToOneField(Period, on_delete=models.CASCADE, related_name="second_marking")
    share = models.DecimalField(
        "tỷ lệ rút thăm (%)",
        max_digits=4,
        decimal_places=1,
        default=Decimal(5),
        validators=[MinValueValidator(Decimal(0)), MaxValueValidator(MOST_PERCENT)],
    )
    tolerance = models.DecimalField(
        "ngưỡng chênh lệch (% điểm tối đa của dòng)",
        max_digits=4,
        decimal_places=1,
        default=Decimal(10),
        validators=[MinValueValidator(Decimal(0)), MaxValueValidator(MOST_TOLERANCE)],
    )
    seed = models.CharField("mã rút thăm", max_length=64, default=new_seed, editable=False)
    version = models.PositiveIntegerField("phiên bản", default=1)

    class Meta:
        verbose_name = "chấm lần hai của kỳ"
        verbose_name_plural = "chấm lần hai của kỳ"
        constraints = (
            models.CheckConstraint(
                name="second_marking_within",
                condition=Q(share__range=(0, MOST_PERCENT), tolerance__range=(0, MOST_TOLERANCE)),
                violation_error_message="Tỷ lệ hoặc ngưỡng ngoài giới hạn.",
            ),
            models.CheckConstraint(
                name="second_marking_has_a_seed", condition=Q(seed__regex=r"^[0-9a-f]{32,}$")
            ),
        )
        triggers = (
            pgtrigger.Trigger(
                name="fixed_by_the_first_draw",
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                func="""
                    IF TG_OP = 'UPDATE' AND (NEW.seed, NEW.period_id) IS DISTINCT FROM
                        (OLD.seed, OLD.period_id) OR EXISTS (
                        SELECT 1 FROM scoring_secondmark mark WHERE mark.marking_id = OLD.id
                    ) THEN
                        RAISE EXCEPTION 'sealed: %', TG_TABLE_NAME USING ERRCODE = '23514';
                    END IF;
                    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
                    RETURN NEW;
                """,
            ),
        )

    def __str__(self):
        return f"Chấm lần hai, {self.period}"

    @property
    def commitment(self) -> str:
        """What is told of the seed while it is kept."""
        return commitment(self.seed)
