"""One task of a commitment: what was promised, and what came of it."""

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from cchc_portal.kit.constraints import one_of, together
from commitments.models.commitment import Commitment
from commitments.models.conclusion import ConferenceTask
from commitments.models.dialogue import DialogueItem
from commitments.models.mending import InspectionTask
from commitments.models.task_reads import CommitmentTaskQuerySet
from commitments.rules.areas import ReformArea
from commitments.rules.progress import Aim, Standing, progress, standing
from commitments.rules.terms import (
    COLUMNS,
    LABELS,
    SignedTask,
    TaskTerms,
    measure_words,
    term_words,
)
from commitments.rules.workflow import Change, Finding, TaskOutcome, Verdict
from units.models.unit import Plain


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
    aim = models.CharField(
        "hướng của chỉ tiêu", max_length=8, choices=Aim.choices, default=Aim.REACH
    )
    due_from = models.DateField("thực hiện từ ngày", null=True, blank=True)
    deadline = models.DateField("ngày cuối", null=True, blank=True)
    criterion = models.CharField("phục vụ tiêu chí", max_length=120, blank=True)
    money = models.DecimalField(
        "kinh phí (triệu đồng)", max_digits=14, decimal_places=4, null=True, blank=True
    )
    proof = models.CharField("tài liệu chứng minh", max_length=300, blank=True)
    change = models.CharField(
        "việc của phụ lục", max_length=8, choices=Change.choices, default=Change.ADD
    )
    replaces = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="changes"
    )
    superseded_by = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    carried_from = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="carried_to"
    )
    item = models.OneToOneField(
        DialogueItem, on_delete=models.PROTECT, null=True, blank=True, related_name="promise"
    )
    conclusion = models.OneToOneField(
        ConferenceTask, on_delete=models.PROTECT, null=True, blank=True, related_name="promise"
    )
    demand = models.OneToOneField(
        InspectionTask, on_delete=models.PROTECT, null=True, blank=True, related_name="promise"
    )
    origin = models.CharField("từ đâu đến", max_length=300, blank=True)
    taken_from_plan = models.ForeignKey(
        "PlannedTask",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="committed_as",
        verbose_name="lấy từ kế hoạch",
    )
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
    verdict = models.CharField("nghiệm thu", max_length=10, choices=Verdict.choices, blank=True)
    finding = models.CharField(
        "đánh giá cuối năm", max_length=10, choices=Finding.choices, blank=True
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
        indexes = (GinIndex(OpClass(Plain("title"), name="gin_trgm_ops"), name="task_title_plain"),)
        constraints = (
            models.UniqueConstraint(
                fields=("commitment", "position"),
                name="task_position_once_in_a_commitment",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.UniqueConstraint(
                fields=("commitment", "taken_from_plan"), name="task_taken_from_plan_once"
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
            models.CheckConstraint(
                name="task_span_is_in_order",
                condition=Q(due_from=None) | Q(due_on__isnull=False, due_from__lte=F("due_on")),
                violation_error_message="Ghi ngày bắt đầu thì cần ghi thời hạn, "
                "và thời hạn không thể trước ngày bắt đầu.",
            ),
            models.CheckConstraint(
                name="task_money_is_not_negative",
                condition=Q(money=None) | Q(money__gte=0),
                violation_error_message="Kinh phí không thể là số âm.",
            ),
            models.CheckConstraint(
                name="task_amount_is_positive",
                condition=~Q(aim__in=(Aim.RAISE, Aim.CUT)) | Q(target__isnull=False, target__gt=0),
                violation_error_message="Chỉ tiêu “tăng thêm” hoặc “giảm” cần ghi mức lớn hơn 0.",
            ),
            one_of("aim", Aim, "task_aim_known"),
            models.CheckConstraint(
                name="task_change_is_of_a_task",
                condition=Q(change=Change.ADD, replaces=None)
                | Q(change__in=(Change.ALTER, Change.CANCEL), replaces__isnull=False),
            ),
            models.CheckConstraint(
                name="task_verdict_is_of_a_report",
                condition=Q(verdict__in=("", *(str(word.value) for word in Verdict)))
                & (Q(verdict="") | ~Q(outcome="")),
            ),
            models.CheckConstraint(
                name="task_finding_known",
                condition=Q(finding__in=("", *(str(word.value) for word in Finding))),
            ),
            models.CheckConstraint(
                name="task_has_one_source",
                condition=Q(item=None, conclusion=None)
                | Q(item=None, demand=None)
                | Q(conclusion=None, demand=None),
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
    def said(self) -> list[tuple[str, str]]:
        """Every term by its Vietnamese name and as a person reads it."""
        words = self.terms.words()
        return [(label, words[column]) for column, label in LABELS.items()]

    @property
    def signed(self) -> SignedTask:
        """What is under the signature of its paper. Reads `replaces`."""
        replaced = self.replaces.label if self.replaces_id else ""
        return SignedTask(self.terms, self.change, replaced)

    @property
    def origin_words(self) -> str:
        """Where it comes from, as a line begins."""
        return self.origin[:1].upper() + self.origin[1:]

    @property
    def cancels(self) -> bool:
        """Whether the row only ends another task, so that it has no words of its own."""
        return self.change == Change.CANCEL

    @property
    def label(self) -> str:
        """How it is counted: "3"; of an annex "PL1.3". Reads the commitment."""
        annex = self.commitment.number
        return f"PL{annex}.{self.position}" if annex else str(self.position)

    @property
    def measure_words(self) -> str:
        """The target in short."""
        return measure_words(self.terms)

    @property
    def term_words(self) -> str:
        """The time in short."""
        return term_words(self.terms)

    @property
    def progress(self):
        """How much of it is kept, exact, within 0…1, or None where it is not measured."""
        return progress(self.baseline, self.target, self.reached, self.aim)

    @property
    def progress_percent(self):
        """The same as a share of a hundred."""
        share = self.progress
        return None if share is None else share * 100

    @property
    def standing(self) -> Standing:
        """How it stands today."""
        today = timezone.localdate()
        return standing(
            self.outcome, self.deadline, today, verdict=self.verdict, finding=self.finding
        )
