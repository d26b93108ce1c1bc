"""What is looked for in the whole portal."""

from django import forms

from reports.rules.found import enough
from units.forms.fields import WordsField


class FindForm(forms.Form):
    """Words in any order; none at all is no fault, a single letter is."""

    tim = WordsField(label="Tìm trong cổng", max_length=100, required=False)

    def clean_tim(self) -> str:
        """What is looked for, if it is enough."""
        words = self.cleaned_data["tim"]
        if words and not enough(words):
            raise forms.ValidationError("Đề nghị nhập ít nhất hai chữ cái hoặc chữ số để tìm.")
        return words
