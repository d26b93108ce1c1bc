"""On the sheet of the command view every label is read: names end at a word, numbers lie clear."""

from fractions import Fraction

from reports.papers.command import LONGEST_NAME, bars_of, clearest
from reports.rules.chart import Chart, Column, Row, Shape, change


def test_a_long_name_beside_a_bar_is_shortened_at_a_word():
    rows = tuple(
        Row(name, (change(Fraction(up), 0),))
        for name, up in (("Phòng Công tác đảng và công tác chính trị", 12), ("Phòng Hậu cần", -5))
    )
    chart = Chart("doi-hang", "Đổi hạng", Shape.MOVERS, "Đơn vị", (Column("Số hạng"),), rows, "")

    long, short = bars_of(chart)

    assert (long.name, short.name) == ("Phòng Công tác đảng và…", "Phòng Hậu cần")
    assert len(long.name) <= LONGEST_NAME


def test_two_dots_side_by_side_have_their_numbers_on_either_side():
    left, right = (Fraction(100), Fraction(50)), (Fraction(105), Fraction(50))
    taken = [left, right]

    first = clearest(left, taken)
    second = clearest(right, [*taken, first])

    assert (first, second) == ((92, 50), (113, 50))
