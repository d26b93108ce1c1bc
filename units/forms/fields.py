"""Fields every form of the portal may use: a day, a year, a line of words, units picked."""

from collections.abc import Iterable
from datetime import date

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator

from cchc_portal.kit.asked import number
from units.models import Unit
from units.names import tidy
from units.rules.table_file import FIRST_YEAR, LAST_YEAR

NEEDED = "Đề nghị nhập nội dung này."
OUTSIDE = f"Đề nghị ghi một ngày trong các năm {FIRST_YEAR}–{LAST_YEAR}."


class WordsField(forms.CharField):
    """One line of text, stored composed (NFC) and single-spaced."""

    def __init__(self, **options):
        longest = options.get("max_length")
        options["error_messages"] = {
            "required": NEEDED,
            "max_length": f"Nội dung dài quá, tối đa {longest} ký tự.",
        } | options.get("error_messages", {})
        super().__init__(**options)

    def to_python(self, value):
        return tidy(super().to_python(value))


class CodeField(WordsField):
    """A code of a unit: one word in capitals."""

    def to_python(self, value):
        return super().to_python(value).upper()

    def validate(self, value):
        super().validate(value)
        if " " in value:
            raise forms.ValidationError("Mã đơn vị không được có khoảng trắng.")


class DayField(forms.DateField):
    """A day by the browser's own picker; dd/mm/yyyy is understood too."""

    def __init__(self, **options):
        options.setdefault("widget", forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
        options.setdefault("input_formats", ["%Y-%m-%d", "%d/%m/%Y"])
        options["error_messages"] = {
            "required": "Đề nghị ghi ngày.",
            "invalid": "Ngày không hợp lệ, đề nghị ghi ngày/tháng/năm.",
        } | options.get("error_messages", {})
        super().__init__(**options)
        self.validators += [
            MinValueValidator(date(FIRST_YEAR, 1, 1), OUTSIDE),
            MaxValueValidator(date(LAST_YEAR, 12, 31), OUTSIDE),
        ]


class YearField(forms.IntegerField):
    """A year between two; whatever else is typed is answered by one sentence."""

    def __init__(self, *, first: int, last: int, **options):
        sentence = f"Đề nghị ghi một năm từ {first} đến {last}."
        wrong = dict.fromkeys(("required", "invalid", "min_value", "max_value"), sentence)
        options["error_messages"] = wrong | options.get("error_messages", {})
        super().__init__(min_value=first, max_value=last, **options)


class _UnitLabel:
    def label_from_instance(self, unit: Unit) -> str:
        above = f", trực thuộc {unit.parent}" if unit.parent else ""
        return f"{unit.name} ({unit.code}){above}"

    def offer(self, units: Iterable[Unit], chosen: Iterable[str]) -> None:
        """Shows these units and what was chosen before; any other unit may still be sent.

        `chosen`: the keys as the browser sent them; what is no key is left out."""
        keys = [key for key in map(number, map(str, chosen)) if key]
        before = self.queryset.filter(pk__in=keys).select_related("parent")
        shown = {unit.pk: unit for unit in [*before, *units]}
        self.choices = [(key, self.label_from_instance(unit)) for key, unit in shown.items()]


class UnitField(_UnitLabel, forms.ModelChoiceField):
    """One unit, picked from what a search offers."""

    def __init__(self, **options):
        messages = {
            "required": "Đề nghị tìm và chọn một đơn vị.",
            "invalid_choice": "Không có đơn vị này.",
        }
        super().__init__(
            Unit.objects.all(), widget=forms.RadioSelect, error_messages=messages, **options
        )


class UnitsField(_UnitLabel, forms.ModelMultipleChoiceField):
    """Several units, picked from what a search offers."""

    def __init__(self, **options):
        messages = {
            "required": "Đề nghị tìm và chọn ít nhất một đơn vị.",
            "invalid_choice": "Không có đơn vị này.",
            "invalid_pk_value": "Không có đơn vị này.",
            "invalid_list": "Không có đơn vị này.",
        }
        super().__init__(
            Unit.objects.all(),
            widget=forms.CheckboxSelectMultiple,
            error_messages=messages,
            **options,
        )
