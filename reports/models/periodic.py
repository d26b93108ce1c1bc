"""The periodic report of one unit in a round, with what was sent."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Case, Count, Q, When

from cchc_portal.kit.constraints import one_of, together
from cchc_portal.kit.logbook import AppendOnly, LogEntry, NoTruncate
from reports.models.report_round import ReportRound
from reports.rules.periodic import NEVER_SENT, SETTLED, WRITABLE, ReportState, ReportVerb, is_late
from scoring.rules.indicator import Span
from units.access import units_where, visible_units
from units.models import Succession, Unit
from units.models.people import LONGEST_CALLED
from units.models.unit import speaks_of
from units.permissions import Permission


class PeriodicReportQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those of one's own units; of the units below once they were sent."""
        above = Q(round__owner__in=units_where(user, Permission.SEE_BELOW))
        below = Q(unit__in=visible_units(user))
        sent = Q(first_sent_on__isnull=False) & (above | below)
        return self.filter(Q(unit__in=units_where(user, Permission.SEE_UNIT)) | sent)

    def matching(self, words: str):
        """Those whose title or unit hold all the words, diacritics and case ignored."""
        return self.filter(speaks_of(words, "round__title", "unit__name"))

    def for_page(self):
        """With round, its level and the unit."""
        return self.select_related("round__owner", "unit")

    def with_progress(self):
        """Adds of each: sections, and how many of them have a text, filled."""
        filled = Q(texts__words__regex=r"\S")
        return self.annotate(sections=Count("texts"), filled=Count("texts", filter=filled))

    def hold(self, pk: int) -> "PeriodicReport":
        """The row, locked until the transaction ends."""
        held = self.for_page().select_for_update(of=("self",), no_key=True)
        return held.get(pk=pk)

    def held(self):
        """Rows locked until the transaction ends, in one order."""
        return self.order_by("pk").select_for_update(of=("self",), no_key=True)

    def settled_below(self, report: "PeriodicReport"):
        """What may be taken over into the report: received or issued in the rounds that its unit
        opened for the same stretch."""
        rounds = ReportRound.objects.filter(report.round.same_stretch(), owner=report.unit_id)
        return self.filter(round__in=rounds, state__in=SETTLED).exclude(pk=report.pk)

    def earlier(self, report: "PeriodicReport"):
        """Reports on stretches that ended before, of the unit and of those that went into it: that
        of the same span of the year before first, then the others, newest first."""
        origins = Succession.objects.filter(successor=report.unit_id).values("predecessor")
        whose = Q(unit=report.unit_id) | Q(unit__in=origins)
        before = self.filter(whose, round__ends_on__lt=report.round.ends_on)
        before = before.exclude(state=ReportState.CANCELLED)
        counterpart = Q(round__span=report.round.span, round__year=report.round.year - 1)
        first = Case(When(counterpart & ~Q(round__span=Span.OWN), then=0), default=1)
        return before.order_by(first, "-round__ends_on", "unit__position", "-pk")


class PeriodicReport(models.Model):
    """The report of one unit in one round; `version` moves with every change of its texts.

    A level has a row in its own round only where it sums up for itself.
    """

    round = models.ForeignKey(ReportRound, on_delete=models.PROTECT, related_name="reports")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="periodic_reports")
    state = models.CharField(
        "trạng thái", max_length=10, choices=ReportState.choices, default=ReportState.DRAFT
    )
    version = models.PositiveIntegerField("phiên bản", default=1)
    first_sent_on = models.DateField("ngày gửi lần đầu", null=True, blank=True)
    moved_at = models.DateTimeField("thời điểm chuyển trạng thái", null=True, blank=True)

    objects = PeriodicReportQuerySet.as_manager()

    class Meta:
        verbose_name = "báo cáo định kỳ"
        verbose_name_plural = "báo cáo định kỳ"
        ordering = ("round", "unit__position", "unit__code")
        constraints = (
            models.UniqueConstraint(fields=("round", "unit"), name="periodic_report_once"),
            one_of("state", ReportState, "periodic_report_state_known"),
            models.CheckConstraint(
                name="periodic_report_gone_has_its_day",
                condition=Q(state__in=NEVER_SENT) | Q(first_sent_on__isnull=False),
            ),
            together("first_sent_on", "moved_at", name="periodic_report_day_and_moment"),
        )

    def __str__(self):
        return f"{self.round}: {self.unit_id}"

    @property
    def own(self) -> bool:
        """Whether it is the summary that the level writes of its own round."""
        return self.unit_id == self.round.owner_id

    @property
    def writable(self) -> bool:
        """Whether its texts are in the hands of the unit."""
        return self.state in WRITABLE

    @property
    def cancelled(self) -> bool:
        """Whether the round was cancelled before it was sent."""
        return self.state == ReportState.CANCELLED

    def late_on(self, today) -> bool:
        """Whether it was, or is, not handed in by the last day, which binds the units below only.
        Needs the round."""
        if self.own or self.cancelled:
            return False
        return is_late(self.round.due_on, self.first_sent_on, today)


class SentReport(models.Model):
    """What was sent or issued, word for word and figure for figure; never changed.

    `content`: see `reports/services/periodic_content.py`; `digest`: over content and signature.
    """

    report = models.ForeignKey(PeriodicReport, on_delete=models.PROTECT, related_name="sent")
    number = models.PositiveSmallIntegerField("lần gửi")
    content = models.JSONField("nội dung", encoder=DjangoJSONEncoder)
    digest = models.CharField("mã niêm phong", max_length=64)
    paper_number = models.CharField("số, ký hiệu", max_length=60)
    issued_on = models.DateField("ngày văn bản")
    signer = models.CharField("người ký", max_length=LONGEST_CALLED)
    signer_post = models.CharField("chức vụ người ký", max_length=120, blank=True)
    sent_at = models.DateTimeField("thời điểm gửi")
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = "lần gửi báo cáo"
        verbose_name_plural = "lần gửi báo cáo"
        ordering = ("report", "-number")
        constraints = (
            models.UniqueConstraint(fields=("report", "number"), name="sent_report_number_once"),
            models.CheckConstraint(
                name="sent_report_is_signed",
                condition=Q(signer__regex=r"\S", paper_number__regex=r"\S"),
            ),
        )
        triggers = (AppendOnly(), NoTruncate())

    def __str__(self):
        return f"{self.report_id}: {self.number}"


class PeriodicEvent(LogEntry):
    """One thing that was done to a report."""

    report = models.ForeignKey(PeriodicReport, on_delete=models.PROTECT, related_name="events")

    class Meta(LogEntry.Meta):
        verbose_name = "nhật ký báo cáo định kỳ"
        verbose_name_plural = "nhật ký báo cáo định kỳ"
        constraints = (one_of("verb", ReportVerb, "periodic_event_verb_known"),)

    def __str__(self):
        return f"{self.report_id}: {self.words}"

    @property
    def words(self) -> str:
        """What was done, in Vietnamese."""
        return str(ReportVerb(self.verb).label)
