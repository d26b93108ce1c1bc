"""The password once more, before something that a session left open must not do."""

from django import forms
from django.contrib.auth import authenticate
from django.http import HttpRequest

TRY = "Đề nghị kiểm tra phím Caps Lock và bộ gõ tiếng Việt."


def password_field(
    help_text: str, *, label: str = "Mật khẩu", missing: str = "", **attributes: str
) -> forms.CharField:
    """The field of a form beside `PasswordAgain`; `missing` is said where nothing was typed."""
    return forms.CharField(
        label=label,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password", **attributes}),
        help_text=help_text,
        error_messages={"required": missing} if missing else None,
    )


class PasswordAgain:
    """Beside a form that has a field `password`; made for a request. Wrong ones count as at
    sign-in, so that nobody guesses at an open session; a right one is not carried on."""

    wrong_password = "Mật khẩu chưa đúng."

    def __init__(self, request: HttpRequest, *arguments, **options):
        self.request = request
        super().__init__(*arguments, **options)

    def clean_password(self) -> str:
        name, password = self.request.user.get_username(), self.cleaned_data["password"]
        if authenticate(self.request, username=name, password=password) is None:
            raise forms.ValidationError(f"{self.wrong_password} {TRY}")
        return ""
