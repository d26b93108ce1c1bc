"""What is asked of the tree: on which day, from which unit down, with which words."""

from datetime import date

from django import forms
from django.utils import timezone

from units.forms.fields import DayField, WordsField
from units.models import UnitSpell


class DayForm(forms.Form):
    """A day, today where none is given, and the unit from which to look down."""

    ngay = DayField(label="Ngày", required=False)
    goc = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def day(self) -> date:
        """The day asked for; today where none is, or where it cannot be read."""
        self.is_valid()
        return self.cleaned_data.get("ngay") or timezone.localdate()

    def root(self) -> int | None:
        """Key of the unit to look down from, if one was named."""
        self.is_valid()
        return self.cleaned_data.get("goc")


class SearchForm(forms.Form):
    """Words of a name or a code, on a day or at any time."""

    tim = WordsField(
        label="Tên hoặc mã đơn vị",
        max_length=100,
        required=False,
        widget=forms.TextInput(
            attrs={"type": "search", "placeholder": "thai hoa, PC06…", "data-key": "/"}
        ),
    )
    ngay = DayField(label="Ngày", required=False)
    moi_luc = forms.BooleanField(label="Mọi thời điểm", required=False)

    def words(self) -> str:
        """What is looked for."""
        self.is_valid()
        return self.cleaned_data.get("tim", "")

    def day(self) -> date | None:
        """The day looked at; None for any time."""
        self.is_valid()
        if self.cleaned_data.get("moi_luc"):
            return None
        return self.cleaned_data.get("ngay") or timezone.localdate()

    def found(self):
        """Stretches whose name or code holds all the words; none where nothing is looked for."""
        words, day = self.words(), self.day()
        if not words:
            return UnitSpell.objects.none()
        found = UnitSpell.objects.matching(words).select_related("unit", "parent")
        return (found.in_force_on(day) if day else found).in_tree_order()


class OfferForm(forms.Form):
    """Words typed beside a field of a form, the field, the day the decision has effect, and
    below which units is searched (`ca`: these themselves as well)."""

    field = forms.RegexField(r"^[a-z_]{1,30}\Z")
    tim = WordsField(max_length=100, required=False)
    effective_on = DayField(required=False)
    duoi = forms.RegexField(r"^\d{1,18}(,\d{1,18}){0,99}\Z", required=False)

    ca = forms.BooleanField(required=False)

    def roots(self) -> list[int]:
        """Keys of the units below which alone is searched; none: everywhere."""
        return [int(key) for key in filter(None, self.cleaned_data["duoi"].split(","))]

    def day(self) -> date:
        """The day on which the units must exist."""
        return self.cleaned_data.get("effective_on") or timezone.localdate()
