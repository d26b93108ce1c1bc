"""The forms of a campaign of measurement, of slips, and of a rating."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms

from cchc_portal.kit.forms import WholeNumberField
from scoring.forms.dossiers import ReasonForm
from scoring.forms.fields import ExactField
from scoring.models import Campaign
from scoring.rules.campaign import (
    ASPECTS,
    LONGEST_TITLE,
    MOST_MINIMUM,
    USUAL_MARGIN,
    USUAL_MINIMUM,
    why_no_aspects,
    why_no_days,
)
from scoring.rules.counter import MOST_PAPER_SLIPS, MOST_SLIPS
from scoring.rules.satisfaction import BEST, STEPS, Formula
from units.forms.fields import NEEDED, DayField, WordsField, YearField
from units.models import Unit
from units.names import tidy

FIRST_YEAR, LAST_YEAR = 2010, 2100
SELECT = {"class": "form-select"}


def _input(**more: str) -> dict[str, str]:
    return {"class": "form-control"} | more


class CampaignForm(forms.Form):
    """All of it but the assessor; that is asked for when it is drafted."""

    year = YearField(
        label="Năm",
        first=FIRST_YEAR,
        last=LAST_YEAR,
        widget=forms.NumberInput(attrs=_input()),
    )
    title = WordsField(
        label="Tên đợt", max_length=LONGEST_TITLE, widget=forms.TextInput(attrs=_input())
    )
    begins = DayField(
        label="Từ ngày", widget=forms.DateInput(attrs=_input(type="date"), format="%Y-%m-%d")
    )
    until = DayField(
        label="Đến ngày", widget=forms.DateInput(attrs=_input(type="date"), format="%Y-%m-%d")
    )
    formula = forms.ChoiceField(
        label="Công thức",
        choices=Formula.choices,
        widget=forms.Select(attrs=SELECT),
        help_text="Kết quả tính theo hai công thức không được so với nhau",
        error_messages={"invalid_choice": "Giá trị không có trong danh mục.", "required": NEEDED},
    )
    aspects = forms.CharField(
        label="Khía cạnh được đánh giá",
        widget=forms.Textarea(attrs=_input(rows="8")),
        initial="\n".join(ASPECTS),
        help_text="Mỗi dòng một khía cạnh; ghi sẵn bảy khía cạnh trên VNeID",
        error_messages={"required": "Đề nghị ghi ít nhất một khía cạnh."},
    )
    minimum = WholeNumberField(
        label="Số người tối thiểu để hiện kết quả",
        least=1,
        most=MOST_MINIMUM,
        initial=USUAL_MINIMUM,
        help_text="Ít người đánh giá hơn thì không hiện tỷ lệ: không tin cậy, dễ lộ người trả lời",
    )
    margin = ExactField(
        label="Sai số cho phép khi tính cỡ mẫu (%)",
        most=Decimal(50),
        places=2,
        above_nought=True,
        initial=Decimal(USUAL_MARGIN),
        help_text="Cỡ mẫu n = N / (1 + N × e²), N là số hồ sơ đã giải quyết; thường là 5",
    )

    def clean_aspects(self) -> list[str]:
        """One a line, tidy."""
        lines = [tidy(line) for line in self.cleaned_data["aspects"].splitlines()]
        found = [line for line in lines if line]
        if fault := why_no_aspects(found):
            raise forms.ValidationError(fault)
        return found

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        days = [cleaned.get(name) for name in ("year", "begins", "until")]
        if all(days) and (fault := why_no_days(*days)):
            self.add_error("until", fault)
        return cleaned

    @staticmethod
    def initial_of(campaign: Campaign) -> dict[str, Any]:
        """What stands in it now."""
        names = ("year", "title", "begins", "until", "formula", "minimum", "margin")
        said = {name: getattr(campaign, name) for name in names}
        return said | {"aspects": "\n".join(campaign.aspects)}


class NewCampaignForm(CampaignForm):
    """The same, and whose it is."""

    assessor = forms.ModelChoiceField(
        label="Cơ quan đo lường",
        queryset=Unit.objects.none(),
        empty_label=None,
        widget=forms.Select(attrs=SELECT),
        error_messages={"required": NEEDED, "invalid_choice": "Không có đơn vị này."},
    )
    field_order = ["assessor"]

    def __init__(self, *args: Any, units: Sequence[int], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["assessor"].queryset = Unit.objects.filter(pk__in=units)


class ClosingForm(ReasonForm):
    """Why a campaign ends; asked for only until its last day is over."""

    def __init__(self, data: Any = None, *, early: bool):
        super().__init__(data)
        if early:
            self.fields["comment"].label = "Lý do kết thúc trước hạn"
            self.fields["comment"].help_text = "Lưu trong nhật ký của đợt"
        else:
            del self.fields["comment"]


class SlipsForm(forms.Form):
    """How many slips are printed; fewer of those that are filled in by hand."""

    def __init__(self, data: Any = None, *, most: int = MOST_SLIPS):
        super().__init__(data)
        self.fields["number"] = WholeNumberField(
            label="Số phiếu",
            least=1,
            most=most,
            initial=12,
            help_text=(
                f"Mỗi trang A4 có 12 phiếu mời (mỗi lần tối đa {MOST_SLIPS} phiếu) "
                f"hoặc 2 phiếu giấy khổ A5 (mỗi lần tối đa {MOST_PAPER_SLIPS} phiếu)"
            ),
        )


class RatingForm(forms.Form):
    """A mark for every aspect; each may be left out. Marks: five is very satisfied."""

    MARKS = [(str(BEST - place), word) for place, word in enumerate(STEPS)]

    def __init__(self, aspects: Sequence[str], data: Any = None):
        super().__init__(data)
        for place, aspect in enumerate(aspects):
            self.fields[f"m{place}"] = forms.ChoiceField(
                label=aspect,
                choices=self.MARKS,
                required=False,
                widget=forms.RadioSelect,
                error_messages={"invalid_choice": "Mức này không có, đề nghị chọn lại."},
            )

    def chosen(self) -> list[str]:
        """The marks in the order of the aspects."""
        return [self.cleaned_data[name] for name in self.fields if name.startswith("m")]


class PaperForm(RatingForm):
    """The same off a paper slip, with the code that is printed on it."""

    def __init__(self, aspects: Sequence[str], data: Any = None):
        super().__init__(aspects, data)
        self.fields["code"] = WordsField(
            label="Mã in trên phiếu",
            max_length=40,
            widget=forms.TextInput(attrs=_input(autocomplete="off", autocapitalize="characters")),
        )
