"""A unit's dossier of one period, and what has happened to it."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Case, Count, F, Q, When

from cchc_portal.kit.constraints import one_of, together
from cchc_portal.kit.logbook import LogEntry
from scoring.models.ownership import Ownership
from scoring.models.pen import Penned
from scoring.models.period import Block, Period
from scoring.rules.kinds import Source
from scoring.rules.workflow import (
    BESIDE_THE_MOVES,
    DECIDED,
    FILLABLE,
    SUBMITTED_ONCE,
    DossierState,
    DossierVerb,
)
from units.access import homes_of, units_where
from units.models import Succession, Unit
from units.permissions import Permission


def owned_by(desks: list[int]) -> Q:
    """Dossiers handed in of blocks in which one of the units owns a criterion."""
    if not desks:
        return Q(pk__in=())
    return Q(state__in=SUBMITTED_ONCE, block__in=Ownership.objects.blocks_of(desks))


class DossierQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Dossiers of one's own units, those of the periods one oversees, and those handed in of
        which one's unit owns a criterion."""
        own = Q(unit__in=units_where(user, Permission.SEE_UNIT))
        overseen = Q(period__assessor__in=units_where(user, Permission.SEE_BELOW))
        return self.filter(own | overseen | owned_by(units_where(user, Permission.VERIFY_DOSSIER)))

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

    def with_progress_at(self, desks):
        """Adds total, settled: the components verified at the units of owners, as far as they are.
        Only those that own something of it (one query)."""
        owner = "scores__criterion__parent__ownership__unit"
        settled = Q(scores__verified_points__isnull=False) | Q(scores__not_applicable=True)
        owned = Q(**{f"{owner}__in": desks}) & ~Q(**{owner: F("unit")})
        return self.annotate(
            total=Count("scores", filter=owned), settled=Count("scores", filter=owned & settled)
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
        """Dossiers in which the person verifies, without those to which they are a party: of units
        that are or were their own that year, or handed in by them."""
        desks = units_where(user, Permission.VERIFY_DOSSIER)
        own = Q(events__verb=DossierVerb.SUBMIT, events__by=user)
        for unit, last_on in homes_of(user).items():
            own |= Q(unit=unit, period__data_from__lte=last_on) if last_on else Q(unit=unit)
        return self.filter(Q(period__assessor__in=desks) | owned_by(desks)).exclude(
            pk__in=Dossier.objects.filter(own).values("pk")
        )

    def time_before(self, dossier: "Dossier") -> list["Dossier"]:
        """What became of the unit the last time before, in a period of the same assessor and kind:
        its own dossier, or where it had none those of the units it succeeds (one query)."""
        period = dossier.period
        origins = Succession.objects.filter(successor=dossier.unit_id).values("predecessor")
        found = list(
            self.filter(
                Q(unit=dossier.unit_id) | Q(unit__in=origins),
                period__assessor=period.assessor_id,
                period__kind=period.kind,
                period__year__lt=period.year,
                period__state__in=DECIDED,
                state=DossierState.VERIFIED,
            )
            .select_related("unit", "period")
            .order_by("-period__year", "-period__opens_on")
        )
        latest = [one for one in found if one.period_id == found[0].period_id]
        return [one for one in latest if one.unit_id == dossier.unit_id] or latest

    def hold(self, pk: int) -> "Dossier":
        """The dossier's row, locked until the transaction ends."""
        return self.for_page().held().get(pk=pk)

    def held(self):
        """Their rows are locked until the transaction ends, one after the other by key."""
        return self.select_for_update(of=("self",), no_key=True).order_by("pk")


class Dossier(Penned):
    """Hồ sơ tự đánh giá. `period` repeats the block's, so that a unit has one dossier in it."""

    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="dossiers")
    block = models.ForeignKey(Block, on_delete=models.PROTECT, related_name="dossiers")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="dossiers")
    state = models.CharField(
        "trạng thái", max_length=12, choices=DossierState.choices, default=DossierState.DRAFT
    )
    difficulties = models.TextField("khó khăn, vướng mắc", blank=True)
    proposals = models.TextField("kiến nghị, đề xuất", blank=True)
    extended_until = models.DateField("gia hạn đến hết ngày", null=True, blank=True)
    extension_reason = models.TextField("lý do gia hạn", blank=True)
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
            models.CheckConstraint(
                name="dossier_extension_has_a_reason",
                condition=Q(extended_until=None, extension_reason="")
                | Q(extended_until__isnull=False) & ~Q(extension_reason=""),
                violation_error_message="Đề nghị ghi rõ lý do gia hạn.",
            ),
            one_of("state", DossierState, "dossier_state_known"),
            together("pen", "stroke", name="dossier_stroke_is_whole"),
        )

    def __str__(self):
        return f"{self.unit} – {self.period}"

    @property
    def fillable(self) -> bool:
        """Whether it is in the unit's hands."""
        return self.state in FILLABLE

    @property
    def last_day(self) -> date:
        """The last day, to its end in Viet Nam, on which the unit may write in it."""
        return self._last_day(returned=self.state == DossierState.RETURNED)

    @property
    def last_day_to_mend(self) -> date:
        """What that day would be if it were sent back."""
        return self._last_day(returned=True)

    def _last_day(self, *, returned: bool) -> date:
        return self.period.calendar.last_day_to_write(
            returned=returned, extended_until=self.extended_until
        )


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
        if self.verb in DossierVerb:
            return str(DossierVerb(self.verb).label)
        return BESIDE_THE_MOVES.get(self.verb, self.verb)
