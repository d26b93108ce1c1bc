"""Answers that fall into a level: by a number (days late, proposals made) or by a state."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import ceil
from typing import Any

from cchc_portal.kit.numerals import as_fraction, exactly
from scoring.rules.answers.base import (
    Answer,
    AnswerFault,
    Field,
    FieldKind,
    RuleReader,
    ShareRule,
    capital,
    kept,
    points_words,
    read_amount,
    read_count,
)

STATE = "state"
PERCENT = "percent"


@dataclass(frozen=True)
class Quantity:
    """What a numeric level measures: the label of its input, the noun after the figure."""

    label: str
    noun: str
    hint: str = ""


# The measures of the criteria catalogue. Any other is called by the unit written in its rule.
QUANTITIES = {
    "days_late": Quantity("số ngày chậm", "ngày chậm", "Đúng hoặc trước hạn ghi 0"),
    "documents": Quantity("số văn bản", "văn bản", "Không có ghi 0"),
    "procedures": Quantity("số thủ tục", "thủ tục", "Không có ghi 0"),
    "proposals": Quantity("số đề xuất", "đề xuất", "Không có ghi 0"),
    "reforms": Quantity("số kết quả đo được", "kết quả", "Không có ghi 0"),
    "reports_incomplete": Quantity("số báo cáo thiếu nội dung", "báo cáo thiếu", "Không có ghi 0"),
}


@dataclass(frozen=True)
class Level:
    """One level: its words, its share of the points, and from where to where it reaches.

    `least` belongs to the level, `below` no more; None reaches on without end.
    """

    when: str
    share: Fraction
    least: Fraction | None = None
    below: Fraction | None = None

    def holds(self, value: Fraction) -> bool:
        """Whether the value lies in the level."""
        return (self.least is None or self.least <= value) and (
            self.below is None or value < self.below
        )

    def reachable(self, whole: bool) -> bool:
        """Whether some value from nought up lies in it; counts are whole."""
        least = max(Fraction(0), self.least or Fraction(0))
        return self.below is None or (Fraction(ceil(least)) if whole else least) < self.below


@dataclass(frozen=True)
class TiersAnswer(Answer):
    """The number measured, or the position of the level chosen."""

    value: Decimal | None = None
    level: int | None = None

    def words(self, rule: "TiersRule") -> str:
        if self.value is None:
            return rule.level_of(self).when
        return f"{exactly(self.value)} {rule.quantity.noun}".strip()

    def as_json(self) -> dict[str, Any]:
        return {"level": self.level} if self.value is None else {"value": kept(self.value)}


@dataclass(frozen=True)
class TiersRule(ShareRule[TiersAnswer]):
    """Each level gives its share of the points."""

    input: str
    unit: str
    levels: tuple[Level, ...]
    decimals: bool = False

    type = "tiers"

    @property
    def by_state(self) -> bool:
        """Whether the level itself is chosen, there being nothing to measure."""
        return self.input == STATE

    @property
    def whole(self) -> bool:
        """Whether what is measured is a count."""
        return not self.decimals and self.unit != PERCENT

    @property
    def quantity(self) -> Quantity:
        """What is measured."""
        noun = "%" if self.unit == PERCENT else self.unit
        label = "tỷ lệ" if self.unit == PERCENT else f"số {noun}" if noun else "giá trị"
        return QUANTITIES.get(self.input, Quantity(label, noun))

    def level_of(self, answer: TiersAnswer) -> Level:
        """The level the answer falls into."""
        if answer.level is not None:
            return self.levels[answer.level]
        value = Fraction(answer.value or 0)
        return next(level for level in self.levels if level.holds(value))

    @classmethod
    def read(cls, reader: RuleReader) -> "TiersRule":
        rule = cls(
            input=reader.text("input", "nội dung cần đo"),
            unit=reader.optional_text("unit"),
            levels=tuple(_read_levels(reader)),
            decimals=reader.flag("decimals"),
        )
        if reader.faults:
            return rule
        if not rule.by_state:
            _check_cover(reader, rule.levels)
        if not any(
            level.share == 1 and (rule.by_state or level.reachable(rule.whole))
            for level in rule.levels
        ):
            reader.fault("Không có mức nào đạt được điểm tối đa.")
        return rule

    def as_json(self) -> dict[str, Any]:
        return {
            "type": self.type,
            "input": self.input,
            "unit": self.unit,
            "levels": [self._level_json(level) for level in self.levels],
            **({"decimals": True} if self.decimals else {}),
        }

    def share(self, answer: TiersAnswer) -> Fraction:
        return self.level_of(answer).share

    def fields(self) -> tuple[Field, ...]:
        if self.by_state:
            options = tuple((str(place), level.when) for place, level in enumerate(self.levels))
            return (Field("level", "Mức đạt", FieldKind.CHOICE, options=options),)
        kind = FieldKind.WHOLE if self.whole else FieldKind.DECIMAL
        quantity = self.quantity
        return (Field("value", capital(quantity.label), kind, quantity.noun, hint=quantity.hint),)

    def words(self, maximum: Decimal) -> str:
        told = "; ".join(
            f"{level.when} được {'đủ ' if level.share == 1 else ''}"
            f"{points_words(as_fraction(maximum) * level.share)}"
            for level in self.levels
        )
        return f"{capital(told)}."

    def read_answer(self, data: Mapping[str, Any]) -> TiersAnswer:
        if self.by_state:
            known = {str(place): place for place in range(len(self.levels))}
            chosen = data.get("level")
            if isinstance(chosen, bool) or str(chosen) not in known:
                raise AnswerFault("level", "Đề nghị chọn một mức đạt.")
            return TiersAnswer(level=known[str(chosen)])
        label = self.quantity.label
        if self.whole:
            return TiersAnswer(value=Decimal(read_count(data, "value", label)))
        return TiersAnswer(value=read_amount(data, "value", label))

    def result_words(self, answer: TiersAnswer) -> str:
        return "" if self.by_state else self.level_of(answer).when

    def _level_json(self, level: Level) -> dict[str, Any]:
        if self.by_state:
            return {"when": level.when, "share": kept(level.share)}
        return {
            "when": level.when,
            "min": None if level.least is None else kept(level.least),
            "max_excl": None if level.below is None else kept(level.below),
            "share": kept(level.share),
        }


def _read_levels(reader: RuleReader) -> list[Level]:
    raw = reader.data.get("levels")
    if not isinstance(raw, (list, tuple)) or not raw:
        reader.fault("Cách chấm theo mức phải có ít nhất một mức.")
        return []
    levels = []
    for place, entry in enumerate(raw, start=1):
        if not isinstance(entry, Mapping):
            reader.fault(f"Mức thứ {place} chưa đúng dạng.")
            continue
        inner = RuleReader(entry)
        level = Level(
            when=inner.text("when", f"lời văn của mức thứ {place}"),
            share=inner.number("share", f"phần điểm của mức thứ {place}"),
            least=_limit(inner, "min", f"cận dưới của mức thứ {place}"),
            below=_limit(inner, "max_excl", f"cận trên của mức thứ {place}"),
        )
        if not 0 <= level.share <= 1:
            inner.fault(f"Phần điểm của mức thứ {place} phải từ 0 đến 1.")
        reader.faults += inner.faults
        levels.append(level)
    return levels


def _limit(reader: RuleReader, name: str, what: str) -> Fraction | None:
    return None if reader.data.get(name) is None else reader.number(name, what)


def _check_cover(reader: RuleReader, levels: Sequence[Level]) -> None:
    """Every value from nought up must fall into exactly one level."""
    rising = sorted(levels, key=lambda level: (level.least is not None, level.least or 0))
    for level in rising:
        if level.below is not None and (level.least or 0) >= level.below:
            reader.fault(f"Mức “{level.when}” có cận dưới không nhỏ hơn cận trên.")
    if (rising[0].least or 0) > 0:
        reader.fault(f"Các mức bỏ trống những giá trị dưới mức “{rising[0].when}”.")
    for lower, higher in zip(rising, rising[1:], strict=False):
        if lower.below is None or higher.least is None or lower.below > higher.least:
            reader.fault(f"Mức “{lower.when}” và mức “{higher.when}” chồng lên nhau.")
        elif lower.below < higher.least:
            reader.fault(f"Giữa mức “{lower.when}” và mức “{higher.when}” có khoảng trống.")
    if rising[-1].below is not None:
        reader.fault(f"Các mức bỏ trống những giá trị trên mức “{rising[-1].when}”.")
