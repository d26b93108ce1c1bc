"""What is typed about reported figures: an indicator, a collection, one figure."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone

from cchc_portal.kit.forms import Spoken, WholeModelForm
from scoring.forms.fields import IndicatorCodeField
from scoring.forms.strokes import StrokeForm
from scoring.models import Indicator
from scoring.models.reading import LONGEST_REASON
from scoring.rules.indicator import (
    LONGEST_NOTE,
    AmountFault,
    Days,
    Roll,
    Span,
    read_amount,
    usual_days,
)
from units.forms.fields import DayField, WordsField, YearField
from units.kinds import UnitKind
from units.models import Unit

FIRST_YEAR, LAST_YEAR = 2000, 2100
FIELDS = (
    "code",
    "name",
    "measure",
    "decimals",
    "roll",
    "numerator",
    "denominator",
    "over_time",
    "part_of",
    "kinds",
    "spans",
    "source",
)


def _several(label: str, choices, help_text: str) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label,
        choices=choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=help_text,
    )


class IndicatorForm(WholeModelForm):
    """One indicator of the catalogue."""

    kinds = _several("Loại đơn vị báo cáo", UnitKind.choices, "Không chọn: mọi đơn vị trực thuộc.")
    spans = _several("Kỳ báo cáo", Span.choices, "Không chọn: mọi kỳ.")

    class Meta:
        model = Indicator
        fields = FIELDS
        field_classes = {
            "code": IndicatorCodeField,
            "name": WordsField,
            "measure": WordsField,
            "numerator": IndicatorCodeField,
            "denominator": IndicatorCodeField,
            "part_of": IndicatorCodeField,
            "source": WordsField,
        }

    def clean(self):
        cleaned = super().clean()
        ends = [name for name in ("numerator", "denominator") if not cleaned.get(name)]
        if cleaned.get("roll") == Roll.RATIO:
            for name in ends:
                self.add_error(name, "Tỷ lệ cần mã chỉ tiêu này.")
        if cleaned.get("part_of") and cleaned.get("part_of") == cleaned.get("code"):
            self.add_error("part_of", "Chỉ tiêu không thể là một phần của chính nó.")
        return cleaned

    def said(self) -> dict[str, Any]:
        """What was typed, by the names of the columns."""
        return {name: self.cleaned_data[name] for name in FIELDS}


class CollectionForm(forms.Form):
    """Opens a collection. Days may be left empty where the stretch has usual ones."""

    owner = forms.ModelChoiceField(
        Unit.objects.none(),
        label="Cấp yêu cầu báo cáo",
        empty_label=None,
        error_messages={"required": "Đề nghị chọn đơn vị.", "invalid_choice": "Không có đơn vị."},
    )
    year = YearField(label="Năm", first=FIRST_YEAR, last=LAST_YEAR)
    span = forms.ChoiceField(
        label="Kỳ báo cáo",
        choices=Span.choices,
        error_messages=dict.fromkeys(
            ("required", "invalid_choice"), "Đề nghị chọn một kỳ báo cáo trong danh sách."
        ),
    )
    title = WordsField(label="Tên đợt (nếu khác tên thường dùng)", max_length=200, required=False)
    starts_on = DayField(label="Số liệu từ ngày", required=False)
    ends_on = DayField(label="Đến hết ngày", required=False)
    due_on = DayField(label="Hạn báo cáo", required=False)

    def __init__(self, owners, *arguments, **options):
        super().__init__(*arguments, **options)
        self.fields["owner"].queryset = Unit.objects.filter(pk__in=owners)
        self.fields["year"].initial = timezone.localdate().year
        self.fields[
            "starts_on"
        ].help_text = (
            "Để trống cả ba ngày: lấy ngày chốt thường dùng của quý I, 6 tháng, quý III, năm."
        )
        for one in self.fields.values():
            select = isinstance(one.widget, forms.Select)
            one.widget.attrs["class"] = "form-select" if select else "form-control"

    def clean(self):
        cleaned = super().clean()
        days = [cleaned.get(name) for name in ("starts_on", "ends_on", "due_on")]
        if self.errors:
            return cleaned
        if not any(days):
            cleaned["days"] = usual_days(cleaned["span"], cleaned["year"])
            if cleaned["days"] is None:
                self.add_error("starts_on", "Kỳ riêng cần ghi đủ ba ngày.")
        elif not all(days):
            self.add_error("starts_on", "Đề nghị ghi đủ ba ngày, hoặc để trống cả ba.")
        elif not days[0] <= days[1] <= days[2]:
            self.add_error("ends_on", "Các ngày phải theo thứ tự: từ ngày, đến ngày, hạn báo cáo.")
        else:
            cleaned["days"] = Days(*days)
        return cleaned


class ReadingForm(Spoken, StrokeForm):
    """One figure with its note; after the closing, why."""

    amount = forms.CharField(required=False, max_length=40)
    note = WordsField(required=False, max_length=LONGEST_NOTE)
    reason = WordsField(required=False, max_length=LONGEST_REASON)
    figure: Decimal | None = None

    def __init__(self, *arguments, decimals: int, **options):
        super().__init__(*arguments, **options)
        self.decimals = decimals

    def clean(self):
        cleaned = super().clean()
        try:
            self.figure = read_amount(cleaned.get("amount") or "", self.decimals)
        except AmountFault as fault:
            self.add_error("amount", fault.sentence)
        return cleaned

    @property
    def inputs(self) -> set[str]:
        return {"amount", "note", "reason"}
