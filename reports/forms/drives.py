"""What is typed about a drive: its heading with targets, and the number of a day."""

from collections.abc import Sequence

from django import forms

from scoring.services.drives import MOST
from units.forms.fields import DayField, WordsField
from units.models import Unit

WHOLE = {
    "invalid": "Đề nghị ghi số nguyên.",
    "required": "Đề nghị ghi số.",
    "min_value": "Số không được nhỏ hơn 0.",
    "max_value": "Số lớn quá.",
}


def _number(label: str, *, required: bool) -> forms.IntegerField:
    widget = forms.NumberInput(attrs={"class": "form-control field-num", "inputmode": "numeric"})
    return forms.IntegerField(
        label=label,
        required=required,
        min_value=0,
        max_value=MOST,
        widget=widget,
        error_messages=WHOLE,
    )


class DriveForm(forms.Form):
    """Heading and days; one number for each unit below, empty for those who take no part."""

    title = WordsField(label="Tên đợt cao điểm", max_length=200)
    noun = WordsField(label="Đơn vị tính", max_length=40, help_text="Ví dụ: thẻ căn cước")
    starts_on = DayField(label="Từ ngày")
    ends_on = DayField(label="Đến hết ngày")

    def __init__(self, units: Sequence[Unit], *arguments, **options):
        super().__init__(*arguments, **options)
        for one in self.fields.values():
            one.widget.attrs["class"] = "form-control"
        self.of_units = {f"chi-tieu-{unit.pk}": unit for unit in units}
        for name, unit in self.of_units.items():
            self.fields[name] = _number(unit.name, required=False)

    @property
    def headings(self) -> list[forms.BoundField]:
        """The fields above the units."""
        return [self[name] for name in ("title", "noun", "starts_on", "ends_on")]

    @property
    def units(self) -> list[forms.BoundField]:
        """A field for each unit."""
        return [self[name] for name in self.of_units]

    def targets(self) -> dict[int, int]:
        """Unit to target, of those with one."""
        said = {unit.pk: self.cleaned_data[name] for name, unit in self.of_units.items()}
        return {unit: number for unit, number in said.items() if number}


class DayForm(forms.Form):
    """How many on one day; `edition` is what was on the screen."""

    day = DayField(label="Ngày")
    number = _number("Số thực hiện trong ngày", required=True)
    edition = forms.IntegerField(min_value=0, max_value=MOST, widget=forms.HiddenInput)
