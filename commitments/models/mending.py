"""What the conclusion of an inspection demands, and how it was mended."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Count, F, Q
from django.utils import timezone

from cchc_portal.kit.constraints import one_of, together
from commitments.models.inspection import Inspection
from commitments.models.inspection_plan import LONGEST
from commitments.models.inspection_rows import InspectionFinding, counted
from commitments.models.inspection_sides import inspected_side, inspecting_side
from commitments.rules.inspection import CONCLUDED, InspectionState, MendState
from units.models import Document, Unit


class InspectionTaskQuerySet(models.QuerySet):
    def visible_to(self, user):
        """For the inspecting side; for the inspected unit once the conclusion is signed."""
        told = Q(inspection__state__in=CONCLUDED) & inspected_side(user, "inspection__")
        return self.filter(inspecting_side(user, "inspection__") | told)

    def for_page(self):
        """With inspection, its units, finding and reporter (the same query)."""
        return self.select_related(
            "inspection__unit",
            "inspection__inspected",
            "inspection__plan",
            "finding__point",
            "reported_by",
        )

    def binding(self):
        """Those of signed conclusions that are still followed."""
        return self.filter(inspection__state=InspectionState.FOLLOWED)

    def accepted(self):
        """Those that the inspecting side took as mended."""
        return self.filter(state=MendState.ACCEPTED)

    def late(self, today: date):
        """Those whose day has passed without a report."""
        return self.binding().filter(state=MendState.UNDER_WAY, due_on__lt=today)

    def counted_in(self, inspection):
        """How many of these an inspection has, as a column of another query."""
        return counted(self.filter(inspection=inspection))

    def by_unit(self) -> dict[int, int]:
        """How many of these there are by key of the inspected unit. One query."""
        rows = self.order_by().values("inspection__inspected").annotate(number=Count("pk"))
        return dict(rows.values_list("inspection__inspected", "number"))


class InspectionTask(models.Model):
    """Yêu cầu khắc phục: what the inspected unit has to do, by when, with proof, and the word of
    the inspecting side. `due_on` is the day that counts; `signed_due_on` the one of the signed
    conclusion, where that was put off. Why it is no CommitmentTask: docs/decisions/0060, 0090."""

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="tasks")
    finding = models.ForeignKey(
        InspectionFinding, on_delete=models.PROTECT, null=True, blank=True, related_name="tasks"
    )
    number = models.PositiveSmallIntegerField("số thứ tự")
    text = models.TextField("nội dung", max_length=LONGEST)
    person = models.CharField("người chịu trách nhiệm", max_length=160, blank=True)
    due_on = models.DateField("thời hạn")
    signed_due_on = models.DateField("thời hạn trong kết luận", null=True, blank=True)
    state = models.CharField(
        "tình trạng", max_length=10, choices=MendState.choices, default=MendState.UNDER_WAY
    )
    result = models.TextField("kết quả khắc phục", max_length=LONGEST, blank=True)
    done_on = models.DateField("ngày hoàn thành", null=True, blank=True)
    reported_at = models.DateTimeField("thời điểm báo cáo", null=True, blank=True)
    reported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    proofs = models.ManyToManyField(Document, related_name="inspection_tasks", blank=True)
    version = models.PositiveIntegerField("phiên bản", default=1)

    objects = InspectionTaskQuerySet.as_manager()

    class Meta:
        verbose_name = "yêu cầu khắc phục"
        verbose_name_plural = "yêu cầu khắc phục"
        ordering = ("inspection", "number")
        constraints = (
            models.UniqueConstraint(
                fields=("inspection", "number"), name="demand_number_once_in_an_inspection"
            ),
            one_of("state", MendState, "demand_state_known"),
            models.CheckConstraint(name="demand_says_something", condition=Q(text__regex=r"\S")),
            models.CheckConstraint(
                name="demand_is_put_off_to_a_later_day",
                condition=Q(signed_due_on=None) | Q(due_on__gt=F("signed_due_on")),
                violation_error_message="Thời hạn mới phải sau thời hạn trong kết luận.",
            ),
            together("reported_at", "reported_by", name="demand_report_is_whole"),
            models.CheckConstraint(
                name="demand_report_agrees_with_state",
                condition=Q(state=MendState.UNDER_WAY, result="", done_on=None, reported_at=None)
                | Q(state__in=(MendState.REPORTED, MendState.ACCEPTED))
                & Q(done_on__isnull=False, reported_at__isnull=False)
                & ~Q(result=""),
            ),
        )

    def __str__(self):
        return f"Yêu cầu {self.number}"

    @property
    def owner(self) -> Unit:
        """The unit that has to do it. Reads the inspection."""
        return self.inspection.inspected

    @property
    def due_in_conclusion(self) -> date:
        """The day that the conclusion says, whatever was granted later."""
        return self.signed_due_on or self.due_on

    @property
    def standing(self) -> str:
        """How it stands today, for a badge: its state, or "overdue"."""
        late = self.state == MendState.UNDER_WAY and self.due_on < timezone.localdate()
        return "overdue" if late else self.state

    @property
    def standing_words(self) -> str:
        """The same in words."""
        return "Quá hạn" if self.standing == "overdue" else str(MendState(self.state).label)

    @property
    def told(self) -> str:
        """What the conclusion demands, of whom, until when, in a sentence."""
        return self._told(self.due_in_conclusion)

    @property
    def told_now(self) -> str:
        """The same with the day that counts."""
        return self._told(self.due_on)

    def _told(self, day: date) -> str:
        person = f" ({self.person})" if self.person else ""
        return f"{self.text.rstrip(' .;')}{person}, hạn {day:%d/%m/%Y}."
