"""Forms that say what is wrong: in one sentence, and by every constraint of the model."""

from collections.abc import Iterable

from django import forms
from django.core.exceptions import ValidationError


class Spoken:
    """Beside a form whose refusal is told in one place, not field by field."""

    @property
    def refusal(self) -> str:
        """Every refusal in a row."""
        return " ".join(error for errors in self.errors.values() for error in errors)


class WholeModelForm(forms.ModelForm):
    """A ModelForm skips constraints that mention a field it does not show; this one does not."""

    def _post_clean(self):
        super()._post_clean()
        if self.errors:
            return
        try:
            self.instance.validate_constraints()
        except ValidationError as refusal:
            self._update_errors(refusal)


class WorkbookForm(forms.Form):
    """A filled-in workbook; what it must be is said by the service that reads it."""

    file = forms.FileField(
        label="Tệp Excel đã điền",
        widget=forms.FileInput(attrs={"class": "form-control", "accept": ".xlsx"}),
        help_text="Tệp .xlsx tải từ cổng, tối đa 10 MB.",
        error_messages={
            "required": "Đề nghị chọn tệp Excel đã điền.",
            "empty": "Tệp rỗng, không có nội dung.",
            "invalid": "Chưa nhận được tệp, đề nghị chọn lại.",
            "max_length": "Tên tệp dài quá, đề nghị đặt tên ngắn hơn.",
        },
    )

    def refuse(self, sentences: Iterable[str]) -> None:
        """Why the service did not take the file."""
        for sentence in sentences:
            self.add_error("file", sentence)
