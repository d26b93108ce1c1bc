"""What looks odd before a dossier is handed in, each with its reason."""

from decimal import Decimal
from fractions import Fraction

import pytest

from scoring.rules.answers import BinaryAnswer, ChecklistAnswer, RatioAnswer, parse_rule
from scoring.rules.oddities import Before, Entry, Odd, oddities
from scoring.rules.proof import Claim

YES_NO = parse_rule({"type": "binary"})
CHECKLIST = parse_rule({"type": "checklist", "items": ["thủ tục", "phí", "thời hạn"]})


def a_ratio(part: str = "cán bộ bố trí đúng", whole: str = "tổng số cán bộ"):
    marks = {"floor_percent": "50", "full_percent": "100"}
    return parse_rule({"type": "ratio", "numerator": part, "denominator": whole, **marks})


def an_entry(code="1.1.1", *, points=None, pieces=1, excused=False, by_unit=True, **said) -> Entry:
    claim = Claim(
        by_unit=by_unit,
        expects_evidence=True,
        points=None if points is None else Fraction(points),
        not_applicable=excused,
        note="Theo sổ theo dõi.",
        pieces=pieces,
    )
    usual = {"group": 1, "rule": YES_NO, "maximum": Decimal(2)}
    return Entry(code=code, claim=claim, **(usual | said))


def counted(code: str, part: int, whole: int, *, group: int = 1, rule=None) -> Entry:
    answer = RatioAnswer(Decimal(part), Decimal(whole))
    return an_entry(code, points=1, rule=rule or a_ratio(), answer=answer, group=group)


def kinds(*entries: Entry) -> list[tuple[str, Odd]]:
    return [(odd.code, odd.kind) for odd in oddities(entries)]


def test_full_points_without_evidence_are_odd_even_with_words():
    (odd,) = oddities([an_entry(points=2, pieces=0)])

    assert odd.kind == Odd.UNPROVEN
    assert odd.sentence == "Tự chấm đủ 2,00 điểm, không gắn tài liệu kiểm chứng nào."


@pytest.mark.parametrize(
    "entry",
    [
        an_entry(points=2, pieces=1),
        an_entry(points=1, pieces=0),
        an_entry(points=2, pieces=0, by_unit=False),
        an_entry(excused=True, pieces=0),
        an_entry(),
    ],
)
def test_what_is_proven_partial_or_not_the_units_own_is_not_odd(entry):
    assert oddities([entry]) == []


@pytest.mark.parametrize(
    ("then", "odd"), [("0.70", True), ("0.71", False), ("1", False), (None, False)]
)
def test_three_tenths_of_the_maximum_above_the_time_before_is_far_above(then, odd):
    before = Before(2025, None if then is None else Fraction(then), Decimal(1))

    found = kinds(an_entry(points=2, before=before))

    assert found == ([("1.1.1", Odd.FAR_ABOVE)] if odd else [])


def test_the_sentence_tells_both_figures_the_rise_and_whose_it_was():
    before = Before(2025, Fraction(1, 2), Decimal(1), unit="Công an huyện A")

    (odd,) = oddities([an_entry(points=2, before=before)])

    assert odd.sentence == (
        "Năm 2025, Công an huyện A được 0,50/1,00 điểm, kỳ này tự chấm 2,00/2,00 điểm: "
        "cao hơn 50 % điểm tối đa."
    )


def test_what_had_points_and_now_does_not_apply_is_odd():
    (odd,) = oddities([an_entry(excused=True, before=Before(2025, Fraction(1), Decimal(2)))])

    assert odd.kind == Odd.EXCUSED_NOW
    assert "đề nghị không áp dụng" in odd.sentence


def test_one_figure_written_with_two_totals_is_odd():
    found = oddities(
        [counted("5.1.3", 40, 47), counted("5.2.2", 45, 50, group=2), counted("6.1.1", 1, 47)]
    )

    assert [(odd.code, odd.kind) for odd in found] == [("5.2.2", Odd.TWO_TOTALS)]
    assert found[0].sentence == (
        "Ghi 50 tổng số cán bộ, còn 5.1.3 ghi 47: đề nghị kiểm tra có phải cùng một số liệu."
    )


def test_wholes_of_different_names_are_never_compared():
    assert kinds(counted("1", 1, 2), counted("2", 1, 3, rule=a_ratio(whole="hồ sơ"))) == []


@pytest.mark.parametrize(
    ("promise", "words"),
    [
        (
            an_entry("3.4.1", points=1, rule=CHECKLIST, answer=ChecklistAnswer((0, 1, 2))),
            "đánh dấu đủ 3 nội dung",
        ),
        (an_entry("3.4.1", points=1, answer=BinaryAnswer(True)), "trả lời “có”"),
    ],
)
def test_everything_ticked_beside_a_ratio_of_nought_is_odd(promise, words):
    (odd,) = oddities([promise, counted("3.4.2", 0, 12)])

    assert (odd.code, odd.kind) == ("3.4.2", Odd.NOTHING_DONE)
    assert odd.sentence.endswith(f"trong khi 3.4.1 cùng tiêu chí {words}.")


@pytest.mark.parametrize(
    ("promise", "ratio"),
    [
        (
            an_entry("3.4.1", points=1, rule=CHECKLIST, answer=ChecklistAnswer((0, 1))),
            counted("3.4.2", 0, 12),
        ),
        (an_entry("3.4.1", points=0, answer=BinaryAnswer(False)), counted("3.4.2", 0, 12)),
        (an_entry("3.4.1", points=1, answer=BinaryAnswer(True)), counted("3.4.2", 1, 12)),
        (an_entry("3.4.1", points=1, answer=BinaryAnswer(True)), counted("3.4.2", 0, 0)),
        (
            an_entry("3.4.1", points=1, answer=BinaryAnswer(True)),
            counted("3.5.2", 0, 12, group=2),
        ),
    ],
)
def test_a_ratio_of_nought_is_not_odd_by_itself(promise, ratio):
    assert kinds(promise, ratio) == []


def test_oddities_come_in_the_order_of_the_rows():
    before = Before(2025, Fraction(0), Decimal(2))

    found = kinds(
        an_entry("1", points=2, pieces=0, before=before),
        counted("2", 1, 2),
        an_entry("3", points=2, pieces=0),
        counted("4", 1, 3),
    )

    assert found == [
        ("1", Odd.UNPROVEN),
        ("1", Odd.FAR_ABOVE),
        ("3", Odd.UNPROVEN),
        ("4", Odd.TWO_TOTALS),
    ]
