"""Answers that are one count out of another: ratios, and the satisfaction of a survey."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import ceil
from typing import Any

from cchc_portal.kit.numerals import exactly, grouped, written
from scoring.rules.answers.base import (
    Answer,
    AnswerFault,
    Field,
    FieldKind,
    NotApplicable,
    RuleReader,
    ShareRule,
    capital,
    kept,
    points_words,
    read_amount,
    read_count,
    uncapital,
)


@dataclass(frozen=True)
class RatioAnswer(Answer):
    """A part and the whole it is taken from: counts, or amounts of money."""

    numerator: Decimal
    denominator: Decimal

    def words(self, rule: "RatioRule") -> str:
        return f"{exactly(self.numerator)}/{exactly(self.denominator)}"

    def as_json(self) -> dict[str, Any]:
        return {"numerator": _kept(self.numerator), "denominator": _kept(self.denominator)}


@dataclass(frozen=True)
class RatioRule(ShareRule[RatioAnswer]):
    """The part in percent of the whole; full points from one mark, none below another.

    `amounts` are not counts (money) and may have decimals; `may_exceed` lets the part be larger
    than the whole, which is a slip of the pen everywhere else. `of_commitments` says that both
    are counts of the unit's commitment of the year: its tasks done, all its tasks. The two codes
    name indicators of the assessor whose reported figures are offered.
    """

    numerator: str
    denominator: str
    floor_percent: Fraction
    full_percent: Fraction
    unit: str = ""
    amounts: bool = False
    may_exceed: bool = False
    of_commitments: bool = False
    figure_numerator: str = ""
    figure_denominator: str = ""

    type = "ratio"

    @property
    def drawn_from(self) -> dict[str, str]:
        if not self.figure_numerator:
            return {}
        return {"numerator": self.figure_numerator, "denominator": self.figure_denominator}

    @classmethod
    def read(cls, reader: RuleReader) -> "RatioRule":
        rule = cls(
            numerator=reader.text("numerator", "tên của tử số"),
            denominator=reader.text("denominator", "tên của mẫu số"),
            floor_percent=reader.number("floor_percent", "tỷ lệ tối thiểu"),
            full_percent=reader.number("full_percent", "tỷ lệ được đủ điểm"),
            unit=reader.optional_text("unit"),
            amounts=reader.flag("amounts"),
            may_exceed=reader.flag("may_exceed"),
            of_commitments=reader.flag("of_commitments"),
            figure_numerator=reader.optional_text("figure_numerator"),
            figure_denominator=reader.optional_text("figure_denominator"),
        )
        if bool(rule.figure_numerator) != bool(rule.figure_denominator):
            reader.fault("Số liệu báo cáo cần mã chỉ tiêu của cả tử số và mẫu số.")
        if rule.of_commitments and rule.figure_numerator:
            reader.fault("Chỉ chọn một nguồn: kết quả cam kết, hoặc số liệu báo cáo.")
        if rule.of_commitments and (rule.amounts or rule.may_exceed):
            reader.fault("Số nhiệm vụ cam kết là số đếm, và số hoàn thành không vượt tổng số.")
        if rule.floor_percent < 0:
            reader.fault("Tỷ lệ tối thiểu không được nhỏ hơn 0 %.")
        if rule.full_percent <= 0:
            reader.fault("Tỷ lệ được đủ điểm phải lớn hơn 0 %.")
        if rule.full_percent > 100:
            reader.fault("Tỷ lệ được đủ điểm lớn hơn 100 % nên không đơn vị nào đạt điểm tối đa.")
        if rule.floor_percent > rule.full_percent:
            reader.fault("Tỷ lệ tối thiểu lớn hơn tỷ lệ được đủ điểm.")
        return rule

    def as_json(self) -> dict[str, Any]:
        return {
            "type": self.type,
            "numerator": self.numerator,
            "denominator": self.denominator,
            "floor_percent": kept(self.floor_percent),
            "full_percent": kept(self.full_percent),
            **({"unit": self.unit} if self.unit else {}),
            **({"amounts": True} if self.amounts else {}),
            **({"may_exceed": True} if self.may_exceed else {}),
            **({"of_commitments": True} if self.of_commitments else {}),
            **{f"figure_{end}": code for end, code in self.drawn_from.items()},
        }

    def value(self, answer: RatioAnswer) -> Fraction | None:
        """The exact percentage; None when there is no whole to take it from."""
        if not answer.denominator:
            return None
        return Fraction(answer.numerator) / Fraction(answer.denominator) * 100

    def share(self, answer: RatioAnswer) -> Fraction | NotApplicable:
        value = self.value(answer)
        if value is None:
            return NotApplicable(f"Không phát sinh {self.denominator} nên không áp dụng.")
        if value >= self.full_percent:
            return Fraction(1)
        if value < self.floor_percent:
            return Fraction(0)
        return value / self.full_percent

    def fields(self) -> tuple[Field, ...]:
        kind = FieldKind.DECIMAL if self.amounts else FieldKind.WHOLE
        return (
            Field("numerator", capital(self.numerator), kind, self.unit),
            Field(
                "denominator",
                capital(self.denominator),
                kind,
                self.unit,
                hint="Không phát sinh ghi 0",
            ),
        )

    def words(self, maximum: Decimal) -> str:
        full, floor = f"{exactly(self.full_percent)} %", f"{exactly(self.floor_percent)} %"
        marks = [f"Từ {full} được đủ {points_words(maximum)}"]
        if self.floor_percent:
            marks.append(f"dưới {floor} được 0 điểm")
        if self.floor_percent < self.full_percent:
            where = "ở giữa" if self.floor_percent else f"dưới {full}"
            against = "" if self.full_percent == 100 else f" so với mức {full}"
            marks.append(f"{where} tính theo tỷ lệ{against}")
        drawn = " Số liệu lấy từ kết quả thực hiện cam kết của năm." if self.of_commitments else ""
        drawn += self.drawn_words
        return f"Tỷ lệ {self.numerator} trên {self.denominator}. {'; '.join(marks)}.{drawn}"

    def read_answer(self, data: Mapping[str, Any]) -> RatioAnswer:
        answer = RatioAnswer(
            self._read(data, "numerator", self.numerator),
            self._read(data, "denominator", self.denominator),
        )
        refuse_more_than_whole(
            (self.numerator, answer.numerator),
            (self.denominator, answer.denominator),
            may_exceed=self.may_exceed,
        )
        return answer

    def result_words(self, answer: RatioAnswer) -> str:
        value = self.value(answer)
        return "" if value is None else f"{written(value, 2)} %"

    def shortfall_words(self, answer: RatioAnswer) -> str:
        value = self.value(answer)
        if value is None or value >= self.full_percent or self.amounts:
            return ""
        needed = ceil(Fraction(answer.denominator) * self.full_percent / 100)
        missing = grouped(needed - int(answer.numerator))
        return f"thiếu {missing} {self.numerator} là đủ điểm"

    def _read(self, data: Mapping[str, Any], name: str, label: str) -> Decimal:
        if self.amounts:
            return read_amount(data, name, label, large=True)
        return Decimal(read_count(data, name, label))


@dataclass(frozen=True)
class SurveyAnswer(Answer):
    """Ratings that say satisfied or very satisfied, and all ratings."""

    satisfied: int
    rated: int

    def words(self, rule: "SurveyRule") -> str:
        return f"{grouped(self.satisfied)}/{grouped(self.rated)} lượt"

    def as_json(self) -> dict[str, Any]:
        return {"satisfied": str(self.satisfied), "rated": str(self.rated)}


@dataclass(frozen=True)
class SurveyRule(ShareRule[SurveyAnswer]):
    """Points in proportion to satisfaction. Never self-assessed.

    Satisfaction is the share of satisfied and very satisfied ratings among all ratings; a rating
    of one item counts once. Source: it fits the figures of Gia Lai police 2020
    (2.518/2.756 = 91,36 %). `of_partners` says that the units which work with this one were asked,
    not citizens: it gives points alike, but is no satisfaction of citizens and never published so.
    """

    of_partners: bool = False

    type = "survey"

    SATISFIED = "lượt đánh giá hài lòng và rất hài lòng"
    RATED = "tổng số lượt đánh giá"

    @classmethod
    def read(cls, reader: RuleReader) -> "SurveyRule":
        return cls(of_partners=reader.flag("of_partners"))

    def as_json(self) -> dict[str, Any]:
        return {"type": self.type, **({"of_partners": True} if self.of_partners else {})}

    def share(self, answer: SurveyAnswer) -> Fraction | NotApplicable:
        if not answer.rated:
            return NotApplicable("Chưa có lượt đánh giá nào nên không áp dụng.")
        return Fraction(answer.satisfied, answer.rated)

    def fields(self) -> tuple[Field, ...]:
        return (
            Field("satisfied", capital(self.SATISFIED), FieldKind.WHOLE, "lượt"),
            Field("rated", capital(self.RATED), FieldKind.WHOLE, "lượt"),
        )

    def words(self, maximum: Decimal) -> str:
        full = points_words(maximum)
        asked = "khảo sát các đơn vị phối hợp" if self.of_partners else "đo lường sự hài lòng"
        return (
            f"Tỷ lệ {self.SATISFIED} trên {self.RATED}, nhân với {full}. "
            f"Đơn vị không tự chấm; số liệu lấy từ kết quả {asked}."
        )

    def read_answer(self, data: Mapping[str, Any]) -> SurveyAnswer:
        answer = SurveyAnswer(
            read_count(data, "satisfied", self.SATISFIED), read_count(data, "rated", self.RATED)
        )
        refuse_more_than_whole(
            (self.SATISFIED, Decimal(answer.satisfied)), (self.RATED, Decimal(answer.rated))
        )
        return answer

    def result_words(self, answer: SurveyAnswer) -> str:
        if not answer.rated:
            return ""
        return f"{written(Fraction(answer.satisfied * 100, answer.rated), 2)} %"


def refuse_more_than_whole(
    part: tuple[str, Decimal], whole: tuple[str, Decimal], may_exceed: bool = False
) -> None:
    """Refuse a part larger than its whole; a part of nothing is refused in any case."""
    (part_label, part_figure), (whole_label, whole_figure) = part, whole
    if part_figure <= whole_figure or may_exceed and whole_figure:
        return
    raise AnswerFault(
        "satisfied" if part_label == SurveyRule.SATISFIED else "numerator",
        f"{_number_of(part_label)} ({exactly(part_figure)}) lớn hơn "
        f"{uncapital(_number_of(whole_label))} ({exactly(whole_figure)}). "
        "Đề nghị kiểm tra lại hai số.",
    )


def _kept(amount: Decimal) -> str:
    """With a fourth decimal after the third: "1.234" might be read as a thousand."""
    text = kept(amount)
    return f"{text}0" if text[-4:-3] == "." else text


def _number_of(label: str) -> str:
    named = label.startswith(("tổng", "số ", "kinh phí"))
    return capital(label) if named else f"Số {label}"
