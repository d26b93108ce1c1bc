"""What is said of a remark as it is dealt with: one form a move."""

from django import forms

from commitments.forms.fields import ReasonForm, Seen
from commitments.forms.voices import (
    KINDS,
    LEGAL_KINDS,
    UNKNOWN,
    ConcernedForm,
    RegisterForm,
    kind_field,
    long,
    unit_field,
)
from commitments.models.voice import LONGEST_ANSWER
from commitments.rules.voice import JUDGED, ORDINARY, TERMS
from units.forms.fields import DayField, WordsField


class ClassifyForm(ConcernedForm, Seen):
    """The kind, and which unit it is about."""

    field_order = ("kind", "concerns")
    kind = kind_field(KINDS)

    def __init__(self, voice, *arguments, **options):
        super().__init__(*arguments, **options)
        self.offer_concerned([voice.unit_id], voice.concerns_id)
        self.fields["kind"].help_text = (
            f"Hạn trả lời tính từ ngày {voice.counted_from:%d/%m/%Y}: "
            + "; ".join(
                f"{str(kind.label).lower()} {TERMS[kind].days} ngày làm việc" for kind in ORDINARY
            )
        )


class VerifyForm(Seen):
    """What the verification came to."""

    result = forms.ChoiceField(
        label="Kết quả",
        choices=[(one.value, one.label) for one in JUDGED],
        widget=forms.RadioSelect,
        error_messages=UNKNOWN | {"required": "Đề nghị chọn kết quả."},
    )
    finding = long("Nội dung xác minh", longest=LONGEST_ANSWER)


class AnswerForm(Seen):
    """What the person was told."""

    answer = long(
        "Nội dung trả lời",
        rows=7,
        longest=LONGEST_ANSWER,
        help_text="Người phản ánh đọc được bằng mã tra cứu. Không ghi họ tên người phản ánh.",
    )
    answer_number = WordsField(label="Số văn bản trả lời", max_length=60, required=False)
    answered_on = DayField(label="Ngày trả lời")


class CloseForm(Seen):
    """What was done about it."""

    measures = long("Biện pháp xử lý, khắc phục", required=False)


class ReferForm(Seen):
    """Where it goes, by which paper."""

    to = WordsField(label="Chuyển đến", max_length=200)
    number = WordsField(label="Số văn bản chuyển", max_length=60, required=False)


class DiscardForm(ReasonForm):
    """Why it is not taken up; the person reads it."""

    def __init__(self, *arguments, **options):
        super().__init__(*arguments, **options)
        self.fields["comment"].help_text = "Người phản ánh đọc được bằng mã tra cứu."


class HandOnForm(Seen):
    """Which unit deals with it from now on, and why."""

    to = unit_field("Đơn vị giải quyết")
    comment = WordsField(label="Lý do chuyển", max_length=300)

    def __init__(self, reached, *arguments, **options):
        super().__init__(*arguments, **options)
        self.fields["to"].queryset = reached
        self.fields[
            "comment"
        ].help_text = "Ghi vào nhật ký; không ghi thông tin của người phản ánh vào đây."


class PointForm(Seen):
    """Which of the two it is, and where it was pointed to."""

    kind = kind_field(LEGAL_KINDS, as_buttons=True)
    to = RegisterForm.base_fields["to"]


class LookForm(forms.Form):
    """Why somebody looks; may be left empty."""

    reason = WordsField(
        label="Lý do xem",
        max_length=300,
        required=False,
        help_text="Không bắt buộc. Không ghi thông tin của người phản ánh vào đây.",
    )
