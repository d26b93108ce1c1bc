"""What the log of a period is narrowed to."""

from datetime import datetime, time, timedelta

from django import forms
from django.utils import timezone

from cchc_portal.kit.forms import Spoken
from scoring.models import Period
from scoring.rules.log import Asked
from scoring.services import log
from units.forms.fields import DayField

NO_DAY = {"invalid": "Ngày chưa đúng, đề nghị ghi dạng ngày/tháng/năm."}
LONGEST_TEXT = 100
UNKNOWN = "Điều kiện lọc này không có trong kỳ."


def _day(label: str) -> DayField:
    widget = forms.DateInput(
        format="%Y-%m-%d", attrs={"type": "date", "class": "form-control form-control-sm"}
    )
    return DayField(label=label, required=False, widget=widget, error_messages=NO_DAY)


def _choice(label: str, queryset, every: str) -> forms.ModelChoiceField:
    return forms.ModelChoiceField(
        queryset,
        label=label,
        required=False,
        empty_label=every,
        error_messages={"invalid_choice": UNKNOWN},
        widget=forms.Select(attrs={"class": "form-select form-select-sm"}),
    )


class LogFilterForm(Spoken, forms.Form):
    """Every part may be left out; what cannot be read is named, the rest narrows all the same."""

    kind = forms.ChoiceField(
        label="Việc",
        required=False,
        error_messages={"invalid_choice": "Loại việc này không có trong nhật ký."},
        widget=forms.Select(attrs={"class": "form-select form-select-sm"}),
    )
    since = _day("Từ ngày")
    until = _day("Đến hết ngày")
    text = forms.CharField(
        label="Có chữ",
        required=False,
        max_length=LONGEST_TEXT,
        error_messages={"max_length": f"Chữ cần tìm dài quá {LONGEST_TEXT} ký tự."},
        widget=forms.TextInput(attrs={"class": "form-control form-control-sm", "type": "search"}),
    )

    def __init__(self, *args, period: Period, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [("", "Mọi việc"), *log.kinds()]
        self.fields["unit"] = _choice("Đơn vị", log.units_of(period), "Mọi đơn vị")
        self.fields["person"] = _choice("Người thực hiện", log.people_of(period), "Mọi người")
        self.order_fields(("kind", "unit", "person", "since", "until", "text"))

    def clean(self):
        cleaned = super().clean()
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and until < since:
            self.add_error("until", "Ngày cuối phải sau ngày đầu.")
        return cleaned

    @property
    def narrows(self) -> bool:
        """Whether anything is asked for."""
        return any(self.data.get(name) for name in self.fields)

    @property
    def asked(self) -> Asked:
        """What was understood of it."""
        self.is_valid()
        said = self.cleaned_data
        until = said.get("until")
        unit, person = said.get("unit"), said.get("person")
        return Asked(
            kind=said.get("kind", ""),
            unit=unit.pk if unit else None,
            person=person.pk if person else None,
            since=_midnight(said.get("since")),
            before=_midnight(until + timedelta(days=1)) if until else None,
            text=said.get("text", ""),
        )


def _midnight(day) -> datetime | None:
    return timezone.make_aware(datetime.combine(day, time())) if day else None
