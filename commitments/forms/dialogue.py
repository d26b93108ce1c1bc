"""What is raised, and what comes of it."""

from dataclasses import replace
from functools import partial
from uuid import uuid4

from django import forms
from django.db.models import Q
from django.utils import timezone

from commitments.forms.fields import STALE, CabinetField, Seen, long_text
from commitments.models import Conference, ConferenceTask, DialogueItem
from commitments.models.dialogue import LONGEST, LONGEST_ANSWER
from commitments.models.superiors import units_above
from commitments.rules.areas import ReformArea
from commitments.rules.conference import ItemKind, Speaker
from commitments.rules.dialogue import ItemWords
from commitments.services.conclusions import Errand
from commitments.services.escalations import Letter
from units.forms.fields import DayField, WordsField
from units.models import Unit

PARTS = 6
UNKNOWN = {"invalid_choice": "Giá trị không có trong danh mục."}


_text = partial(long_text, longest=LONGEST)


class ItemForm(forms.Form):
    """What was said, of which kind, by whom."""

    kind = forms.ChoiceField(
        label="Loại",
        choices=ItemKind.choices,
        widget=forms.RadioSelect,
        error_messages=UNKNOWN | {"required": "Đề nghị chọn ý kiến, câu hỏi hoặc kiến nghị."},
    )
    text = _text("Nội dung")
    speaker = forms.ChoiceField(
        label="Người nêu",
        choices=Speaker.choices,
        error_messages=UNKNOWN | {"required": "Đề nghị chọn người nêu."},
    )
    area = forms.ChoiceField(
        label="Lĩnh vực",
        choices=[("", "Chưa phân lĩnh vực"), *ReformArea.choices],
        required=False,
        error_messages=UNKNOWN,
    )
    speaker_name = WordsField(
        label="Họ tên, nơi công tác",
        max_length=160,
        required=False,
        help_text="Không bắt buộc; không bao giờ công khai.",
    )

    def words(self) -> ItemWords:
        """What was typed, as the rules read it."""
        data = self.cleaned_data
        return ItemWords(
            kind=data["kind"],
            text=data["text"],
            speaker=data["speaker"],
            area=data["area"],
            speaker_name=data["speaker_name"],
            kept_private=bool(data.get("kept_private")),
        )


class QuickForm(ItemForm):
    """A line of the quick-entry page; one still being typed says so and is not taken in."""

    area = forms.ChoiceField(
        label="Lĩnh vực",
        choices=ItemForm.base_fields["area"].choices,
        required=False,
        error_messages=UNKNOWN,
        widget=forms.Select(attrs={"class": "form-select"}),
    )

    sent = forms.BooleanField(label="Ghi từ phiếu gửi trước", required=False)
    unfinished = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def clean(self):
        data = super().clean()
        if data.get("unfinished"):
            raise forms.ValidationError("Ý kiến này chưa nhập xong.")
        return data


class ItemEditForm(ItemForm, Seen):
    """The words of one that lies there already."""

    kept_private = forms.BooleanField(
        label="Nội dung có thông tin cá nhân, không công khai",
        required=False,
        help_text="Vẫn tính vào số ý kiến; bảng công khai không có nội dung và câu trả lời.",
    )


class PrivateForm(Seen):
    """All that may still be changed of one whose minutes are signed."""

    kept_private = ItemEditForm.base_fields["kept_private"]

    def __init__(self, item: DialogueItem, *arguments, **options):
        super().__init__(*arguments, **options)
        self.item = item

    def words(self) -> ItemWords:
        """The words as they were, private or not as was chosen."""
        return replace(self.item.said, kept_private=self.cleaned_data["kept_private"])


class SendForm(ItemForm):
    """For anybody, without an account. `leave_empty` is seen by machines only, which fill it in."""

    key = forms.UUIDField(widget=forms.HiddenInput, error_messages=STALE)
    leave_empty = forms.CharField(required=False, label="Để trống ô này", max_length=200)

    def __init__(self, *arguments, **options):
        super().__init__(*arguments, **options)
        self.initial = {"key": uuid4(), "speaker": Speaker.CITIZEN} | self.initial
        self.fields["text"].help_text = f"Tối đa {LONGEST} ký tự; không nêu bí mật nhà nước."
        self.fields[
            "speaker_name"
        ].help_text = "Không bắt buộc. Chỉ đơn vị tổ chức đọc được, không bao giờ công khai."


