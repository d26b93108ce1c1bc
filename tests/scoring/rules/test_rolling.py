"""Figures added up over units and over time, and what looks odd in them."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.rules.drive import Pace, counted_until, pace, wanted_by
from scoring.rules.indicator import (
    AmountFault,
    OverTime,
    Roll,
    Span,
    read_amount,
    usual_days,
    usual_title,
)
from scoring.rules.rolling import (
    Ends,
    Meaning,
    Pair,
    Stretch,
    along,
    both_ends,
    oddities,
    rates_beside,
    rolled,
)

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


def test_both_ends_of_a_ratio_are_of_the_units_that_gave_both():
    places = [{"A": D(9), "B": D(10)}, {"A": None, "B": D(90)}, {"A": D(5), "B": None}, {"A": D(1)}]
    ends = both_ends([WHOLE, PART, RATE], places)

    assert ends == {"A": Ends(D(9), D(10), 1, 3), "R": Ends(D(9), D(10), 1, 3)}
    assert rolled([RATE], {"A": D(15), "B": D(100)}, ends) == {"R": 90}
    assert both_ends([RATE], [{"A": D(1)}]) == {}
    assert rolled([RATE], {"A": D(1), "B": D(1)}, {}) == {}


GIVEN = st.one_of(st.none(), st.integers(0, 50).map(D))


@given(st.lists(st.fixed_dictionaries({}, optional={"A": GIVEN, "B": GIVEN}), max_size=8))
def test_a_unit_that_gave_one_end_alone_moves_no_ratio(places):
    whole = [one for one in places if None not in (one.get("A"), one.get("B"))]
    ends = both_ends([RATE], places)

    assert rolled([RATE], {}, ends) == rolled([RATE], {}, both_ends([RATE], whole))
    if "R" in ends:
        assert ends["R"].said == len(whole)
        part, of = (sum((one[code] for one in whole), D(0)) for code in "AB")
        assert (ends["R"].part, ends["R"].whole) == (part, of)
        rate = ends["R"].rate
        assert rate is None if of == 0 else rate == Fraction(part) / Fraction(of) * 100


def test_rates_are_held_against_each_other_over_the_units_that_gave_both_times():
    now = {1: {"A": D(9), "B": D(10)}, 2: {"A": D(1), "B": D(10)}, 3: {"A": D(1), "B": None}}
    then = {1: {"A": D(8), "B": D(10)}, 3: {"A": D(10), "B": D(10)}}

    assert rates_beside([WHOLE, PART, RATE], now, then) == {"R": Pair(90, 80, units=1)}
    assert rates_beside([RATE], {1: now[1]}, {1: then[1]}) == {"R": Pair(90, 80)}
    assert rates_beside([RATE], {2: now[2]}, {1: then[1]}) == {}


def test_a_part_above_its_whole_and_a_jump_are_told_and_a_steady_figure_is_not():
    pairs = {"A": Pair(D(30), D(29)), "B": Pair(D(20), D(100))}
    told = oddities([WHOLE, PART, RATE], one_place({"A": D(30), "B": D(20)}), pairs)

    assert [one.code for one in told] == ["B", "A", "R"]
    assert "giảm 80,0 %" in told[0].sentence
    assert "lớn hơn" in told[1].sentence
    assert oddities([WHOLE], {}, {"B": Pair(D(9), D(1))}) == []
    assert oddities([WHOLE], {}, {"B": Pair(D(150), D(100))}) == []


def one_place(said):
    return both_ends([WHOLE, PART, RATE], [said])


def test_a_part_is_held_against_its_whole_over_the_units_that_gave_both():
    places = [{"A": D(9), "B": D(10)}, {"A": D(21), "B": None}]

    assert oddities([WHOLE, PART, RATE], both_ends([PART, RATE], places), {}) == []
    places[0]["A"] = D(11)
    told = oddities([WHOLE, PART, RATE], both_ends([PART, RATE], places), {})
    assert {one.sentence for one in told} == {
        "Ở 1 đơn vị đã báo cáo cả hai chỉ tiêu: Phần (11) lớn hơn Tổng (10)."
    }
    assert [one.code for one in told] == ["A", "R"]


def test_a_jump_of_some_units_alone_says_over_how_many_it_is_told():
    (odd,) = oddities([WHOLE], {}, {"B": Pair(D(800), D(2000), units=2)})
    (new,) = oddities([WHOLE], {}, {"B": Pair(D(800), D(0), units=1)})

    assert odd.sentence == (
        "Ở 2 đơn vị đã báo cáo cả hai kỳ: cùng kỳ trước 2.000, kỳ này 800, giảm 60,0 %."
    )
    assert new.sentence == "Ở 1 đơn vị đã báo cáo cả hai kỳ: cùng kỳ trước 0, kỳ này 800."


@pytest.mark.parametrize(
    ("text", "decimals"), [("-1", 0), ("1,5", 0), ("1,234", 2), ("mười", 0), ("9" * 14, 0)]
)
def test_what_is_no_figure_of_the_indicator_is_refused(text, decimals):
    with pytest.raises(AmountFault):
        read_amount(text, decimals)


def test_the_advice_on_a_figure_that_reads_two_ways_is_one_that_the_indicator_takes():
    with pytest.raises(AmountFault) as two:
        read_amount("12,555", 2)
    with pytest.raises(AmountFault) as four:
        read_amount("12,555", 4)

    assert two.value.sentence == (
        "Số liệu ghi “12,555” có thể hiểu theo hai cách; đề nghị ghi 12555, hoặc ghi số có không "
        "quá 2 chữ số thập phân."
    )
    assert "12555 hoặc 12,5550" in four.value.sentence
    assert (read_amount("12555", 2), read_amount("12,5550", 4)) == (12555, D("12.555"))


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
    assert pace(30, 100, wanted, begun=True, over=False) == Pace.IN_TIME
    assert pace(29, 100, wanted, begun=True, over=False) == Pace.BEHIND
    assert pace(99, 100, Fraction(100), begun=True, over=True) == Pace.MISSED
    assert pace(100, 100, Fraction(100), begun=True, over=True) == Pace.DONE
    assert pace(0, 100, Fraction(0), begun=False, over=False) == Pace.PLANNED
    assert wanted_by(100, first, last, date(2025, 12, 1)) == 0


def test_a_day_that_goes_on_is_wanted_only_once_it_is_told():
    first, last, tenth = date(2026, 1, 1), date(2026, 1, 20), date(2026, 1, 10)
    ninth = date(2026, 1, 9)

    assert counted_until(last, tenth, ninth) == ninth
    assert counted_until(last, tenth, None) == ninth
    assert counted_until(last, tenth, tenth) == tenth
    assert counted_until(last, date(2026, 3, 1), None) == last
    untold = wanted_by(500, first, last, counted_until(last, tenth, ninth))
    assert pace(225, 500, untold, begun=True, over=False) == Pace.IN_TIME
    told = wanted_by(500, first, last, counted_until(last, tenth, tenth))
    assert pace(249, 500, told, begun=True, over=False) == Pace.BEHIND
    assert wanted_by(500, first, last, counted_until(last, first, None)) == 0


@pytest.mark.parametrize(
    ("span", "title"),
    [
        (Span.QUARTER_3, "Báo cáo số liệu quý III năm 2026"),
        (Span.HALF, "Báo cáo số liệu 6 tháng năm 2026"),
        (Span.YEAR, "Báo cáo số liệu năm 2026"),
    ],
)
def test_a_collection_is_called_by_its_stretch_as_one_writes_it(span, title):
    assert usual_title(span, 2026) == title
