"""Figures added up over units and over time, and what looks odd in them."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from scoring.rules.drive import Pace, pace, wanted_by
from scoring.rules.indicator import AmountFault, OverTime, Roll, Span, read_amount, usual_days
from scoring.rules.rolling import Meaning, Stretch, along, oddities, rolled

D = Decimal
WHOLE = Meaning("B", "Tổng", Roll.SUM)
PART = Meaning("A", "Phần", Roll.SUM, part_of="B")
RATE = Meaning("R", "Tỷ lệ", Roll.RATIO, numerator="A", denominator="B")


def of(span: Span, amount: str) -> Stretch:
    days = usual_days(span, 2026)
    return Stretch(days.starts_on, days.ends_on, D(amount))


def test_a_ratio_is_taken_from_the_sums_and_stays_exact():
    found = rolled([WHOLE, PART, RATE], {"A": D(1), "B": D(3)})

    assert found == {"A": 1, "B": 3, "R": Fraction(100, 3)}
    assert "R" not in rolled([RATE], {"A": D(1), "B": D(0)})
    assert "R" not in rolled([RATE], {"B": D(3)})


def test_no_day_is_counted_twice_over_a_year():
    quarter, half = of(Span.QUARTER_1, "10"), of(Span.HALF, "25")
    third, year = of(Span.QUARTER_3, "7"), of(Span.YEAR, "40")

    assert along([quarter, half, third], OverTime.SUM) == (32, [half, third])
    assert along([quarter, half, third, year], OverTime.SUM) == (40, [year])
    assert along([half, third], OverTime.LATEST) == (7, [third])
    assert along([], OverTime.SUM) == (None, [])


def test_a_part_above_its_whole_and_a_jump_are_told_and_a_steady_figure_is_not():
    told = oddities([WHOLE, PART, RATE], {"A": D(30), "B": D(20)}, {"A": D(29), "B": D(100)})

    assert [one.code for one in told] == ["B", "A", "R"]
    assert "giảm 80,0 %" in told[0].sentence
    assert "lớn hơn" in told[1].sentence
    assert oddities([WHOLE], {"B": D(9)}, {"B": D(1)}) == []
    assert oddities([WHOLE], {"B": D(150)}, {"B": D(100)}) == []


@pytest.mark.parametrize(
    ("text", "decimals"), [("-1", 0), ("1,5", 0), ("1,234", 2), ("mười", 0), ("9" * 14, 0)]
)
def test_what_is_no_figure_of_the_indicator_is_refused(text, decimals):
    with pytest.raises(AmountFault):
        read_amount(text, decimals)


def test_a_figure_is_read_exactly():
    assert read_amount("1.234.567", 0) == 1234567
    assert read_amount("12,5", 2) == D("12.5")
    assert read_amount("  ", 0) is None


def test_quarter_three_alone_is_not_counted_from_december():
    assert usual_days(Span.QUARTER_3, 2026).starts_on == date(2026, 6, 15)
    assert usual_days(Span.YEAR, 2026).starts_on == date(2025, 12, 15)
    assert usual_days(Span.OWN, 2026) is None


def test_a_drive_is_behind_when_fewer_are_done_than_its_days_want():
    first, last = date(2026, 1, 1), date(2026, 1, 10)
    wanted = wanted_by(100, first, last, date(2026, 1, 3))

    assert wanted == 30
    assert pace(30, 100, wanted, over=False) == Pace.IN_TIME
    assert pace(29, 100, wanted, over=False) == Pace.BEHIND
    assert pace(99, 100, Fraction(100), over=True) == Pace.MISSED
    assert pace(100, 100, Fraction(100), over=True) == Pace.DONE
    assert wanted_by(100, first, last, date(2025, 12, 1)) == 0
