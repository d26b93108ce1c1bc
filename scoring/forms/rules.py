"""One small form for each kind of rule: its parameters, as an organiser would say them."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms

from scoring.forms.fields import ExactField, IndicatorCodeField, in_a_row
from scoring.rules.answers import KINDS, RuleFault, parse_rule
from scoring.rules.answers.base import kept
from scoring.rules.answers.tiers import PERCENT, QUANTITIES, STATE
from units.forms.fields import NEEDED, WordsField

MOST_LEVELS = 6
BIG = Decimal(10**9)

KIND_WORDS = {
    "binary": "Có hoặc không",
    "tiers": "Theo mức",
    "ratio": "Theo tỷ lệ",
    "deduction": "Trừ dần theo số lần vi phạm",
    "count": "Cộng dần theo số lượng",
    "checklist": "Danh mục kiểm tra",
    "survey": "Kết quả khảo sát, đo lường sự hài lòng",
    "given": "Cho điểm trực tiếp",
}
KIND_CHOICES = [(name, KIND_WORDS[name]) for name in KINDS]


class RuleForm(forms.Form):
    """Parameters of a rule without any; the base of those that have some."""

    kind = ""
    template_name = "scoring/_rule_fields.html"

    @classmethod
    def told(cls, rule: Mapping[str, Any]) -> dict[str, Any]:
        """A kept rule as the form's initial values."""
        return dict(rule)

    def said(self) -> dict[str, Any]:
        """The rule as JSON, from what was typed."""
        return {}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.errors:
            try:
                self.rule = parse_rule({"type": self.kind} | self.said()).as_json()
            except RuleFault as fault:
                for sentence in fault.sentences:
                    self.add_error(None, sentence)
        return cleaned


class ShareForm(RuleForm):
    """A share of the points for each of something that is counted."""

    what: str
    share: str

    @classmethod
    def told(cls, rule):
        return {"what": rule.get(cls.what, ""), "share": percent_of(rule.get(cls.share))}

    def said(self):
        words, share = self.cleaned_data["what"], self.cleaned_data["share"]
        return {self.what: words, self.share: kept(share / 100)}


def share_field(label: str) -> ExactField:
    """A share of the maximum, typed in percent."""
    return ExactField(label=label, most=Decimal(100), places=4, above_nought=True)


def drawn_field(what: str) -> IndicatorCodeField:
    """The code of the indicator whose reported figure is offered."""
    return IndicatorCodeField(
        label=f"Lấy từ số liệu báo cáo: mã chỉ tiêu của {what} (nếu có)",
        max_length=20,
        required=False,
    )


class DeductionForm(ShareForm):
    kind, what, share = "deduction", "event", "share_per_event"

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["what"] = WordsField(label="Việc bị trừ điểm", max_length=120)
        self.fields["share"] = share_field("Mỗi lần trừ (% điểm tối đa)")


class CountForm(ShareForm):
    kind, what, share = "count", "item", "share_per_item"

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["what"] = WordsField(label="Nội dung được tính điểm", max_length=120)
        self.fields["share"] = share_field("Mỗi nội dung được (% điểm tối đa)")
        self.fields["figure_items"] = drawn_field("số lượng")

    @classmethod
    def told(cls, rule):
        return super().told(rule) | {"figure_items": rule.get("figure_items", "")}

    def said(self):
        return super().said() | {"figure_items": self.cleaned_data["figure_items"]}


class ChecklistForm(RuleForm):
    kind = "checklist"
    items = forms.CharField(
        label="Các mục, mỗi dòng một mục",
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=4000,
        error_messages={"required": NEEDED},
    )

    @classmethod
    def told(cls, rule):
        return {"items": "\n".join(rule.get("items", ()))}

    def said(self):
        return {"items": lines(self.cleaned_data["items"])}


class RatioForm(RuleForm):
    kind = "ratio"
    numerator = WordsField(label="Tử số", max_length=120)
    denominator = WordsField(label="Mẫu số", max_length=120)
    floor_percent = ExactField(label="Dưới tỷ lệ này được 0 điểm (%)", most=Decimal(100), places=2)
    full_percent = ExactField(label="Từ tỷ lệ này được đủ điểm (%)", most=Decimal(100), places=2)
    unit = WordsField(label="Đơn vị tính (nếu có)", max_length=30, required=False)
    amounts = forms.BooleanField(
        label="Là số tiền, số đo có phần thập phân, không phải số đếm", required=False
    )
    may_exceed = forms.BooleanField(label="Tử số có thể lớn hơn mẫu số", required=False)
    of_commitments = forms.BooleanField(
        label="Số liệu là kết quả thực hiện cam kết của năm (số hoàn thành, tổng số nhiệm vụ)",
        required=False,
    )
    figure_numerator = drawn_field("tử số")
    figure_denominator = drawn_field("mẫu số")

    @classmethod
    def told(cls, rule):
        shares = {name: decimal_of(rule.get(name)) for name in ("floor_percent", "full_percent")}
        return dict(rule) | shares

    def said(self):
        said = dict(self.cleaned_data)
        return said | {name: kept(said[name]) for name in ("floor_percent", "full_percent")}


