"""The log of a score in words."""

import pytest

from scoring.models.recorded import EVIDENCE, RECORDED
from scoring.rules.answers import parse_rule
from scoring.rules.history import LABELS, told
from scoring.services.drafts import DROPPED

RATIO = parse_rule(
    {
        "type": "ratio",
        "numerator": "hồ sơ đúng hạn",
        "denominator": "hồ sơ",
        "floor_percent": 0,
        "full_percent": 100,
    }
)


@pytest.mark.parametrize(
    ("column", "before", "after", "words"),
    [
        (
            "self_answer",
            "",
            '{"denominator": "47", "numerator": "46"}',
            ("chưa có", "46/47"),
        ),
        ("self_points", "14/3", "5", ("4,67", "5,00")),
        ("verified_points", "", "1/2", ("chưa có", "0,50")),
        ("self_not_applicable", "false", "true", ("không", "có")),
        ("not_applicable", "true", "false", ("có", "không")),
        ("evidence", "", "Kế hoạch số 12, trang 3", ("chưa có", "Kế hoạch số 12, trang 3")),
    ],
)
def test_a_change_is_told_in_words(column, before, after, words):
    line = told(column, before, after, RATIO)

    assert (line.label, line.before, line.after) == (LABELS[column], *words)
    assert not line.long


@pytest.mark.parametrize("column", ["self_note", "verified_reason"])
def test_texts_are_kept_to_the_letter(column):
    line = told(column, "Một\nhai", "  Ba ", RATIO)

    assert (line.before, line.after, line.long) == ("Một\nhai", "  Ba ", True)


def test_an_answer_of_another_rule_is_shown_as_it_was_kept():
    assert told("self_answer", '{"level": 3}', "", RATIO).before == '{"level": 3}'


def test_every_column_that_is_recorded_has_a_label():
    assert set(LABELS) == {*RECORDED, "usual_reason", EVIDENCE, DROPPED}
