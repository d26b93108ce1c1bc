"""What makes a password fit, told in the words of the portal."""

import pytest
from django.contrib.auth.password_validation import (
    password_validators_help_texts,
    validate_password,
)
from django.core.exceptions import ValidationError

from tests.factories import PASSWORD
from units.models import User

PERSON = User(username="nguyenvanbinh", full_name="Nguyễn Văn Bình Minh")


@pytest.mark.parametrize(
    ("password", "sentence"),
    [
        ("Ngan-12", "Mật khẩu quá ngắn, cần ít nhất 12 ký tự."),
        ("201945021930", "Mật khẩu không được chỉ gồm chữ số."),
        ("matkhau@123456", "Mật khẩu này có trong danh sách mật khẩu phổ biến."),
        ("nguyenvanbinh1", "Mật khẩu quá giống tên đăng nhập hoặc họ tên."),
        ("nguyễn văn bình minh", "Mật khẩu quá giống tên đăng nhập hoặc họ tên."),
    ],
)
def test_a_weak_password_is_refused_with_its_reason(password, sentence):
    with pytest.raises(ValidationError) as refused:
        validate_password(password, PERSON)

    assert sentence in refused.value.messages


def test_a_sturdy_password_is_taken():
    validate_password(PASSWORD, PERSON)


def test_the_advice_speaks_as_the_portal_does():
    advice = " ".join(password_validators_help_texts())

    assert "Có ít nhất 12 ký tự." in advice
    assert "bạn" not in advice
