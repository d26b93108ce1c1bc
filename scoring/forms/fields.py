"""Fields that read figures as Vietnamese writes them."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from cchc_portal.kit.numerals import NotANumber, exactly, parse_number
from units.forms.fields import NEEDED, WordsField

DECIMALS = 4
"""Of points that are typed in: as many as the answers take."""


class ExactField(forms.CharField):
    """An exact figure from nought to `most` with so many decimals; comma and point both do."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "class": "field-num"})

    def __init__(self, *, most: Decimal, places: int, above_nought: bool = False, **kwargs: Any):
        self.most, self.places, self.above_nought = most, places, above_nought
        super().__init__(error_messages={"required": NEEDED}, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        """As people write it; what was typed stays as it was typed."""
        return exactly(value) if isinstance(value, Decimal) else value

    def to_python(self, value: Any) -> Decimal | None:
        text = super().to_python(value)
        if not text:
            return None
        try:
            return parse_number(text, whole=not self.places)
        except NotANumber as fault:
            raise ValidationError(f"Giá trị {fault.reason}.") from fault

    def validate(self, value: Decimal | None) -> None:
        if self.required and value is None:
            raise ValidationError(self.error_messages["required"], code="required")
        if value is None:
            return
        if value < 0 or value > self.most:
            raise ValidationError(f"Giá trị phải từ 0 đến {exactly(self.most)}.")
        if self.above_nought and not value:
            raise ValidationError("Giá trị phải lớn hơn 0.")
        if value * 10**self.places % 1:
            raise ValidationError(f"Giá trị nhận tối đa {self.places} chữ số thập phân.")


def points_typed(text: str) -> Decimal:
    """Points as somebody typed them, at most `DECIMALS` decimals. Raises `ValidationError`."""
    try:
        points = parse_number(text, whole=False)
    except NotANumber as fault:
        raise ValidationError(f"Số điểm {fault.reason}.") from fault
    if -points.as_tuple().exponent > DECIMALS:
        raise ValidationError(f"Số điểm nhận tối đa {DECIMALS} chữ số sau dấu phẩy.")
    return points


class IndicatorCodeField(WordsField):
    """The code of an indicator: one word in capitals."""

    def to_python(self, value: Any) -> str:
        return super().to_python(value).upper()

    def validate(self, value: str) -> None:
        super().validate(value)
        if " " in value:
            raise ValidationError("Mã chỉ tiêu không được có khoảng trắng.")


def in_a_row(label: str, *, figure: bool = False) -> forms.TextInput:
    """An input in a row of a table, whose label is heard but not seen."""
    attrs = {"class": "form-control", "aria-label": label}
    if figure:
        attrs |= {"class": "form-control field-num", "inputmode": "decimal"}
    return forms.TextInput(attrs=attrs)
