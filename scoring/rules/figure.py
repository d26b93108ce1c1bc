"""A figure for what units do not assess themselves: by the rule or in points, its source, its
reason. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from cchc_portal.kit.numerals import exactly
from scoring.rules.answers import (
    Answer,
    AnswerFault,
    GivenRule,
    NotApplicable,
    Rule,
    is_blank,
    parse_answer,
)
from scoring.rules.answers.base import read_amount
from scoring.rules.criteria import BEYOND_MAXIMUM
from scoring.rules.verdict import Finding

DIRECT = "direct"
"""The input for points that no answer stands behind. A rule that takes points itself has none."""

LABEL = "Điểm"


@dataclass(frozen=True)
class Figure:
    """Either an answer that the rule has read, or points out of the component's maximum."""

    answer: Answer | None = None
    points: Decimal | None = None

    def comes_to(self, rule: Rule[Any], maximum: Decimal) -> Finding:
        """Exact points, or that there was nothing to count."""
        if self.answer is None:
            return Finding(None if self.points is None else Fraction(self.points))
        outcome = rule.points(self.answer, maximum)
        return Finding(None, True) if isinstance(outcome, NotApplicable) else Finding(outcome)


def takes_points(rule: Rule[Any]) -> bool:
    """Whether the rule's own answer is points, so that there is no second way to give them."""
    return rule.type == GivenRule.type


def read_figure(rule: Rule[Any], maximum: Decimal, typed: Mapping[str, Any]) -> Figure | None:
    """What was typed, by the names of the rule's inputs and `DIRECT`; None where nothing was.

    Raises AnswerFault where it cannot be read, is above the maximum, or is said in both ways.
    """
    direct = "" if takes_points(rule) else str(typed.get(DIRECT) or "").strip()
    if is_blank(rule, typed):
        return Figure(points=_points(direct, maximum)) if direct else None
    if direct:
        raise AnswerFault(DIRECT, "Chỉ ghi một cách: số liệu theo cách chấm, hoặc điểm.")
    return Figure(answer=parse_answer(rule, typed, maximum))


def why_ungrounded(kind: str, found: Finding, *, source: str, reason: str) -> str:
    """What the figure still needs beside it, as a sentence; empty where it needs nothing.

    A source always; a reason where points come on top or are taken away.
    """
    if not source:
        return "Đề nghị ghi nguồn số liệu: số, ngày của văn bản hoặc tên tệp."
    if kind in BEYOND_MAXIMUM and found.points and not reason:
        return "Đề nghị ghi lý do của điểm thưởng, điểm trừ."
    return ""


def _points(direct: str, maximum: Decimal) -> Decimal:
    points = read_amount({DIRECT: direct}, DIRECT, LABEL)
    if points > maximum:
        raise AnswerFault(
            DIRECT,
            f"Điểm ({exactly(points, least=2)}) lớn hơn điểm tối đa ({exactly(maximum, least=2)}).",
        )
    return points
