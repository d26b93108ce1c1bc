"""The eight kinds of rule by the name they bear in JSON, and the two doors: rule in, answer in."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from cchc_portal.kit.numerals import exactly, written
from scoring.rules.answers.base import (
    Answer,
    AnswerFault,
    NotApplicable,
    Rule,
    RuleFault,
    RuleReader,
)
from scoring.rules.answers.choices import BinaryRule, ChecklistRule
from scoring.rules.answers.given import GivenRule
from scoring.rules.answers.ratio import RatioRule, SurveyRule
from scoring.rules.answers.tallies import CountRule, DeductionRule
from scoring.rules.answers.tiers import TiersRule

KINDS: dict[str, type[Rule[Any]]] = {
    kind.type: kind
    for kind in (
        BinaryRule,
        TiersRule,
        RatioRule,
        DeductionRule,
        CountRule,
        ChecklistRule,
        SurveyRule,
        GivenRule,
    )
}


def parse_rule(data: Any) -> Rule[Any]:
    """The rule kept in a criterion's JSON. Raises `RuleFault` with every reason."""
    name = data.get("type") if isinstance(data, Mapping) else None
    kind = KINDS.get(name) if isinstance(name, str) else None
    if kind is None:
        raise RuleFault(["Không rõ kiểu chấm điểm."])
    reader = RuleReader(data)
    rule = kind.read(reader)
    reader.refuse_if_faulty()
    return rule


def parse_answer(rule: Rule[Any], data: Any, maximum: Decimal | None = None) -> Answer:
    """What a form sent or a row kept, as an answer to the rule. Raises `AnswerFault`.

    Numbers may be text in any form `parse_number` understands. With `maximum`, points given by
    hand are also held against it. A checklist is a list of positions, empty when none holds.
    """
    if not isinstance(data, Mapping):
        raise AnswerFault("", "Nội dung trả lời chưa đúng dạng.")
    answer: Answer = rule.read_answer(data)
    if maximum is not None:
        rule.points(answer, maximum)
    return answer


def is_blank(rule: Rule[Any], data: Mapping[str, Any]) -> bool:
    """Whether nothing has been answered yet: every input absent or empty."""
    values = (data.get(field.name) for field in rule.fields())
    return all(value is None or isinstance(value, str) and not value.strip() for value in values)


def gives_words(rule: Rule[Any], answer: Answer, maximum: Decimal, places: int = 2) -> str:
    """What the answer comes to, in one line: "97,87 %, được 1,47 trong 1,50 điểm"."""
    points = rule.points(answer, maximum)
    if isinstance(points, NotApplicable):
        return points.sentence
    gained = f"được {written(points, places)} trong {exactly(maximum, places)} điểm"
    return ", ".join(filter(None, (rule.result_words(answer), gained)))
