"""Which rows of an uploaded table of tasks are written, and which tasks leave the draft."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django import forms

from commitments.forms.fields import STALE
from commitments.models import CommitmentTask
from commitments.rules.task_changes import Change, Standing
from commitments.services.task_tables import Pick, Removal

TICKED = (Standing.ADD, Standing.CHANGE)
"""Chosen unless somebody says otherwise; the others are chosen one by one."""


class TablePicksForm(forms.Form):
    """A tick for each row, and for each task that is not in the file, with the version shown."""

    def __init__(
        self,
        changes: Sequence[Change],
        left: Sequence[CommitmentTask],
        data: Mapping[str, Any] | None,
    ):
        super().__init__(data)
        self.changes = [change for change in changes if change.may_be_written]
        self.left = left
        for name in self._names():
            self.fields[name] = forms.BooleanField(required=False)
            self.fields[f"phien-ban-{name}"] = forms.IntegerField(
                required=False, error_messages=STALE
            )

    def _names(self) -> Iterator[str]:
        yield from (row_name(change) for change in self.changes)
        yield from (removal_name(task) for task in self.left)

    def clean(self):
        cleaned = super().clean()
        if not self.errors and not self.picks() and not self.removals():
            raise forms.ValidationError("Chưa chọn dòng nào để ghi.")
        return cleaned

    def picks(self) -> list[Pick]:
        """The rows that were chosen."""
        return [
            Pick(change.row.line, version)
            for change in self.changes
            if (version := self._version(row_name(change))) is not None
        ]

    def removals(self) -> list[Removal]:
        """The tasks that are to leave the draft."""
        return [
            Removal(task.pk, version)
            for task in self.left
            if (version := self._version(removal_name(task))) is not None
        ]

    def _version(self, name: str) -> int | None:
        return self.cleaned_data.get(f"phien-ban-{name}") if self.cleaned_data.get(name) else None

    def ticked(self, name: str, version: int, *, usual: bool) -> bool:
        """Whether a box is drawn ticked: as it was sent over this version, else as is usual."""
        if not self.is_bound:
            return usual
        return name in self.data and self.data.get(f"phien-ban-{name}") == str(version)


def row_name(change: Change) -> str:
    """The name of a row's box."""
    return f"dong-{change.row.line}"


def removal_name(task: CommitmentTask) -> str:
    """The name of the box that removes a task."""
    return f"bo-{task.pk}"
