"""What every kind of answer has in common: rule, answer, input fields, refusals."""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Any, ClassVar, Generic, TypeVar

from cchc_portal.kit.numerals import (
    Figure,
    NotANumber,
    as_fraction,
    exactly,
    is_plain,
    parse_number,
)

COUNT_DIGITS = 9
DECIMALS = 4


class RuleFault(ValueError):
    """A rule that cannot be used. `sentences` tells every reason, in Vietnamese."""

    def __init__(self, sentences: Sequence[str]):
        super().__init__(" ".join(sentences))
        self.sentences = tuple(sentences)

    @property
    def sentence(self) -> str:
        """All reasons in a row."""
        return " ".join(self.sentences)


class AnswerFault(ValueError):
    """An answer that is refused: the field at fault, and why in a Vietnamese sentence."""

    def __init__(self, field: str, sentence: str):
        super().__init__(sentence)
        self.field = field
        self.sentence = sentence


@dataclass(frozen=True)
class NotApplicable:
    """No points, because there was nothing to count; the maximum falls away with them."""

    sentence: str


class FieldKind(StrEnum):
    """How an input is drawn."""

    CHOICE = "choice"
    CHECKLIST = "checklist"
    WHOLE = "whole"
    DECIMAL = "decimal"


@dataclass(frozen=True)
class Field:
    """One input of an answer. `options` are pairs of the value to send and its words."""

    name: str
    label_vi: str
    kind: FieldKind
    unit: str = ""
    options: tuple[tuple[str, str], ...] = ()
    hint: str = ""


class Answer(ABC):
    """What somebody answered, read and checked. Frozen; knows neither rule nor points."""

    @abstractmethod
    def words(self, rule: Any) -> str:
        """Short form for lists: "46/47", "Có", "3 đề xuất"."""

    @abstractmethod
    def as_json(self) -> dict[str, Any]:
        """The shape in which it is kept; `parse_answer` reads it back."""


A = TypeVar("A", bound=Answer)


class Rule(ABC, Generic[A]):
    """How an answer of one kind becomes points. Frozen; the maximum belongs to the criterion."""

    type: ClassVar[str]

    @classmethod
    @abstractmethod
    def read(cls, reader: "RuleReader") -> "Rule[A]":
        """The rule in a JSON object. Faults are noted in the reader, which then refuses."""

    @abstractmethod
    def as_json(self) -> dict[str, Any]:
        """The shape in which it is kept; `parse_rule` reads it back."""

    @abstractmethod
    def points(self, answer: A, maximum: Decimal) -> Fraction | NotApplicable:
        """Exact points, from 0 to the maximum."""

    @abstractmethod
    def fields(self) -> tuple[Field, ...]:
        """The inputs a page draws for it, in order."""

    @abstractmethod
    def words(self, maximum: Decimal) -> str:
        """Cách chấm: the rule in one or two Vietnamese sentences."""

    @abstractmethod
    def read_answer(self, data: Mapping[str, Any]) -> A:
        """The answer in a form or in kept JSON. Raises `AnswerFault`."""

    @property
    def drawn_from(self) -> dict[str, str]:
        """Input → code of the indicator whose reported figure is offered for it; mostly none."""
        return {}

    @property
    def drawn_words(self) -> str:
        """The sentence that tells so, with a space before it."""
        codes = ", ".join(self.drawn_from.values())
        return f" Lấy từ số liệu báo cáo ({codes})." if codes else ""

    def result_words(self, answer: A) -> str:
        """What the answer comes to before points, where there is such a thing: "97,87 %"."""
        return ""

    def shortfall_words(self, answer: A) -> str:
        """What is missing for the full points, where that can be counted."""
        return ""


class ShareRule(Rule[A]):
    """A rule by which an answer earns a part of the maximum, whatever the maximum is."""

    @abstractmethod
    def share(self, answer: A) -> Fraction | NotApplicable:
        """The exact part of the maximum that the answer earns, from 0 to 1."""

    def points(self, answer: A, maximum: Decimal) -> Fraction | NotApplicable:
        """Exact points, from 0 to the maximum."""
        share = self.share(answer)
        return share if isinstance(share, NotApplicable) else as_fraction(maximum) * share


