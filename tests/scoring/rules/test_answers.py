"""Every kind of answer turns into exact points within nought and the maximum."""

import dataclasses
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.rules.answers import (
    AnswerFault,
    NotApplicable,
    gives_words,
    is_blank,
    parse_answer,
    parse_rule,
)
from tests.scoring.rules.examples import AMOUNTS, ANSWERS, COUNTS, MAXIMA, RULES, answered

TWO = Decimal(2)


def points(name, answer, maximum=TWO):
    rule = parse_rule(RULES[name])
    return rule.points(parse_answer(rule, answer), maximum)


@pytest.mark.parametrize(
    ("name", "answer", "expected"),
    [
        ("binary", {"yes": True}, 2),
        ("binary", {"yes": "true"}, 2),
        ("binary", {"yes": "false"}, 0),
        ("tiers", {"value": "0"}, 0),
        ("tiers", {"value": "1"}, Fraction(6, 5)),
        ("tiers", {"value": "2"}, Fraction(6, 5)),
        ("tiers", {"value": "3"}, 2),
        ("tiers", {"value": 12}, 2),
        ("state", {"level": 0}, 2),
        ("state", {"level": "1"}, 1),
        ("state", {"level": 2}, 0),
        ("measure", {"value": "4,4999"}, 2),
        ("measure", {"value": "4.5"}, Fraction(1, 2)),
        ("ratio", {"numerator": "47", "denominator": "47"}, 2),
        ("ratio", {"numerator": "46", "denominator": "47"}, Fraction(92, 47)),
        ("ratio", {"numerator": "80", "denominator": "100"}, Fraction(8, 5)),
        ("ratio", {"numerator": "79", "denominator": "100"}, 0),
        ("ratio", {"numerator": "12.480", "denominator": "12.512"}, Fraction(24960, 12512)),
        ("money", {"numerator": "850,25", "denominator": "1.000,5"}, Fraction(340100, 200100)),
        ("exceeding", {"numerator": "40", "denominator": "20"}, 2),
        ("exceeding", {"numerator": "3", "denominator": "20"}, 1),
        ("exceeding", {"numerator": "1", "denominator": "20"}, Fraction(1, 3)),
        ("exceeding", {"numerator": "0", "denominator": "20"}, 0),
        ("deduction", {"events": "0"}, 2),
        ("deduction", {"events": "3"}, Fraction(1, 2)),
        ("deduction", {"events": "5"}, 0),
        ("count", {"items": "0"}, 0),
        ("count", {"items": "3"}, Fraction(3, 2)),
        ("count", {"items": "9"}, 2),
        ("checklist", {"checked": []}, 0),
        ("checklist", {"checked": ["2", "0", "2"]}, Fraction(4, 3)),
        ("checklist", {"checked": [0, 1, 2]}, 2),
        ("survey", {"satisfied": "2518", "rated": "2756"}, Fraction(5036, 2756)),
        ("given", {"points": "1,25"}, Fraction(5, 4)),
        ("given", {"points": "2"}, 2),
    ],
)
def test_an_answer_earns_what_its_rule_says(name, answer, expected):
    assert points(name, answer) == expected


@pytest.mark.parametrize(
    ("name", "answer", "told"),
    [
        (
            "ratio",
            {"numerator": "0", "denominator": "0"},
            "Không phát sinh TTHC thuộc thẩm quyền nên không áp dụng.",
        ),
        (
            "money",
            {"numerator": "0,0", "denominator": "0"},
            "Không phát sinh kinh phí được giao nên không áp dụng.",
        ),
        (
            "survey",
            {"satisfied": 0, "rated": 0},
            "Chưa có lượt đánh giá nào nên không áp dụng.",
        ),
    ],
)
def test_nothing_out_of_nothing_is_not_applicable(name, answer, told):
    assert points(name, answer) == NotApplicable(told)


@given(answered(), MAXIMA)
def test_points_are_exact_and_lie_within_nought_and_the_maximum(case, maximum):
    name, data, answer = case
    rule = parse_rule(data)

    try:
        gained = rule.points(parse_answer(rule, answer), maximum)
    except AnswerFault:
        assert name == "given"
        assert Decimal(answer["points"]) > maximum
    else:
        if not isinstance(gained, NotApplicable):
            assert type(gained) is Fraction
            assert 0 <= gained <= Fraction(maximum)


