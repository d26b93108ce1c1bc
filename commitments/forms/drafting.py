"""What is written before the signatures: heading and tasks."""

from django import forms

from cchc_portal.kit.forms import WholeModelForm
from commitments.forms.fields import STALE, FigureField, Seen, offer_units
from commitments.models import Commitment, CommitmentTask
from commitments.models.commitment import FIRST_YEAR, LAST_YEAR
from commitments.rules.progress import Aim
from commitments.rules.terms import COLUMNS, Heading, TaskTerms
from units.access import units_where
from units.forms.fields import DayField, WordsField
from units.permissions import Permission


class HeadingForm(WholeModelForm):
    """What stands above the tasks."""

    agreed_on = DayField(
        label="Ngày ký kết",
        required=False,
        help_text="Ngày ghi trên bản cam kết; bỏ trống thì lấy ngày ký trên cổng.",
    )

    class Meta:
        model = Commitment
        fields = ("title", "place", "agreed_on")
        field_classes = {"title": WordsField, "place": WordsField}

    def heading(self) -> Heading:
        """What was typed, as the rules read it."""
        data = self.cleaned_data
        return Heading(data["title"], data["place"], data["agreed_on"])


class DraftForm(HeadingForm):
    """Opens a commitment: for which of one's units, which year, under which title."""

    class Meta(HeadingForm.Meta):
        fields = ("unit", "year", "title", "place", "agreed_on")

    def __init__(self, user, *arguments, **options):
        super().__init__(*arguments, **options)
        offer_units(self, units_where(user, Permission.DRAFT_COMMITMENT))
        self.fields["year"].widget.attrs.update({"min": FIRST_YEAR, "max": LAST_YEAR})


class RevisionForm(HeadingForm, Seen):
    """The heading of a draft that lies there already; unit and year stay."""


class TaskForm(WholeModelForm):
    """A row of the plan table, drawn in the order people fill it."""

    baseline = FigureField(label="Hiện trạng", required=False)
    target = FigureField(label="Mức cần đạt", required=False)
    due_from = DayField(label="Thực hiện từ ngày", required=False)
    due_on = DayField(label="Thời hạn (ngày)", required=False)
    money = FigureField(label="Kinh phí (triệu đồng)", required=False)
    aim = forms.ChoiceField(label="Hướng của chỉ tiêu", choices=Aim.choices, required=False)

    class Meta:
        model = CommitmentTask
        fields = COLUMNS
        field_classes = dict.fromkeys(
            (
                "title",
                "product",
                "measure",
                "measure_unit",
                "due_text",
                "lead",
                "partners",
                "criterion",
                "proof",
            ),
            WordsField,
        )
        widgets = {"title": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, *arguments, **options):
        super().__init__(*arguments, **options)
        self.fields["area"].choices = [("", "Chọn lĩnh vực"), *self.fields["area"].choices[1:]]
        hints = {
            "product": "Ví dụ: báo cáo đề xuất, phần mềm, quyết định.",
            "measure": "Ví dụ: số ngày kiểm tra giảm so với năm trước.",
            "measure_unit": "Ví dụ: ngày, %, lớp, ngày mỗi năm.",
            "aim": "“Giảm 25 ngày mỗi năm”: chọn giảm, ghi 25, đơn vị tính “ngày mỗi năm”.",
            "due_from": "Chỉ ghi khi làm trong một khoảng thời gian.",
            "criterion": "Mã và tên tiêu chí, ví dụ: 3.2.1.",
            "proof": "Văn bản, số liệu sẽ chứng minh kết quả.",
            "baseline": "Bỏ trống nếu tính từ 0.",
            "due_text": "Khi không có ngày cụ thể: “thường xuyên”, “quý III”.",
        }
        for name, hint in hints.items():
            self.fields[name].help_text = hint

    def clean_aim(self):
        return self.cleaned_data["aim"] or Aim.REACH

    def terms(self) -> TaskTerms:
        """What was typed, as the rules read it."""
        return TaskTerms(**{column: self.cleaned_data[column] for column in COLUMNS})


class TaskEditForm(TaskForm, Seen):
    """The same for a task that lies there already."""


class ShiftForm(Seen):
    """From the place that was seen to another."""

    to = forms.IntegerField(widget=forms.HiddenInput, error_messages=STALE)
