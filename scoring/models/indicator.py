"""Indicators of the periodic reports, and the collections in which their figures are asked for."""

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import connection, models
from django.db.models import Q

from cchc_portal.kit.constraints import in_order, one_of
from cchc_portal.kit.logbook import LogEntry
from scoring.rules.indicator import (
    MOST_DECIMALS,
    CollectionState,
    CollectionVerb,
    OverTime,
    Roll,
    Span,
)
from scoring.rules.rolling import Meaning
from units.access import units_where, visible_units
from units.kinds import UnitKind
from units.models import Unit
from units.permissions import Permission

DEFINING = (
    "owner_id",
    "code",
    "edition",
    "name",
    "measure",
    "decimals",
    "roll",
    "over_time",
    "numerator",
    "denominator",
    "part_of",
)
"""Columns by which a figure means what it means."""


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
    def current(self):
        """Those in use, in the order of their owner."""
        return self.filter(current=True).order_by("position", "code")


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
                fields=("owner", "code", "edition"), name="indicator_edition_once"
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
                name="indicator_is_no_part_of_itself", condition=~Q(part_of=models.F("code"))
            ),
            models.CheckConstraint(
                name="indicator_decimals_fit", condition=Q(decimals__lte=MOST_DECIMALS)
            ),
            models.CheckConstraint(
                name="indicator_is_named", condition=Q(code__regex=r"\S", name__regex=r"\S")
            ),
        )
        triggers = (UsedAsItIs(),)

    def __str__(self):
        return f"{self.code} {self.name}"

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


class CollectionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those asked by a unit that the person oversees, and those that ask their units."""
        readings = self.model.readings.rel.related_model.objects
        reports = readings.filter(unit__in=visible_units(user)).values("collection")
        overseen = units_where(user, Permission.SEE_BELOW)
        return self.filter(Q(owner__in=overseen) | Q(pk__in=reports))

    def hold(self, pk: int) -> "Collection":
        """Locked until the transaction ends: no figure is written while it closes."""
        return self.select_for_update(of=("self",), no_key=True).select_related("owner").get(pk=pk)

    def hold_open(self, pk: int) -> "Collection":
        """Kept from closing until the transaction ends, while others write beside."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT FROM scoring_collection WHERE id = %s FOR SHARE", [pk])
        return self.select_related("owner").get(pk=pk)


class Collection(models.Model):
    """A report of figures that one level asks of the units below it, for one stretch of days."""

    owner = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="collections")
    year = models.PositiveSmallIntegerField("năm")
    span = models.CharField("kỳ báo cáo", max_length=8, choices=Span.choices)
    title = models.CharField("tên đợt báo cáo", max_length=200)
    starts_on = models.DateField("số liệu từ ngày")
    ends_on = models.DateField("đến hết ngày")
    due_on = models.DateField("hạn báo cáo")
    state = models.CharField(
        "trạng thái", max_length=8, choices=CollectionState.choices, default=CollectionState.OPEN
    )
    made_up = models.BooleanField("dữ liệu minh họa", default=False)
    indicators = models.ManyToManyField(Indicator, through="Asked", related_name="collections")

    objects = CollectionQuerySet.as_manager()

    class Meta:
        verbose_name = "đợt báo cáo số liệu"
        verbose_name_plural = "đợt báo cáo số liệu"
        ordering = ("-ends_on", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=("owner", "year", "span"),
                condition=~Q(span=Span.OWN),
                name="collection_once_for_a_span",
                violation_error_message="Kỳ báo cáo này đã được mở.",
            ),
            one_of("span", Span, "collection_span_known"),
            one_of("state", CollectionState, "collection_state_known"),
            in_order(
                "starts_on",
                "ends_on",
                "due_on",
                name="collection_days_in_order",
                message="Các ngày phải theo thứ tự: từ ngày, đến ngày, hạn báo cáo.",
            ),
        )

    def __str__(self):
        return self.title

    @property
    def closed(self) -> bool:
        """Whether a change has to give its reason."""
        return self.state == CollectionState.CLOSED


class Asked(models.Model):
    """An indicator, in the edition of that day, stands in a collection."""

    collection = models.ForeignKey(Collection, on_delete=models.CASCADE, related_name="asked")
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="asked")

    class Meta:
        verbose_name = "chỉ tiêu của đợt"
        verbose_name_plural = "chỉ tiêu của đợt"
        constraints = (
            models.UniqueConstraint(
                fields=("collection", "indicator"), name="indicator_asked_once"
            ),
        )

    def __str__(self):
        return f"{self.collection_id}: {self.indicator_id}"


class CollectionEvent(LogEntry):
    """What happened to a collection."""

    collection = models.ForeignKey(Collection, on_delete=models.PROTECT, related_name="events")

    class Meta(LogEntry.Meta):
        verbose_name = "sự kiện của đợt báo cáo"
        verbose_name_plural = "sự kiện của đợt báo cáo"
        constraints = (one_of("verb", CollectionVerb, "collection_event_verb_known"),)

    def __str__(self):
        return f"{self.collection_id}: {self.verb}"
