"""The password once more, before something that a session left open must not do."""

from django import forms
from django.contrib.auth import authenticate

TRY = "Đề nghị kiểm tra phím Caps Lock và bộ gõ tiếng Việt."


class PasswordAgain:
    """Beside a form that has a field `password` and the `request`. Wrong ones count as at sign-in,
    so that nobody guesses at an open session; a right one is not carried on."""

    wrong_password = "Mật khẩu chưa đúng."

    def clean_password(self) -> str:
        name, password = self.request.user.get_username(), self.cleaned_data["password"]
        if authenticate(self.request, username=name, password=password) is None:
            raise forms.ValidationError(f"{self.wrong_password} {TRY}")
        return ""
