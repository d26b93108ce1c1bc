"""What a form that saves itself says of the pen, and what a person chose over another's text."""

from django import forms

from cchc_portal.kit.worded import Worded
from scoring.forms.answers import STALE
from scoring.rules.stroke import Stroke

MOST = 2_000_000_000
"""Versions and numbers of strokes are counted; no page has more of them."""


class Choice(Worded):
    """What a person chose who saw that somebody else had written meanwhile."""

    MINE = "mine", "Giữ bản của tôi"
    THEIRS = "theirs", "Lấy bản đã lưu"
    BOTH = "both", "Ghép cả hai"


def _number(**options) -> forms.IntegerField:
    return forms.IntegerField(
        required=False, min_value=0, max_value=MOST, error_messages=STALE, **options
    )


class StrokeForm(forms.Form):
    """Carries the version written on, the pen and its stroke, the draft it takes up; after a
    conflict, the choice and the version chosen over."""

    version = forms.IntegerField(widget=forms.HiddenInput, error_messages=STALE)
    pen = forms.UUIDField(required=False, error_messages=STALE)
    stroke = _number()
    draft = _number()
    choose = forms.ChoiceField(choices=(("", ""), *Choice.choices), required=False)
    their_version = _number()

    @property
    def seen(self) -> int:
        """The version the person has looked at: the other one, once they have chosen."""
        over = self.cleaned_data["their_version"] if self.cleaned_data["choose"] else None
        return over or self.cleaned_data["version"]

    @property
    def written_on(self) -> int:
        """The version the text was written on, also where the form is not valid; 0 if unknown."""
        return min(max(self.cleaned_data.get("version") or 0, 0), MOST)

    @property
    def sent_as(self) -> Stroke | None:
        """The stroke, if the page numbers them. Known even where the form is not valid."""
        pen, number = self.cleaned_data.get("pen"), self.cleaned_data.get("stroke")
        if pen is None or number is None:
            return None
        return Stroke(pen, number, self.cleaned_data.get("draft"))

    @property
    def takes_theirs(self) -> bool:
        """Whether the person chose the text of the other, whatever stands in their own."""
        return self.cleaned_data.get("choose") == Choice.THEIRS

    @property
    def joins(self) -> bool:
        """Whether both texts are to be kept, one after the other."""
        return self.cleaned_data["choose"] == Choice.BOTH

    @property
    def inputs(self) -> set[str]:
        """Names of the inputs that hold what people typed."""
        raise NotImplementedError

    def typed(self) -> dict[str, list[str]]:
        """What stands in the inputs, word for word."""
        return {name: texts for name, texts in self.data.lists() if name in self.inputs}
