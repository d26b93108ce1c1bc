"""What the list of what does not apply is narrowed to; every part may be left out."""

from django import forms

from scoring.rules.excusal import Excusal


class ExcusalFilterForm(forms.Form):
    """By period, block, component and what became of it."""

    period = forms.IntegerField(required=False)
    block = forms.IntegerField(required=False)
    code = forms.CharField(required=False, max_length=20)
    state = forms.ChoiceField(required=False, choices=(("", "Tất cả"), *Excusal.choices))