@given(answered(), MAXIMA)
def test_no_float_appears_anywhere(case, maximum):
    _, data, given_answer = case
    rule = parse_rule(data)
    answer = parse_answer(rule, given_answer)

    seen = [rule, answer, rule.as_json(), answer.as_json(), rule.fields()]
    if "points" not in given_answer:
        seen.append(rule.points(answer, maximum))

    assert float not in {type(value) for value in _walk(seen)}


@given(answered())
def test_what_is_kept_is_read_back_as_it_was(case):
    _, data, given_answer = case
    rule = parse_rule(data)
    answer = parse_answer(rule, given_answer)

    assert rule.as_json() == data
    assert parse_rule(rule.as_json()) == rule
    assert parse_answer(rule, answer.as_json()) == answer


@given(st.sampled_from(sorted(set(RULES) - {"given"})), st.data())
def test_a_float_as_maximum_is_refused(name, data):
    rule = parse_rule(RULES[name])
    answer = parse_answer(rule, data.draw(ANSWERS[name]))

    if not isinstance(rule.points(answer, TWO), NotApplicable):
        with pytest.raises(TypeError):
            rule.points(answer, 1.5)


@given(COUNTS, COUNTS, COUNTS.filter(bool))
def test_a_larger_part_of_the_same_whole_never_earns_less(one, other, whole):
    low, high = sorted([one % (whole + 1), other % (whole + 1)])

    for name in ("ratio", "exceeding"):
        earned = [points(name, {"numerator": n, "denominator": whole}) for n in (low, high)]
        assert earned == sorted(earned)
    earned = [points("survey", {"satisfied": n, "rated": whole}) for n in (low, high)]
    assert earned == sorted(earned)


@given(COUNTS, COUNTS)
def test_more_items_never_earn_less_and_more_events_never_earn_more(one, other):
    low, high = sorted([one, other])

    assert points("count", {"items": low}) <= points("count", {"items": high})
    assert points("deduction", {"events": low}) >= points("deduction", {"events": high})


PERCENTS = st.integers(1, 100)


@given(st.tuples(PERCENTS, PERCENTS).map(sorted), COUNTS.filter(bool), st.data())
def test_a_ratio_earns_nothing_below_its_floor_and_all_from_its_full_mark(marks, whole, data):
    floor, full = marks
    rule = parse_rule(RULES["ratio"] | {"floor_percent": str(floor), "full_percent": str(full)})
    part = data.draw(st.integers(0, whole))
    reached = Fraction(part * 100, whole)

    earned = rule.points(parse_answer(rule, {"numerator": part, "denominator": whole}), TWO)

    between = 2 * reached / full
    assert earned == (2 if reached >= full else between if reached >= floor else 0)


@given(COUNTS, COUNTS)
def test_a_higher_number_never_falls_into_a_worse_level_where_levels_rise(one, other):
    low, high = sorted([one, other])

    assert points("tiers", {"value": low}) <= points("tiers", {"value": high})


@given(AMOUNTS, AMOUNTS)
def test_a_higher_number_never_falls_into_a_better_level_where_levels_fall(one, other):
    low, high = sorted([one, other])

    better, worse = ({"value": format(value, "f")} for value in (low, high))
    assert points("measure", better) >= points("measure", worse)


@given(st.sets(st.integers(0, 2)), st.sets(st.integers(0, 2)))
def test_a_longer_checklist_never_earns_less(one, other):
    fewer = points("checklist", {"checked": list(one)})

    assert fewer <= points("checklist", {"checked": list(one | other)})


def test_given_points_above_the_maximum_are_refused_and_not_cut():
    rule = parse_rule(RULES["given"])

    with pytest.raises(AnswerFault) as refusal:
        parse_answer(rule, {"points": "2,5"}, maximum=TWO)

    assert refusal.value.field == "points"
    assert refusal.value.sentence == "Điểm chấm (2,50) lớn hơn điểm tối đa (2,00)."


@pytest.mark.parametrize(
    ("name", "answer", "words"),
    [
        ("binary", {"yes": True}, "Có"),
        ("binary", {"yes": False}, "Không"),
        ("tiers", {"value": "4"}, "4 đề xuất"),
        ("state", {"level": 1}, "đúng quy định, chậm tiến độ"),
        ("measure", {"value": "4,25"}, "4,25 giờ"),
        ("ratio", {"numerator": "12480", "denominator": "12512"}, "12.480/12.512"),
        ("money", {"numerator": "850,25", "denominator": "1000,5"}, "850,25/1.000,5"),
        ("deduction", {"events": 2}, "2 báo cáo gửi chậm"),
        ("deduction", {"events": 0}, "Không có báo cáo gửi chậm"),
        ("count", {"items": 3}, "3 hình thức tuyên truyền"),
        ("checklist", {"checked": [0, 2]}, "2/3 mục"),
        ("survey", {"satisfied": 2518, "rated": 2756}, "2.518/2.756 lượt"),
        ("given", {"points": "1.25"}, "1,25 điểm"),
    ],
)
def test_an_answer_is_told_in_a_short_form(name, answer, words):
    rule = parse_rule(RULES[name])

    assert parse_answer(rule, answer).words(rule) == words


