"""What is typed about reported figures: an indicator, a collection, one figure."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone

from cchc_portal.kit.forms import Spoken, WholeModelForm
from scoring.forms.dossiers import ReasonForm
from scoring.forms.fields import IndicatorCodeField
from scoring.forms.strokes import StrokeForm
from scoring.models import Indicator
from scoring.models.reading import LONGEST_REASON
from scoring.rules.indicator import (
    LONGEST_NOTE,
    MOST_DECIMALS,
    AmountFault,
    Days,
    Roll,
    Span,
    read_amount,
    usual_days,
    years,
)
from units.forms.fields import DayField, WordsField, YearField
from units.kinds import UnitKind
from units.models import Unit

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
    """One indicator of the catalogue. `seen`: the mark of what stood on the screen; none of a new
    one."""

    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    decimals = forms.IntegerField(
        label="Số chữ số thập phân",
        min_value=0,
        max_value=MOST_DECIMALS,
        initial=0,
        help_text=f"Từ 0 đến {MOST_DECIMALS}; 0 là số nguyên.",
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"),
            f"Đề nghị ghi một số từ 0 đến {MOST_DECIMALS}.",
        ),
    )
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

    def renew(self, seen: str) -> None:
        """After a conflict the next answer is about what lies there now."""
        self.data = self.data.copy()
        self.data[self.add_prefix("seen")] = seen

    def differs_from(self, lying: Indicator) -> list[str]:
        """Columns in which something else was typed than lies there."""
        return [name for name, typed in self.said().items() if typed != getattr(lying, name)]


class TakeAboveForm(forms.Form):
    """Which indicators of the level above join the own list. `seen`: the mark of the offer."""

    seen = forms.CharField(required=False, max_length=64)
    chosen = forms.ModelMultipleChoiceField(
        label="Chỉ tiêu",
        queryset=Indicator.objects.none(),
        error_messages={"required": "Đề nghị chọn ít nhất một chỉ tiêu."}
        | dict.fromkeys(
            ("invalid_choice", "invalid_pk_value"),
            "Có chỉ tiêu không còn trong danh sách lấy được; đề nghị xem lại.",
        ),
    )

    def __init__(self, offered, *arguments, **options):
        super().__init__(*arguments, **options)
        self.fields["chosen"].queryset = Indicator.objects.filter(pk__in=offered)


class CollectionForm(forms.Form):
    """Opens a collection. Days may be left empty where the stretch has usual ones."""

    owner = forms.ModelChoiceField(
        Unit.objects.none(),
        label="Cấp yêu cầu báo cáo",
        empty_label=None,
        error_messages={
            "required": "Đề nghị chọn đơn vị.",
            "invalid_choice": "Đề nghị chọn một đơn vị trong danh sách.",
        },
    )
    year = forms.IntegerField()
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
        today = timezone.localdate()
        first, last = years(today)
        self.fields["year"] = YearField(label="Năm", first=first, last=last, initial=today.year)
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


class DueForm(ReasonForm):
    """Another last day for a collection, and why; `seen` is the one that stood on the screen."""

    due_on = DayField(label="Hạn báo cáo mới")
    seen = forms.DateField(
        widget=forms.HiddenInput,
        input_formats=["%Y-%m-%d"],
        error_messages=dict.fromkeys(("required", "invalid"), "Trang này đã cũ, đề nghị tải lại."),
    )
    field_order = ("due_on", "comment")

    def renew(self, seen: date) -> None:
        """After a conflict the next answer is about what lies there now."""
        self.data = self.data.copy()
        self.data[self.add_prefix("seen")] = seen.isoformat()


class WhyForm(Spoken, forms.Form):
    """Why figures are written after the closing; before it nobody asks."""

    reason = WordsField(
        required=False,
        max_length=LONGEST_REASON,
        error_messages={"max_length": f"Lý do dài quá, tối đa {LONGEST_REASON} ký tự."},
    )


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
