"""Which usual reasons fit a component, and whether a verdict still says one."""

import pytest

from scoring.rules.answers import KINDS
from scoring.rules.usual_reason import LONGEST, STARTERS, Usual, closeness, fits, joined, stands_in

TEXT = "Không có tài liệu kiểm chứng kèm theo."


@pytest.mark.parametrize(
    ("usual", "fitting"),
    [
        (Usual(TEXT), True),
        (Usual(TEXT, area="7"), True),
        (Usual(TEXT, area="7.2"), True),
        (Usual(TEXT, area="7.2.1"), True),
        (Usual(TEXT, area="7.2.10"), False),
        (Usual(TEXT, area="72"), False),
        (Usual(TEXT, kind="ratio"), True),
        (Usual(TEXT, kind="binary"), False),
        (Usual(TEXT, area="7", kind="binary"), False),
    ],
)
def test_a_reason_fits_its_area_and_its_kind_of_rule(usual, fitting):
    assert fits(usual, code="7.2.1", kind="ratio") == fitting


def test_area_and_kind_are_closer_than_one_of_them():
    assert [closeness(one) for one in (Usual("", "7", "ratio"), Usual("", "7"), Usual(""))] == [
        2,
        1,
        0,
    ]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", TEXT),
        ("Báo cáo số 5 không kèm phụ lục.", f"{TEXT} Báo cáo số 5 không kèm phụ lục."),
        (TEXT, TEXT),
        (f"{TEXT} Thiếu Kế hoạch năm.", f"{TEXT} Thiếu Kế hoạch năm."),
        (
            "không có tài  liệu kiểm chứng kèm theo, kể cả bản ảnh",
            "không có tài  liệu kiểm chứng kèm theo, kể cả bản ảnh",
        ),
    ],
)
def test_what_was_picked_is_said_once(typed, said):
    assert joined(TEXT, typed) == said
    assert stands_in(TEXT, said)


def test_other_words_are_not_what_was_picked():
    assert not stands_in(TEXT, "Không có tài liệu.")


def test_the_reasons_to_start_from_differ_and_name_kinds_of_rules_that_there_are():
    assert len({one.text for one in STARTERS}) == len(STARTERS)
    assert {one.kind for one in STARTERS} <= {"", *KINDS}
    assert all(one.text.endswith(".") and len(one.text) <= LONGEST for one in STARTERS)
