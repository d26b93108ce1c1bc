"""A unit's plan of one year, its tasks, and the log of what happened to it."""

from django.conf import settings
from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q

from cchc_portal.kit.among import among
from cchc_portal.kit.constraints import one_of, together
from cchc_portal.kit.logbook import LogEntry
from commitments.models.commitment import FIRST_YEAR, LAST_YEAR
from commitments.rules.areas import ReformArea
from commitments.rules.plan import (
    PLANNED_COLUMNS,
    WRITING,
    PlanHeading,
    PlannedTerms,
    PlanState,
    PlanVerb,
)
from commitments.rules.progress import Standing, standing
from commitments.rules.workflow import TaskOutcome, Verdict
from units.access import units_where, visible_units
from units.models import Unit
from units.models.people import LONGEST_CALLED
from units.models.unit import speaks_of
from units.permissions import Permission


class PlanQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those of one's own units; issued ones of the units below, and of the unit right above."""
        own = units_where(user, Permission.SEE_UNIT)
        above = Unit.objects.filter(children__in=own)
        near = among("unit", visible_units(user)) | Q(unit__in=above)
        return self.filter(Q(unit__in=own) | Q(state=PlanState.ISSUED) & near)

    def matching(self, words: str):
        """Those whose title, number or unit hold all the words, diacritics and case ignored."""
        return self.filter(speaks_of(words, "title", "number", "unit__name"))

    def with_counts(self, today):
        """Adds of each plan: tasks_in_all, tasks_done, tasks_overdue as on the day."""
        overdue = Q(tasks__done_on=None, tasks__deadline__lt=today)
        return self.annotate(
            tasks_in_all=Count("tasks"),
            tasks_done=Count("tasks", filter=Q(tasks__done_on__isnull=False)),
            tasks_overdue=Count("tasks", filter=overdue & Q(state=PlanState.ISSUED)),
        )

    def newest_first(self):
        """By year, then in the order of units."""
        return self.order_by("-year", "unit__position", "unit__code", "pk")

    def of_the_unit_above(self, plan: "Plan"):
        """The issued plan of the same year of the unit right above."""
        return self.filter(unit__children=plan.unit_id, year=plan.year, state=PlanState.ISSUED)

    def hold(self, pk: int) -> "Plan":
        """The row, locked until the transaction ends."""
        held = self.select_related("unit").select_for_update(of=("self",), no_key=True)
        return held.get(pk=pk)


class Plan(models.Model):
    """Kế hoạch cải cách hành chính: one per unit and year. `version` moves with every change."""

    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="plans", verbose_name="đơn vị"
    )
    year = models.PositiveSmallIntegerField("năm")
    title = models.CharField("tên kế hoạch", max_length=300)
    ground = models.TextField("căn cứ", blank=True, max_length=2000)
    number = models.CharField("số, ký hiệu", max_length=60, blank=True)
    issued_on = models.DateField("ngày ban hành", null=True, blank=True)
    state = models.CharField(
        "trạng thái", max_length=8, choices=PlanState.choices, default=PlanState.DRAFT
    )
    version = models.PositiveIntegerField("phiên bản", default=1)
    unit_name = models.CharField("tên đơn vị khi ban hành", max_length=200, blank=True)
    signer = models.CharField("người ký", max_length=LONGEST_CALLED, blank=True)
    signer_post = models.CharField("chức vụ người ký", max_length=120, blank=True)
    issued_at = models.DateTimeField("thời điểm ban hành", null=True, blank=True)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    made_up = models.BooleanField("dữ liệu minh họa", default=False)

    objects = PlanQuerySet.as_manager()

    class Meta:
        verbose_name = "kế hoạch"
        verbose_name_plural = "kế hoạch"
        ordering = ("-year", "unit__position", "unit__code")
        constraints = (
            models.UniqueConstraint(
                fields=("unit", "year"),
                name="plan_once_a_year",
                violation_error_message="Đơn vị đã có kế hoạch của năm này.",
            ),
            models.CheckConstraint(
                name="plan_year_plausible",
                condition=Q(year__gte=FIRST_YEAR, year__lte=LAST_YEAR),
                violation_error_message=f"Năm phải từ {FIRST_YEAR} đến {LAST_YEAR}.",
            ),
            one_of("state", PlanState, "plan_state_known"),
            together("issued_at", "issued_by", "issued_on", name="plan_issue_is_whole"),
            models.CheckConstraint(
                name="plan_issue_agrees_with_state",
                condition=Q(state=PlanState.DRAFT, issued_at=None, number="", signer="")
                | Q(state=PlanState.ISSUED, issued_at__isnull=False)
                & ~Q(number="")
                & ~Q(signer="")
                & ~Q(unit_name=""),
            ),
        )

    def __str__(self):
        return f"{self.title} – {self.party}"

    @property
    def party(self) -> str:
        """The unit by the name it issued under, or by today's while it is a draft."""
        return self.unit_name or self.unit.name

    @property
    def heading(self) -> PlanHeading:
        return PlanHeading(self.title, self.ground)

    @property
    def issued(self) -> bool:
        return self.state == PlanState.ISSUED


class PlannedTaskQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Tasks of the plans that the person may see."""
        return self.filter(plan__in=Plan.objects.visible_to(user))

    def for_page(self):
        """In the order of the table, with where a task came from, what was promised of it, and who
        wrote last (two queries more)."""
        shown = self.select_related("taken_from__plan__unit", "updated_by")
        return shown.prefetch_related("committed_as__commitment").order_by("position", "pk")

    def not_taken_by(self, units):
        """Passed down, issued, and in no plan of these units right below: a row for each such
        unit, `below`, and year, `plan__year`, with how many, `number`."""
        passed = self.filter(
            passed_down=True, plan__state=PlanState.ISSUED, plan__unit__children__in=units
        ).annotate(below=F("plan__unit__children"))
        taken = PlannedTask.objects.filter(taken_from=OuterRef("pk"), plan__unit=OuterRef("below"))
        left = passed.filter(~Exists(taken)).order_by()
        return left.values("below", "plan__year").annotate(number=Count("pk"))

    def due_by(self, day):
        """Of issued plans, not done, with a last day that is not later."""
        return self.filter(plan__state=PlanState.ISSUED, done_on=None, deadline__lte=day)

    def to_take(self, plan: Plan):
        """What the unit above passed down for the year and the plan does not have yet."""
        above = Plan.objects.of_the_unit_above(plan)
        passed = self.filter(plan__in=above, passed_down=True)
        return passed.exclude(taken_by__plan=plan).order_by("position")

    def to_commit(self, commitment):
        """Of the unit's issued plan of the year, what the commitment does not have yet, neither
        in itself nor in an annex."""
        issued = self.filter(
            plan__unit=commitment.unit_id, plan__year=commitment.year, plan__state=PlanState.ISSUED
        )
        root = commitment.root_id
        has = Q(committed_as__commitment=root) | Q(committed_as__commitment__amends=root)
        return issued.exclude(pk__in=self.filter(has)).order_by("position")


class PlannedTask(models.Model):
    """Nhiệm vụ của kế hoạch; `taken_from`: the task of the plan above that it takes over."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="tasks")
    position = models.PositiveSmallIntegerField("thứ tự")
    area = models.CharField("lĩnh vực", max_length=15, choices=ReformArea.choices)
    title = models.CharField("nhiệm vụ", max_length=500)
    product = models.CharField("kết quả, sản phẩm", max_length=300, blank=True)
    due_on = models.DateField("thời hạn (ngày)", null=True, blank=True)
    due_text = models.CharField("thời hạn (ghi bằng chữ)", max_length=120, blank=True)
    lead = models.CharField("chủ trì", max_length=200, blank=True)
    partners = models.CharField("phối hợp", max_length=300, blank=True)
    passed_down = models.BooleanField("giao đơn vị trực thuộc thực hiện", default=False)
    deadline = models.DateField("ngày cuối", null=True, blank=True)
    taken_from = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="taken_by"
    )
    done_on = models.DateField("ngày hoàn thành", null=True, blank=True)
    result = models.TextField("kết quả thực hiện", blank=True, max_length=2000)
    version = models.PositiveIntegerField("phiên bản", default=1)
    updated_at = models.DateTimeField("thời điểm ghi")
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    objects = PlannedTaskQuerySet.as_manager()

    class Meta:
        verbose_name = "nhiệm vụ kế hoạch"
        verbose_name_plural = "nhiệm vụ kế hoạch"
        ordering = ("plan", "position")
        constraints = (
            models.UniqueConstraint(
                fields=("plan", "position"),
                name="planned_position_once_in_a_plan",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.UniqueConstraint(
                fields=("plan", "taken_from"), name="planned_task_taken_over_once"
            ),
            models.CheckConstraint(
                name="planned_task_has_a_title",
                condition=~Q(title=""),
                violation_error_message="Đề nghị ghi nội dung nhiệm vụ.",
            ),
            models.CheckConstraint(
                name="planned_task_has_a_term",
                condition=Q(due_on__isnull=False) | ~Q(due_text=""),
                violation_error_message="Đề nghị ghi thời hạn: chọn ngày, hoặc ghi bằng chữ "
                "(ví dụ “thường xuyên”, “quý III”).",
            ),
            models.CheckConstraint(
                name="planned_task_done_has_a_result",
                condition=Q(done_on=None) | ~Q(result=""),
                violation_error_message="Nhiệm vụ hoàn thành phải ghi kết quả thực hiện.",
            ),
            models.CheckConstraint(
                name="planned_task_is_not_its_own_source", condition=~Q(taken_from=F("pk"))
            ),
            one_of("area", ReformArea, "planned_area_known"),
        )

    def __str__(self):
        return f"Nhiệm vụ {self.position}. {self.title}"

    @property
    def terms(self) -> PlannedTerms:
        """The row as the rules read it."""
        return PlannedTerms(**{column: getattr(self, column) for column in PLANNED_COLUMNS})

    def standing_on(self, today) -> Standing:
        """How it stands on the day: done, late, near its term, under way."""
        done = self.done_on is not None
        outcome, verdict = (TaskOutcome.DONE, Verdict.ACCEPTED) if done else ("", "")
        return standing(outcome, self.deadline, today, verdict=verdict)


class PlanEvent(LogEntry):
    """One thing that was done to a plan: what, about which task, by whom, when, why."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="events")
    about = models.CharField("nhiệm vụ", max_length=520, blank=True)

    class Meta(LogEntry.Meta):
        verbose_name = "nhật ký kế hoạch"
        verbose_name_plural = "nhật ký kế hoạch"

    def __str__(self):
        return f"{self.plan}: {self.words}"

    @property
    def words(self) -> str:
        """What was done, in Vietnamese."""
        return str(PlanVerb(self.verb).label)

    @property
    def of_the_writing(self) -> bool:
        """Whether the line tells how the draft was written, and not its story."""
        return self.verb in WRITING
