"""Opinions, questions and proposals are separate figures; late is late only while it is open."""

from datetime import date

import pytest

from commitments.rules.conference import ItemKind, ItemState
from commitments.rules.conference_terms import ConferenceTerms, differences
from commitments.rules.dialogue import Standing, Tally, standing
from commitments.rules.dialogue_table import WITHHELD, Row, public_content

TODAY = date(2020, 1, 10)
THAI_HOA = Tally(
    {
        ("opinion", "answered"): 10,
        ("opinion", "escalated"): 4,
        ("question", "answered"): 20,
        ("question", "received"): 1,
        ("question", "discarded"): 7,
    }
)


def test_each_kind_is_counted_by_itself_and_what_was_discarded_nowhere():
    counted = [THAI_HOA.opinions, THAI_HOA.questions, THAI_HOA.proposals]

    assert counted == [14, 21, 0]
    assert THAI_HOA.words == "14 ý kiến, 21 câu hỏi, 0 kiến nghị"
    assert THAI_HOA.raised == 35


def test_settled_is_what_waits_for_nobody_any_more():
    assert THAI_HOA.settled == 30
    assert THAI_HOA.waiting == 1
    assert THAI_HOA.escalated == 4
    assert THAI_HOA.of(ItemKind.QUESTION) == 21


@pytest.mark.parametrize(
    ("state", "due", "found"),
    [
        (ItemState.RECEIVED, date(2020, 1, 9), Standing.OVERDUE),
        (ItemState.RECEIVED, date(2020, 1, 10), Standing.RECEIVED),
        (ItemState.ESCALATED, date(2020, 1, 9), Standing.OVERDUE),
        (ItemState.ANSWERED, date(2020, 1, 9), Standing.ANSWERED),
        (ItemState.WITHDRAWN, date(2020, 1, 9), Standing.WITHDRAWN),
        (ItemState.RECEIVED, None, Standing.RECEIVED),
    ],
)
def test_an_item_is_late_after_its_day_while_it_is_open(state, due, found):
    assert standing(state, due, TODAY) == found


def test_the_log_names_what_was_and_became_of_each_part():
    before = ConferenceTerms("Hội nghị", ("dialogue",), date(2020, 1, 2))
    after = ConferenceTerms(
        "Hội nghị", ("dialogue", "pledge"), date(2020, 1, 2), attendance=(("citizen", 31),)
    )

    assert list(map(str, differences(before, after))) == [
        "Hội nghị để: Đối thoại → Đối thoại, ký cam kết",
        "Thành phần dự: (trống) → 31 công dân",
    ]


def test_no_name_and_no_private_word_is_in_what_is_public():
    row = {
        "number": 1,
        "kind": "Câu hỏi",
        "speaker": "Công dân",
        "speaker_name": "Nguyễn Văn Kín",
        "area": "",
        "outcome": "Đã trả lời",
        "answered_by": "Trưởng phòng",
    }
    open_one = Row(text="Chờ lâu", handling="Đã lắp máy", private=False, **row)
    private = Row(text="Bà Kín ở số 5", handling="Trả lời bà Kín", private=True, **row)

    content = public_content({}, [open_one, private], [])

    assert "Kín" not in str(content)
    assert [found["text"] for found in content["items"]] == ["Chờ lâu", WITHHELD]
