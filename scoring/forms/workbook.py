"""What of an uploaded workbook is to be written."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from scoring.forms.answers import STALE
from scoring.models import Score
from scoring.rules.workbook_changes import Change, Standing
from scoring.services.workbooks import Pick, Way

KEEP = ""


class PicksForm(forms.Form):
    """Which rows are written: a tick for a plain one, a choice of versions for a conflict.

    Every row carries the version that was shown beside it.
    """

    def __init__(self, changes: Iterable[tuple[Score, Change]], data: Mapping[str, Any] | None):
        super().__init__(data)
        self.changes = [(score, change) for score, change in changes if change.may_be_written]
        for score, _ in self.changes:
            self.fields[f"dong-{score.pk}"] = forms.BooleanField(required=False)
            self.fields[f"ban-{score.pk}"] = forms.ChoiceField(
                required=False,
                choices=((KEEP, ""), *Way.choices),
                error_messages={"invalid_choice": STALE["invalid"]},
            )
            self.fields[f"phien-ban-{score.pk}"] = forms.IntegerField(
                required=False, error_messages=STALE
            )

    def clean(self):
        cleaned = super().clean()
        if not self.errors and not self.picks():
            raise forms.ValidationError("Chưa chọn dòng nào để ghi.")
        return cleaned

    def picks(self) -> list[Pick]:
        """The rows that were chosen.

        Of a row that has become a conflict since it was ticked, the version tells the service.
        """
        return list(self._picks())

    def _picks(self):
        for score, _ in self.changes:
            version = self.cleaned_data.get(f"phien-ban-{score.pk}")
            way = self.cleaned_data.get(f"ban-{score.pk}") or KEEP
            ticked = self.cleaned_data.get(f"dong-{score.pk}")
            if version and (ticked or way):
                yield Pick(score.pk, version, Way(way) if way else Way.FILE)

    def ticked(self, pk: int, standing: Standing) -> bool:
        """Whether the row is drawn ticked: as it was sent, else every plain change is."""
        if self.is_bound:
            return f"dong-{pk}" in self.data
        return standing == Standing.CHANGE

    def way(self, pk: int) -> str:
        """Which version of a conflict is chosen; the one on the portal where nobody said."""
        return self.data.get(f"ban-{pk}", KEEP) if self.is_bound else KEEP
