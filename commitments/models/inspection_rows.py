"""What belongs to an inspection: its team, its checklist, what it found."""

from collections.abc import Mapping

from django.conf import settings
from django.db import models
from django.db.models import Count, Exists, IntegerField, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from cchc_portal.kit.constraints import one_of, together
from commitments.models.inspection import Inspection
from commitments.models.inspection_plan import LONGEST
from commitments.models.inspection_sides import inspected_side, inspecting_side
from commitments.rules.inspection import TOLD, Duty, FindingKind, MendState, PointOutcome
from units.models import Document
from units.models.people import LONGEST_CALLED


def counted(rows) -> Coalesce:
    """How many of these there are, as a column of a query of inspections."""
    number = rows.order_by().values("inspection").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(number, output_field=IntegerField()), 0)


class TeamMember(models.Model):
    """Somebody of the team; `person` where they have an account, and so write on its pages."""

    inspection = models.ForeignKey(Inspection, on_delete=models.CASCADE, related_name="team")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="inspection_seats",
    )
    name = models.CharField("họ và tên", max_length=LONGEST_CALLED)
    post = models.CharField("chức vụ, đơn vị", max_length=200, blank=True)
    duty = models.CharField("nhiệm vụ trong đoàn", max_length=10, choices=Duty.choices)

    class Meta:
        verbose_name = "thành viên đoàn kiểm tra"
        verbose_name_plural = "thành viên đoàn kiểm tra"
        ordering = ("inspection", "pk")
        constraints = (
            one_of("duty", Duty, "team_duty_known"),
            models.CheckConstraint(name="team_member_is_named", condition=Q(name__regex=r"\S")),
            models.UniqueConstraint(
                fields=("inspection", "person"), name="team_member_once_in_a_team"
            ),
            models.UniqueConstraint(
                fields=("inspection", "duty"),
                condition=Q(duty__in=(Duty.HEAD, Duty.SECRETARY)),
                name="team_has_one_head_and_one_secretary",
                violation_error_message="Đoàn chỉ có một trưởng đoàn, một thư ký.",
            ),
        )

    def __str__(self):
        return f"{self.name} ({self.get_duty_display().lower()})"

    @property
    def told(self) -> str:
        """Name, post, duty in a line of a paper."""
        return ", ".join(filter(None, (self.name, self.post)))


class InspectionPoint(models.Model):
    """A line of the checklist. The component it comes from is told by key and code: the floor of
    scores has no door to this one."""

    inspection = models.ForeignKey(Inspection, on_delete=models.CASCADE, related_name="checklist")
    position = models.PositiveSmallIntegerField("thứ tự")
    text = models.CharField("nội dung kiểm tra", max_length=500)
    criterion_key = models.CharField("khóa của tiêu chí", max_length=60, blank=True)
    criterion_code = models.CharField("mã tiêu chí", max_length=20, blank=True)
    outcome = models.CharField("kết quả", max_length=10, choices=PointOutcome.choices, blank=True)
    note = models.TextField("ghi chú", max_length=LONGEST, blank=True)
    version = models.PositiveIntegerField("phiên bản", default=1)

    class Meta:
        verbose_name = "nội dung kiểm tra"
        verbose_name_plural = "nội dung kiểm tra"
        ordering = ("inspection", "position")
        constraints = (
            models.UniqueConstraint(
                fields=("inspection", "position"), name="point_position_once_in_an_inspection"
            ),
            models.UniqueConstraint(
                fields=("inspection", "criterion_key"),
                condition=~Q(criterion_key=""),
                name="point_criterion_once_in_an_inspection",
            ),
            models.CheckConstraint(name="point_says_something", condition=Q(text__regex=r"\S")),
            models.CheckConstraint(
                name="point_outcome_known", condition=Q(outcome__in=("", *PointOutcome.values))
            ),
        )

    def __str__(self):
        return f"{self.criterion_code} {self.text}".strip()


