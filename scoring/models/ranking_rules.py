"""What decides rank and class, kept as data: by a period, and by a table published elsewhere."""

from decimal import Decimal

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import BooleanField, F, Func, Q, Value
from django.db.models.lookups import Exact

from cchc_portal.kit.constraints import one_of
from scoring.rules.ranking import USUAL_SCALE, Scale, TieRule


def default_floors() -> list[Decimal]:
    """The usual class limits, which a period may change before it opens."""
    return [floor for floor, _ in USUAL_SCALE.bands]


def default_labels() -> list[str]:
    """The regulated labels, best first; the last is for whatever lies below every floor."""
    return list(USUAL_SCALE.labels)


class StrictlyFalling(Func):
    """A function of ours in the database: every element smaller than the one before."""

    function = "strictly_falling"
    output_field = BooleanField()


class Cardinality(Func):
    """How many elements an array has; 0 for an empty one."""

    function = "cardinality"
    output_field = models.IntegerField()


class RankingRules(models.Model):
    """Shown decimals, tie rule and class limits. Data of the year, frozen with it."""

    places = models.PositiveSmallIntegerField(
        "số chữ số thập phân công bố", default=2, validators=[MaxValueValidator(4)]
    )
    tie_rule = models.CharField(
        "cách xếp khi bằng nhau", max_length=10, choices=TieRule.choices, default=TieRule.SKIP
    )
    scale_total = models.DecimalField(
        "thang điểm",
        max_digits=6,
        decimal_places=2,
        default=Decimal(100),
        validators=[MinValueValidator(Decimal("0.01"))],
    )
    band_floors = ArrayField(
        models.DecimalField(max_digits=5, decimal_places=2),
        verbose_name="ngưỡng xếp loại (%)",
        default=default_floors,
    )
    band_labels = ArrayField(
        models.CharField(max_length=60), verbose_name="tên các mức xếp loại", default=default_labels
    )

    class Meta:
        abstract = True
        constraints = (
            models.CheckConstraint(
                name="%(class)s_places_within",
                condition=Q(places__lte=4),
                violation_error_message="Số chữ số thập phân từ 0 đến 4.",
            ),
            models.CheckConstraint(
                name="%(class)s_scale_positive",
                condition=Q(scale_total__gt=0),
                violation_error_message="Thang điểm phải lớn hơn 0.",
            ),
            one_of("tie_rule", TieRule, "%(class)s_tie_rule_known"),
            models.CheckConstraint(
                name="%(class)s_bands_falling",
                condition=Q(StrictlyFalling(F("band_floors"))),
                violation_error_message="Các ngưỡng xếp loại phải giảm dần.",
            ),
            models.CheckConstraint(
                name="%(class)s_bands_labelled",
                condition=Q(
                    Exact(Cardinality(F("band_labels")), Cardinality(F("band_floors")) + Value(1))
                ),
                violation_error_message="Mỗi mức xếp loại cần một tên.",
            ),
        )

    @property
    def scale(self) -> Scale:
        """Floors and labels as the rules of ranking take them."""
        return Scale(
            bands=tuple(zip(self.band_floors, self.band_labels, strict=False)),
            below=self.band_labels[-1],
        )
