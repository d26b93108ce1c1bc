"""What the unit types: an answer with its note, words for the assessor, the password to hand in."""

from django import forms

from cchc_portal.kit.forms import Spoken
from scoring.forms.answers import NONE_OF_THEM, STALE, AnswerForm
from scoring.forms.strokes import StrokeForm
from scoring.rules.kinds import LONGEST_NOTE
from scoring.rules.workflow import DossierState
from units.forms.password import PasswordAgain, password_field

LONGEST_WORDS = 20_000
TOO_LONG = "Nội dung dài quá %(limit_value)d ký tự, đề nghị rút gọn. Nội dung đã gõ vẫn được giữ."


def long_text(label: str, longest: int, **options) -> forms.CharField:
    """Text kept exactly as typed, which may be empty."""
    return forms.CharField(
        label=label,
        required=False,
        strip=False,
        max_length=longest,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"max_length": TOO_LONG},
        **options,
    )


class SelfScoreForm(AnswerForm, StrokeForm):
    """One component as the unit answers it."""

    note = long_text("Ghi chú, giải trình", LONGEST_NOTE)
    not_applicable = forms.BooleanField(label="Đề nghị không áp dụng", required=False)

    def clean(self):
        self.read_answer()
        return super().clean()

    @property
    def inputs(self) -> set[str]:
        of_the_rule = {field.name for field in self.rule.fields()}
        nothing = {f"{name}_{NONE_OF_THEM}" for name in of_the_rule}
        return of_the_rule | nothing | {"note", "not_applicable"}


class WordsForm(Spoken, StrokeForm):
    """Difficulties and proposals of the dossier."""

    difficulties = long_text("Khó khăn, vướng mắc", LONGEST_WORDS)
    proposals = long_text("Kiến nghị, đề xuất", LONGEST_WORDS)

    @property
    def inputs(self) -> set[str]:
        return {"difficulties", "proposals"}


class SubmitForm(PasswordAgain, forms.Form):
    """The password again: a session left open must not hand in. Wrong ones count as at sign-in."""

    password = password_field(
        "Đề nghị nhập lại mật khẩu đăng nhập để trình nộp.",
        missing="Đề nghị nhập mật khẩu để trình nộp.",
        **{"class": "form-control"},
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, error_messages=STALE)

    def look_again(self, seen: int) -> None:
        """After a conflict the page shows what lies there now: the next answer is about that."""
        self.data = self.data.copy()
        self.data["seen"] = str(seen)


class ReasonForm(forms.Form):
    """Why something is done: sent back, excused, taken up again, moved."""

    comment = forms.CharField(
        label="Lý do",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4, "class": "form-control"}),
        error_messages={
            "required": "Đề nghị ghi rõ lý do.",
            "max_length": "Lý do dài quá 2000 ký tự, đề nghị rút gọn.",
        },
    )


class DossierFilterForm(forms.Form):
    """What a list of dossiers is narrowed to; every part may be left out."""

    block = forms.IntegerField(label="Khối", required=False)
    state = forms.ChoiceField(
        label="Trạng thái", required=False, choices=(("", "Tất cả"), *DossierState.choices)
    )
