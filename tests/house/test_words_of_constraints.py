"""What a form is told by a constraint of the database is told in words of the portal."""

import importlib
import pkgutil
from collections.abc import Iterator

import pytest
from django import forms
from django.db.models import BaseConstraint
from django.utils import timezone

from cchc_portal.kit.forms import OTHERWISE, WholeModelForm
from commitments.models import Plan
from scoring.forms.readings import IndicatorForm
from tests.scoring.reported import USUAL

APPS = ("units", "scoring", "commitments", "reports")
SPOKEN = ("scoring", "reports")
"""Apps all of whose constraints within a form's reach have words of their own."""


def forms_of_models() -> Iterator[type[forms.ModelForm]]:
    for app in APPS:
        rooms = importlib.import_module(f"{app}.forms")
        for room in pkgutil.walk_packages(rooms.__path__, f"{app}.forms."):
            found = vars(importlib.import_module(room.name)).values()
            yield from (
                one
                for one in found
                if isinstance(one, type)
                and issubclass(one, forms.ModelForm)
                and one.__module__ == room.name
            )


def test_no_form_of_ours_shows_the_english_words_of_a_constraint():
    found = list(forms_of_models())
    unsaid = [
        one.name
        for form in found
        if form._meta.model._meta.app_label in SPOKEN
        for one in form._meta.model._meta.constraints
        if one.violation_error_message == BaseConstraint.default_violation_error_message
    ]

    assert len(found) > 8
    assert [form.__name__ for form in found if not issubclass(form, WholeModelForm)] == []
    assert unsaid == []


class Heading(WholeModelForm):
    class Meta:
        model = Plan
        fields = ()


@pytest.mark.django_db
def test_a_constraint_without_words_of_its_own_is_told_in_those_of_the_portal():
    form = Heading({}, instance=Plan(year=2026, issued_at=timezone.now()))

    assert not form.is_valid()
    told = " ".join(form.non_field_errors())
    assert OTHERWISE in told
    assert "plan_issue" not in told


@pytest.mark.django_db
@pytest.mark.parametrize("decimals", ["9", "-1", "hai", ""])
def test_the_decimals_of_an_indicator_have_a_range(decimals):
    said = USUAL | {"code": "X-01", "name": "Thử", "decimals": decimals}
    form = IndicatorForm(said)

    assert not form.is_valid()
    assert form.errors["decimals"] == ["Đề nghị ghi một số từ 0 đến 4."]
