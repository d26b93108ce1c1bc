"""Exact fractions in PostgreSQL: one numeric[] column holding numerator and denominator.

Two thirds of a point has no decimal; rounding it before the sum would be the very mistake the
portal exists to avoid. Sums stay exact by adding numerators per denominator (`Numerator`,
`Denominator`).
"""

from decimal import Decimal
from fractions import Fraction

from django.db import models
from django.db.models import F, Q


class FractionField(models.Field):
    """`fractions.Fraction` in Python, `{numerator, denominator}` (reduced) in the database."""

    description = "An exact fraction"

    def db_type(self, connection):
        return "numeric(38,0)[]"

    def from_db_value(self, value, expression, connection):
        return None if value is None else Fraction(int(value[0]), int(value[1]))

    def to_python(self, value):
        if value is None or isinstance(value, Fraction):
            return value
        if isinstance(value, float):
            raise TypeError("A float never touches a point.")
        return Fraction(value)

    def get_prep_value(self, value):
        value = self.to_python(value)
        return None if value is None else [Decimal(value.numerator), Decimal(value.denominator)]

    def get_db_prep_value(self, value, connection, prepared=False):
        return value if prepared else self.get_prep_value(value)

    def value_to_string(self, obj):
        value = self.value_from_object(obj)
        return "" if value is None else str(value)


class LongFractionField(FractionField):
    """A sum of many fractions. Thirty components counted out of wholes of four digits have a common
    denominator of a hundred digits, so that no length is long enough."""

    def db_type(self, connection):
        return "numeric[]"


@FractionField.register_lookup
class Numerator(models.Transform):
    """`points__numerator`: exact sums add these, one group per denominator."""

    lookup_name = "numerator"
    template = "(%(expressions)s)[1]"
    output_field = models.DecimalField(max_digits=38, decimal_places=0)


@FractionField.register_lookup
class Denominator(models.Transform):
    """`points__denominator`: always positive, the fraction being in lowest terms."""

    lookup_name = "denominator"
    template = "(%(expressions)s)[2]"
    output_field = models.DecimalField(max_digits=38, decimal_places=0)


def from_nought_to(ceiling: str, *, column: str, name: str) -> models.CheckConstraint:
    """The fraction is empty, or lies between nought and the decimal column `ceiling`."""
    sound = Q(
        **{
            f"{column}__numerator__gte": 0,
            f"{column}__denominator__gt": 0,
            f"{column}__numerator__lte": F(ceiling) * F(f"{column}__denominator"),
        }
    )
    return models.CheckConstraint(
        name=name,
        condition=Q(**{f"{column}__isnull": True}) | sound,
        violation_error_message="Điểm phải nằm trong khoảng từ 0 đến điểm tối đa.",
    )
