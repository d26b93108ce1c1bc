"""Fields and parts that several forms share."""

from collections.abc import Collection
from decimal import Decimal

from django import forms

from cchc_portal.kit.numerals import NotANumber, parse_number
from units.models import Document, Unit

WHOLE_DIGITS, DECIMALS = 10, 4
STALE = dict.fromkeys(("required", "invalid"), "Trang này đã cũ, đề nghị tải lại.")


def long_text(label: str, *, longest: int, rows: int = 4, **options) -> forms.CharField:
    """A field of several lines that says in words what is missing or too much."""
    messages = {
        "required": "Đề nghị nhập nội dung này.",
        "max_length": f"Nội dung dài quá, tối đa {longest} ký tự.",
    }
    return forms.CharField(
        label=label,
        max_length=longest,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages=messages,
        **options,
    )


class CabinetField(forms.ModelMultipleChoiceField):
    """Papers ticked in the cabinet of a unit, which is named when the form is made; the newest come
    first. Drawn by `commitments/_cabinet_pick.html`."""

    def __init__(self, **options):
        gone = "Tài liệu không còn trong tủ tài liệu của đơn vị."
        super().__init__(
            Document.objects.none(),
            required=False,
            widget=forms.CheckboxSelectMultiple(attrs={"class": "form-check-input"}),
            error_messages=dict.fromkeys(
                ("invalid_choice", "invalid_pk_value", "invalid_list"), gone
            ),
            **options,
        )

    def offer(self, unit: int) -> None:
        """Papers of this unit; where it has none, the field says so."""
        self.queryset = Document.objects.in_cabinets().filter(unit=unit)
        if not self.queryset.exists():
            self.help_text = "Tủ tài liệu của đơn vị chưa có tài liệu nào."


class FigureField(forms.CharField):
    """A figure as people type it, "1,5" or "1.5"; 12.480 might be either and is asked about."""

    def __init__(self, **options):
        super().__init__(**options)
        self.widget.attrs.update({"inputmode": "decimal", "class": "field-num"})

    def prepare_value(self, value):
        if not isinstance(value, Decimal):
            return value
        return format(value.normalize(), "f").replace(".", ",")

    def clean(self, value):
        typed = super().clean(value)
        if not typed:
            return None
        try:
            figure = parse_number(typed, whole=False, large=True)
        except NotANumber as fault:
            reason = fault.reason[0].upper() + fault.reason[1:]
            raise forms.ValidationError(f"{reason}.") from fault
        if -figure.as_tuple().exponent > DECIMALS or abs(figure) >= 10**WHOLE_DIGITS:
            raise forms.ValidationError(
                f"Chỉ ghi tối đa {WHOLE_DIGITS} chữ số phần nguyên và {DECIMALS} chữ số thập phân."
            )
        return figure


class Seen(forms.Form):
    """Carries the version that was on the screen, so that nobody acts on what they did not see."""

    seen = forms.IntegerField(widget=forms.HiddenInput, error_messages=STALE)

    def renew(self, seen: object) -> None:
        """After a conflict the page shows what lies there now: the next answer is about that."""
        self.data = self.data.copy()
        self.data[self.add_prefix("seen")] = str(seen)


class ReasonForm(Seen):
    """A move that needs a reason, made over what was seen."""

    comment = forms.CharField(
        label="Lý do",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Đề nghị ghi rõ lý do."},
    )


class SeenWords(Seen):
    """The same where what was on the screen is told by the seal of its words."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=64, error_messages=STALE)


def offer_units(form: forms.ModelForm, units: Collection[int]) -> None:
    """The field `unit` offers these; where it is only one, that one is chosen already."""
    form.fields["unit"].queryset = Unit.objects.filter(pk__in=units)
    form.fields["unit"].empty_label = "Chọn đơn vị"
    if len(units) == 1:
        (form.initial["unit"],) = units
