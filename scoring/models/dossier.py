"""A unit's dossier of one period, and the score rows in it."""

from datetime import date

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Case, Count, F, Q, Sum, When

from cchc_portal.kit.constraints import one_of, together
from cchc_portal.kit.fractions import FractionField, from_nought_to
from cchc_portal.kit.logbook import AppendOnly, LogEntry, NoTruncate
from scoring.models.criteria import Criterion
from scoring.models.period import Block, Period
from scoring.rules.kinds import Source
from scoring.rules.workflow import FILLABLE, SUBMITTED_ONCE, DossierState, DossierVerb
from units.access import belongs_to, roles_of, units_where
from units.models import Unit
from units.permissions import Permission


class DossierQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Dossiers of one's own units, and those of the periods one oversees."""
        own = Q(unit__in=units_where(user, Permission.SEE_UNIT))
        overseen = Q(period__assessor__in=units_where(user, Permission.SEE_BELOW))
        return self.filter(own | overseen)

    def for_page(self):
        """With all that a page about one dossier names: its unit, block, period, assessor."""
        return self.select_related("unit", "block", "period__assessor")

    def with_progress(self):
        """Adds self_total, answered, total, settled: components by how far they are (one query)."""
        own = Q(scores__criterion__source=Source.SELF)
        answered = Q(scores__self_points__isnull=False) | Q(scores__self_not_applicable=True)
        settled = Q(scores__verified_points__isnull=False) | Q(scores__not_applicable=True)
        return self.annotate(
            self_total=Count("scores", filter=own),
            answered=Count("scores", filter=own & answered),
            total=Count("scores"),
            settled=Count("scores", filter=settled),
        )

    def in_order_of_work(self):
        """Those in the units' hands first, by deadline; then the newest."""
        settled_last = Case(When(state__in=FILLABLE, then=0), default=1)
        return self.order_by(settled_last, "-period__year", "period__submit_by", "unit__name")

    def in_order_of_the_desk(self):
        """Those that wait for a verdict first, longest waiting first; then by period and block."""
        waiting_first = Case(When(state=DossierState.SUBMITTED, then=0), default=1)
        return self.order_by(
            waiting_first, "-period__year", "submitted_at", "block__position", "unit__position"
        )

    def beside(self, dossier: "Dossier"):
        """The handed-in dossiers of the same block, by unit (one query when drawn)."""
        return (
            self.filter(block=dossier.block_id, state__in=SUBMITTED_ONCE)
            .select_related("unit")
            .order_by("unit__position", "unit__code")
        )

    def of_my_units(self, user):
        """Dossiers of the units that are the person's own."""
        return self.filter(unit__in=units_where(user, Permission.SEE_UNIT))

    def verified_by_desk_of(self, user):
        """Dossiers of the periods the person verifies, without those of their own units."""
        own = [unit for unit in roles_of(user) if belongs_to(user, unit)]
        desks = units_where(user, Permission.VERIFY_DOSSIER)
        return self.filter(period__assessor__in=desks).exclude(unit__in=own)

    def hold(self, pk: int) -> "Dossier":
        """The dossier's row, locked until the transaction ends."""
        return self.for_page().select_for_update(of=("self",), no_key=True).get(pk=pk)


