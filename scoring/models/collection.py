"""Collections in which the figures of indicators are asked for."""

from datetime import date

from django.db import connection, models
from django.db.models import Q

from cchc_portal.kit.constraints import in_order, one_of
from cchc_portal.kit.logbook import LogEntry
from scoring.models.indicator import Indicator
from scoring.rules.indicator import (
    CORRECTED,
    CORRECTED_WORDS,
    CollectionState,
    CollectionVerb,
    Span,
    stretch_of,
)
from units.access import units_where, visible_units
from units.models import Unit
from units.permissions import Permission


class CollectionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those asked by a unit that the person oversees, and those that ask their units."""
        readings = self.model.readings.rel.related_model.objects
        reports = readings.filter(unit__in=visible_units(user)).values("collection")
        overseen = units_where(user, Permission.SEE_BELOW)
        return self.filter(Q(owner__in=overseen) | Q(pk__in=reports))

    def standing(self):
        """Those that were not cancelled."""
        return self.exclude(state=CollectionState.CANCELLED)

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
        "trạng thái",
        max_length=10,
        choices=CollectionState.choices,
        default=CollectionState.OPEN,
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
                condition=~Q(span=Span.OWN) & ~Q(state=CollectionState.CANCELLED),
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
    def stretch(self) -> dict[str, str | int | date]:
        """By what another is of the same stretch."""
        return stretch_of(self.span, self.year, self.starts_on, self.ends_on)

    @property
    def closed(self) -> bool:
        """Whether a change has to give its reason."""
        return self.state == CollectionState.CLOSED

    @property
    def cancelled(self) -> bool:
        """Whether nobody owes it figures any more."""
        return self.state == CollectionState.CANCELLED


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
        return f"{self.collection_id}: {self.words}"

    @property
    def words(self) -> str:
        """What was done, in Vietnamese."""
        return CORRECTED_WORDS if self.verb == CORRECTED else str(CollectionVerb(self.verb).label)
