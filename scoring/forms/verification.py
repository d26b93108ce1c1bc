"""What the assessor types for one component: an answer, points, or that it does not apply."""

from decimal import Decimal

from django import forms

from cchc_portal.kit.forms import Spoken
from cchc_portal.kit.numerals import NotANumber, exactly, parse_number
from cchc_portal.kit.worded import Worded
from scoring.forms.answers import STALE, AnswerForm
from scoring.forms.fields import DECIMALS
from scoring.models import UsualReason
from scoring.rules.usual_reason import joined

LONGEST_REASON = 2000


class Way(Worded):
    """How a verdict is given."""

    ANSWER = "answer", "Theo cách chấm"
    POINTS = "points", "Ghi điểm"
    NOT_APPLICABLE = "not_applicable", "Không áp dụng"


class VerdictForm(AnswerForm):
    """One verdict. `verdict` is what the service takes beside the version.

    `assessor`: whose catalogue of usual reasons may be picked from. One that was picked stands in
    the reason, whether the browser has put it there or not.
    """

    way = forms.ChoiceField(
        choices=Way.choices,
        error_messages={
            "required": "Đề nghị chọn cách thẩm định.",
            "invalid_choice": "Cách thẩm định không có trong danh mục.",
        },
    )
    given = forms.CharField(required=False, max_length=40)
    reason = forms.CharField(
        required=False,
        max_length=LONGEST_REASON,
        error_messages={
            "max_length": f"Lý do dài quá {LONGEST_REASON} ký tự, đề nghị rút gọn.",
        },
    )

    usual = forms.ModelChoiceField(
        UsualReason.objects.none(),
        required=False,
        error_messages={"invalid_choice": "Lý do thường dùng không có trong danh mục."},
    )

    def __init__(self, *args, assessor: int, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["usual"].queryset = UsualReason.objects.filter(assessor=assessor)

    def clean(self):
        cleaned = super().clean()
        way = cleaned.get("way")
        self.verdict: dict[str, object] = {}
        if way == Way.ANSWER:
            self.read_answer()
            if not self.answer and not self.errors:
                self.add_error(None, "Chưa nhập kết quả thẩm định.")
            self.verdict = {"answer": self.answer}
        elif way == Way.POINTS:
            self.verdict = {"points": self._points(cleaned.get("given", ""))}
        elif way == Way.NOT_APPLICABLE:
            self.verdict = {"not_applicable": True}
        self.verdict |= self._ground(cleaned)
        return cleaned

    def _ground(self, cleaned: dict) -> dict[str, object]:
        usual, reason = cleaned.get("usual"), cleaned.get("reason", "")
        if usual:
            reason = joined(usual.text, reason)
        if len(reason) > LONGEST_REASON:
            self.add_error("reason", f"Lý do dài quá {LONGEST_REASON} ký tự, đề nghị rút gọn.")
        return {"reason": reason, "usual": usual}

    def _points(self, typed: str) -> Decimal | None:
        maximum = exactly(self.maximum, least=2)
        try:
            points = parse_number(typed, whole=False) if typed.strip() else None
        except NotANumber as fault:
            return self._refused(f"Điểm thẩm định {fault.reason}.")
        if points is None:
            return self._refused("Chưa nhập điểm thẩm định.")
        if not 0 <= points <= self.maximum:
            return self._refused(f"Điểm thẩm định phải nằm trong khoảng từ 0 đến {maximum}.")
        if -points.as_tuple().exponent > DECIMALS:
            return self._refused(f"Điểm thẩm định nhận tối đa {DECIMALS} chữ số sau dấu phẩy.")
        return points

    def _refused(self, sentence: str) -> None:
        self.fault_field = "given"
        self.add_error(None, sentence)


class AcceptForm(Spoken, forms.Form):
    """A verdict that needs no more than the version it is about."""

    version = forms.IntegerField(error_messages=STALE)
