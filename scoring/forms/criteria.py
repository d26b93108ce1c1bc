"""The forms of one node of a block's criteria."""

from decimal import Decimal
from typing import Any

from django import forms
from django.urls import reverse_lazy

from scoring.forms.fields import ExactField
from scoring.forms.rules import FORMS, KIND_CHOICES, RuleForm, lines
from scoring.models import Criterion
from scoring.rules.kinds import Source
from units.forms.fields import WordsField

STALE = dict.fromkeys(("required", "invalid"), "Trang này đã cũ, đề nghị tải lại.")


class HeadingForm(forms.Form):
    """The title of an area or a criterion; its points follow from what is below it."""

    title = WordsField(label="Tên", max_length=300)
    version = forms.IntegerField(widget=forms.HiddenInput, error_messages=STALE)

    def columns(self) -> dict[str, Any]:
        """What the service takes, once the form is valid."""
        return {"title": self.cleaned_data["title"]}


class ComponentForm(forms.Form):
    """A component: its words, its points, which kind of rule. The rule has a form of its own."""

    title = WordsField(
        label="Tên tiêu chí thành phần",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    maximum = ExactField(label="Điểm tối đa", most=Decimal(1000), places=3, above_nought=True)
    source = forms.ChoiceField(label="Ai chấm", choices=Source.choices)
    not_applicable_allowed = forms.BooleanField(
        label="Có thể không áp dụng đối với một số đơn vị", required=False
    )
    evidence = forms.CharField(
        label="Minh chứng cần có, mỗi dòng một loại",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        required=False,
    )
    source_note = forms.CharField(
        label="Nguồn của tiêu chí và mức điểm",
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=2000,
        required=False,
    )
    kind = forms.ChoiceField(
        label="Cách chấm",
        choices=KIND_CHOICES,
        widget=forms.Select(
            attrs={
                "hx-get": reverse_lazy("scoring:rule-fields"),
                "hx-target": "#cach-cham",
                "hx-trigger": "change",
            }
        ),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, error_messages=STALE)

    @classmethod
    def told(cls, component: Criterion) -> dict[str, Any]:
        """The component as initial values."""
        columns = ("title", "maximum", "source", "not_applicable_allowed", "source_note", "version")
        return {name: getattr(component, name) for name in columns} | {
            "evidence": "\n".join(component.evidence_expected),
            "kind": component.rule["type"],
        }

    def columns(self, rule: RuleForm) -> dict[str, Any]:
        """What the service takes, once both forms are valid."""
        cleaned = self.cleaned_data
        names = ("title", "maximum", "source", "not_applicable_allowed", "source_note")
        return {name: cleaned[name] for name in names} | {
            "evidence_expected": lines(cleaned["evidence"]),
            "rule": rule.rule,
        }


def rule_form(kind: str | None, **kwargs: Any) -> RuleForm:
    """The form of a kind of rule; of yes or no where nobody knows the kind."""
    return FORMS.get(kind or "", FORMS["binary"])(prefix="rule", **kwargs)
