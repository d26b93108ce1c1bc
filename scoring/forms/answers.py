"""An answer to a component: how its inputs are drawn, and how what was typed is read."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.http import QueryDict

from cchc_portal.kit.forms import Spoken
from cchc_portal.kit.numerals import exactly, typed
from scoring.rules.answers import (
    Answer,
    AnswerFault,
    Field,
    FieldKind,
    Rule,
    is_blank,
    parse_answer,
)

NONE_OF_THEM = "none"
STALE = {
    "required": "Trang này đã cũ, đề nghị tải lại.",
    "invalid": "Trang này đã cũ, đề nghị tải lại.",
}


@dataclass(frozen=True)
class Option:
    """One choice of an input."""

    value: str
    words: str
    id: str
    chosen: bool


@dataclass(frozen=True)
class Box:
    """One input as a page draws it; `values` are what stands in it. `none` unticks a checklist."""

    name: str
    label: str
    kind: str
    unit: str
    hint: str
    id: str
    values: tuple[str, ...]
    options: tuple[Option, ...] = ()
    none: Option | None = None

    @property
    def value(self) -> str:
        return self.values[0] if self.values else ""

    @property
    def words(self) -> str:
        """What stands in it, as people read it."""
        if not self.options:
            return self.value
        return "; ".join(option.words for option in self.options if option.chosen)


def boxes(rule: Rule[Any], written: Mapping[str, Any] | None, *, prefix: str) -> tuple[Box, ...]:
    """The inputs of a rule with what stands in them: a kept answer's JSON, or a sent form.

    `prefix` keeps the ids of many rows on one page apart.
    """
    return tuple(_box(field, written or {}, prefix) for field in rule.fields())


def _box(field: Field, written: Mapping[str, Any], prefix: str) -> Box:
    values = _values(field, written)
    place = f"{prefix}-{field.name}"
    none = None
    if field.kind == FieldKind.CHECKLIST:
        nothing = _said_none(field, written) or written.get(field.name) == []
        none = Option(NONE_OF_THEM, "Không có mục nào đạt", f"{place}-none", nothing)
    return Box(
        name=field.name,
        label=f"{field.label_vi[:1].upper()}{field.label_vi[1:]}",
        kind=str(field.kind),
        unit=field.unit,
        hint=field.hint,
        id=place,
        values=values,
        options=tuple(
            Option(value, words, f"{place}-{value}", value in values)
            for value, words in field.options
        ),
        none=none,
    )


def _values(field: Field, written: Mapping[str, Any]) -> tuple[str, ...]:
    if isinstance(written, QueryDict):
        return tuple(written.getlist(field.name))
    value = written.get(field.name)
    if value is None:
        return ()
    if isinstance(value, bool):
        return ("true" if value else "false",)
    if isinstance(value, list):
        return tuple(str(entry) for entry in value)
    if field.kind in (FieldKind.WHOLE, FieldKind.DECIMAL):
        number = Decimal(value)
        return (exactly(number) if field.kind == FieldKind.WHOLE else typed(number),)
    return (str(value),)


def _said_none(field: Field, written: Mapping[str, Any]) -> bool:
    return isinstance(written, QueryDict) and f"{field.name}_{NONE_OF_THEM}" in written


class AnswerForm(Spoken, forms.Form):
    """What was sent for one component, read by its rule. `answer` is None while nothing is said.

    `fault_field` names the input at fault, so that the page can mark it.
    """

    version = forms.IntegerField(error_messages=STALE)

    def __init__(self, data: QueryDict, *, rule: Rule[Any], maximum: Decimal):
        super().__init__(data)
        self.rule = rule
        self.maximum = maximum
        self.answer: Answer | None = None
        self.fault_field = ""

    def sent(self) -> dict[str, Any]:
        """The inputs of the answer as they came, a checklist as a list or None if untouched."""
        return dict(self._sent())

    def _sent(self) -> Iterator[tuple[str, Any]]:
        for field in self.rule.fields():
            if field.kind != FieldKind.CHECKLIST:
                yield field.name, self.data.get(field.name)
                continue
            ticked = self.data.getlist(field.name)
            nothing = _said_none(field, self.data)
            if ticked and nothing:
                raise AnswerFault(
                    field.name, "Đã chọn mục đạt thì không chọn “Không có mục nào đạt”."
                )
            yield field.name, ticked if ticked or nothing else None

    def read_answer(self) -> None:
        """Sets `answer`, or notes the rule's refusal."""
        try:
            sent = self.sent()
            if not is_blank(self.rule, sent):
                self.answer = parse_answer(self.rule, sent, self.maximum)
        except AnswerFault as fault:
            self.fault_field = fault.field
            self.add_error(None, fault.sentence)
