"""One entry of the catalogue of usual reasons, as the organiser writes it."""

from collections.abc import Sequence

from django import forms

from scoring.forms.rules import KIND_CHOICES
from scoring.rules.usual_reason import LONGEST, Usual
from units.forms.fields import WordsField

UNKNOWN = {"invalid_choice": "Giá trị không có trong danh mục."}


class UsualReasonForm(forms.Form):
    """The words, and for which area and kind of rule. `areas`: code and title of each."""

    text = WordsField(
        label="Lý do",
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 2, "class": "form-control"}),
        help_text="Viết thành câu gửi đơn vị; cán bộ thẩm định chọn rồi ghi thêm số liệu cụ thể",
    )
    area = forms.ChoiceField(label="Dùng cho lĩnh vực", required=False, error_messages=UNKNOWN)
    kind = forms.ChoiceField(
        label="Dùng cho cách chấm",
        required=False,
        choices=[("", "Mọi cách chấm"), *KIND_CHOICES],
        error_messages=UNKNOWN,
        widget=forms.Select(attrs={"class": "form-select"}),
    )

    def __init__(self, *args, areas: Sequence[tuple[str, str]], **kwargs):
        super().__init__(*args, **kwargs)
        self.areas = areas
        named = [(code, f"{code}. {title}") for code, title in areas]
        kept = self.initial.get("area", "")
        if kept and kept not in dict(named):  # of a year with other areas
            named.append((kept, f"{kept}. (không có trong kỳ này)"))
        self.fields["area"].choices = [("", "Mọi lĩnh vực"), *named]
        self.fields["area"].widget.attrs["class"] = "form-select"

    @property
    def usual(self) -> Usual:
        """What the service takes, once the form is valid."""
        return Usual(**self.cleaned_data)
