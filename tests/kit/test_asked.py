"""Numbers that somebody wrote into an address."""

import pytest

from cchc_portal.kit.asked import number


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("0", 0),
        ("12", 12),
        ("012", 12),
        ("9" * 18, 10**18 - 1),
        ("9" * 19, None),
        ("9" * 5000, None),
        ("", None),
        (None, None),
        ("-1", None),
        ("1.0", None),
        (" 1", None),
        ("²", None),
        ("١٢", None),
        ("1\x00", None),
    ],
)
def test_only_what_a_key_can_be_is_read_as_a_number(written, read):
    assert number(written) == read


def test_a_number_of_few_digits_may_be_asked_for():
    assert number("12345", digits=4) is None
    assert number("1234", digits=4) == 1234
