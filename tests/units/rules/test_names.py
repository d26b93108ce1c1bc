"""Names as they are stored: composed, single-spaced, without signs nobody sees."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from units.names import TIDY, tidy


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("  Công an   huyện\tĐức Thọ\n", "Công an huyện Đức Thọ"),
        (unicodedata.normalize("NFD", "Công an phường Thái Hòa"), "Công an phường Thái Hòa"),
        ("Công an\u00a0xã Kỳ\u200b Lợi", "Công an xã Kỳ Lợi"),
        ("Thái Hoà", "Thái Hoà"),
        ("\ufeff", ""),
    ],
)
def test_a_name_is_stored_composed_and_single_spaced(typed, stored):
    assert tidy(typed) == stored


@given(st.text())
def test_tidying_twice_is_tidying_once(text):
    once = tidy(text)

    assert tidy(once) == once
    assert not once or re.fullmatch(TIDY, once)
