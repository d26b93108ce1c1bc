"""The forms of a period: what it is called, when its steps are, how it is ranked."""

from collections.abc import Iterable
from dataclasses import asdict
from decimal import Decimal
from typing import Any

from django import forms
from django.urls import reverse_lazy

from cchc_portal.kit.forms import WholeModelForm
from scoring.forms.fields import ExactField, in_a_row
from scoring.models import Period
from scoring.rules.calendar import usual_calendar
from units.forms.fields import DayField, WordsField, YearField
from units.models import Unit

DATES = (
    "data_from",
    "data_until",
    "opens_on",
    "submit_by",
    "verify_by",
    "reply_by",
    "publish_on",
)
REPLYING = ("reply_rounds", "reply_length", "reply_days")
MOST_CLASSES = 7
FIRST_YEAR, LAST_YEAR = 2010, 2100


class PeriodForm(WholeModelForm):
    """Everything about a period that may be changed while it is being prepared."""

    year = YearField(
        label="Năm đánh giá",
        first=FIRST_YEAR,
        last=LAST_YEAR,
        widget=forms.NumberInput(
            attrs={
                "hx-get": reverse_lazy("scoring:period-dates"),
                "hx-target": "#cac-moc",
                "hx-trigger": "change",
            }
        ),
    )
    scale_total = ExactField(
        label="Thang điểm", most=Decimal(1000), places=2, above_nought=True, initial=Decimal(100)
    )

    class Meta:
        model = Period
        fields = (
            "year",
            "title",
            "kind",
            *DATES,
            *REPLYING,
            "scale_total",
            "places",
            "tie_rule",
        )
        field_classes = dict.fromkeys(DATES, DayField) | {"title": WordsField}
        help_texts = {
            "opens_on": "Đơn vị được chọn vào kỳ theo tổ chức bộ máy của ngày này",
            "reply_by": "Ngày cuối đơn vị giải trình về kết quả thẩm định",
            "places": "Từ 0 đến 4, thường là 2",
            "reply_rounds": "1 hoặc 2 lần cho mỗi dòng",
            "reply_length": "Từ 200 đến 10000 ký tự một dòng",
            "reply_days": "Kể từ khi đơn vị được báo kết quả, kể cả khi đã qua hạn giải trình",
        }
        error_messages = {
            name: dict.fromkeys(("required", "invalid"), "Đề nghị ghi một số nguyên.")
            for name in REPLYING
        }

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        floors, labels = self.instance.band_floors, self.instance.band_labels
        for place in range(MOST_CLASSES):
            here = place < len(floors)
            self.fields[f"label_{place}"] = WordsField(
                label=f"Tên mức {place + 1}",
                max_length=60,
                required=False,
                initial=labels[place] if here else "",
                widget=in_a_row(f"Tên mức {place + 1}"),
            )
            self.fields[f"floor_{place}"] = ExactField(
                label=f"Ngưỡng mức {place + 1} (%)",
                most=Decimal(100),
                places=2,
                required=False,
                initial=floors[place] if here else None,
                widget=in_a_row(f"Ngưỡng mức {place + 1} (%)", figure=True),
            )
        self.fields["label_below"] = WordsField(
            label="Dưới mọi ngưỡng",
            max_length=60,
            initial=labels[-1],
            widget=in_a_row("Tên mức dưới mọi ngưỡng"),
        )

    def class_rows(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Label and floor of each class, best first, for the template."""
        return [(self[f"label_{place}"], self[f"floor_{place}"]) for place in range(MOST_CLASSES)]

    def date_fields(self) -> list[forms.BoundField]:
        """The dates in the order of the year."""
        return [self[name] for name in DATES]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        bands: list[tuple[Decimal, str]] = []
        for place in range(MOST_CLASSES):
            label, floor = cleaned.get(f"label_{place}"), cleaned.get(f"floor_{place}")
            if label and floor is not None:
                bands.append((floor, label))
            elif label or floor is not None:
                self.add_error(f"label_{place}", "Mỗi mức cần cả tên và ngưỡng.")
        self._clean_classes(bands, cleaned.get("label_below", ""))
        return cleaned

    def _clean_classes(self, bands: list[tuple[Decimal, str]], below: str) -> None:
        floors = [floor for floor, _ in bands]
        labels = [*(label for _, label in bands), below]
        if not bands:
            self.add_error("label_0", "Cần ít nhất một mức xếp loại có ngưỡng.")
        if floors != sorted(set(floors), reverse=True):
            self.add_error("label_0", "Các ngưỡng xếp loại phải giảm dần, từ mức cao nhất.")
        if len({label.casefold() for label in labels}) < len(labels):
            self.add_error("label_0", "Mỗi mức xếp loại cần một tên riêng.")
        self.instance.band_floors, self.instance.band_labels = floors, labels

    def columns(self) -> dict[str, Any]:
        """What the services take, once the form is valid."""
        shown = {name: self.cleaned_data[name] for name in self.Meta.fields}
        return shown | {
            "band_floors": self.instance.band_floors,
            "band_labels": self.instance.band_labels,
        }


class NewPeriodForm(PeriodForm):
    """A new period: whose it is, and after which earlier one."""

    def __init__(
        self,
        *args: Any,
        assessors: Iterable[Unit],
        earlier: Iterable[Period],
        **kwargs: Any,
    ):
        super().__init__(*args, **kwargs)
        self.fields["assessor"] = forms.ModelChoiceField(
            queryset=assessors, label="Cơ quan đánh giá", empty_label=None
        )
        self.fields["earlier"] = forms.ModelChoiceField(
            queryset=earlier,
            label="Lấy khối, đơn vị, tiêu chí của kỳ",
            required=False,
            empty_label="Không, lập kỳ trống",
            help_text="Đơn vị được chọn lại theo loại và chức năng tại ngày mở kỳ mới",
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        assessor, earlier = cleaned.get("assessor"), cleaned.get("earlier")
        if assessor and earlier and earlier.assessor_id != assessor.pk:
            self.add_error("earlier", "Kỳ được chọn thuộc cơ quan khác.")
        if assessor:
            self.instance.assessor = assessor
        return cleaned


def usual_dates(year: int) -> dict[str, Any]:
    """The dates proposed for a year, by the names of the fields."""
    return asdict(usual_calendar(year))
