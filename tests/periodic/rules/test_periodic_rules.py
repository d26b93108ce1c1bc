"""Outline, keeping of texts, lateness: what the rules of periodic reports say."""

from datetime import date

import pytest

from reports.rules.outline import USUAL, by_part, key_of, picks, stands_alone
from reports.rules.periodic import FORGIVEN, gone, is_late, must_keep


def test_a_section_takes_indicators_by_code_or_by_what_the_code_begins_with():
    assert picks(("HS",), "HS-01")
    assert picks(("HS-04",), "HS-04")
    assert not picks(("HS-04",), "HS-041")
    assert not picks(("H",), "HS-01")
    assert not picks((), "HS-01")


def test_the_usual_outline_has_the_parts_asked_for_each_section_once():
    parts = by_part(USUAL, part=lambda one: one.part)

    assert [len(some) for _, some in parts] == [7, 3, 1, 1]
    assert len({one.key for one in USUAL}) == len(USUAL)
    assert [stands_alone(part, [one.title for one in some]) for part, some in parts] == [
        False,
        False,
        True,
        True,
    ]


def test_the_same_title_gives_the_same_key_and_no_key_is_given_twice():
    assert key_of("Chuyển đổi số", ()) == "chuyen-doi-so"
    assert key_of("Chuyển đổi số", {"chuyen-doi-so"}) == "chuyen-doi-so-2"
    assert key_of("…", ()) == "muc"
    assert len(key_of("Đổi mới " * 40, ())) <= 60


@pytest.mark.parametrize(
    ("before", "after", "lost"),
    [
        ("", "abc", 0),
        ("abc", "abcd", 0),
        ("ac", "abc", 0),
        ("aa", "a", 1),
        ("abc", "", 3),
        ("một hai ba", "một bốn ba", 3),
        ("abc", "xyz", 3),
    ],
)
def test_letters_that_go_are_counted_around_the_one_change(before, after, lost):
    assert gone(before, after) == lost


def test_an_earlier_text_is_kept_unless_the_same_hand_only_mends_a_few_letters():
    assert not must_keep(0, FORGIVEN, same_hand=False)
    assert must_keep(1, 0, same_hand=False)
    assert not must_keep(FORGIVEN, 0, same_hand=True)
    assert must_keep(1, FORGIVEN, same_hand=True)


def test_the_last_day_is_in_time_and_who_sent_in_time_is_not_late_again():
    due = date(2026, 6, 20)

    assert not is_late(due, None, date(2026, 6, 20))
    assert is_late(due, None, date(2026, 6, 21))
    assert is_late(due, date(2026, 6, 22), date(2026, 6, 22))
    assert not is_late(due, date(2026, 6, 19), date(2026, 12, 1))
