"""Table, file and drawing of a chart say the same."""

import csv
import io
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.rules.chart import Chart, Column, Row, Shape, change, figure, text

POINTS = (Column("Điểm"),)


def chart(*rows: Row, columns=POINTS, **more) -> Chart:
    return Chart("diem", "Điểm", Shape.BARS, "Đơn vị", columns, rows, "Điểm của đơn vị.", **more)


def read(one: Chart) -> list[list[str]]:
    return list(csv.reader(io.StringIO(one.csv.removeprefix("\ufeff"))))


@given(
    st.fractions(min_value=-1000, max_value=1000, max_denominator=997),
    st.integers(min_value=0, max_value=3),
)
def test_the_file_carries_the_figure_that_the_table_shows(exact, places):
    one = chart(Row("PC06", (figure(exact, places),)))

    shown, (_, (_, filed)) = one.rows[0].cells[0].words, read(one)

    assert shown.replace(".", "") == filed.replace(".", ",").replace("-", "−")
    assert abs(Fraction(filed) - exact) * 2 <= Fraction(1, 10**places)
    assert one.drawing["rows"][0]["words"] == [shown]


def test_what_is_unknown_is_a_gap_and_not_nought():
    one = chart(Row("2024", (figure(None),)))

    assert one.drawing["rows"][0]["values"] == [None]
    assert one.drawing["rows"][0]["words"] == ["–"]
    assert read(one)[1] == ["2024", ""]


def test_a_difference_has_its_sign_only_where_it_shows():
    assert [change(one).words for one in (Decimal("1.5"), Decimal("-1.5"), Fraction(1, 999))] == [
        "+1,50",
        "−1,50",
        "0,00",
    ]


def test_a_name_that_would_run_as_a_formula_is_guarded_in_the_file():
    one = chart(Row("=HYPERLINK(1)", (figure(1, 0),)))

    assert read(one)[1][0] == "'=HYPERLINK(1)"


def test_a_column_for_the_table_only_is_not_drawn():
    one = chart(
        Row("PC06", (figure(1, 0), text("chưa nộp"))),
        columns=(Column("Điểm"), Column("Ghi chú", drawn=False)),
        options={"middle": (Fraction(1, 2), 3)},
    )

    assert one.drawing["columns"] == ["Điểm"]
    assert one.drawing["rows"][0]["values"] == [1.0]
    assert read(one)[1] == ["PC06", "1", "chưa nộp"]
    assert one.drawing["options"] == {"middle": [0.5, 3]}


def test_a_row_has_a_cell_for_every_column():
    with pytest.raises(ValueError, match="every row"):
        chart(Row("PC06", ()))
