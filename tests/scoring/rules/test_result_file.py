"""Figures leave the portal exact, in their order, and harmless."""

import csv
import io
import json
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.rules.result_file import (
    ResultLine,
    Sheet,
    csv_text,
    json_text,
    settled,
    sheet_of,
)

FIRST = ResultLine(
    "Khối phòng", 1, "Phòng Tham mưu", Decimal(69), Decimal("71.5"), Decimal("96.50"), "Tốt"
)
UNKNOWN = ResultLine("Khối phòng", None, "Phòng Hậu cần", None, None, None, None)


def test_columns_stand_in_the_order_that_other_programs_expect():
    text = csv_text(sheet_of([FIRST, UNKNOWN]))

    assert text.splitlines() == [
        "block,rank,unit,points,max_points,percent,classification",
        "Khối phòng,1,Phòng Tham mưu,69,71.5,96.50,Tốt",
        "Khối phòng,,Phòng Hậu cần,,,,",
    ]


def test_json_keeps_the_decimals_and_says_null_for_the_unknown():
    text = json_text(sheet_of([FIRST, UNKNOWN]))

    first, unknown = json.loads(text, parse_float=Decimal)
    assert (first["percent"], str(first["percent"])) == (Decimal("96.5"), "96.50")
    assert (first["rank"], first["points"], first["unit"]) == (1, 69, "Phòng Tham mưu")
    assert unknown == {
        "block": "Khối phòng",
        "rank": None,
        "unit": "Phòng Hậu cần",
        "points": None,
        "max_points": None,
        "percent": None,
        "classification": None,
    }


def test_a_table_without_rows_is_an_empty_list_and_a_bare_header():
    assert json.loads(json_text(sheet_of([]))) == []
    assert csv_text(sheet_of([])).count("\n") == 1


@pytest.mark.parametrize(
    ("figure", "text"),
    [
        (Decimal("69.250000000000000"), "69.25"),
        (Decimal(90), "90"),
        (Decimal(100), "100"),
        (Decimal("0.000"), "0"),
        (Decimal("-1.50"), "-1.5"),
        (Fraction(1, 8), "0.125"),
        (Fraction(280, 3), "93.333333"),
        (Fraction(200, 3), "66.666667"),
        (Fraction(1, 2**15), "0.000030517578125"),
        (Fraction(1, 2**16), "0.000015"),
    ],
)
def test_points_are_exact_without_idle_digits_where_they_have_an_end(figure, text):
    assert str(settled(figure)) == text


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t"])
def test_a_text_is_never_a_formula_for_a_spreadsheet(start):
    sheet = Sheet(("unit", "points"), ((f"{start}cmd|' /C calc'!A1", Decimal("-1.00")),))

    (_, (unit, points)) = csv.reader(io.StringIO(csv_text(sheet)))

    assert unit == f"'{start}cmd|' /C calc'!A1"
    assert points == "-1.00"


def test_a_carriage_return_neither_hides_a_formula_nor_ends_the_row():
    sheet = Sheet(("unit", "points"), (("\r=1+1", 1), ("một\r\nhai\rba", 2)))

    rows = list(csv.reader(io.StringIO(csv_text(sheet), newline="")))

    assert rows[1:] == [["'\n=1+1", "1"], ["một\nhai\nba", "2"]]


texts = st.text(st.characters(codec="utf-8", exclude_characters="\r\n\x00"), max_size=20).filter(
    lambda text: not text.startswith(("=", "+", "-", "@", "\t"))
)
figures = st.one_of(
    st.none(),
    st.integers(-(10**9), 10**9),
    st.decimals(-(10**9), 10**9, places=4),
)


@given(st.lists(st.tuples(texts, figures, texts), max_size=8))
def test_what_is_written_is_read_back_as_it_was(rows):
    sheet = Sheet(("a", "b", "c"), tuple(rows))

    lines = list(csv.reader(io.StringIO(csv_text(sheet), newline="")))
    objects = json.loads(json_text(sheet), parse_float=Decimal)

    assert lines[1:] == [
        [
            one,
            "" if figure is None else format(figure, "f" if isinstance(figure, Decimal) else ""),
            two,
        ]
        for one, figure, two in rows
    ]
    assert [(row["a"], row["b"], row["c"]) for row in objects] == rows
