"""Answers that count: events that cost points, and items that earn them."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import ceil
from typing import Any

from cchc_portal.kit.numerals import as_fraction, grouped
from scoring.rules.answers.base import (
    Answer,
    Field,
    FieldKind,
    RuleReader,
    ShareRule,
    kept,
    points_words,
    read_count,
)


@dataclass(frozen=True)
class DeductionAnswer(Answer):
    """How often it happened."""

    events: int

    def words(self, rule: "DeductionRule") -> str:
        return f"{grouped(self.events)} {rule.event}" if self.events else f"Không có {rule.event}"

    def as_json(self) -> dict[str, Any]:
        return {"events": str(self.events)}


@dataclass(frozen=True)
class DeductionRule(ShareRule[DeductionAnswer]):
    """Starts from the full points and loses a share of them at every event, never below 0."""

    event: str
    share_per_event: Fraction

    type = "deduction"

    @classmethod
    def read(cls, reader: RuleReader) -> "DeductionRule":
        event = reader.text("event", "tên việc bị trừ điểm")
        share = reader.number("share_per_event", "mức trừ của mỗi lần")
        if share <= 0:
            reader.fault("Mức trừ của mỗi lần phải lớn hơn 0.")
        return cls(event, share)

    def as_json(self) -> dict[str, Any]:
        share = kept(self.share_per_event)
        return {"type": self.type, "event": self.event, "share_per_event": share}

    def share(self, answer: DeductionAnswer) -> Fraction:
        return max(Fraction(0), 1 - answer.events * self.share_per_event)

    def fields(self) -> tuple[Field, ...]:
        return (Field("events", f"Số {self.event}", FieldKind.WHOLE, hint="Không có ghi 0"),)

    def words(self, maximum: Decimal) -> str:
        full = points_words(maximum)
        lost = points_words(as_fraction(maximum) * min(Fraction(1), self.share_per_event))
        return (
            f"Không có {self.event} được đủ {full}. "
            f"Mỗi {self.event} trừ {lost}, trừ tới khi còn 0 điểm."
        )

    def read_answer(self, data: Mapping[str, Any]) -> DeductionAnswer:
        return DeductionAnswer(read_count(data, "events", f"số {self.event}"))


@dataclass(frozen=True)
class CountAnswer(Answer):
    """How many there are."""

    items: int

    def words(self, rule: "CountRule") -> str:
        return f"{grouped(self.items)} {rule.item}"

    def as_json(self) -> dict[str, Any]:
        return {"items": str(self.items)}


@dataclass(frozen=True)
class CountRule(ShareRule[CountAnswer]):
    """Earns a share of the points with every item, up to all of them. `figure_items` is the code of
    an indicator of the assessor whose reported figure is offered."""

    item: str
    share_per_item: Fraction
    figure_items: str = ""

    type = "count"

    @property
    def drawn_from(self) -> dict[str, str]:
        return {"items": self.figure_items} if self.figure_items else {}

    @classmethod
    def read(cls, reader: RuleReader) -> "CountRule":
        item = reader.text("item", "tên nội dung được tính điểm")
        share = reader.number("share_per_item", "mức điểm của mỗi nội dung")
        if share <= 0:
            reader.fault("Mức điểm của mỗi nội dung phải lớn hơn 0.")
        return cls(item, share, reader.optional_text("figure_items"))

    def as_json(self) -> dict[str, Any]:
        share = kept(self.share_per_item)
        drawn = {"figure_items": self.figure_items} if self.figure_items else {}
        return {"type": self.type, "item": self.item, "share_per_item": share, **drawn}

    def share(self, answer: CountAnswer) -> Fraction:
        return min(Fraction(1), answer.items * self.share_per_item)

    def fields(self) -> tuple[Field, ...]:
        return (Field("items", f"Số {self.item}", FieldKind.WHOLE, hint="Không có ghi 0"),)

    def words(self, maximum: Decimal) -> str:
        each = points_words(as_fraction(maximum) * min(Fraction(1), self.share_per_item))
        most = points_words(maximum)
        return f"Mỗi {self.item} được {each}, nhiều nhất {most}.{self.drawn_words}"

    def read_answer(self, data: Mapping[str, Any]) -> CountAnswer:
        return CountAnswer(read_count(data, "items", f"số {self.item}"))

    def shortfall_words(self, answer: CountAnswer) -> str:
        missing = ceil(1 / self.share_per_item) - answer.items
        return f"thiếu {grouped(missing)} {self.item} là đủ điểm" if missing > 0 else ""
