"""Where the words that are looked for stand in a text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.rules.found import LONGEST, enough, marked, plain


def shown(text: str, words: str) -> str:
    return "".join(f"[{part.text}]" if part.hit else part.text for part in marked(text, words))


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("Báo cáo quý", "bao cao", "[Báo] [cáo] quý"),
        ("Báo cáo quý", "quy BAO", "[Báo] cáo [quý]"),
        ("Đường Đinh", "duong", "[Đường] Đinh"),
        ("Đường", "đường", "[Đường]"),
        ("Báo cáo", "bao", "[Báo] cáo"),
        ("Phòng 1", "xa", "Phòng 1"),
        ("a <b> & c", "b", "a <[b]> & c"),
        ("aaa", "aa", "[aaa]"),
    ],
)
def test_words_are_marked_in_any_order_without_diacritics(text, words, expected):
    assert shown(text, words) == expected


def test_a_long_text_is_shortened_around_what_was_found():
    text = f"{'trước ' * 100}tờ khai {'sau ' * 100}"

    parts = marked(text, "to khai")

    told = "".join(part.text for part in parts)
    assert told.startswith("…")
    assert told.endswith("…")
    assert "tờ khai" in told
    assert len(told) <= LONGEST + 2


@given(st.text(max_size=60), st.text(max_size=20))
def test_marking_loses_and_adds_no_letter_and_folds_each_into_one(text, words):
    assert "".join(part.text for part in marked(text, words)) == "".join(
        part.text for part in marked(text, "")
    )
    assert all(len(plain(letter)) == 1 for letter in text)


@pytest.mark.parametrize(
    ("words", "is_enough"), [("", False), ("a", False), ("?!", False), ("ạ 1", True), ("px", True)]
)
def test_two_letters_or_digits_are_enough_to_look_for(words, is_enough):
    assert enough(words) is is_enough