class SplitForm(Seen):
    """One statement in several parts; rows left empty do not count."""

    def __init__(self, item: DialogueItem, *arguments, **options):
        super().__init__(*arguments, **options)
        self.item = item
        for place in range(1, PARTS + 1):
            first = place == 1
            self.fields[f"kind_{place}"] = forms.ChoiceField(
                label=f"Loại của phần {place}",
                choices=ItemKind.choices,
                initial=item.kind,
                error_messages=UNKNOWN,
            )
            self.fields[f"text_{place}"] = _text(
                f"Phần {place}", rows=3, required=first, initial=item.text if first else ""
            )

    @property
    def rows(self):
        """The fields of each part."""
        return [(self[f"kind_{n}"], self[f"text_{n}"]) for n in range(1, PARTS + 1)]

    def parts(self) -> list[ItemWords]:
        """The parts that were filled in; speaker and area as they were."""
        said, data = self.item.said, self.cleaned_data
        return [
            ItemWords(
                kind=data[f"kind_{n}"],
                text=data[f"text_{n}"],
                speaker=said.speaker,
                area=said.area,
                speaker_name=said.speaker_name,
                kept_private=said.kept_private,
            )
            for n in range(1, PARTS + 1)
            if data[f"text_{n}"].strip()
        ]


class AnswerForm(Seen):
    """What was answered, by whom, when."""

    answer = _text("Nội dung trả lời", rows=6, longest=LONGEST_ANSWER)
    answered_by = WordsField(label="Người trả lời", max_length=160)
    answered_on = DayField(label="Ngày trả lời")

    def clean_answered_on(self):
        day = self.cleaned_data["answered_on"]
        if day > timezone.localdate():
            raise forms.ValidationError("Ngày trả lời không thể sau ngày hôm nay.")
        return day


class ErrandForm(forms.Form):
    """What is to be done, by which unit and whom there, until when."""

    text = _text("Nội dung nhiệm vụ")
    owner = forms.ModelChoiceField(
        label="Đơn vị chủ trì",
        queryset=Unit.objects.none(),
        empty_label="Chọn đơn vị",
        error_messages=UNKNOWN | {"required": "Đề nghị chọn đơn vị chủ trì."},
    )
    person = WordsField(label="Người phụ trách", max_length=160, required=False)
    due_on = DayField(label="Thời hạn")

    def __init__(self, conference: Conference, *arguments, **options):
        super().__init__(*arguments, **options)
        below = Unit.objects.children_on(conference.unit, conference.held_on)
        reached = Q(pk=conference.unit_id) | Q(pk__in=below.values("pk"))
        self.fields["owner"].queryset = Unit.objects.filter(reached).order_by("position", "code")
        self.initial.setdefault("owner", conference.unit_id)

    def errand(self) -> Errand:
        """What was typed, as the service takes it."""
        data = self.cleaned_data
        return Errand(data["text"], data["owner"], data["due_on"], data["person"])


class SeenErrandForm(ErrandForm, Seen):
    """The same over something that was seen."""


class LetterForm(Seen):
    """The document by which a matter goes up."""

    to = forms.ModelChoiceField(
        label="Chuyển đến",
        queryset=Unit.objects.none(),
        empty_label="Chọn đơn vị",
        error_messages=UNKNOWN | {"required": "Đề nghị chọn đơn vị."},
        help_text="Cấp trên trực tiếp, hoặc phòng nghiệp vụ của cấp trên trực tiếp.",
    )
    number = WordsField(label="Số văn bản", max_length=60)
    sent_on = DayField(label="Ngày văn bản")
    due_on = DayField(label="Đề nghị trả lời trước hoặc trong ngày")
    reason = _text("Lý do chuyển, đề xuất", required=False)

    def __init__(self, unit: Unit, *arguments, **options):
        super().__init__(*arguments, **options)
        self.fields["to"].queryset = units_above(unit, timezone.localdate())

    def letter(self) -> Letter:
        """What was typed, as the service takes it."""
        data = self.cleaned_data
        return Letter(data["number"], data["sent_on"], data["due_on"], data["reason"])


class ReplyForm(Seen):
    """What the unit above answers."""

    reply = _text("Nội dung trả lời", rows=6, longest=LONGEST_ANSWER)
    number = WordsField(
        label="Số văn bản trả lời",
        max_length=60,
        required=False,
        help_text="Bỏ trống nếu trả lời trên cổng, không có văn bản riêng.",
    )


class FinishForm(Seen):
    """That a task is done, and what proves it."""

    result = _text("Kết quả thực hiện")
    done_on = DayField(label="Ngày hoàn thành")
    proofs = CabinetField(label="Minh chứng từ tủ tài liệu của đơn vị")

    def __init__(self, task: ConferenceTask, *arguments, **options):
        super().__init__(*arguments, **options)
        self.fields["proofs"].offer(task.owner_id)
