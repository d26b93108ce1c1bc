"""Figures as units report them, each change with its line."""

import pgtrigger
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Count, OuterRef, Q, Subquery, Sum

from cchc_portal.kit.constraints import one_of
from cchc_portal.kit.logbook import AppendOnly, NoTruncate, Sealed
from scoring.models.collection import Collection
from scoring.models.indicator import Indicator
from scoring.models.pen import Penned
from scoring.models.recorded import THIS_TRANSACTION
from scoring.rules.indicator import LONGEST_NOTE, CollectionState, Roll
from scoring.rules.kinds import Door
from units.access import units_where, visible_units
from units.models import Unit
from units.permissions import Permission

LONGEST_REASON = 500


class ReadingIsRecorded(pgtrigger.Trigger):
    """A figure or its note changes only beside a line that tells it, in the same transaction."""

    def __init__(self):
        super().__init__(
            name="reading_is_recorded",
            when=pgtrigger.After,
            operation=pgtrigger.Update,
            condition=pgtrigger.AnyChange("amount", "note"),
            declare=[("told", "boolean")],
            func="""
                EXECUTE 'SELECT EXISTS (SELECT 1 FROM scoring_readingchange line
                         WHERE line.reading_id = $1 AND line.transaction = txid_current())'
                INTO told USING NEW.id;
                IF NOT told THEN
                    RAISE EXCEPTION 'not recorded: %', TG_TABLE_NAME USING ERRCODE = '23514';
                END IF;
                RETURN NULL;
            """,
        )


class ReadingQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those of the units the person may see, and those asked by a unit one oversees."""
        return self.filter(
            Q(unit__in=visible_units(user))
            | Q(collection__owner__in=units_where(user, Permission.SEE_BELOW))
        )

    def for_page(self):
        """With all that a row shows (one query)."""
        return self.select_related("collection__owner", "unit", "indicator", "updated_by")

    def in_order(self):
        """As the lines of a report stand: by unit, then by indicator."""
        return self.order_by(
            "unit__position", "unit__code", "indicator__position", "indicator__code"
        )

    def held(self):
        """Their rows are locked until the transaction ends, one after the other by key."""
        return self.select_for_update(of=("self",), no_key=True).order_by("pk")

    def said(self):
        """Those with a figure."""
        return self.filter(amount__isnull=False)

    def said_in(self, other: Collection):
        """Those with a figure whose unit has one for the same indicator in the other collection."""
        there = other.readings.said().filter(unit=OuterRef("unit"), indicator=OuterRef("indicator"))
        return self.said().filter(models.Exists(there))

    def by_indicator(self) -> dict[int, tuple]:
        """Indicator key → (sum or None, how many said, how many asked). One query."""
        rows = self.order_by().values("indicator")
        rows = rows.annotate(total=Sum("amount"), said=Count("amount"), asked=Count("pk"))
        return {row["indicator"]: (row["total"], row["said"], row["asked"]) for row in rows}

    def by_unit(self):
        """Unit key → (how many said, how many asked). One query."""
        rows = self.order_by().values("unit").annotate(said=Count("amount"), asked=Count("pk"))
        return {row["unit"]: (row["said"], row["asked"]) for row in rows}

    def counted(self, collections, *, by_unit: bool = False) -> dict:
        """Collection key, or (collection, unit), → (how many said, how many asked). One query."""
        columns = ("collection", "unit") if by_unit else ("collection",)
        rows = self.filter(collection__in=list(collections)).order_by().values(*columns)
        rows = rows.annotate(said=Count("amount"), asked=Count("pk"))
        return {
            (row["collection"], row["unit"]) if by_unit else row["collection"]: (
                row["said"],
                row["asked"],
            )
            for row in rows
        }

    def due_at(self, units):
        """Collections that wait for a figure of one of the units: unit, collection, how many are
        missing. One query."""
        rows = self.filter(
            unit__in=units, amount=None, collection__state=CollectionState.OPEN
        ).order_by()
        return rows.values(
            "unit",
            "unit__name",
            "collection",
            "collection__title",
            "collection__due_on",
            "collection__ends_on",
        ).annotate(missing=Count("pk"))

    def taken(self, units):
        """Those of the units whose newest change was a press that took what their own units come
        to: no person typed since."""
        newest = ReadingChange.objects.filter(reading=OuterRef("pk")).order_by("-pk")
        rows = self.filter(unit__in=units).exclude(collection__state=CollectionState.CANCELLED)
        return rows.annotate(door=Subquery(newest.values("door")[:1])).filter(door=Door.REPORTED)

    def sums_asked_by(self, owners):
        """What was reported in the collections of these units, added up: a row for each collection,
        code and measure, the older collection first. One query."""
        rows = self.said().filter(collection__owner__in=owners, indicator__roll=Roll.SUM)
        rows = rows.exclude(collection__state=CollectionState.CANCELLED).order_by("collection")
        return rows.values(
            "collection__owner",
            "collection__span",
            "collection__year",
            "collection__starts_on",
            "collection__ends_on",
            "indicator__code",
            "indicator__measure",
        ).annotate(total=Sum("amount"))


class Reading(Penned):
    """One figure of one unit in one collection; without `amount`, not reported yet.

    The rows lie there from the opening of the collection on: they say who has to report what.
    """

    collection = models.ForeignKey(Collection, on_delete=models.PROTECT, related_name="readings")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="readings")
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="readings")
    amount = models.DecimalField("số liệu", max_digits=18, decimal_places=4, null=True, blank=True)
    note = models.CharField("ghi chú", max_length=LONGEST_NOTE, blank=True)
    version = models.PositiveIntegerField("phiên bản", default=1)
    updated_at = models.DateTimeField("ghi lúc", null=True, blank=True)
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    objects = ReadingQuerySet.as_manager()

    class Meta:
        verbose_name = "số liệu báo cáo"
        verbose_name_plural = "số liệu báo cáo"
        ordering = ("collection", "unit", "indicator")
        constraints = (
            models.UniqueConstraint(
                fields=("collection", "unit", "indicator"), name="reading_once"
            ),
            models.CheckConstraint(
                name="reading_is_not_negative",
                condition=Q(amount=None) | Q(amount__gte=0),
                violation_error_message="Số liệu không được nhỏ hơn 0.",
            ),
            models.CheckConstraint(
                name="reading_written_is_signed",
                condition=Q(updated_at=None, updated_by=None, amount=None)
                | Q(updated_at__isnull=False, updated_by__isnull=False),
            ),
        )
        triggers = (ReadingIsRecorded(),)

    def __str__(self):
        return f"{self.unit_id}: {self.indicator_id}"


class ReadingChangeQuerySet(models.QuerySet):
    def corrected(self, collection: Collection):
        """What was written after the closing, newest first, with what a line shows."""
        found = self.filter(reading__collection=collection, after_closing=True)
        return found.select_related("reading__unit", "reading__indicator", "changed_by")


class ReadingChange(models.Model):
    """A figure changed: from, to, by whom, when, through which door, why. Once."""

    reading = models.ForeignKey(Reading, on_delete=models.PROTECT, related_name="changes")
    before = models.DecimalField("trước", max_digits=18, decimal_places=4, null=True)
    after = models.DecimalField("sau", max_digits=18, decimal_places=4, null=True)
    note = models.CharField("ghi chú", max_length=LONGEST_NOTE, blank=True)
    reason = models.CharField("lý do sửa", max_length=LONGEST_REASON, blank=True)
    after_closing = models.BooleanField("sửa sau khi chốt", default=False)
    door = models.CharField("qua cửa", max_length=10, choices=Door.choices, default=Door.PAGE)
    changed_at = models.DateTimeField("thời điểm", auto_now_add=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    transaction = models.BigIntegerField("giao dịch", db_default=THIS_TRANSACTION, editable=False)

    objects = ReadingChangeQuerySet.as_manager()

    class Meta:
        verbose_name = "thay đổi số liệu"
        verbose_name_plural = "thay đổi số liệu"
        ordering = ("-changed_at", "-pk")
        constraints = (
            one_of("door", Door, "reading_change_door_known"),
            models.CheckConstraint(
                name="reading_change_after_closing_says_why",
                condition=Q(after_closing=False) | Q(reason__regex=r"\S"),
            ),
        )
        triggers = (AppendOnly(), NoTruncate())

    def __str__(self):
        return f"{self.reading_id}: {self.before} → {self.after}"


class ReadingUpload(models.Model):
    """What an uploaded table of a collection says, as it was read: rows of
    `scoring/rules/reading_table.py`; the file itself is not kept."""

    collection = models.ForeignKey(Collection, on_delete=models.CASCADE, related_name="uploads")
    file_name = models.CharField("tên tệp", max_length=200)
    rows = models.JSONField("các dòng", encoder=DjangoJSONEncoder)
    uploaded_at = models.DateTimeField("thời điểm đưa lên", auto_now_add=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = "tệp số liệu"
        verbose_name_plural = "tệp số liệu"
        ordering = ("-pk",)
        triggers = (Sealed(),)

    def __str__(self):
        return f"{self.file_name} – {self.collection_id}"
