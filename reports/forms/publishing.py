"""What is typed to publish: number, day and place of the decision, who signs, the password."""

import re

from django import forms

from reports.models import Edition
from reports.rules.decree import AUTHORITIES
from reports.rules.remarks import Remark
from reports.services.editions import why_not_decided_on, why_not_numbered
from reports.services.frozen import Decision
from reports.services.previews import (
    CHANGED,
    NOT_TICKED,
    assessor_office,
    not_ticked,
    proposed_decision,
)
from scoring.models import Period
from units.forms.fields import DayField, WordsField
from units.forms.password import PasswordAgain, password_field
from units.models import User

LONGEST_REASON = 500
NUMBER = re.compile(r"[0-9]{1,6}/[^\s/]+(?:/[^\s/]+)*")


def _line(column: str, label: str, **options) -> WordsField:
    longest = Edition._meta.get_field(column).max_length
    return WordsField(label=label, max_length=longest, **options)


class RemarksForm(forms.Form):
    """Every remark about the figures is ticked by whoever has seen it."""

    ticked = forms.MultipleChoiceField(
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": CHANGED},
    )

    def __init__(self, remarks: list[Remark], *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.remarks = remarks
        self.fields["ticked"].choices = [(remark.key, remark.sentence) for remark in remarks]

    def clean_ticked(self):
        ticked = self.cleaned_data["ticked"]
        if left := not_ticked(self.remarks, ticked):
            raise forms.ValidationError(f"{NOT_TICKED} Còn {len(left)} điều chưa đánh dấu.")
        return ticked

    @property
    def rows(self) -> list[tuple[Remark, bool]]:
        """Each remark, and whether it is ticked."""
        ticked = self["ticked"].value() or ()
        return [(remark, remark.key in ticked) for remark in self.remarks]


class DecisionForm(forms.Form):
    """The paperwork of the decision. `decision` is what the service takes."""

    number = _line("decision_number", "Số, ký hiệu")
    decided_on = DayField(label="Ngày quyết định")
    place = _line("place", "Địa danh")
    signer_authority = forms.ChoiceField(
        label="Quyền hạn ký", choices=tuple(AUTHORITIES.items()), required=False
    )
    signer_position = _line("signer_position", "Chức vụ người ký")
    signer_rank = _line("signer_rank", "Cấp bậc hàm", required=False)
    signer_name = _line("signer_name", "Họ và tên người ký")
    reason = WordsField(
        label="Lý do đính chính",
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="In trong quyết định và hiện trên trang công bố.",
        error_messages={"required": "Đề nghị ghi rõ lý do đính chính."},
    )

    def __init__(self, period: Period, by: User, *args, corrected: Edition | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        self.period, self.corrected = period, corrected
        if corrected is None:
            del self.fields["reason"]
        self.example = f"3412/{assessor_office(period).symbol}"
        self.fields["number"].help_text = f"Do bộ phận văn thư cấp, ví dụ {self.example}."
        self.initial = proposed_decision(period, by)._asdict() | self.initial

    def clean_number(self):
        number = "".join(self.cleaned_data["number"].split())
        if not NUMBER.fullmatch(number):
            raise forms.ValidationError(
                f"Số, ký hiệu gồm số và ký hiệu cách nhau bằng dấu “/”, ví dụ {self.example}."
            )
        return number

    def clean_decided_on(self):
        day = self.cleaned_data["decided_on"]
        if refusal := why_not_decided_on(day, self.period, self.corrected):
            raise forms.ValidationError(refusal)
        return day

    def clean(self):
        said = super().clean()
        number, day = said.get("number"), said.get("decided_on")
        if number and day and (refusal := why_not_numbered(number, day, self.corrected)):
            self.add_error("number", refusal)
        return said

    @property
    def decision(self) -> Decision:
        """The cleaned paperwork."""
        said = {name: self.cleaned_data[name] for name in Decision._fields if name in self.fields}
        return Decision(**said)

    @property
    def signing_words(self) -> str:
        """Who signs, as it is read back before the last step."""
        said = self.decision
        rank = f"{said.signer_rank} " if said.signer_rank else ""
        authority = f"{said.signer_authority} " if said.signer_authority else ""
        return f"{authority}{said.signer_position}: {rank}{said.signer_name}"


class ConfirmationForm(PasswordAgain, forms.Form):
    """The password of whoever publishes, once more."""

    wrong_password = "Mật khẩu chưa đúng, kết quả chưa được công bố."

    password = password_field(
        "Nhập lại để xác nhận việc công bố.",
        label="Mật khẩu của đồng chí",
        missing="Đề nghị nhập mật khẩu để xác nhận việc công bố.",
    )


class CorrectionForm(forms.Form):
    """Why a published period is opened again."""

    comment = WordsField(
        label="Lý do đính chính",
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Đề nghị ghi rõ lý do đính chính."},
    )
