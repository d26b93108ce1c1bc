"""Who is to be what from which day: accounts, appointments, dismissals."""

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils import timezone

from units.forms.fields import DayField, WordsField
from units.models import User
from units.permissions import Role

USERNAME = RegexValidator(
    r"^[a-z0-9][a-z0-9._-]{2,}\Z",
    "Tên đăng nhập gồm ít nhất 3 chữ cái không dấu, chữ số, dấu chấm, gạch nối hoặc gạch dưới.",
)


class PeopleForm(forms.Form):
    """Whom to look for among those who hold a role."""

    tim = WordsField(
        label="Họ tên hoặc đơn vị",
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "data-key": "/"}),
    )
    vai_tro = forms.ChoiceField(
        label="Vai trò",
        required=False,
        choices=[("", "Mọi vai trò"), *Role.choices],
        error_messages={"invalid_choice": "Không có vai trò này."},
    )

    def narrowed(self, memberships):
        """Those that answer to the words and the role."""
        self.is_valid()
        words, role = self.cleaned_data.get("tim", ""), self.cleaned_data.get("vai_tro")
        memberships = memberships.matching(words)
        return memberships.filter(role=role) if role else memberships


class RoleForm(forms.Form):
    """A role from a day on."""

    role = forms.ChoiceField(
        label="Vai trò",
        choices=[("", "Chọn vai trò"), *Role.choices],
        error_messages={
            "required": "Đề nghị chọn vai trò.",
            "invalid_choice": "Không có vai trò này.",
        },
    )
    first_on = DayField(label="Từ ngày", initial=timezone.localdate)


class AppointForm(RoleForm):
    username = WordsField(
        label="Tên đăng nhập",
        max_length=150,
        help_text="Tên đăng nhập của người đã có tài khoản trên cổng.",
        widget=forms.TextInput(attrs={"autocapitalize": "none", "spellcheck": "false"}),
    )
    comment = WordsField(
        label="Căn cứ", max_length=300, required=False, help_text="Ví dụ: Quyết định số 12/QĐ-PV01"
    )
    field_order = ("username", "role", "first_on", "comment")

    def clean_username(self) -> User:
        """The person of that name."""
        user = User.objects.filter(username__iexact=self.cleaned_data["username"]).first()
        if user is None:
            raise ValidationError("Không có tài khoản mang tên đăng nhập này.")
        return user


class AccountForm(RoleForm):
    """A new person with a first role. The password is told to them and changed by them."""

    full_name = WordsField(label="Họ và tên", max_length=120)
    police_rank = WordsField(label="Cấp bậc hàm", max_length=40, required=False)
    post = WordsField(label="Chức vụ", max_length=120, required=False)
    username = WordsField(
        label="Tên đăng nhập",
        max_length=150,
        help_text="Chữ cái không dấu, chữ số, dấu chấm, gạch nối, gạch dưới.",
        widget=forms.TextInput(
            attrs={"autocapitalize": "none", "spellcheck": "false", "autocomplete": "off"}
        ),
    )
    password = forms.CharField(
        label="Mật khẩu ban đầu",
        strip=False,
        max_length=128,
        help_text="Ít nhất 12 ký tự, không dùng mật khẩu phổ biến hoặc giống tên.",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": "Đề nghị nhập mật khẩu ban đầu."},
    )
    again = forms.CharField(
        label="Nhập lại mật khẩu",
        strip=False,
        max_length=128,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": "Đề nghị nhập lại mật khẩu."},
    )
    field_order = (
        "full_name",
        "police_rank",
        "post",
        "role",
        "first_on",
        "username",
        "password",
        "again",
    )

    def clean_username(self) -> str:
        """In small letters: people type it with Caps Lock on."""
        username = self.cleaned_data["username"].lower()
        USERNAME(username)
        return username

    def clean(self):
        said = super().clean()
        password = said.get("password")
        if password and said.get("again") and password != said["again"]:
            self.add_error("again", "Hai lần nhập mật khẩu không giống nhau.")
        if password:
            person = User(username=said.get("username", ""), full_name=said.get("full_name", ""))
            try:
                validate_password(password, person)
            except ValidationError as weak:
                self.add_error("password", weak)
        return said

    def columns(self) -> dict:
        """What the service is told about the person and the first role."""
        return {name: value for name, value in self.cleaned_data.items() if name != "again"}


class DismissForm(forms.Form):
    from_day = DayField(
        label="Thôi giữ vai trò từ ngày",
        initial=timezone.localdate,
        help_text="Nếu ghi ngày bắt đầu giữ vai trò hoặc trước đó, việc phân công được hủy.",
    )
    comment = WordsField(label="Lý do, căn cứ", max_length=300)