@pytest.mark.parametrize(
    ("name", "answer", "words", "missing"),
    [
        (
            "ratio",
            {"numerator": 46, "denominator": 47},
            "97,87 %, được 1,96 trong 2,00 điểm",
            "thiếu 1 TTHC công khai đúng là đủ điểm",
        ),
        (
            "ratio",
            {"numerator": 0, "denominator": 0},
            "Không phát sinh TTHC thuộc thẩm quyền nên không áp dụng.",
            "",
        ),
        (
            "ratio",
            {"numerator": 47, "denominator": 47},
            "100,00 %, được 2,00 trong 2,00 điểm",
            "",
        ),
        (
            "exceeding",
            {"numerator": 3, "denominator": 21},
            "14,29 %, được 0,95 trong 2,00 điểm",
            "thiếu 4 lượt đánh giá hợp lệ là đủ điểm",
        ),
        (
            "money",
            {"numerator": "1", "denominator": "2"},
            "50,00 %, được 0,00 trong 2,00 điểm",
            "",
        ),
        ("tiers", {"value": 2}, "1-2 đề xuất, được 1,20 trong 2,00 điểm", ""),
        ("state", {"level": 2}, "được 0,00 trong 2,00 điểm", ""),
        (
            "count",
            {"items": 1},
            "được 0,50 trong 2,00 điểm",
            "thiếu 3 hình thức tuyên truyền là đủ điểm",
        ),
        ("count", {"items": 4}, "được 2,00 trong 2,00 điểm", ""),
        (
            "checklist",
            {"checked": [1]},
            "được 0,67 trong 2,00 điểm",
            "thiếu 2 mục là đủ điểm",
        ),
        ("checklist", {"checked": [0, 1, 2]}, "được 2,00 trong 2,00 điểm", ""),
        ("survey", {"satisfied": 9, "rated": 10}, "90,00 %, được 1,80 trong 2,00 điểm", ""),
        (
            "survey",
            {"satisfied": 0, "rated": 0},
            "Chưa có lượt đánh giá nào nên không áp dụng.",
            "",
        ),
        ("binary", {"yes": True}, "được 2,00 trong 2,00 điểm", ""),
    ],
)
def test_what_an_answer_comes_to_is_told_with_what_is_missing(name, answer, words, missing):
    rule = parse_rule(RULES[name])
    read = parse_answer(rule, answer)

    assert gives_words(rule, read, TWO) == words
    assert rule.shortfall_words(read) == missing


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        ("ratio", {"numerator": 0, "denominator": 0}),
        ("survey", {"satisfied": 0, "rated": 0}),
        ("checklist", {"checked": []}),
    ],
)
def test_an_answer_without_a_percentage_tells_none(name, answer):
    rule = parse_rule(RULES[name])

    assert rule.result_words(parse_answer(rule, answer)) == ""


@pytest.mark.parametrize(("typed", "kept"), [("1,2340", "1.2340"), ("1,5", "1.5"), ("900", "900")])
def test_money_is_kept_so_that_it_is_not_read_as_thousands(typed, kept):
    rule = parse_rule(RULES["money"])
    answer = parse_answer(rule, {"numerator": "0", "denominator": typed})

    assert answer.as_json()["denominator"] == kept
    assert parse_answer(rule, answer.as_json()) == answer


def test_an_untouched_form_is_blank_and_a_touched_one_is_not():
    ratio, checklist = parse_rule(RULES["ratio"]), parse_rule(RULES["checklist"])

    assert is_blank(ratio, {})
    assert is_blank(ratio, {"numerator": " ", "denominator": None})
    assert not is_blank(ratio, {"numerator": "", "denominator": "0"})
    assert is_blank(checklist, {})
    assert not is_blank(checklist, {"checked": []})


def _walk(value):
    yield value
    if dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from _walk(getattr(value, field.name))
    elif isinstance(value, dict):
        yield from _walk(list(value.values()))
    elif isinstance(value, (list, tuple)):
        for inner in value:
            yield from _walk(inner)
