"""What the organiser types for one component of one unit: a figure, its source, why."""

from django import forms

from scoring.forms.answers import NONE_OF_THEM, AnswerForm
from scoring.forms.dossiers import long_text
from scoring.forms.strokes import StrokeForm
from scoring.rules.answers import AnswerFault
from scoring.rules.figure import DIRECT, Figure, read_figure
from scoring.rules.figure_reading import LONGEST_REASON
from scoring.rules.kinds import LONGEST_SOURCE


class FigureForm(AnswerForm, StrokeForm):
    """One row. `figure` is None while nothing is said."""

    direct = forms.CharField(required=False, max_length=40)
    source = forms.CharField(
        required=False,
        max_length=LONGEST_SOURCE,
        error_messages={
            "max_length": f"Nguồn số liệu dài quá {LONGEST_SOURCE} ký tự, đề nghị rút gọn."
        },
    )
    reason = long_text("Lý do", LONGEST_REASON)
    figure: Figure | None = None

    def clean(self):
        cleaned = super().clean()
        try:
            typed = self.sent() | {DIRECT: cleaned.get("direct")}
            self.figure = read_figure(self.rule, self.maximum, typed)
        except AnswerFault as fault:
            self.fault_field = fault.field
            self.add_error(None, fault.sentence)
        return cleaned

    @property
    def inputs(self) -> set[str]:
        of_the_rule = {field.name for field in self.rule.fields()}
        nothing = {f"{name}_{NONE_OF_THEM}" for name in of_the_rule}
        return of_the_rule | nothing | {DIRECT, "source", "reason"}


class TableForm(forms.Form):
    """The file; what it must be is said by the service that reads it."""

    file = forms.FileField(
        label="Tệp đã điền",
        widget=forms.FileInput(attrs={"class": "form-control", "accept": ".xlsx,.csv"}),
        help_text="Tệp .xlsx hoặc .csv tải từ trang này, tối đa 10 MB.",
        error_messages={
            "required": "Đề nghị chọn tệp đã điền.",
            "empty": "Tệp rỗng, không có nội dung.",
            "invalid": "Chưa nhận được tệp, đề nghị chọn lại.",
            "max_length": "Tên tệp dài quá, đề nghị đặt tên ngắn hơn.",
        },
    )

    def refuse(self, sentences) -> None:
        """Why the service did not take the file."""
        for sentence in sentences:
            self.add_error("file", sentence)
