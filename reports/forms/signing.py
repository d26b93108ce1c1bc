"""Signing on the portal; a signed file that is brought back; why one is withdrawn."""

from django import forms

from reports.models import SignedKind
from units.forms.documents import DeclaredForm
from units.forms.fields import WordsField
from units.forms.password import PasswordAgain, password_field


class SigningForm(PasswordAgain, forms.Form):
    """The password of whoever has the portal sign, once more."""

    wrong_password = "Mật khẩu chưa đúng, tệp chưa được ký."

    password = password_field(
        "Nhập lại để xác nhận việc ký.",
        label="Mật khẩu của đồng chí",
        missing="Đề nghị nhập mật khẩu để xác nhận việc ký.",
    )


class SignedFileForm(DeclaredForm):
    """One PDF, and how it was signed."""

    kind = forms.ChoiceField(
        label="Tệp này là",
        choices=(
            (SignedKind.BROUGHT, "tệp PDF đã ký số: cổng kiểm tra chữ ký"),
            (SignedKind.SCAN, "bản quét có chữ ký tay và dấu: cổng lưu, không kiểm tra được"),
        ),
        widget=forms.RadioSelect,
        initial=SignedKind.BROUGHT,
        error_messages={"required": "Đề nghị chọn loại tệp."},
    )
    upload = forms.FileField(
        label="Tệp PDF",
        widget=forms.ClearableFileInput(attrs={"accept": ".pdf,application/pdf"}),
        error_messages={
            "required": "Đề nghị chọn tệp.",
            "empty": "Tệp rỗng.",
            "invalid": "Đề nghị chọn tệp.",
        },
    )
    field_order = ("upload", "kind", "declared")


class WithdrawalForm(forms.Form):
    """Why a file is no longer shown."""

    reason = WordsField(label="Lý do rút", max_length=300)
