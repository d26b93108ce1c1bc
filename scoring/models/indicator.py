"""Indicators of the periodic reports."""

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from cchc_portal.kit.constraints import one_of
from scoring.rules.indicator import (
    MOST_DECIMALS,
    OverTime,
    Roll,
    Span,
)
from scoring.rules.rolling import Meaning
from units.kinds import UnitKind
from units.models import Unit

DEFINING = (
    "owner_id",
    "code",
    "edition",
    "measure",
    "decimals",
    "roll",
    "over_time",
    "numerator",
    "denominator",
    "part_of",
)
"""Columns by which a figure means what it means. Its name is wording: it may be mended."""


class UsedAsItIs(pgtrigger.Trigger):
    """What an indicator means does not change once it stands in a collection."""

    def __init__(self):
        super().__init__(
            name="used_as_it_is",
            when=pgtrigger.Before,
            operation=pgtrigger.Update,
            condition=pgtrigger.AnyChange(*DEFINING),
            declare=[("used", "boolean")],
            func="""
                SELECT EXISTS (SELECT 1 FROM scoring_asked WHERE indicator_id = OLD.id) INTO used;
                IF used THEN
                    RAISE EXCEPTION 'used: %', TG_TABLE_NAME USING ERRCODE = '23514';
                END IF;
                RETURN NEW;
            """,
        )


class IndicatorQuerySet(models.QuerySet):
    def given_up(self):
        """The last edition of each code that is in use no more, by code."""
        beside = self.model.objects.filter(
            owner=models.OuterRef("owner"), code=models.OuterRef("code")
        )
        later = Q(current=True) | Q(edition__gt=models.OuterRef("edition"))
        return self.filter(~models.Exists(beside.filter(later)), current=False).order_by("code")

    def current(self):
        """Those in use, in the order of their owner."""
        return self.filter(current=True).order_by("position", "code")

    def summed_from_days(self):
        """Those in use that are whole numbers and add up over units and over time."""
        return self.current().filter(roll=Roll.SUM, over_time=OverTime.SUM, decimals=0)


class Indicator(models.Model):
    """One figure that units report, as the level that asks for it means it.

    A change of meaning after its first use is a new row of the same code, one edition later. Ratio,
    part and whole name other indicators of the owner by their codes. `kinds`: kinds of units that
    report it, `spans`: for which stretches; empty is all.
    """

    owner = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="indicators")
    code = models.CharField("mã chỉ tiêu", max_length=20)
    edition = models.PositiveSmallIntegerField("lần sửa", default=1)
    name = models.CharField("tên chỉ tiêu", max_length=200)
    measure = models.CharField("đơn vị tính", max_length=40)
    decimals = models.PositiveSmallIntegerField("số chữ số thập phân", default=0)
    roll = models.CharField(
        "cộng lên cấp trên", max_length=8, choices=Roll.choices, default=Roll.SUM
    )
    over_time = models.CharField(
        "cộng theo thời gian", max_length=8, choices=OverTime.choices, default=OverTime.SUM
    )
    numerator = models.CharField("mã chỉ tiêu tử số", max_length=20, blank=True)
    denominator = models.CharField("mã chỉ tiêu mẫu số", max_length=20, blank=True)
    part_of = models.CharField("là một phần của (mã chỉ tiêu)", max_length=20, blank=True)
    kinds = ArrayField(
        models.CharField(max_length=20, choices=UnitKind.choices),
        verbose_name="loại đơn vị báo cáo",
        default=list,
        blank=True,
    )
    spans = ArrayField(
        models.CharField(max_length=8, choices=Span.choices),
        verbose_name="kỳ báo cáo",
        default=list,
        blank=True,
    )
    source = models.CharField("căn cứ, ghi chú", max_length=300, blank=True)
    position = models.PositiveIntegerField("thứ tự", default=0)
    current = models.BooleanField("đang dùng", default=True)

    objects = IndicatorQuerySet.as_manager()

    class Meta:
        verbose_name = "chỉ tiêu số liệu"
        verbose_name_plural = "chỉ tiêu số liệu"
        ordering = ("owner", "position", "code", "edition")
        constraints = (
            models.UniqueConstraint(
                fields=("owner", "code", "edition"),
                name="indicator_edition_once",
                violation_error_message="Lần sửa này của chỉ tiêu vừa được ghi; đề nghị tải lại.",
            ),
            models.UniqueConstraint(
                fields=("owner", "code"),
                condition=Q(current=True),
                name="indicator_code_once_in_use",
                violation_error_message="Mã chỉ tiêu này đang được dùng.",
            ),
            one_of("roll", Roll, "indicator_roll_known"),
            one_of("over_time", OverTime, "indicator_over_time_known"),
            models.CheckConstraint(
                name="indicator_ratio_has_both_ends",
                condition=Q(roll=Roll.RATIO) & ~Q(numerator="") & ~Q(denominator="")
                | ~Q(roll=Roll.RATIO) & Q(numerator="", denominator=""),
                violation_error_message="Tỷ lệ cần cả tử số và mẫu số; chỉ tiêu khác thì để trống.",
            ),
            models.CheckConstraint(
                name="indicator_is_no_part_of_itself",
                condition=~Q(part_of=models.F("code")),
                violation_error_message="Chỉ tiêu không thể là một phần của chính nó.",
            ),
            models.CheckConstraint(
                name="indicator_decimals_fit",
                condition=Q(decimals__lte=MOST_DECIMALS),
                violation_error_message=f"Số liệu có tối đa {MOST_DECIMALS} chữ số thập phân.",
            ),
            models.CheckConstraint(
                name="indicator_is_named",
                condition=Q(code__regex=r"\S", name__regex=r"\S"),
                violation_error_message="Chỉ tiêu cần mã và tên.",
            ),
        )
        triggers = (UsedAsItIs(),)

    def __str__(self):
        return f"{self.code} {self.name}"

    def shown(self, name: str) -> str:
        """A column in words."""
        value = getattr(self, name)
        if name in ("kinds", "spans"):
            words = dict(UnitKind.choices if name == "kinds" else Span.choices)
            value = ", ".join(str(words[each]) for each in value)
        elif name in ("roll", "over_time"):
            value = getattr(self, f"get_{name}_display")()
        return str(value) or "để trống"

    @property
    def meaning(self) -> Meaning:
        """What the rules know of it."""
        return Meaning(
            self.code,
            self.name,
            self.roll,
            self.over_time,
            self.numerator,
            self.denominator,
            self.part_of,
        )
