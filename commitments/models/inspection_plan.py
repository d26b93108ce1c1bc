"""A unit's plan of inspections of one year."""

from django.conf import settings
from django.db import models
from django.db.models import Count, Q

from cchc_portal.kit.among import among
from cchc_portal.kit.constraints import one_of, together
from commitments.models.commitment import FIRST_YEAR, LAST_YEAR
from commitments.rules.inspection import TOLD, PlanWords
from commitments.rules.plan import PlanState
from units.access import units_where, visible_units
from units.models import Unit
from units.models.people import LONGEST_CALLED
from units.permissions import Permission

LONGEST = 4000


class InspectionPlanQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those of one's own units; issued ones of the units directly below, and those in which a
        unit that one sees is to be inspected or oneself is of a team."""
        own = units_where(user, Permission.SEE_UNIT)
        below = Q(above__in=units_where(user, Permission.SEE_BELOW))
        lines = self.model.inspections.rel.related_model.objects
        named = Q(pk__in=lines.filter(among("inspected", visible_units(user))).values("plan"))
        seated = Q(pk__in=lines.filter(team__person=user.pk).values("plan"))
        issued = Q(state=PlanState.ISSUED)
        return self.filter(Q(unit__in=own) | issued & (below | named | seated))

    def with_counts(self):
        """Adds of each plan: lines, and those that took place (the same query)."""
        took_place = Q(inspections__state__in=TOLD)
        return self.annotate(
            lines=Count("inspections"), lines_done=Count("inspections", filter=took_place)
        )

    def newest_first(self):
        """By year; said here, for counting forgets `Meta.ordering`."""
        return self.order_by("-year", "unit__position", "pk")

    def hold(self, pk: int) -> "InspectionPlan":
        """The row, locked until the transaction ends: its lines are written behind this lock."""
        held = self.select_related("unit", "above").select_for_update(of=("self",), no_key=True)
        return held.get(pk=pk)


class InspectionPlan(models.Model):
    """Kế hoạch kiểm tra cải cách hành chính: one of a unit and year. `version`
    moves with its lines."""

    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="inspection_plans", verbose_name="đơn vị"
    )
    above = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    year = models.PositiveSmallIntegerField("năm")
    title = models.CharField("tên kế hoạch", max_length=300)
    ground = models.TextField("căn cứ", max_length=LONGEST, blank=True)
    aim = models.TextField("mục đích, yêu cầu", max_length=LONGEST, blank=True)
    number = models.CharField("số, ký hiệu", max_length=60, blank=True)
    issued_on = models.DateField("ngày ban hành", null=True, blank=True)
    signer = models.CharField("người ký", max_length=LONGEST_CALLED, blank=True)
    signer_post = models.CharField("chức vụ người ký", max_length=120, blank=True)
    signed_at = models.DateTimeField("thời điểm ban hành", null=True, blank=True)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    state = models.CharField(
        "trạng thái", max_length=8, choices=PlanState.choices, default=PlanState.DRAFT
    )
    version = models.PositiveIntegerField("phiên bản", default=1)
    made_up = models.BooleanField("dữ liệu minh họa", default=False)

    objects = InspectionPlanQuerySet.as_manager()

    class Meta:
        verbose_name = "kế hoạch kiểm tra"
        verbose_name_plural = "kế hoạch kiểm tra"
        ordering = ("-year", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("unit", "year"),
                name="inspection_plan_once_a_year",
                violation_error_message="Đơn vị đã có kế hoạch kiểm tra năm này.",
            ),
            one_of("state", PlanState, "inspection_plan_state_known"),
            models.CheckConstraint(
                name="inspection_plan_year_known",
                condition=Q(year__gte=FIRST_YEAR, year__lte=LAST_YEAR),
            ),
            models.CheckConstraint(
                name="inspection_plan_has_a_title", condition=Q(title__regex=r"\S")
            ),
            together("signed_at", "signed_by", name="inspection_plan_signature_is_whole"),
            models.CheckConstraint(
                name="inspection_plan_signature_agrees_with_state",
                condition=Q(state=PlanState.DRAFT, number="", issued_on=None, signed_at=None)
                | Q(state=PlanState.ISSUED, issued_on__isnull=False, signed_at__isnull=False)
                & ~Q(number="")
                & ~Q(signer=""),
            ),
        )

    def __str__(self):
        return f"Kế hoạch kiểm tra năm {self.year}"

    @property
    def issued(self) -> bool:
        """Whether it is in force."""
        return self.state == PlanState.ISSUED

    @property
    def words(self) -> PlanWords:
        """What stands above its lines."""
        return PlanWords(self.title, self.ground, self.aim)
