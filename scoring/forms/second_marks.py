"""Second marks: how much is marked twice, what is given, what a third person decides."""

from decimal import Decimal

from django import forms

from cchc_portal.kit.forms import Spoken
from scoring.forms.answers import STALE
from scoring.forms.dossiers import ReasonForm
from scoring.forms.fields import ExactField, points_typed
from scoring.models.second_marking import MOST_PERCENT, MOST_TOLERANCE
from scoring.rules.second_mark import Choice

LONGEST_DECISION = 2000


class SecondMarkingForm(forms.Form):
    """The share that is drawn by lot, and the tolerance; `seen` is the version on the screen."""

    share = ExactField(
        label="Tỷ lệ rút thăm (%)",
        most=MOST_PERCENT,
        places=1,
        help_text="Trong số các dòng đã thẩm định; thường từ 5 đến 10",
    )
    tolerance = ExactField(
        label="Ngưỡng chênh lệch (% điểm tối đa của dòng)",
        most=MOST_TOLERANCE,
        places=1,
        help_text="Hai lần chấm cách nhau quá ngưỡng thì người thứ ba quyết định",
    )
    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput, error_messages=STALE)


class GivenBackForm(Spoken, forms.Form):
    """The version on the screen, where nothing else is asked."""

    version = forms.IntegerField(error_messages=STALE)


class WaiveForm(Spoken, ReasonForm):
    """Why a row is not marked twice."""

    version = forms.IntegerField(error_messages=STALE)


class ThirdForm(Spoken, forms.Form):
    """What a third person decides between two marks."""

    choice = forms.ChoiceField(
        choices=Choice.choices,
        error_messages={
            "required": "Đề nghị chọn quyết định.",
            "invalid_choice": "Quyết định không có trong danh mục.",
        },
    )
    points = forms.CharField(required=False, max_length=40)
    reason = forms.CharField(
        max_length=LONGEST_DECISION,
        error_messages={
            "required": "Đề nghị ghi rõ lý do quyết định.",
            "max_length": f"Lý do dài quá {LONGEST_DECISION} ký tự, đề nghị rút gọn.",
        },
    )
    version = forms.IntegerField(error_messages=STALE)

    def clean_points(self) -> Decimal | None:
        typed = self.cleaned_data["points"].strip()
        if self.data.get("choice") != Choice.OTHER:
            return None
        if not typed:
            raise forms.ValidationError("Chưa ghi số điểm.")
        return points_typed(typed)
