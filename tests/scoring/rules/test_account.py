"""The account of a figure shows every step from answer to class, and where points were lost."""

from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from scoring.rules.account import Entry, account_of
from scoring.rules.answers import parse_answer, parse_rule
from scoring.rules.kinds import Source
from scoring.rules.points import percent
from scoring.rules.ranking import USUAL_SCALE, rank
from tests.scoring.rules.examples import RULES


def entry(code, maximum, name, answer, **more):
    rule = parse_rule(RULES[name])
    read = None if answer is None else parse_answer(rule, answer)
    points = None if read is None else rule.points(read, Decimal(maximum))
    known = {
        "title": f"Thành phần {code}",
        "area_code": code[0],
        "area_title": f"Lĩnh vực {code[0]}",
        "maximum": Decimal(maximum),
        "rule": rule,
        "answer": read,
        "points": points if isinstance(points, Fraction) else None,
    }
    return Entry(code, **known | more)


POSTED = entry("3.1.3", "1.5", "ratio", {"numerator": "46", "denominator": "47"})
CHECKED = entry("3.2.2", "2", "checklist", {"checked": [0, 2]})
PLANNED = entry("1.1.3", "0.5", "binary", {"yes": True})


def test_a_line_goes_from_answer_by_rule_to_points():
    line = account_of([POSTED], scale=USUAL_SCALE).areas[0].lines[0]

    assert line.answer_words == "46/47"
    assert line.rule_words.startswith("Tỷ lệ TTHC công khai đúng trên TTHC thuộc thẩm quyền.")
    assert line.gives_words == "97,87 %, được 1,47 trong 1,50 điểm"
    assert (line.points, line.points_words, line.exact_words) == (Fraction(69, 47), "1,47", "69/47")
    assert line.lost == Fraction(3, 94)
    assert not line.by_hand


def test_areas_and_total_are_exact_sums_of_their_own():
    account = account_of([PLANNED, POSTED, CHECKED], scale=USUAL_SCALE)

    first, third = account.areas
    assert (first.code, first.sum.words, first.sum.exact_words) == (
        "1",
        "0,50 / 0,50 điểm = 100,00 %",
        "",
    )
    assert third.sum.points == Fraction(69, 47) + Fraction(4, 3)
    assert third.sum.words == "2,80 / 3,50 điểm = 80,04 %"
    assert account.total.points == Fraction(1, 2) + Fraction(69, 47) + Fraction(4, 3)
    assert account.total.maximum == 4
    assert account.total.percent == account.total.points / 4 * 100
    assert account.total.exact_words == "23.275/282 %"
    assert account.printed == Decimal("82.54")


def test_the_conclusion_tells_figure_class_and_rank():
    figure = percent(Fraction(1, 2) + Fraction(69, 47), 2)
    placing = rank({"PC06": figure, "PV01": Fraction(99)}, USUAL_SCALE)[1]

    account = account_of([PLANNED, POSTED], scale=USUAL_SCALE, placing=placing, among=2)

    assert account.conclusion == (
        "Chỉ số: 1,97 / 2,00 điểm = 98,40 %.",
        "Xếp loại Xuất sắc: 98,40 %, mức từ 95 % trở lên.",
        "Xếp thứ 2 trong 2 đơn vị được xếp hạng của khối.",
    )


def test_a_unit_without_a_place_is_told_so():
    account = account_of([PLANNED], scale=USUAL_SCALE)

    assert account.conclusion[-1] == "Chưa xếp hạng."


def test_what_does_not_apply_leaves_the_maximum():
    exempt = entry("3.3.2", "4", "ratio", {"numerator": 0, "denominator": 0}, not_applicable=True)

    account = account_of([PLANNED, exempt], scale=USUAL_SCALE)

    line = account.areas[1].lines[0]
    assert (line.points, line.points_words, line.lost) == (None, "Không áp dụng", 0)
    assert account.areas[1].sum.percent is None
    assert account.areas[1].sum.words == "0,00 / 0,00 điểm"
    assert account.areas[1].sum.exact_words == ""
    assert account.total.maximum == Fraction(1, 2)


