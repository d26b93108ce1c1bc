"""Rounds in which periodic reports are asked for, and the report of one unit with what was sent."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Case, Count, F, Q, When

from cchc_portal.kit.constraints import in_order, one_of, together
from cchc_portal.kit.logbook import AppendOnly, LogEntry, NoTruncate, Sealed
from reports.rules.outline import LONGEST_KEY
from reports.rules.periodic import SETTLED, WRITABLE, ReportState, ReportVerb, is_late
from scoring.models import Collection
from scoring.rules.indicator import Span
from units.access import units_where, visible_units
from units.models import Succession, Unit
from units.models.unit import speaks_of
from units.permissions import Permission


class ReportRoundQuerySet(models.QuerySet):
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
        late = Q(reports__first_sent_on=None, due_on__lt=today)
        return self.annotate(
            asked=Count("reports", filter=below),
            waiting=Count("reports", filter=below & Q(**{state: ReportState.SENT})),
            accepted=Count("reports", filter=below & Q(**{state: ReportState.ACCEPTED})),
            returned=Count("reports", filter=below & Q(**{state: ReportState.RETURNED})),
            late=Count("reports", filter=below & late),
        )


class ReportRound(models.Model):
    """Đợt báo cáo định kỳ: one level asks the units below it for a report on a stretch of days.

    The outline (`sections`) is written when the round opens and stays.
    """

    owner = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="report_rounds")
    year = models.PositiveSmallIntegerField("năm")
    span = models.CharField("kỳ báo cáo", max_length=8, choices=Span.choices)
    title = models.CharField("tên báo cáo", max_length=200)
    starts_on = models.DateField("số liệu từ ngày")
    ends_on = models.DateField("đến hết ngày")
    due_on = models.DateField("hạn gửi")
    made_up = models.BooleanField("dữ liệu minh họa", default=False)
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
                condition=~Q(span=Span.OWN),
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
        triggers = (Sealed(),)

    def __str__(self):
        return self.title

    def same_stretch(self) -> Q:
        """Rows of rounds or collections of the same stretch: a span of the year, else the days."""
        if self.span == Span.OWN:
            return Q(span=Span.OWN, starts_on=self.starts_on, ends_on=self.ends_on)
        return Q(span=self.span, year=self.year)

    def figures_of(self, owner: int) -> Collection | None:
        """The collection of figures that the unit asks for the same stretch. One query."""
        return Collection.objects.filter(self.same_stretch(), owner=owner).first()


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
        "trạng thái", max_length=8, choices=ReportState.choices, default=ReportState.DRAFT
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
                condition=Q(state=ReportState.DRAFT) | Q(first_sent_on__isnull=False),
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

    def late_on(self, today) -> bool:
        """Whether it was, or is, not handed in by the last day, which binds the units below only.
        Needs the round."""
        return not self.own and is_late(self.round.due_on, self.first_sent_on, today)


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
    signer = models.CharField("người ký", max_length=160)
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
