"""Turns an answer into points, by eight kinds of rule.

Yes or no, levels, ratio, deduction, count, checklist, survey, points given by hand.

`parse_rule` reads the rule a criterion keeps in JSON, `parse_answer` reads what a form sent or a
row kept, `rule.points(answer, maximum)` gives exact points within 0…maximum or `NotApplicable`.
"""

from scoring.rules.answers.base import (
    Answer,
    AnswerFault,
    Field,
    FieldKind,
    NotApplicable,
    Rule,
    RuleFault,
)
from scoring.rules.answers.choices import (
    BinaryAnswer,
    BinaryRule,
    ChecklistAnswer,
    ChecklistRule,
)
from scoring.rules.answers.given import GivenAnswer, GivenRule
from scoring.rules.answers.kinds import KINDS, gives_words, is_blank, parse_answer, parse_rule
from scoring.rules.answers.ratio import RatioAnswer, RatioRule, SurveyAnswer, SurveyRule
from scoring.rules.answers.tallies import CountAnswer, CountRule, DeductionAnswer, DeductionRule
from scoring.rules.answers.tiers import Level, TiersAnswer, TiersRule

__all__ = [
    "KINDS",
    "Answer",
    "AnswerFault",
    "BinaryAnswer",
    "BinaryRule",
    "ChecklistAnswer",
    "ChecklistRule",
    "CountAnswer",
    "CountRule",
    "DeductionAnswer",
    "DeductionRule",
    "Field",
    "FieldKind",
    "GivenAnswer",
    "GivenRule",
    "Level",
    "NotApplicable",
    "RatioAnswer",
    "RatioRule",
    "Rule",
    "RuleFault",
    "SurveyAnswer",
    "SurveyRule",
    "TiersAnswer",
    "TiersRule",
    "gives_words",
    "is_blank",
    "parse_answer",
    "parse_rule",
]
