"""“Được gì nếu…?”: answers that are tried out, and the address that carries them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django import forms
from django.http import QueryDict

from scoring.forms.answers import AnswerForm, Box, boxes
from scoring.rules.account import Entry
from scoring.rules.outlook import Said, said_in

PARTING = "-"
NOTHING = "trong"
"""Names in a form and in an address are the code of a component, this sign, the input; the word
stands for a component whose answer is taken away."""


class SupposedForm(AnswerForm):
    """One component as it is tried out: no version, since nothing is written."""

    version = None
    not_applicable = forms.BooleanField(required=False)

    def __init__(self, data: QueryDict, *, entry: Entry):
        super().__init__(data, rule=entry.rule, maximum=entry.maximum)
        self.excusable = entry.excusable

    def clean(self):
        self.read_answer()
        if self.cleaned_data["not_applicable"] and not self.excusable:
            self.add_error(None, "Tiêu chí này áp dụng với mọi đơn vị.")
        return super().clean()

    @property
    def said(self) -> Said:
        """What was read; the form is valid."""
        return Said(self.answer, self.cleaned_data["not_applicable"])


@dataclass(frozen=True)
class Trial:
    """One component with what is tried in it. `form` is None while nothing was sent for it."""

    entry: Entry
    number: int
    form: SupposedForm | None

    @property
    def fault(self) -> str:
        """Why what was sent cannot be read; empty where it can."""
        return self.form.refusal if self.form and not self.form.is_valid() else ""

    @property
    def fault_field(self) -> str:
        return self._named(self.form.fault_field) if self.form and self.form.fault_field else ""

    @property
    def boxes(self) -> tuple[Box, ...]:
        """Its inputs with what stands in them, under names of their own."""
        if self.form is not None:
            written: Mapping[str, object] | None = self.form.data
        else:
            written = self.entry.answer.as_json() if self.entry.answer else None
        found = boxes(self.entry.rule, written, prefix=f"neu{self.number}")
        return tuple(replace(box, name=self._named(box.name)) for box in found)

    @property
    def told_id(self) -> str:
        """Id of the place that says what it would come to, or why it cannot be read."""
        return f"neu-{self.number}"

    @property
    def excused(self) -> bool:
        """Whether it is ticked that the component does not apply."""
        if self.form is not None:
            return "not_applicable" in self.form.data
        return said_in(self.entry).not_applicable

    @property
    def excused_name(self) -> str:
        return self._named("not_applicable")

    @property
    def said(self) -> Said | None:
        """What is supposed; None where nothing else is, or it cannot be read."""
        if self.form is None or self.fault:
            return None
        return self.form.said if self.form.said != said_in(self.entry) else None

    def parts(self) -> Iterator[tuple[str, str]]:
        """What the address carries of it."""
        if self.form is None or not self.fault and self.said is None:
            return
        sent = [
            (self._named(name), text)
            for name, texts in self.form.data.lists()
            for text in texts
            if text.strip() and name != NOTHING
        ]
        yield from sent or [(self._named(NOTHING), "1")]

    def _named(self, name: str) -> str:
        return f"{self.entry.code}{PARTING}{name}"


def trials(stated: Sequence[Entry], data: QueryDict, *, whole: bool) -> list[Trial]:
    """The components with what was sent for each.

    `whole`: a form with all its inputs, in which what is empty is said to be; else an address,
    which carries only what differs.
    """
    sent = _by_code(data)
    found = []
    for number, entry in enumerate(stated, start=1):
        own = sent.get(entry.code)
        if own is None and whole:
            own = QueryDict()
        form = None
        if own is not None:
            form = SupposedForm(own, entry=entry)
        found.append(Trial(entry, number, form))
    return found


def address_of(page: str, side: str, tried: Sequence[Trial]) -> str:
    """The page with its side and all that differs, and nothing else."""
    parts = [pair for one in tried for pair in one.parts()]
    return f"{page}?{urlencode([('side', side), *parts])}"


def _by_code(data: QueryDict) -> dict[str, QueryDict]:
    found: dict[str, QueryDict] = {}
    for name, texts in data.lists():
        code, parting, field = name.rpartition(PARTING)
        if parting:
            found.setdefault(code, QueryDict(mutable=True)).setlist(field, texts)
    return found
