"""What a person wants to be written, and where to."""

from django import forms

from cchc_portal.kit.forms import WholeModelForm
from reports.models import LetterChoice
from reports.rules.letters import AT_ONCE

ONCE = tuple(kind.value for kind in AT_ONCE)
HOURS = [(hour, f"{hour:02} giờ") for hour in range(5, 21)]
"""The hours that are offered: those of a working day and those around it."""


class LetterChoiceForm(WholeModelForm):
    """The address may stay empty: then nothing is written."""

    email = forms.EmailField(
        label="Địa chỉ thư điện tử của đồng chí",
        required=False,
        max_length=254,
        help_text="Để trống nếu không muốn nhận thư. Địa chỉ chỉ dùng để cổng gửi thư cho "
        "đồng chí.",
        widget=forms.EmailInput(attrs={"class": "form-control", "autocomplete": "email"}),
        error_messages={"invalid": "Địa chỉ thư chưa đúng, ví dụ đúng: ten@congan.gov.vn."},
    )
    hour = forms.TypedChoiceField(
        label="Gửi lúc",
        choices=HOURS,
        coerce=int,
        widget=forms.Select(attrs={"class": "form-select"}),
        error_messages={
            "required": "Đề nghị chọn giờ gửi.",
            "invalid_choice": "Đề nghị chọn giờ trong danh sách.",
        },
    )
    field_order = ("email", "digest", "hour", *ONCE)

    class Meta:
        model = LetterChoice
        fields = ("digest", "hour", *ONCE)
        labels = {
            "returned": "Hồ sơ, báo cáo định kỳ bị trả lại; kết quả khắc phục sau kiểm tra chưa "
            "được xác nhận",
            "extended": "Thời hạn của hồ sơ, hạn gửi báo cáo định kỳ được dời",
        }
        widgets = {
            name: forms.CheckboxInput(attrs={"class": "form-check-input"})
            for name in ("digest", *ONCE)
        }

    @property
    def at_once(self) -> list:
        """The fields of what is told as soon as it has happened."""
        return [self[name] for name in ONCE]
