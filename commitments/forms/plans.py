"""What is written of a yearly plan: heading, tasks, its number and day, results."""

from django import forms

from cchc_portal.kit.forms import WholeModelForm
from commitments.forms.fields import Seen, offer_units
from commitments.forms.signing import SignatureForm
from commitments.models import Plan, PlannedTask
from commitments.models.commitment import FIRST_YEAR, LAST_YEAR
from commitments.rules.plan import PLANNED_COLUMNS, PlanHeading, PlannedTerms
from units.access import units_where
from units.forms.fields import DayField, WordsField
from units.permissions import Permission


class PlanHeadingForm(WholeModelForm):
    """Title and grounds."""

    class Meta:
        model = Plan
        fields = ("title", "ground")
        field_classes = {"title": WordsField}
        widgets = {"ground": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *arguments, **options):
        super().__init__(*arguments, **options)
        self.fields["ground"].help_text = "Văn bản làm căn cứ, mỗi văn bản một dòng."

    def heading(self) -> PlanHeading:
        """What was typed, as the rules read it."""
        return PlanHeading(self.cleaned_data["title"], self.cleaned_data["ground"])


class PlanDraftForm(PlanHeadingForm):
    """Opens a plan: for which of one's units, which year."""

    class Meta(PlanHeadingForm.Meta):
        fields = ("unit", "year", "title", "ground")

    def __init__(self, user, *arguments, **options):
        super().__init__(*arguments, **options)
        offer_units(self, units_where(user, Permission.DRAFT_COMMITMENT))
        self.fields["year"].widget.attrs.update({"min": FIRST_YEAR, "max": LAST_YEAR})


class PlanRevisionForm(PlanHeadingForm, Seen):
    """The heading of a draft that lies there already."""


class PlannedTaskForm(WholeModelForm):
    """A row of the plan table."""

    due_on = DayField(label="Thời hạn (ngày)", required=False)

    class Meta:
        model = PlannedTask
        fields = PLANNED_COLUMNS
        field_classes = dict.fromkeys(
            ("title", "product", "due_text", "lead", "partners"), WordsField
        )
        widgets = {"title": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, *arguments, **options):
        super().__init__(*arguments, **options)
        self.fields["area"].choices = [("", "Chọn lĩnh vực"), *self.fields["area"].choices[1:]]
        self.fields["due_text"].help_text = "Khi không có ngày cụ thể: “thường xuyên”, “quý III”."
        self.fields[
            "passed_down"
        ].help_text = "Đơn vị trực thuộc thấy nhiệm vụ này và nhận vào kế hoạch của mình."

    def terms(self) -> PlannedTerms:
        """What was typed, as the rules read it."""
        return PlannedTerms(**{column: self.cleaned_data[column] for column in PLANNED_COLUMNS})


class PlannedTaskEditForm(PlannedTaskForm, Seen):
    """The same for a task that lies there already."""


class TakeOverForm(forms.Form):
    """Which of the tasks offered join the draft: passed down from above, or of one's own plan."""

    chosen = forms.ModelMultipleChoiceField(
        label="Nhiệm vụ",
        queryset=PlannedTask.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Đề nghị chọn ít nhất một nhiệm vụ.",
            "invalid_choice": "Có nhiệm vụ không còn trong danh sách, đề nghị tải lại trang.",
        },
    )

    def __init__(self, offered, *arguments, **options):
        super().__init__(*arguments, **options)
        self.fields["chosen"].queryset = offered


class IssueForm(SignatureForm):
    """Number and day that the records office gave, and the password of the head."""

    number = WordsField(label="Số, ký hiệu", max_length=60, help_text="Ví dụ: 12/KH-CAT-PV01.")
    issued_on = DayField(label="Ngày ban hành")
    field_order = ("number", "issued_on", "password")


class ReopenForm(forms.Form):
    """Why an issued plan is opened again."""

    comment = forms.CharField(
        label="Lý do điều chỉnh",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Đề nghị ghi rõ lý do điều chỉnh."},
    )


class ResultForm(WholeModelForm, Seen):
    """What came of a task."""

    done_on = DayField(
        label="Ngày hoàn thành", required=False, help_text="Chỉ ghi khi nhiệm vụ đã hoàn thành."
    )

    class Meta:
        model = PlannedTask
        fields = ("result", "done_on")
        widgets = {"result": forms.Textarea(attrs={"rows": 4})}
