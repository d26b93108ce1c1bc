"""What a unit replies to a verdict, and what somebody else decides of it."""

from fractions import Fraction

from django import forms

from cchc_portal.kit.forms import Spoken
from cchc_portal.kit.numerals import grouped
from scoring.forms.answers import STALE
from scoring.forms.fields import points_typed
from scoring.forms.strokes import StrokeForm
from scoring.models import Period
from scoring.rules.reply import Outcome, Stance, Standing

LONGEST_DECISION = 2000


class ReplyForm(Spoken, StrokeForm):
    """One reply as it is written: it need not be whole before it is sent."""

    stance = forms.ChoiceField(
        choices=(("", ""), *Stance.choices),
        required=False,
        error_messages={"invalid_choice": "Ý kiến không có trong danh mục."},
    )

    def __init__(self, *args, period: Period, **kwargs):
        super().__init__(*args, **kwargs)
        most = period.reply_length
        self.fields["text"] = forms.CharField(
            required=False,
            strip=False,
            max_length=most,
            error_messages={
                "max_length": f"Nội dung dài quá {grouped(most)} ký tự, đề nghị rút gọn. Nội dung "
                "đã gõ vẫn còn trong ô."
            },
        )

    @property
    def inputs(self) -> set[str]:
        return {"stance", "text"}


class SendForm(forms.Form):
    """What the head saw when sending, and whether the unit agrees to all the rest."""

    seen = forms.CharField(error_messages=STALE)
    agree_rest = forms.BooleanField(required=False)


class DecisionForm(Spoken, forms.Form):
    """What is decided of one objection."""

    outcome = forms.ChoiceField(
        choices=Outcome.choices,
        error_messages={
            "required": "Đề nghị chọn kết luận.",
            "invalid_choice": "Kết luận không có trong danh mục.",
        },
    )
    points = forms.CharField(required=False, max_length=40)
    decision = forms.CharField(
        max_length=LONGEST_DECISION,
        error_messages={
            "required": "Đề nghị ghi rõ lý do kết luận.",
            "max_length": f"Lý do dài quá {LONGEST_DECISION} ký tự, đề nghị rút gọn.",
        },
    )
    version = forms.IntegerField(error_messages=STALE)

    def clean_points(self) -> Fraction | None:
        typed = self.cleaned_data["points"].strip()
        if not typed or self.data.get("outcome") != Outcome.PARTLY:
            return None
        return Fraction(points_typed(typed))


class ObjectionFilterForm(forms.Form):
    """What the queue of objections is narrowed to; every part may be left out."""

    block = forms.IntegerField(required=False)
    unit = forms.IntegerField(required=False)
    code = forms.CharField(required=False, max_length=30)
    state = forms.ChoiceField(
        required=False,
        choices=(
            ("", "Tất cả"),
            (Standing.SENT.value, Standing.SENT.label),
            (Standing.DECIDED.value, Standing.DECIDED.label),
        ),
    )
