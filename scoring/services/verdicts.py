"""What a verdict comes to, and what it needs beside the figure. Writes nothing."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from cchc_portal.kit.errors import MoveRefused
from cchc_portal.kit.numerals import exactly
from scoring.models import Score
from scoring.rules.answers import Answer, NotApplicable, parse_rule
from scoring.rules.kinds import Source
from scoring.rules.verdict import Finding, needs_reason


def outcome(score: Score, answer: Answer | None) -> tuple[Fraction | None, bool]:
    """Exact points of an answer, and whether there was nothing to count."""
    if answer is None:
        return None, False
    found = parse_rule(score.criterion.rule).points(answer, score.maximum)
    return (None, True) if isinstance(found, NotApplicable) else (found, False)


def verdict_of(
    score: Score,
    *,
    accept: bool = False,
    answer: Answer | None = None,
    points: Decimal | None = None,
    not_applicable: bool = False,
    reason: str = "",
) -> dict[str, Any]:
    """The columns of a verdict on the score, given as `save_verified` takes it.

    Raises MoveRefused where it is none, is out of range, or lacks the reason it needs.
    """
    columns = _columns(score, accept, answer, points, not_applicable)
    columns["verified_reason"] = reason.replace("\r\n", "\n").strip()
    _demand_ground(score, columns)
    return columns


def finding_of(columns: Mapping[str, Any]) -> Finding:
    """What such columns say."""
    return Finding(columns["verified_points"], columns["not_applicable"])


def _columns(
    score: Score,
    accept: bool,
    answer: Answer | None,
    points: Decimal | None,
    not_applicable: bool,
) -> dict[str, Any]:
    if accept:
        return as_self_assessed(score)
    if answer is not None:
        found, excused = outcome(score, answer)
        return _verdict(answer.as_json(), found, excused)
    if points is not None:
        return _verdict(None, _within(score, points), False)
    if not_applicable:
        return _verdict(None, None, True)
    raise MoveRefused("Chưa có kết quả thẩm định để ghi.")


def _verdict(answer: Any, points: Fraction | None, excused: bool) -> dict[str, Any]:
    return {
        "verified_answer": answer,
        "verified_points": points,
        "not_applicable": excused,
        "verified_source": "",
    }


def as_self_assessed(score: Score) -> dict[str, Any]:
    """The verdict that is what the unit says; MoveRefused where it says nothing."""
    if not score.answered:
        raise MoveRefused("Đơn vị chưa tự chấm tiêu chí này nên không có gì để nhận.")
    return _verdict(score.self_answer, score.self_points, score.self_not_applicable)


def _within(score: Score, points: Decimal) -> Fraction:
    if not 0 <= points <= score.maximum:
        maximum = exactly(score.maximum, least=2)
        raise MoveRefused(f"Điểm thẩm định phải nằm trong khoảng từ 0 đến {maximum}.")
    return Fraction(points)


def _demand_ground(score: Score, columns: Mapping[str, Any]) -> None:
    """What a verdict needs beside the figure."""
    found, said = finding_of(columns), score.said
    if found.not_applicable and not (
        said.not_applicable or score.criterion.not_applicable_allowed or columns["verified_answer"]
    ):
        raise MoveRefused("Tiêu chí này áp dụng với mọi đơn vị nên không thể không áp dụng.")
    if columns["verified_reason"] or not needs_reason(
        score.criterion.source, said=said, found=found
    ):
        return
    if score.criterion.source != Source.SELF:
        raise MoveRefused("Đề nghị ghi nguồn số liệu, lý do cho điểm đơn vị không tự chấm.")
    raise MoveRefused("Đề nghị ghi lý do khi kết quả thẩm định khác kết quả tự chấm.")
