"""Forms that say what is wrong: in one sentence, and by every constraint of the model."""

from django import forms
from django.core.exceptions import ValidationError


class Spoken:
    """Beside a form whose refusal is told in one place, not field by field."""

    @property
    def refusal(self) -> str:
        """Every refusal in a row."""
        return " ".join(error for errors in self.errors.values() for error in errors)


class WholeModelForm(forms.ModelForm):
    """A ModelForm skips constraints that mention a field it does not show; this one does not."""

    def _post_clean(self):
        super()._post_clean()
        if self.errors:
            return
        try:
            self.instance.validate_constraints()
        except ValidationError as refusal:
            self._update_errors(refusal)