class RuleReader:
    """Takes values out of a rule's JSON, noting every fault instead of stopping at the first."""

    def __init__(self, data: Mapping[str, Any]):
        self.data = data
        self.faults: list[str] = []

    def fault(self, sentence: str) -> None:
        """Note what is wrong."""
        self.faults.append(sentence)

    def text(self, name: str, what: str) -> str:
        """A text that must be there."""
        value = self.data.get(name)
        if isinstance(value, str) and value.strip():
            return " ".join(value.split())
        self.fault(f"Cách chấm thiếu {what}.")
        return ""

    def optional_text(self, name: str) -> str:
        """A text that may be absent."""
        value = self.data.get(name) or ""
        return " ".join(value.split()) if isinstance(value, str) else ""

    def number(self, name: str, what: str) -> Fraction:
        """A number that must be there, as a decimal string, an integer or a Decimal."""
        return self.number_in(self.data.get(name), what)

    def number_in(self, value: Any, what: str) -> Fraction:
        """The same, of a value already at hand."""
        if isinstance(value, int) and not isinstance(value, bool):
            return Fraction(value)
        if is_plain(value):
            return as_fraction(value)
        if isinstance(value, str):
            try:
                return Fraction(parse_number(value, whole=False))
            except NotANumber:
                pass
        self.fault(f"Cách chấm thiếu {what}, hoặc {what} không phải là số.")
        return Fraction(0)

    def flag(self, name: str) -> bool:
        """A yes or no that may be absent."""
        value = self.data.get(name, False)
        if not isinstance(value, bool):
            self.fault(f"Cách chấm: “{name}” phải là true hoặc false.")
            return False
        return value

    def refuse_if_faulty(self) -> None:
        """Raise `RuleFault` with everything noted."""
        if self.faults:
            raise RuleFault(self.faults)


def read_count(data: Mapping[str, Any], name: str, label: str) -> int:
    """A whole count, nought or more, of at most nine digits. Raises `AnswerFault`."""
    label = capital(label)
    number = _read(data, name, label, whole=True, large=False)
    if number >= 10**COUNT_DIGITS:
        raise AnswerFault(name, f"“{label}” lớn quá: nhận tối đa {COUNT_DIGITS} chữ số.")
    return int(number)


def read_amount(data: Mapping[str, Any], name: str, label: str, large: bool = False) -> Decimal:
    """An amount that is not a count: nought or more, at most four decimals. Raises `AnswerFault`.

    `large` amounts (money) are those where thousands are usual; see `parse_number`.
    """
    label = capital(label)
    number = _read(data, name, label, whole=False, large=large)
    if number >= 10**COUNT_DIGITS:
        raise AnswerFault(
            name, f"“{label}” lớn quá: nhận tối đa {COUNT_DIGITS} chữ số trước dấu phẩy."
        )
    if Fraction(number) * 10**DECIMALS % 1:
        raise AnswerFault(name, f"“{label}” nhận tối đa {DECIMALS} chữ số sau dấu phẩy.")
    return number


def _read(data: Mapping[str, Any], name: str, label: str, whole: bool, large: bool) -> Decimal:
    value = data.get(name)
    text = str(value) if isinstance(value, int) and not isinstance(value, bool) else value
    if text is None or isinstance(text, str) and not text.strip():
        raise AnswerFault(name, f"Chưa nhập “{label}”.")
    if not isinstance(text, str):
        raise AnswerFault(name, f"“{label}” phải ghi bằng chữ số.")
    try:
        number = parse_number(text, whole=whole, large=large)
    except NotANumber as fault:
        raise AnswerFault(name, f"“{label}” {fault.reason}.") from fault
    if number < 0:
        raise AnswerFault(name, f"“{label}” không được nhỏ hơn 0.")
    return number


def capital(text: str) -> str:
    """The text with its first letter large; the rest as it is."""
    return text[:1].upper() + text[1:]


def uncapital(text: str) -> str:
    """The text with its first letter small; "TTHC" inside it keeps its capitals."""
    return text[:1].lower() + text[1:]


def kept(number: Fraction | Decimal | int) -> str:
    """A number as it stands in JSON: a plain decimal string, without needless zeros."""
    exact = Fraction(number)
    text = exactly(exact).replace(".", "").replace(",", ".")
    return text.replace("\N{MINUS SIGN}", "-")


def points_words(points: Figure) -> str:
    """Points in words of a rule: exact, two decimals at least, "0 điểm" for nought."""
    return f"{exactly(points, least=2) if points else '0'} điểm"
