"""The head's form: for each area an officer of the unit, and a day if one is set."""

from collections.abc import Iterable, Mapping

from django import forms

from scoring.forms.answers import STALE
from scoring.models import Criterion, DossierPart
from scoring.services.parts import Share
from units.forms.fields import OUTSIDE, DayField
from units.models import User

UNKNOWN = "Người được chọn không phải là người nhập liệu của đơn vị."


class PartsForm(forms.Form):
    """One choice and one day an area; `seen` is the sharing out that was looked at."""

    seen = forms.IntegerField(widget=forms.HiddenInput, error_messages=STALE)

    def __init__(
        self,
        data: Mapping[str, str] | None,
        *,
        areas: Iterable[Criterion],
        officers: Iterable[User],
        parts: Mapping[int, DossierPart],
    ):
        super().__init__(data)
        choices = [("", "Chưa giao"), *((str(one.pk), str(one)) for one in officers)]
        self.areas = list(areas)
        for area in self.areas:
            part = parts.get(area.pk)
            self.fields[f"officer_{area.pk}"] = forms.TypedChoiceField(
                label=f"Người được giao lĩnh vực {area.code}",
                choices=choices,
                coerce=int,
                empty_value=None,
                required=False,
                initial=part.officer_id if part else None,
                widget=forms.Select(attrs={"class": "form-select form-select-sm"}),
                error_messages={"invalid_choice": UNKNOWN},
            )
            self.fields[f"due_{area.pk}"] = DayField(
                label=f"Hạn của lĩnh vực {area.code}",
                required=False,
                initial=part.due_on if part else None,
                widget=forms.DateInput(
                    format="%Y-%m-%d",
                    attrs={"type": "date", "class": "form-control form-control-sm"},
                ),
                error_messages={"invalid": OUTSIDE},
            )

    def fields_of(self, area: Criterion) -> tuple[forms.BoundField, forms.BoundField]:
        """Who, and until when."""
        return self[f"officer_{area.pk}"], self[f"due_{area.pk}"]

    def shares(self) -> dict[int, Share]:
        """What the service takes, once the form is valid."""
        said = self.cleaned_data
        return {
            area.pk: Share(said[f"officer_{area.pk}"], said[f"due_{area.pk}"])
            for area in self.areas
        }
