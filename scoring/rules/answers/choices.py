"""Answers picked from a list: yes or no, and the conditions that hold."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from scoring.rules.answers.base import (
    Answer,
    AnswerFault,
    Field,
    FieldKind,
    RuleReader,
    ShareRule,
    points_words,
)

YES_NO = {"true": True, "false": False}


@dataclass(frozen=True)
class BinaryAnswer(Answer):
    """Yes or no."""

    yes: bool

    def words(self, rule: "BinaryRule") -> str:
        return "Có" if self.yes else "Không"

    def as_json(self) -> dict[str, Any]:
        return {"yes": self.yes}


@dataclass(frozen=True)
class BinaryRule(ShareRule[BinaryAnswer]):
    """Full points or none."""

    type = "binary"

    @classmethod
    def read(cls, reader: RuleReader) -> "BinaryRule":
        return cls()

    def as_json(self) -> dict[str, Any]:
        return {"type": self.type}

    def share(self, answer: BinaryAnswer) -> Fraction:
        return Fraction(answer.yes)

    def fields(self) -> tuple[Field, ...]:
        options = (("true", "Có (đạt)"), ("false", "Không (chưa đạt)"))
        return (Field("yes", "Kết quả", FieldKind.CHOICE, options=options),)

    def words(self, maximum: Decimal) -> str:
        full = points_words(maximum)
        return f"Có (đạt) được đủ {full}; không (chưa đạt) được 0 điểm."

    def read_answer(self, data: Mapping[str, Any]) -> BinaryAnswer:
        value = data.get("yes")
        if isinstance(value, bool):
            return BinaryAnswer(value)
        if isinstance(value, str) and value in YES_NO:
            return BinaryAnswer(YES_NO[value])
        raise AnswerFault("yes", "Đề nghị chọn Có hoặc Không.")


@dataclass(frozen=True)
class ChecklistAnswer(Answer):
    """Positions of the conditions that hold, from 0, rising."""

    checked: tuple[int, ...]

    def words(self, rule: "ChecklistRule") -> str:
        return f"{len(self.checked)}/{len(rule.items)} mục"

    def as_json(self) -> dict[str, Any]:
        return {"checked": list(self.checked)}


@dataclass(frozen=True)
class ChecklistRule(ShareRule[ChecklistAnswer]):
    """Each condition that holds gives an equal part of the points."""

    items: tuple[str, ...]

    type = "checklist"

    @classmethod
    def read(cls, reader: RuleReader) -> "ChecklistRule":
        raw = reader.data.get("items")
        items = raw if isinstance(raw, (list, tuple)) else ()
        texts = tuple(" ".join(item.split()) for item in items if isinstance(item, str))
        if not items or len(texts) < len(items) or "" in texts:
            reader.fault("Danh mục kiểm tra phải có ít nhất một mục và không mục nào để trống.")
        if len(set(texts)) < len(texts):
            reader.fault("Danh mục kiểm tra có hai mục giống nhau.")
        return cls(texts)

    def as_json(self) -> dict[str, Any]:
        return {"type": self.type, "items": list(self.items)}

    def share(self, answer: ChecklistAnswer) -> Fraction:
        return Fraction(len(answer.checked), len(self.items))

    def fields(self) -> tuple[Field, ...]:
        options = tuple((str(position), item) for position, item in enumerate(self.items))
        return (Field("checked", "Các mục đạt", FieldKind.CHECKLIST, options=options),)

    def words(self, maximum: Decimal) -> str:
        full, count = points_words(maximum), len(self.items)
        if count == 1:
            return f"Mục đạt được đủ {full}; chưa đạt được 0 điểm."
        return f"Có {count} mục, mỗi mục đạt được 1/{count} số điểm; đạt cả {count} được {full}."

    def read_answer(self, data: Mapping[str, Any]) -> ChecklistAnswer:
        value = data.get("checked")
        if not isinstance(value, (list, tuple)):
            raise AnswerFault("checked", "Chưa chọn “Các mục đạt”.")
        positions = {self._position(entry) for entry in value}
        return ChecklistAnswer(tuple(sorted(positions)))

    def shortfall_words(self, answer: ChecklistAnswer) -> str:
        missing = len(self.items) - len(answer.checked)
        return f"thiếu {missing} mục là đủ điểm" if missing else ""

    def _position(self, entry: Any) -> int:
        known = {str(position): position for position in range(len(self.items))}
        if isinstance(entry, bool) or str(entry) not in known:
            raise AnswerFault("checked", "Mục đã chọn không có trong danh mục kiểm tra.")
        return known[str(entry)]
