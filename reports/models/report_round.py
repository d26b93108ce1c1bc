"""Rounds in which periodic reports are asked for: days, outline, what was changed later."""

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Count, F, Q

from cchc_portal.kit.constraints import in_order, one_of
from cchc_portal.kit.logbook import LogEntry, Sealed
from reports.rules.outline import LONGEST_KEY
from reports.rules.periodic import OPENED, OPENED_WORDS, ReportState, RoundVerb
from scoring.models import Collection
from scoring.rules.indicator import Span, stretch_of
from units.access import units_where
from units.models import Unit
from units.permissions import Permission


class ReportRoundQuerySet(models.QuerySet):
    def standing(self):
        """Those that were not cancelled."""
        return self.filter(cancelled_at=None)

    def overseen_by(self, user):
        """Those of the levels whose units the person oversees."""
        return self.filter(owner__in=units_where(user, Permission.SEE_BELOW))

    def hold(self, pk: int) -> "ReportRound":
        """The row, locked until the transaction ends."""
        return self.select_for_update(of=("self",), no_key=True).get(pk=pk)

    def with_counts(self, today):
        """Adds of each round: asked, waiting (sent, not yet received), accepted, returned, late."""
        below = ~Q(reports__unit=F("owner"))
        state = "reports__state"
        late = Q(reports__first_sent_on=None, due_on__lt=today, cancelled_at=None)
        return self.annotate(
            asked=Count("reports", filter=below),
            waiting=Count("reports", filter=below & Q(**{state: ReportState.SENT})),
            accepted=Count("reports", filter=below & Q(**{state: ReportState.ACCEPTED})),
            returned=Count("reports", filter=below & Q(**{state: ReportState.RETURNED})),
            late=Count("reports", filter=below & late),
        )


class ReportRound(models.Model):
    """Đợt báo cáo định kỳ: one level asks the units below it for a report on a stretch of days.

    The outline (`sections`) is written when the round opens and stays. The last day may be moved,
    and the whole round cancelled before anything was sent (`reports/services/round_changes.py`);
    `version` moves with both.
    """

    owner = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="report_rounds")
    year = models.PositiveSmallIntegerField("năm")
    span = models.CharField("kỳ báo cáo", max_length=8, choices=Span.choices)
    title = models.CharField("tên báo cáo", max_length=200)
    starts_on = models.DateField("số liệu từ ngày")
    ends_on = models.DateField("đến hết ngày")
    due_on = models.DateField("hạn gửi")
    made_up = models.BooleanField("dữ liệu minh họa", default=False)
    version = models.PositiveIntegerField("phiên bản", default=1)
    cancelled_at = models.DateTimeField("hủy lúc", null=True, blank=True)
    opened_at = models.DateTimeField("mở lúc", auto_now_add=True)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    objects = ReportRoundQuerySet.as_manager()

    class Meta:
        verbose_name = "đợt báo cáo định kỳ"
        verbose_name_plural = "đợt báo cáo định kỳ"
        ordering = ("-ends_on", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=("owner", "year", "span"),
                condition=~Q(span=Span.OWN) & Q(cancelled_at=None),
                name="report_round_once_for_a_span",
                violation_error_message="Kỳ báo cáo này đã được mở.",
            ),
            one_of("span", Span, "report_round_span_known"),
            in_order(
                "starts_on",
                "ends_on",
                "due_on",
                name="report_round_days_in_order",
                message="Các ngày phải theo thứ tự: từ ngày, đến ngày, hạn gửi.",
            ),
        )
        triggers = (
            Sealed(but=("due_on", "version", "cancelled_at")),
            pgtrigger.Trigger(
                name="cancelled_stays",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__cancelled_at__isnull=False),
                func="RAISE EXCEPTION 'cancelled: %', TG_TABLE_NAME USING ERRCODE = '23514';",
            ),
        )

    def __str__(self):
        return self.title

    def same_stretch(self) -> Q:
        """Rows of rounds or collections of the same stretch: a span of the year, else the days."""
        return Q(**stretch_of(self.span, self.year, self.starts_on, self.ends_on))

    def figures_of(self, owner: int) -> Collection | None:
        """The collection of figures that the unit asks for the same stretch. One query."""
        return Collection.objects.standing().filter(self.same_stretch(), owner=owner).first()


class RoundSection(models.Model):
    """A section of the outline; `codes`: which indicators stand in it."""

    round = models.ForeignKey(ReportRound, on_delete=models.CASCADE, related_name="sections")
    position = models.PositiveSmallIntegerField("thứ tự")
    key = models.CharField("khóa nối các kỳ", max_length=LONGEST_KEY)
    part = models.CharField("phần", max_length=200)
    title = models.CharField("tên mục", max_length=200)
    codes = ArrayField(
        models.CharField(max_length=20), verbose_name="mã chỉ tiêu", default=list, blank=True
    )

    class Meta:
        verbose_name = "mục của đề cương"
        verbose_name_plural = "mục của đề cương"
        ordering = ("round", "position")
        constraints = (
            models.UniqueConstraint(fields=("round", "position"), name="round_section_place_once"),
            models.UniqueConstraint(fields=("round", "key"), name="round_section_key_once"),
            models.CheckConstraint(
                name="round_section_is_named", condition=Q(part__regex=r"\S", title__regex=r"\S")
            ),
        )
        triggers = (Sealed(),)

    def __str__(self):
        return self.title


class RoundEvent(LogEntry):
    """One thing that was changed about a round after it was opened."""

    round = models.ForeignKey(ReportRound, on_delete=models.PROTECT, related_name="events")

    class Meta(LogEntry.Meta):
        verbose_name = "nhật ký đợt báo cáo định kỳ"
        verbose_name_plural = "nhật ký đợt báo cáo định kỳ"
        constraints = (one_of("verb", RoundVerb, "round_event_verb_known"),)

    def __str__(self):
        return f"{self.round_id}: {self.words}"

    @property
    def words(self) -> str:
        """What was done, in Vietnamese."""
        return OPENED_WORDS if self.verb == OPENED else str(RoundVerb(self.verb).label)
