"""Points that somebody gives by hand: central scores, bonus, penalty."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from cchc_portal.kit.numerals import as_fraction, exactly
from scoring.rules.answers.base import (
    Answer,
    AnswerFault,
    Field,
    FieldKind,
    Rule,
    RuleReader,
    kept,
    points_words,
    read_amount,
)

LABEL = "Điểm chấm"


@dataclass(frozen=True)
class GivenAnswer(Answer):
    """The points themselves."""

    given: Decimal

    def words(self, rule: "GivenRule") -> str:
        return points_words(self.given)

    def as_json(self) -> dict[str, Any]:
        return {"points": kept(self.given)}


@dataclass(frozen=True)
class GivenRule(Rule[GivenAnswer]):
    """Points as given, refused when they exceed the maximum rather than cut in silence."""

    type = "given"

    @classmethod
    def read(cls, reader: RuleReader) -> "GivenRule":
        return cls()

    def as_json(self) -> dict[str, Any]:
        return {"type": self.type}

    def points(self, answer: GivenAnswer, maximum: Decimal) -> Fraction:
        """The points given. Raises `AnswerFault` above the maximum."""
        if answer.given > maximum:
            raise AnswerFault(
                "points",
                f"Điểm chấm ({exactly(answer.given, least=2)}) lớn hơn điểm tối đa "
                f"({exactly(maximum, least=2)}).",
            )
        return as_fraction(answer.given)

    def fields(self) -> tuple[Field, ...]:
        return (Field("points", LABEL, FieldKind.DECIMAL, "điểm"),)

    def words(self, maximum: Decimal) -> str:
        return f"Điểm do cơ quan thẩm định cho, từ 0 đến {points_words(maximum)}."

    def read_answer(self, data: Mapping[str, Any]) -> GivenAnswer:
        return GivenAnswer(read_amount(data, "points", LABEL))
