"""What the log of a score says, in words: which content, what it was, what it became."""

import json
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from cchc_portal.kit.numerals import exactly
from scoring.rules.answers import AnswerFault, Rule, parse_answer
from scoring.rules.points import shown

LABELS = {
    "self_answer": "Trả lời",
    "self_points": "Điểm tự chấm",
    "self_not_applicable": "Đề nghị không áp dụng",
    "self_note": "Ghi chú, giải trình",
    "verified_answer": "Trả lời theo thẩm định",
    "verified_points": "Điểm thẩm định",
    "not_applicable": "Không áp dụng",
    "verified_reason": "Lý do thẩm định",
    "usual_reason": "Chọn từ lý do thường dùng",
    "verified_source": "Nguồn số liệu",
    "evidence": "Minh chứng",
    "self_draft": "Bản nháp đã bỏ",
}
"""Every content whose changes are kept, in the order in which a change tells of them."""

OF_THE_ASSESSOR = (
    "verified_answer",
    "verified_points",
    "not_applicable",
    "verified_reason",
    "usual_reason",
    "verified_source",
)
"""What the unit does not see before the assessor has told it."""

OF_THE_UNIT = ("self_draft",)
"""What only those read who write for the unit."""

ANSWERS = ("self_answer", "verified_answer")
POINTS = ("self_points", "verified_points")
YES_OR_NO = ("self_not_applicable", "not_applicable")
NOTHING = "chưa có"


@dataclass(frozen=True)
class Told:
    """One content of one change. `long` texts are shown side by side, others in one line."""

    label: str
    before: str
    after: str
    long: bool


def told(column: str, before: str, after: str, rule: Rule[Any]) -> Told:
    """A line of the log in words; `before` and `after` as the log keeps them."""
    if column in ANSWERS:
        words = [_answer(text, rule) for text in (before, after)]
    elif column in POINTS:
        words = [exactly(shown(Fraction(text)), 2) if text else NOTHING for text in (before, after)]
    elif column in YES_OR_NO:
        words = ["có" if text == "true" else "không" for text in (before, after)]
    elif column in ("evidence", "verified_source"):
        words = [text or NOTHING for text in (before, after)]
    else:
        return Told(LABELS[column], before, after, long=True)
    return Told(LABELS[column], words[0], words[1], long=False)


def _answer(text: str, rule: Rule[Any]) -> str:
    """An answer as it was kept; where the rule can no longer read it, what was kept itself."""
    if not text:
        return NOTHING
    try:
        answer = parse_answer(rule, json.loads(text))
    except AnswerFault:
        return text
    return answer.words(rule) if answer else NOTHING
