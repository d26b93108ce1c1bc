"""What is sealed has one canonical form, and no two texts share it."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc_portal.kit.digest import canonical, digest

texts = st.text(max_size=12)
exact = st.one_of(st.integers(), st.fractions(), st.booleans(), st.none(), texts)
values = st.recursive(exact, lambda inner: st.lists(inner, max_size=4), max_leaves=12)


def test_the_border_between_two_texts_is_part_of_the_digest():
    assert digest(["1", "23"]) != digest(["12", "3"])


def test_a_text_and_the_number_it_spells_differ():
    assert digest("1") != digest(1)


def test_composed_and_decomposed_letters_are_one_text():
    assert digest("Thái Hòa") == digest("Tha\u0301i Ho\u0300a")


def test_a_decimal_is_sealed_by_its_value_not_by_its_zeros():
    assert digest(Decimal("95.00")) == digest(Decimal(95)) == digest(Fraction(95))


def test_the_order_of_columns_does_not_matter_and_the_order_of_rows_does():
    assert digest({"a": 1, "b": 2}) == digest({"b": 2, "a": 1})
    assert digest([1, 2]) != digest([2, 1])


def test_a_day_is_not_the_text_that_writes_it():
    assert digest(date(2022, 11, 24)) != digest("2022-11-24")


def test_a_float_cannot_be_sealed():
    with pytest.raises(TypeError):
        digest({"points": 0.5})


@given(values, values)
def test_different_values_have_different_bytes(one, other):
    same = canonical(one) == canonical(other)
    assert same == (_plain(one) == _plain(other))


def _plain(value):
    """The value with the kinds told apart that Python counts as equal, NFC like the seal."""
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, bool):
        return ("bool", value)
    if isinstance(value, int | Fraction):
        return ("number", Fraction(value))
    if isinstance(value, str):
        return ("text", canonical(value))
    return ("none", value)
