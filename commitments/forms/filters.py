"""What the lists are narrowed to."""

from django import forms

from commitments.models.commitment import FIRST_YEAR, LAST_YEAR
from commitments.rules.conference import ConferenceState
from commitments.rules.heat import Across, Order
from commitments.rules.inspection import InspectionKind, InspectionState
from commitments.rules.plan import PlanState
from commitments.rules.progress import Standing
from commitments.rules.voice import Channel, VoiceKind, VoiceState
from commitments.rules.workflow import CommitmentState
from units.forms.fields import YearField
from units.kinds import UnitKind
from units.models import Unit


class YearForm(forms.Form):
    """A year and words; every part may be left out."""

    year = YearField(required=False, first=FIRST_YEAR, last=LAST_YEAR, label="Năm")
    words = forms.CharField(
        required=False,
        max_length=100,
        label="Tên hoặc mã đơn vị",
        error_messages={"max_length": "Chỉ ghi tối đa 100 ký tự."},
    )


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


class VoiceFilterForm(YearForm):
    """Remarks: also by kind and channel, those that are late, those handed on, late or not, and
    those about one unit, as the table by unit leads to them."""

    state = state_field(
        *VoiceState.choices,
        ("overdue", "Quá hạn"),
        ("handed_on", "Đã chuyển đơn vị khác"),
        ("handed_late", "Quá hạn khi chuyển"),
    )
    kind = forms.ChoiceField(
        required=False,
        choices=(("", "Mọi loại"), *VoiceKind.choices),
        label="Loại",
        error_messages={"invalid_choice": "Loại không có trong danh mục."},
    )
    channel = forms.ChoiceField(
        required=False,
        choices=(("", "Mọi nguồn"), *Channel.choices),
        label="Nguồn",
        error_messages={"invalid_choice": "Nguồn không có trong danh mục."},
    )
    concerns = forms.ModelChoiceField(
        Unit.objects.all(),
        required=False,
        label="Đơn vị được phản ánh",
        widget=forms.HiddenInput,
        error_messages={"invalid_choice": "Không có đơn vị này."},
    )


class InspectionFilterForm(YearForm):
    """Inspections: also by kind."""

    state = state_field(*InspectionState.choices)
    kind = forms.ChoiceField(
        required=False,
        choices=(("", "Mọi loại"), *InspectionKind.choices),
        label="Loại",
        error_messages={"invalid_choice": "Loại không có trong danh mục."},
    )


class HeatForm(YearForm):
    """What the heat list shows."""

    words = None
    kind = forms.ChoiceField(
        required=False,
        choices=(("", "Mọi loại đơn vị"), *UnitKind.choices),
        label="Loại đơn vị",
        error_messages={"invalid_choice": "Loại đơn vị không có trong danh mục."},
    )
    standing = forms.ChoiceField(
        required=False,
        choices=(("", "Tất cả"), *Standing.choices),
        label="Tình trạng",
        error_messages={"invalid_choice": "Tình trạng không có trong danh mục."},
    )
    across = forms.ChoiceField(
        required=False,
        choices=Across.choices,
        label="Cột",
        error_messages={"invalid_choice": "Cách xếp cột không có trong danh mục."},
    )
    order = forms.ChoiceField(
        required=False,
        choices=Order.choices,
        label="Thứ tự",
        error_messages={"invalid_choice": "Thứ tự không có trong danh mục."},
    )
