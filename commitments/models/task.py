"""One task of a commitment: what was promised, and what came of it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from cchc_portal.kit.constraints import one_of, together
from commitments.models.commitment import Commitment
from commitments.rules.areas import ReformArea
from commitments.rules.progress import Standing, progress, standing
from commitments.rules.terms import COLUMNS, TaskTerms, measure_words
from commitments.rules.workflow import TaskOutcome
from units.access import units_where
from units.permissions import Permission


class CommitmentTaskQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Tasks of the commitments that the person may see."""
        own = Q(commitment__unit__in=units_where(user, Permission.SEE_UNIT))
        received = Q(commitment__received_by__in=units_where(user, Permission.SEE_BELOW))
        return self.filter(own | received)

    def for_page(self):
        """With the commitment and its parties, and who wrote and reported last."""
        return self.select_related(
            "commitment__unit", "commitment__received_by", "updated_by", "reported_by"
        )


class CommitmentTask(models.Model):
    """Nhiệm vụ đăng ký: a row of the plan table, then its reported result."""

    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="tasks")
    position = models.PositiveSmallIntegerField("thứ tự")
    area = models.CharField("lĩnh vực", max_length=20, choices=ReformArea.choices)
    title = models.CharField("nhiệm vụ", max_length=500)
    product = models.CharField("kết quả, sản phẩm", max_length=300, blank=True)
    measure = models.CharField("chỉ tiêu đo bằng", max_length=200, blank=True)
    measure_unit = models.CharField("đơn vị tính", max_length=40, blank=True)
    baseline = models.DecimalField(
        "hiện trạng", max_digits=14, decimal_places=4, null=True, blank=True
    )
    target = models.DecimalField(
        "mức cần đạt", max_digits=14, decimal_places=4, null=True, blank=True
    )
    due_on = models.DateField("thời hạn (ngày)", null=True, blank=True)
    due_text = models.CharField("thời hạn (ghi bằng chữ)", max_length=120, blank=True)
    lead = models.CharField("chủ trì", max_length=200, blank=True)
    partners = models.CharField("phối hợp", max_length=300, blank=True)
    outcome = models.CharField(
        "mức độ hoàn thành", max_length=10, choices=TaskOutcome.choices, blank=True
    )
    reached = models.DecimalField(
        "giá trị đạt được", max_digits=14, decimal_places=4, null=True, blank=True
    )
    result = models.TextField("kết quả thực hiện", blank=True)
    done_on = models.DateField("ngày hoàn thành", null=True, blank=True)
    reported_at = models.DateTimeField("thời điểm báo cáo", null=True, blank=True)
    reported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    version = models.PositiveIntegerField("phiên bản", default=1)
    updated_at = models.DateTimeField("thời điểm ghi", null=True, blank=True)
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = CommitmentTaskQuerySet.as_manager()

    class Meta:
        verbose_name = "nhiệm vụ cam kết"
        verbose_name_plural = "nhiệm vụ cam kết"
        ordering = ("commitment", "position")
        constraints = (
            models.UniqueConstraint(
                fields=("commitment", "position"),
                name="task_position_once_in_a_commitment",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.CheckConstraint(
                name="task_has_a_title",
                condition=~Q(title=""),
                violation_error_message="Đề nghị ghi nội dung nhiệm vụ.",
            ),
            models.CheckConstraint(
                name="task_has_a_term",
                condition=Q(due_on__isnull=False) | ~Q(due_text=""),
                violation_error_message="Đề nghị ghi thời hạn: chọn ngày, hoặc ghi bằng chữ "
                "(ví dụ “thường xuyên”, “quý III”).",
            ),
            models.CheckConstraint(
                name="task_baseline_needs_a_target",
                condition=Q(baseline=None) | Q(target__isnull=False),
                violation_error_message="Có hiện trạng thì cần ghi mức cần đạt.",
            ),
            one_of("area", ReformArea, "task_area_known"),
            models.CheckConstraint(
                name="task_outcome_known",
                condition=Q(outcome__in=("", *(str(word.value) for word in TaskOutcome))),
            ),
            models.CheckConstraint(
                name="task_outcome_has_a_result",
                condition=Q(outcome="", result="", reached=None) | ~Q(outcome="") & ~Q(result=""),
                violation_error_message="Đề nghị ghi kết quả thực hiện.",
            ),
            models.CheckConstraint(
                name="task_done_on_a_day",
                condition=Q(outcome=TaskOutcome.DONE, done_on__isnull=False)
                | ~Q(outcome=TaskOutcome.DONE) & Q(done_on=None),
                violation_error_message="Nhiệm vụ hoàn thành phải có ngày hoàn thành; "
                "chưa hoàn thành thì không ghi ngày.",
            ),
            models.CheckConstraint(
                name="task_report_agrees_with_outcome",
                condition=Q(outcome="", reported_at=None)
                | ~Q(outcome="") & Q(reported_at__isnull=False),
            ),
            together("reported_at", "reported_by", name="task_report_is_whole"),
            together("updated_at", "updated_by", name="task_update_is_whole"),
        )

    def __str__(self):
        return f"Nhiệm vụ {self.position}. {self.title}"

    @property
    def terms(self) -> TaskTerms:
        """What was promised, as the rules read it."""
        return TaskTerms(**{column: getattr(self, column) for column in COLUMNS})

    @property
    def measure_words(self) -> str:
        """The target in short."""
        return measure_words(self.terms)

    @property
    def progress_percent(self):
        """How far it has come, an exact share of a hundred, or None where it is not measured."""
        share = progress(self.baseline, self.target, self.reached)
        return None if share is None else share * 100

    @property
    def standing(self) -> Standing:
        """How it stands today."""
        return standing(self.outcome, self.due_on, timezone.localdate())