class TiersForm(RuleForm):
    kind = "tiers"
    template_name = "scoring/_rule_levels.html"

    MEASURES = (
        (STATE, "Chọn mức theo lời văn"),
        *((name, quantity.label.capitalize()) for name, quantity in QUANTITIES.items()),
        (PERCENT, "Tỷ lệ (%)"),
        ("value", "Giá trị khác"),
    )
    UNITS = {STATE: "", "days_late": "days", "reports_incomplete": "reports"}
    LEVEL = {"when": "Lời văn của mức", "min": "Từ", "below": "Đến dưới", "share": "% điểm"}

    measure = forms.ChoiceField(label="Căn cứ để xếp mức", choices=MEASURES)
    unit = WordsField(label="Đơn vị tính của giá trị khác", max_length=30, required=False)
    decimals = forms.BooleanField(label="Giá trị khác có phần thập phân", required=False)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        for place in range(MOST_LEVELS):
            self.fields[f"when_{place}"] = WordsField(
                label=f"Lời văn mức {place + 1}",
                max_length=200,
                required=False,
                widget=in_a_row(f"Lời văn mức {place + 1}"),
            )
            for name, label in (("min", "Từ"), ("below", "Đến dưới")):
                self.fields[f"{name}_{place}"] = ExactField(
                    label=f"{label} (mức {place + 1})",
                    most=BIG,
                    places=4,
                    required=False,
                    widget=in_a_row(f"{label} (mức {place + 1})", figure=True),
                )
            self.fields[f"share_{place}"] = ExactField(
                label=f"Phần điểm mức {place + 1} (%)",
                most=Decimal(100),
                places=4,
                required=False,
                widget=in_a_row(f"Phần điểm mức {place + 1} (%)", figure=True),
            )

    @classmethod
    def told(cls, rule):
        measure = rule.get("input", STATE)
        if rule.get("unit") == PERCENT and measure != STATE:
            measure = PERCENT
        other = measure not in dict(cls.MEASURES)
        told = {
            "measure": "value" if other else measure,
            "unit": rule.get("unit", "") if other or measure == "value" else "",
            "decimals": rule.get("decimals", False),
        }
        for place, level in enumerate(rule.get("levels", ())):
            told |= {
                f"when_{place}": level.get("when", ""),
                f"min_{place}": decimal_of(level.get("min")),
                f"below_{place}": decimal_of(level.get("max_excl")),
                f"share_{place}": percent_of(level.get("share")),
            }
        return told

    def level_rows(self) -> list[list[tuple[str, forms.BoundField]]]:
        """The four fields of each level under their headings, for the template."""
        return [
            [(heading, self[f"{name}_{place}"]) for name, heading in self.LEVEL.items()]
            for place in range(MOST_LEVELS)
        ]

    def said(self):
        measure, typed = self.cleaned_data["measure"], self.cleaned_data
        unit = typed["unit"] if measure == "value" else self.UNITS.get(measure, measure)
        used = [
            place
            for place in range(MOST_LEVELS)
            if any(typed[f"{name}_{place}"] not in (None, "") for name in self.LEVEL)
        ]
        said = {"input": measure, "unit": unit, "levels": [self._level(place) for place in used]}
        decimals = measure == "value" and typed["decimals"]
        return said | ({"decimals": True} if decimals else {})

    def _level(self, place: int) -> dict[str, Any]:
        typed = {name: self.cleaned_data[f"{name}_{place}"] for name in ("min", "below", "share")}
        share = None if typed["share"] is None else kept(typed["share"] / 100)
        level = {"when": self.cleaned_data[f"when_{place}"], "share": share}
        if self.cleaned_data["measure"] == STATE:
            return level
        limits = {"min": typed["min"], "max_excl": typed["below"]}
        return level | {
            name: None if limit is None else kept(limit) for name, limit in limits.items()
        }


class BinaryForm(RuleForm):
    kind = "binary"


class SurveyForm(RuleForm):
    kind = "survey"
    of_partners = forms.BooleanField(
        label="Là khảo sát các đơn vị phối hợp, không phải đánh giá của người dân, tổ chức",
        required=False,
    )

    def said(self):
        return dict(self.cleaned_data)


class GivenForm(RuleForm):
    kind = "given"


FORMS: dict[str, type[RuleForm]] = {
    form.kind: form
    for form in (
        BinaryForm,
        TiersForm,
        RatioForm,
        DeductionForm,
        CountForm,
        ChecklistForm,
        SurveyForm,
        GivenForm,
    )
}


def decimal_of(text: str | None) -> Decimal | None:
    """A number kept in JSON as the form shows it."""
    return None if text in (None, "") else Decimal(text)


def percent_of(share: str | None) -> Decimal | None:
    """A kept share in percent."""
    return None if share in (None, "") else Decimal(share) * 100


def lines(text: str) -> list[str]:
    """The lines that say something."""
    return [line.strip() for line in text.splitlines() if line.strip()]
