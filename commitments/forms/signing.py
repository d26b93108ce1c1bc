"""Signatures, and a paper that goes back."""

from django import forms

from commitments.forms.fields import Seen, SeenWords
from units.forms.password import PasswordAgain, password_field


class SignatureForm(PasswordAgain, Seen):
    """The password once more: a session left open must not sign. Wrong ones count as at sign-in."""

    password = password_field("Đề nghị nhập lại mật khẩu đăng nhập để ký.")


class CountersignatureForm(SignatureForm):
    """What was seen is the seal of the other party's signature."""

    seen = SeenWords.base_fields["seen"]


class DeclineForm(forms.Form):
    """Why the commitment goes back."""

    comment = forms.CharField(
        label="Lý do trả lại",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Đơn vị đọc được lý do này và sửa theo đó.",
        error_messages={"required": "Đề nghị ghi rõ lý do trả lại."},
    )
