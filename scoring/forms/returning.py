"""What the assessor writes when it sends a dossier back, or gives it more time."""

from collections.abc import Iterable
from datetime import date

from django import forms

from scoring.forms.answers import STALE
from scoring.forms.dossiers import ReasonForm
from units.forms.fields import DayField

LONGEST_REMARK = 2000


class ReturnForm(ReasonForm):
    """The reason for the whole dossier, and a remark on each component that is to be mended.

    A component is returned by saying something of it; `keys` are the scores that may be.
    """

    def __init__(self, *arguments, keys: Iterable[int], **options):
        super().__init__(*arguments, **options)
        self.keys = tuple(keys)
        for key in self.keys:
            self.fields[f"remark_{key}"] = forms.CharField(
                label="Ý kiến",
                required=False,
                max_length=LONGEST_REMARK,
                widget=forms.Textarea(attrs={"rows": 1, "class": "form-control"}),
                error_messages={
                    "max_length": f"Ý kiến dài quá {LONGEST_REMARK} ký tự, đề nghị rút gọn."
                },
            )

    @property
    def remarks(self) -> dict[int, str]:
        """Score → what is to be mended there, for those something was said of."""
        said = {key: self.cleaned_data[f"remark_{key}"] for key in self.keys}
        return {key: text for key, text in said.items() if text}

    def remark_field(self, key: int) -> forms.BoundField:
        """The input of one component."""
        return self[f"remark_{key}"]


class ExtensionForm(ReasonForm):
    """Until which day, and why; `seen` is the last day the page showed."""

    until = DayField(
        label="Gia hạn đến hết ngày",
        widget=forms.DateInput(attrs={"type": "date", "class": "form-control"}, format="%Y-%m-%d"),
    )
    seen = forms.DateField(
        widget=forms.HiddenInput, input_formats=["%Y-%m-%d"], error_messages=STALE
    )
    field_order = ("until", "comment", "seen")

    def look_again(self, last_day: date) -> None:
        """After a conflict the page shows the day that holds now: the next answer is about that."""
        self.data = self.data.copy()
        self.data["seen"] = last_day.isoformat()