class Dossier(models.Model):
    """Hồ sơ tự đánh giá. `period` repeats the block's, so that a unit has one dossier in it."""

    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="dossiers")
    block = models.ForeignKey(Block, on_delete=models.PROTECT, related_name="dossiers")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="dossiers")
    state = models.CharField(
        "trạng thái", max_length=12, choices=DossierState.choices, default=DossierState.DRAFT
    )
    difficulties = models.TextField("khó khăn, vướng mắc", blank=True)
    proposals = models.TextField("kiến nghị, đề xuất", blank=True)
    version = models.PositiveIntegerField("phiên bản", default=1)
    submitted_at = models.DateTimeField("thời điểm trình nộp", null=True, blank=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    verified_at = models.DateTimeField("thời điểm thẩm định xong", null=True, blank=True)
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = DossierQuerySet.as_manager()

    class Meta:
        verbose_name = "hồ sơ tự đánh giá"
        verbose_name_plural = "hồ sơ tự đánh giá"
        ordering = ("block__position", "unit__position", "unit__code")
        constraints = (
            models.UniqueConstraint(fields=("period", "unit"), name="dossier_once_in_a_period"),
            together("submitted_at", "submitted_by", name="dossier_submission_is_whole"),
            together("verified_at", "verified_by", name="dossier_verification_is_whole"),
            models.CheckConstraint(
                name="dossier_submission_agrees_with_state",
                condition=Q(state__in=SUBMITTED_ONCE, submitted_at__isnull=False)
                | ~Q(state__in=SUBMITTED_ONCE) & Q(submitted_at=None),
            ),
            models.CheckConstraint(
                name="dossier_verification_agrees_with_state",
                condition=Q(state=DossierState.VERIFIED, verified_at__isnull=False)
                | ~Q(state=DossierState.VERIFIED) & Q(verified_at=None),
            ),
            one_of("state", DossierState, "dossier_state_known"),
        )

    def __str__(self):
        return f"{self.unit} – {self.period}"

    @property
    def fillable(self) -> bool:
        """Whether it is in the unit's hands."""
        return self.state in FILLABLE

    @property
    def last_day(self) -> date:
        """The last day, to its end in Viet Nam, on which the unit may write in it.

        A dossier that was sent back is mended as long as it can still be verified.
        """
        returned = self.state == DossierState.RETURNED
        return self.period.verify_by if returned else self.period.submit_by


class ScoreQuerySet(models.QuerySet):
    def for_page(self):
        """In the order of the tree, with criterion, its criterion and its area (one query)."""
        return self.select_related(
            "criterion__parent__parent", "updated_by"
        ).order_by("criterion__position")

    def visible_to(self, user):
        """Scores of the dossiers the person may see."""
        return self.filter(dossier__in=Dossier.objects.visible_to(user))

    def unanswered(self):
        """Those the unit has to assess itself and has not."""
        return self.filter(
            criterion__source=Source.SELF, self_points=None, self_not_applicable=False
        )

    def unsettled(self):
        """Those the assessor has not decided."""
        return self.filter(verified_points=None, not_applicable=False)

    def settled(self):
        """Those the assessor has decided: points, or that they do not apply."""
        return self.exclude(verified_points=None, not_applicable=False)

    def stamp(self) -> int:
        """One number that grows with every change of these scores (one query)."""
        return self.order_by().aggregate(stamp=Sum("version"))["stamp"] or 0

    def for_sheet(self):
        """For a whole dossier: as `for_page`, with the evidence of each (three queries)."""
        return self.for_page().prefetch_related("evidence__document")

    def hold(self, pk: int) -> "Score":
        """The score's row with its criterion, the score locked until the transaction ends."""
        return (
            self.select_related("criterion")
            .select_for_update(of=("self",), no_key=True)
            .get(pk=pk)
        )


class Score(models.Model):
    """One component of one dossier: self-assessed, verified and approved, kept apart."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="scores")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="scores")
    maximum = models.DecimalField("điểm tối đa", max_digits=7, decimal_places=3)

    self_answer = models.JSONField("trả lời", null=True, blank=True, encoder=DjangoJSONEncoder)
    self_points = FractionField("điểm tự chấm", null=True, blank=True)
    self_not_applicable = models.BooleanField("đề nghị không áp dụng", default=False)
    self_note = models.TextField("ghi chú, giải trình", blank=True)

    verified_answer = models.JSONField("trả lời", null=True, blank=True, encoder=DjangoJSONEncoder)
    verified_points = FractionField("điểm thẩm định", null=True, blank=True)
    not_applicable = models.BooleanField("không áp dụng", default=False)
    verified_reason = models.TextField("lý do", blank=True)

    approved_points = FractionField("điểm phê duyệt", null=True, blank=True)

    version = models.PositiveIntegerField("phiên bản", default=1)
    updated_at = models.DateTimeField("thời điểm sửa", null=True, blank=True)
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = ScoreQuerySet.as_manager()

    class Meta:
        verbose_name = "điểm thành phần"
        verbose_name_plural = "điểm thành phần"
        ordering = ("dossier", "criterion__position")
        constraints = (
            models.UniqueConstraint(
                fields=("dossier", "criterion"), name="score_once_for_a_criterion"
            ),
            from_nought_to("maximum", column="self_points", name="score_self_within"),
            from_nought_to("maximum", column="verified_points", name="score_verified_within"),
            from_nought_to("maximum", column="approved_points", name="score_approved_within"),
            models.CheckConstraint(
                name="score_self_points_or_not_applicable",
                condition=Q(self_not_applicable=False) | Q(self_points=None),
            ),
            models.CheckConstraint(
                name="score_verified_points_or_not_applicable",
                condition=Q(not_applicable=False) | Q(verified_points=None, approved_points=None),
            ),
            models.CheckConstraint(
                name="score_difference_has_a_reason",
                condition=Q(verified_points=None, not_applicable=False)
                | ~Q(verified_reason="")
                | Q(not_applicable=True, self_not_applicable=True)
                | Q(
                    verified_points__isnull=False,
                    self_points__isnull=False,
                    verified_points=F("self_points"),
                ),
                violation_error_message="Đề nghị ghi lý do khi điểm thẩm định khác điểm tự chấm.",
            ),
            together("updated_at", "updated_by", name="score_update_is_whole"),
        )

    def __str__(self):
        return f"{self.criterion} – {self.dossier}"

    @property
    def settled(self) -> bool:
        """Whether the verifier has decided: points, or that it does not apply."""
        return self.not_applicable or self.verified_points is not None

    @property
    def written(self) -> bool:
        """Whether the unit has put anything down."""
        return self.answered or self.self_answer is not None or bool(self.self_note)

    @property
    def answered(self) -> bool:
        """Whether the unit has given points, or said that it does not apply."""
        return self.self_not_applicable or self.self_points is not None


class ScoreChange(models.Model):
    """One column of one score changed: from, to, by whom, when. Written once."""

    score = models.ForeignKey(Score, on_delete=models.CASCADE, related_name="changes")
    column = models.CharField("nội dung", max_length=30)
    before = models.TextField("trước", blank=True)
    after = models.TextField("sau", blank=True)
    changed_at = models.DateTimeField("thời điểm", auto_now_add=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = "thay đổi điểm"
        verbose_name_plural = "thay đổi điểm"
        ordering = ("-changed_at", "-pk")
        triggers = (AppendOnly(), NoTruncate())

    def __str__(self):
        return f"{self.score_id}: {self.column}"


class DossierEvent(LogEntry):
    """Submitted, returned, verified…: by whom, when, why."""

    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="events")

    class Meta(LogEntry.Meta):
        verbose_name = "nhật ký hồ sơ"
        verbose_name_plural = "nhật ký hồ sơ"

    def __str__(self):
        return f"{self.dossier}: {self.verb}"

    @property
    def words(self) -> str:
        """What was done, in words."""
        return str(DossierVerb(self.verb).label) if self.verb in DossierVerb else self.verb
