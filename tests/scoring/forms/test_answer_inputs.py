"""What is drawn for an answer is read back as the same; what is typed is never guessed at."""

from decimal import Decimal

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from scoring.forms.answers import boxes
from scoring.forms.dossiers import SelfScoreForm
from scoring.forms.verification import VerdictForm
from scoring.rules.answers import parse_answer, parse_rule

MAXIMUM = Decimal("10")
RATIO = parse_rule(
    {
        "type": "ratio",
        "numerator": "hồ sơ đúng hạn",
        "denominator": "hồ sơ đã giải quyết",
        "floor_percent": "50",
        "full_percent": "100",
    }
)
MONEY = parse_rule(RATIO.as_json() | {"amounts": True})
CHECKLIST = parse_rule({"type": "checklist", "items": ["thủ tục", "phí", "thời hạn"]})
BINARY = parse_rule({"type": "binary"})
GIVEN = parse_rule({"type": "given"})


def sent(text: str) -> QueryDict:
    return QueryDict(f"version=1&{text}")


def form(rule, text: str) -> SelfScoreForm:
    return SelfScoreForm(sent(text), rule=rule, maximum=MAXIMUM)


def as_sent(rule, kept) -> QueryDict:
    """What a browser sends from the inputs that are drawn for a kept answer."""
    data = QueryDict("version=1", mutable=True)
    for box in boxes(rule, kept, prefix="x"):
        if box.none and box.none.chosen:
            data[f"{box.name}_none"] = "1"
        chosen = [option.value for option in box.options if option.chosen]
        data.setlist(box.name, chosen if box.options else [box.value])
    return data


AMOUNTS = st.decimals(min_value=0, max_value=10**8, places=4).map(lambda d: format(d, "f"))


@given(numbers=st.tuples(st.integers(0, 10**8), st.integers(0, 10**8)))
def test_counts_come_back_from_the_page_as_they_were_kept(numbers):
    kept = {"numerator": str(min(numbers)), "denominator": str(max(numbers))}

    back = SelfScoreForm(as_sent(RATIO, kept), rule=RATIO, maximum=MAXIMUM)

    assert back.is_valid(), back.refusal
    assert back.answer == parse_answer(RATIO, kept)


@given(numbers=st.tuples(AMOUNTS, AMOUNTS))
def test_amounts_come_back_from_the_page_as_they_were_kept(numbers):
    smaller, larger = sorted(numbers, key=Decimal)
    kept = parse_answer(MONEY, {"numerator": smaller, "denominator": larger}).as_json()

    back = SelfScoreForm(as_sent(MONEY, kept), rule=MONEY, maximum=MAXIMUM)

    assert back.is_valid(), back.refusal
    assert back.answer.as_json() == kept


@pytest.mark.parametrize(
    ("typed", "drawn"),
    [("276,2690", "276,2690"), ("276.2690", "276,2690"), ("1.276,269", "1276,2690"), ("12", "12")],
)
def test_an_amount_is_drawn_so_that_it_can_be_read_in_one_way_only(typed, drawn):
    kept = parse_answer(MONEY, {"numerator": "0", "denominator": typed}).as_json()

    (_, box) = boxes(MONEY, kept, prefix="x")

    assert box.value == drawn


@given(points=st.decimals(min_value=0, max_value=10, places=4))
def test_points_given_by_hand_come_back_as_they_were_kept(points):
    kept = parse_answer(GIVEN, {"points": format(points, "f")}).as_json()

    back = SelfScoreForm(as_sent(GIVEN, kept), rule=GIVEN, maximum=MAXIMUM)

    assert back.is_valid(), back.refusal
    assert back.answer.as_json() == kept


@pytest.mark.parametrize("checked", [[], [0], [0, 2], [0, 1, 2]])
def test_a_checklist_comes_back_from_the_page_also_when_none_holds(checked):
    back = SelfScoreForm(as_sent(CHECKLIST, {"checked": checked}), rule=CHECKLIST, maximum=MAXIMUM)

    assert back.is_valid()
    assert back.answer.as_json() == {"checked": checked}


def test_an_untouched_checklist_is_no_answer():
    untouched = form(CHECKLIST, "note=x")

    assert untouched.is_valid()
    assert untouched.answer is None


def test_some_and_none_of_a_checklist_contradict_one_another():
    torn = form(CHECKLIST, "checked=0&checked_none=1")

    assert not torn.is_valid()
    assert torn.fault_field == "checked"
    assert "không chọn “Không có mục nào đạt”" in torn.refusal


@pytest.mark.parametrize(
    ("text", "field", "sentence"),
    [
        ("numerator=50&denominator=47", "numerator", "lớn hơn"),
        ("numerator=46", "denominator", "Chưa nhập"),
        ("numerator=bốn&denominator=47", "numerator", "phải ghi bằng chữ số"),
        ("numerator=12,480&denominator=47", "numerator", "hai cách"),
        ("numerator=-1&denominator=47", "numerator", "không được nhỏ hơn 0"),
        ("numerator=1e5&denominator=47", "numerator", "phải ghi bằng chữ số"),
    ],
)
def test_what_cannot_be_read_is_refused_at_its_input_in_words(text, field, sentence):
    refused = form(RATIO, text)

    assert not refused.is_valid()
    assert refused.fault_field == field
    assert sentence in refused.refusal


@pytest.mark.parametrize("typed", ["1,5", "1.5"])
def test_comma_and_point_are_both_understood(typed):
    read = form(GIVEN, f"points={typed}")

    assert read.is_valid()
    assert read.answer.as_json() == {"points": "1.5"}


def test_what_was_typed_stands_in_the_inputs_again():
    (numerator, denominator) = boxes(RATIO, sent("numerator=bốn&denominator=47"), prefix="x")

    assert (numerator.value, denominator.value) == ("bốn", "47")


def test_a_page_without_a_version_is_too_old():
    old = SelfScoreForm(QueryDict("note=x"), rule=BINARY, maximum=MAXIMUM)

    assert not old.is_valid()
    assert "đề nghị tải lại" in old.refusal


def test_a_note_longer_than_can_be_kept_is_refused_whole():
    long = form(BINARY, f"note={'x' * 5001}")

    assert not long.is_valid()
    assert "5000 ký tự" in long.refusal


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("way=points&given=2,5", {"points": Decimal("2.5")}),
        ("way=not_applicable", {"not_applicable": True}),
    ],
)
def test_a_verdict_is_read_by_the_way_that_was_chosen(text, verdict):
    read = VerdictForm(sent(text), rule=RATIO, maximum=MAXIMUM, assessor=1)

    assert read.is_valid()
    assert read.verdict == verdict | {"reason": "", "usual": None}


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "chọn cách thẩm định"),
        ("way=guess", "không có trong danh mục"),
        ("way=answer", "Chưa nhập kết quả"),
        ("way=points&given=", "Chưa nhập điểm"),
        ("way=points&given=11", "từ 0 đến 10,00"),
        ("way=points&given=hai", "phải ghi bằng chữ số"),
        ("way=points&given=1,23456", "tối đa 4 chữ số"),
    ],
)
def test_a_verdict_that_says_nothing_sound_is_refused_in_words(text, sentence):
    refused = VerdictForm(sent(text), rule=RATIO, maximum=MAXIMUM, assessor=1)

    assert not refused.is_valid()
    assert sentence in refused.refusal