def test_a_unit_to_which_nothing_applies_has_no_index():
    account = account_of(
        [entry("1.1.1", "1", "binary", None, not_applicable=True)], scale=USUAL_SCALE
    )

    assert account.printed is None
    assert account.total.percent is None
    assert account.conclusion == (
        "Không có tiêu chí nào áp dụng nên không tính chỉ số, không xếp hạng.",
    )


def test_a_component_without_points_counts_as_lost_and_says_so():
    missing = entry("1.1.4", "2", "count", None)

    line = account_of([missing], scale=USUAL_SCALE).areas[0].lines[0]

    assert (line.answer_words, line.gives_words, line.points_words) == ("", "", "Chưa có điểm")
    assert (line.exact_words, line.lost, line.by_hand) == ("", 2, False)


def test_points_that_differ_from_the_rule_are_marked_with_their_reason():
    reason = "Thiếu ảnh chụp trang thông tin."
    answer = {"numerator": "46", "denominator": "47"}
    cut = entry("3.1.3", "1.5", "ratio", answer, points=Fraction(1), reason=reason)
    bare = entry("3.1.4", "1.5", "ratio", None, points=Fraction(1))
    none = entry("3.1.5", "1.5", "ratio", {"numerator": 0, "denominator": 0}, points=Fraction(1))
    same = entry("3.1.6", "1.5", "ratio", answer)

    lines = account_of([cut, bare, none, same], scale=USUAL_SCALE).areas[0].lines

    assert [line.by_hand for line in lines] == [True, True, True, False]
    assert lines[0].reason == reason
    assert lines[0].lost == Fraction(1, 2)


def test_bonus_adds_and_penalty_takes_away_outside_the_maximum():
    bonus = entry("9.1.1", "1", "given", {"points": "0,25"}, source=Source.BONUS)
    penalty = entry("9.1.2", "1", "given", {"points": "0,75"}, source=Source.PENALTY)

    account = account_of([CHECKED, bonus, penalty], scale=USUAL_SCALE)

    assert account.total.maximum == 2
    assert account.total.points == Fraction(4, 3) - Fraction(1, 2)
    assert [line.points_words for line in account.areas[1].lines] == ["0,25", "−0,75"]
    assert [line.lost for line in account.areas[1].lines] == [0, Fraction(3, 4)]
    assert account.areas[1].sum.words == "−0,50 / 0,00 điểm"


def test_penalties_never_take_the_total_under_nought():
    penalty = entry("9.1.2", "5", "given", {"points": "5"}, source=Source.PENALTY)

    account = account_of([PLANNED, penalty], scale=USUAL_SCALE)

    assert account.total.points == 0
    assert account.conclusion[1] == ("Xếp loại Không hoàn thành nhiệm vụ: 0,00 %, mức dưới 50 %.")


@given(
    st.lists(
        st.tuples(
            st.integers(min_value=1, max_value=3),
            st.decimals(min_value="0.5", max_value=10, places=1),
            st.integers(min_value=1, max_value=60),
            st.integers(min_value=0, max_value=60),
            st.booleans(),
        ),
        min_size=1,
        max_size=10,
    )
)
def test_areas_sum_to_the_total_and_nothing_is_rounded_on_the_way(scored):
    entries = [
        entry(
            f"{area}.1.{place}",
            maximum,
            "exceeding",
            {"numerator": part, "denominator": whole},
            not_applicable=excused,
        )
        for place, (area, maximum, whole, part, excused) in enumerate(scored)
    ]

    account = account_of(entries, scale=USUAL_SCALE)

    counted = [entry for entry in entries if not entry.not_applicable]
    assert account.total.points == sum(entry.points for entry in counted)
    assert account.total.points == sum(area.sum.points for area in account.areas)
    assert account.total.maximum == sum(area.sum.maximum for area in account.areas)
    assert sum(len(area.lines) for area in account.areas) == len(entries)
    lost = sum(line.lost for area in account.areas for line in area.lines)
    assert lost == account.total.maximum - account.total.points
