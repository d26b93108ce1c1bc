"""What came of the tasks: reports, the receiver's word, the end of the year."""

from django import forms
from django.utils import timezone

from cchc_portal.kit.forms import WholeModelForm
from commitments.forms.fields import CabinetField, FigureField, Seen
from commitments.models import CommitmentTask
from commitments.rules.progress import proposed_finding
from commitments.rules.workflow import Finding, TaskOutcome, Verdict
from units.forms.fields import DayField


class ReportForm(WholeModelForm, Seen):
    """What came of a task."""

    outcome = forms.ChoiceField(
        label="Mức độ hoàn thành", choices=TaskOutcome.choices, widget=forms.RadioSelect
    )
    reached = FigureField(label="Giá trị đạt được", required=False)
    done_on = DayField(
        label="Ngày hoàn thành", required=False, help_text="Chỉ ghi khi nhiệm vụ đã hoàn thành."
    )
    result = forms.CharField(
        label="Kết quả thực hiện",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Đã làm được gì, số, ngày văn bản hoặc số liệu chứng minh.",
    )

    proofs = CabinetField(label="Minh chứng từ tủ tài liệu của đơn vị")

    class Meta:
        model = CommitmentTask
        fields = ("outcome", "reached", "done_on", "result")

    def __init__(self, reporter, *arguments, **options):
        super().__init__(*arguments, **options)
        self.fields["proofs"].offer(self.instance.commitment.unit_id)
        self.instance.verdict = ""
        # as the service will write them, so that the constraints judge the row it will be
        self.instance.reported_at, self.instance.reported_by = timezone.now(), reporter
        if self.instance.target is None:
            del self.fields["reached"]
        else:
            unit = self.instance.measure_unit
            self.fields["reached"].help_text = f"Đơn vị tính: {unit}." if unit else ""

    def clean_done_on(self):
        day = self.cleaned_data["done_on"]
        if day and day > timezone.localdate():
            raise forms.ValidationError("Ngày hoàn thành không thể sau ngày hôm nay.")
        return day


class JudgeForm(Seen):
    """What the receiver says of a report."""

    verdict = forms.ChoiceField(
        label="Kết quả nghiệm thu", choices=Verdict.choices, widget=forms.RadioSelect
    )
    remark = forms.CharField(
        label="Ý kiến, lý do",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Bắt buộc khi không chấp nhận đầy đủ; đơn vị đọc được.",
    )

    def clean(self):
        data = super().clean()
        refused = data.get("verdict") not in (None, Verdict.ACCEPTED)
        if refused and not data.get("remark", "").strip():
            self.add_error("remark", "Đề nghị ghi rõ lý do khi không chấp nhận đầy đủ.")
        return data


class CloseForm(forms.Form):
    """What came of each task, and a remark on the year, if there is one."""

    def __init__(self, tasks, *arguments, **options):
        super().__init__(*arguments, **options)
        self.tasks = list(tasks)
        for task in self.tasks:
            proposed = proposed_finding(task.outcome, task.verdict)
            self.fields[f"finding_{task.pk}"] = forms.ChoiceField(
                label=f"Nhiệm vụ {task.label}",
                choices=[("", "Chưa đánh giá"), *Finding.choices],
                initial=proposed.value if proposed else "",
                required=False,
            )
        self.order_fields([*(f"finding_{task.pk}" for task in self.tasks), "comment"])

    def findings(self) -> dict[int, Finding]:
        """What was chosen, by key of the task."""
        chosen = {task.pk: self.cleaned_data[f"finding_{task.pk}"] for task in self.tasks}
        return {key: Finding(value) for key, value in chosen.items() if value}

    comment = forms.CharField(
        label="Nhận xét chung",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