class InspectionFindingQuerySet(models.QuerySet):
    def visible_to(self, user):
        """For the inspecting side; for the inspected unit once the minutes are drawn up."""
        told = Q(inspection__state__in=TOLD) & inspected_side(user, "inspection__")
        return self.filter(inspecting_side(user, "inspection__") | told)

    def for_page(self):
        """With inspection, its units, checklist line and who explained (the same query)."""
        return self.select_related(
            "inspection__unit", "inspection__inspected", "inspection__plan", "point", "explained_by"
        )

    def shortcomings(self):
        """Those that have to be mended."""
        return self.filter(kind=FindingKind.SHORTCOMING)

    def with_mending(self):
        """Adds `is_mended`: there is a demand about it, and every one is accepted."""
        tasks = self.model.tasks.rel.related_model.objects.filter(finding=OuterRef("pk"))
        open_ = Exists(tasks.exclude(state=MendState.ACCEPTED))
        return self.annotate(is_mended=Q(Exists(tasks)) & ~Q(open_))

    def counted_in(self, inspection):
        """How many shortcomings an inspection has, as a column of another query."""
        return counted(self.shortcomings().filter(inspection=inspection))

    def mended_of_all(self) -> dict[str, int]:
        """How many shortcomings there are, and how many are mended. One query."""
        rows = self.shortcomings().with_mending().order_by()
        return rows.aggregate(found=Count("pk"), mended=Count("pk", filter=Q(is_mended=True)))

    def mended_by_unit(self) -> dict[int, Mapping[str, int]]:
        """The same by key of the inspected unit. One query."""
        rows = self.shortcomings().with_mending().order_by().values("inspection__inspected")
        counts = rows.annotate(found=Count("pk"), done_with=Count("pk", filter=Q(is_mended=True)))
        return {
            unit: {"found": found, "mended": mended}
            for unit, found, mended in counts.values_list(
                "inspection__inspected", "found", "done_with"
            )
        }


class InspectionFinding(models.Model):
    """A strength or a shortcoming, with what shows it and what the unit says of it."""

    inspection = models.ForeignKey(Inspection, on_delete=models.CASCADE, related_name="findings")
    number = models.PositiveSmallIntegerField("số thứ tự")
    kind = models.CharField("loại", max_length=12, choices=FindingKind.choices)
    text = models.TextField("nội dung", max_length=LONGEST)
    point = models.ForeignKey(
        InspectionPoint,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="findings",
        verbose_name="nội dung kiểm tra",
    )
    evidence = models.ManyToManyField(
        Document, related_name="inspection_findings", blank=True, verbose_name="tài liệu"
    )
    explanation = models.TextField("giải trình của đơn vị", max_length=LONGEST, blank=True)
    explained_at = models.DateTimeField("thời điểm giải trình", null=True, blank=True)
    explained_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    version = models.PositiveIntegerField("phiên bản", default=1)

    objects = InspectionFindingQuerySet.as_manager()

    class Meta:
        verbose_name = "phát hiện qua kiểm tra"
        verbose_name_plural = "phát hiện qua kiểm tra"
        ordering = ("inspection", "number")
        constraints = (
            models.UniqueConstraint(
                fields=("inspection", "number"), name="finding_number_once_in_an_inspection"
            ),
            one_of("kind", FindingKind, "finding_kind_known"),
            models.CheckConstraint(name="finding_says_something", condition=Q(text__regex=r"\S")),
            together("explained_at", "explained_by", name="finding_explanation_is_whole"),
            models.CheckConstraint(
                name="finding_explanation_has_words",
                condition=Q(explanation="", explained_at=None)
                | ~Q(explanation="") & Q(explained_at__isnull=False),
            ),
        )

    def __str__(self):
        return f"{self.get_kind_display()} {self.number}"

    @property
    def shortcoming(self) -> bool:
        """Whether it has to be mended."""
        return self.kind == FindingKind.SHORTCOMING

    @property
    def taken_up(self) -> bool:
        """Whether there is an explanation that the conclusion takes up: none that came after it was
        signed. Reads the inspection."""
        signed_at = self.inspection.signed_at
        return self.explained_at is not None and (not signed_at or self.explained_at <= signed_at)

    @property
    def final(self) -> bool:
        """Whether what the unit explained was read by who signed the conclusion, and so stays."""
        return self.inspection.concluded and self.taken_up
