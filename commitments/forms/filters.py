"""What the lists are narrowed to."""

from django import forms

from commitments.models.commitment import FIRST_YEAR, LAST_YEAR
from commitments.rules.workflow import CommitmentState


class FilterForm(forms.Form):
    """What the list is narrowed to; every part may be left out."""

    year = forms.IntegerField(
        required=False, min_value=FIRST_YEAR, max_value=LAST_YEAR, label="Năm"
    )
    state = forms.ChoiceField(
        required=False,
        choices=(("", "Tất cả"), *CommitmentState.choices, ("mine", "Chờ đồng chí")),
        label="Trạng thái",
        error_messages={"invalid_choice": "Trạng thái không có trong danh mục."},
    )
    words = forms.CharField(required=False, max_length=100, label="Tên hoặc mã đơn vị")
