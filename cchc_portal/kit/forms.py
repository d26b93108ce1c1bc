"""Forms that say what is wrong: in one sentence, and by every constraint of the model. A whole
number in a form is read as everywhere else."""

from collections.abc import Iterable
from itertools import chain
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import BaseConstraint

from cchc_portal.kit.numerals import NotANumber, grouped, parse_number


class Spoken:
    """Beside a form whose refusal is told in one place, not field by field."""

    @property
    def refusal(self) -> str:
        """Every refusal in a row."""
        return " ".join(error for errors in self.errors.values() for error in errors)


OTHERWISE = "Nội dung vừa gửi không khớp với những gì đang lưu; đề nghị tải lại trang rồi ghi lại."
"""What is said of a constraint without words of its own: those hold states together, which no field
of a form sets, so that only somebody else's act meanwhile can bring a form against them."""


class WholeModelForm(forms.ModelForm):
    """A ModelForm skips constraints that mention a field it does not show; this one does not. The
    English words that a constraint says by itself are never shown."""

    def _post_clean(self):
        super()._post_clean()
        if self.errors:
            return
        try:
            self.instance.validate_constraints()
        except ValidationError as refusal:
            self._update_errors(refusal)

    def _update_errors(self, errors):
        unsaid = {
            str(one.get_violation_error_message())
            for one in self._meta.model._meta.constraints
            if one.violation_error_message == BaseConstraint.default_violation_error_message
        }
        told = getattr(errors, "error_dict", None) or {NON_FIELD_ERRORS: errors.error_list}
        for error in chain.from_iterable(told.values()):
            if str(error.message) in unsaid:
                error.message = OTHERWISE
        super()._update_errors(errors)


class WholeNumberField(forms.CharField):
    """A whole number from `least` to `most`, as people write it: "1.000" is a thousand, which
    Django's own field reads as one."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "class": "form-control field-num"})

    def __init__(self, *, most: int, least: int = 0, **options: Any):
        self.least, self.most = least, most
        between = f"Đề nghị ghi một số từ {grouped(least)} đến {grouped(most)}."
        usual = dict.fromkeys(("required", "min_value", "max_value"), between)
        options["error_messages"] = usual | options.get("error_messages", {})
        super().__init__(**options)

    def prepare_value(self, value: Any) -> Any:
        """As people write it; what was typed stays as it was typed."""
        return grouped(value) if isinstance(value, int) else value

    def to_python(self, value: Any) -> int | None:
        text = super().to_python(value)
        if not text:
            return None
        try:
            return int(parse_number(text, whole=True))
        except NotANumber as fault:
            raise ValidationError(f"Giá trị {fault.reason}.", code="invalid") from fault

    def validate(self, value: int | None) -> None:
        super().validate(value)
        if value is None:
            return
        for wrong, code in ((value < self.least, "min_value"), (value > self.most, "max_value")):
            if wrong:
                raise ValidationError(self.error_messages[code], code=code)


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
