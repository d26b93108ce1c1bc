"""What the lists are narrowed to."""

from django import forms

from commitments.models.commitment import FIRST_YEAR, LAST_YEAR
from commitments.rules.conference import ConferenceState
from commitments.rules.plan import PlanState
from commitments.rules.workflow import CommitmentState


class YearForm(forms.Form):
    """A year and words; every part may be left out."""

    year = forms.IntegerField(
        required=False, min_value=FIRST_YEAR, max_value=LAST_YEAR, label="Năm"
    )
    words = forms.CharField(required=False, max_length=100, label="Tên hoặc mã đơn vị")


def state_field(*choices: tuple[str, str]) -> forms.ChoiceField:
    """One of these states, or all of them."""
    return forms.ChoiceField(
        required=False,
        choices=(("", "Tất cả"), *choices),
        label="Trạng thái",
        error_messages={"invalid_choice": "Trạng thái không có trong danh mục."},
    )


class FilterForm(YearForm):
    """Commitments: also by state, or those one is to act on."""

    state = state_field(*CommitmentState.choices, ("mine", "Chờ đồng chí"))


class PlanFilterForm(YearForm):
    """Yearly plans."""

    state = state_field(*PlanState.choices)


class ConferenceFilterForm(YearForm):
    """Conferences, also by their titles."""

    state = state_field(*ConferenceState.choices)
