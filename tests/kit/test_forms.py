"""A whole number in a form is the number that was meant, or is asked for again."""

import pytest
from django import forms

from cchc_portal.kit.forms import WholeNumberField


class Count(forms.Form):
    number = WholeNumberField(label="Số phiếu", least=1, most=12_000, required=False)


def read(typed: str) -> Count:
    form = Count({"number": typed})
    form.full_clean()
    return form


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("12", 12), ("1.000", 1000), ("1 000", 1000), (" 7 ", 7), ("3,0", 3), ("+5", 5), ("", None)],
)
def test_a_point_before_three_digits_parts_thousands(typed, meant):
    assert read(typed).cleaned_data["number"] == meant


@pytest.mark.parametrize("typed", ["1,000", "1.5", "1,5", "mười", "1e3", "--1"])
def test_what_can_be_read_in_two_ways_or_is_no_whole_number_is_asked_for_again(typed):
    form = read(typed)
    assert form.errors["number"][0].startswith("Giá trị ")
    assert f'value="{typed}"' in str(form["number"])


@pytest.mark.parametrize("typed", ["0", "-3", "12.001", "9" * 40])
def test_what_lies_outside_is_told_the_ends(typed):
    assert read(typed).errors["number"] == ["Đề nghị ghi một số từ 1 đến 12.000."]


def test_a_number_that_stands_there_is_written_as_people_write_it_and_reads_the_same():
    form = Count(initial={"number": 1200})
    assert 'value="1.200"' in str(form["number"])
    assert not Count({"number": "1.200"}, initial={"number": 1200}).has_changed()


def test_a_number_that_is_needed_and_missing_is_asked_for():
    class Needed(forms.Form):
        number = WholeNumberField(least=1, most=60)

    assert Needed({"number": " "}).errors["number"] == ["Đề nghị ghi một số từ 1 đến 60."]
