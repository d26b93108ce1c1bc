"""Forms speak in the words of the portal, also where no form of ours says a word."""

import gettext
import re
from pathlib import Path

import django
import pytest
from django import forms
from django.conf import settings
from django.contrib.postgres.forms import SimpleArrayField
from django.core import validators
from django.core.exceptions import ValidationError

CATALOGUE = Path(settings.LOCALE_PATHS[0]) / "vi" / "LC_MESSAGES" / "django.po"
THEIRS = gettext.translation(
    "django", str(Path(django.__file__).parent / "conf" / "locale"), ["vi"]
)
MARK = re.compile(r"%\((\w+)\)[sdr]|\{(\w+)\}")


def said_by(field: type[forms.Field]) -> list[str]:
    return [str(words) for words in field.default_error_messages.values() if "%" not in str(words)]


@pytest.mark.parametrize(
    "field",
    [
        forms.CharField,
        forms.IntegerField,
        forms.DecimalField,
        forms.DateField,
        forms.TimeField,
        forms.FileField,
        forms.ModelChoiceField,
        forms.UUIDField,
        forms.EmailField,
        forms.URLField,
        forms.JSONField,
    ],
)
def test_a_field_left_to_itself_speaks_as_the_portal_does(field):
    upstream = {THEIRS.gettext(key) for key in THEIRS._catalog if isinstance(key, str)}
    words = [one for one in said_by(field) if one]
    assert words
    assert not [one for one in words if one in upstream or one.isascii()]


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        (forms.IntegerField(), "a", "Đề nghị ghi số nguyên."),
        (forms.IntegerField(max_value=5), "6", "Giá trị không được lớn hơn 5."),
        (forms.CharField(max_length=3), "abcd", "tối đa 3 ký tự (đang có 4)"),
        (forms.CharField(min_length=3), "ab", "Cần ít nhất 3 ký tự (đang có 2)"),
        (forms.CharField(), "a\0", "ký tự không hiển thị được"),
        (forms.ChoiceField(choices=[("a", "A")]), "x", "“x” không có trong danh mục"),
        (forms.MultipleChoiceField(choices=[("a", "A")]), ["x"], "“x” không có trong danh mục"),
        (forms.DecimalField(max_digits=4, decimal_places=2), "1.234", "tối đa 2 chữ số thập phân"),
        (forms.DecimalField(max_digits=4, decimal_places=2), "12345", "tối đa 4 chữ số"),
        (SimpleArrayField(forms.IntegerField()), "1,a", "Mục thứ 2: Đề nghị ghi số nguyên."),
        (SimpleArrayField(forms.CharField(), max_length=1), "a,b", "tối đa 1"),
    ],
)
def test_what_is_wrong_is_said_with_its_figures(field, typed, said):
    with pytest.raises(ValidationError) as refused:
        field.clean(typed)
    assert said in " ".join(refused.value.messages)


def test_a_validator_left_to_itself_speaks_so_too():
    with pytest.raises(ValidationError, match="không được nhỏ hơn 1"):
        validators.MinValueValidator(1)(0)


def test_the_compiled_catalogue_is_that_which_is_read():
    """`make words` was forgotten where this fails."""
    text = CATALOGUE.read_text(encoding="utf-8")
    compiled = CATALOGUE.with_suffix(".mo").read_bytes().decode(errors="replace")
    entries = text.split("\n\n")[1:]
    for entry in entries:
        lines = [line for line in entry.splitlines() if not line.startswith("#")]
        original, _, ours = "\n".join(lines).partition("msgstr")
        for words in (original, ours):
            assert "".join(re.findall(r'"(.*)"', words.partition("msgid_plural")[0])) in compiled
        assert {*MARK.findall(ours)} <= {*MARK.findall(original)}, original
