"""Forms that let every constraint of the model speak before the database has to."""

from django import forms
from django.core.exceptions import ValidationError


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
