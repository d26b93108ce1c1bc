"""What makes a password fit, in the words of the portal.

The rules are Django's; its Vietnamese is incomplete, and its people have no full name.
"""

from pathlib import Path

from django.contrib.auth.password_validation import (
    CommonPasswordValidator,
    MinimumLengthValidator,
    NumericPasswordValidator,
    UserAttributeSimilarityValidator,
)


class LongEnough(MinimumLengthValidator):
    """So many characters at least."""

    def get_error_message(self) -> str:
        return f"Mật khẩu quá ngắn, cần ít nhất {self.min_length} ký tự."

    def get_help_text(self) -> str:
        return f"Có ít nhất {self.min_length} ký tự."


class UnlikeThePerson(UserAttributeSimilarityValidator):
    """Not the user name or the name of the person, nor nearly so."""

    DEFAULT_USER_ATTRIBUTES = ("username", "full_name", "email")

    def __init__(self):
        super().__init__(self.DEFAULT_USER_ATTRIBUTES)

    def get_error_message(self) -> str:
        return "Mật khẩu quá giống tên đăng nhập hoặc họ tên."

    def get_help_text(self) -> str:
        return "Không giống tên đăng nhập hoặc họ tên."


class NotUsual(CommonPasswordValidator):
    """Not one of those that are tried first, in the world or here."""

    def __init__(self, tried_here: Path):
        super().__init__()
        self.passwords |= set(tried_here.read_text(encoding="utf-8").lower().split())

    def get_error_message(self) -> str:
        return "Mật khẩu này có trong danh sách mật khẩu phổ biến."

    def get_help_text(self) -> str:
        return "Không phải mật khẩu phổ biến."


class NotOnlyDigits(NumericPasswordValidator):
    """Not a date or a telephone number."""

    def get_error_message(self) -> str:
        return "Mật khẩu không được chỉ gồm chữ số."

    def get_help_text(self) -> str:
        return "Không chỉ gồm chữ số."
