"""What is brought forward, and by whom; how it is followed."""

from functools import partial
from uuid import uuid4

from django import forms
from django.utils import timezone

from cchc_portal.kit.veil import can_veil
from commitments.forms.fields import STALE, long_text
from commitments.forms.under import UnderForm
from commitments.models.superiors import units_under
from commitments.models.voice import CODE_LENGTH, LONGEST
from commitments.rules.voice import (
    LEGAL,
    ORDINARY,
    Channel,
    Heard,
    Sender,
    can_be_called,
)
from units.forms.fields import DayField, WordsField
from units.models import Unit

UNKNOWN = {"invalid_choice": "Giá trị không có trong danh mục."}
KINDS = [(kind.value, kind.label) for kind in ORDINARY]
LEGAL_KINDS = [(kind.value, kind.label) for kind in LEGAL]


long = partial(long_text, longest=LONGEST, rows=5)

NO_PHONE = "Đề nghị ghi số điện thoại bằng chữ số, ví dụ 0912 345 678; hoặc để trống."


def kind_field(choices, *, as_buttons: bool = False) -> forms.ChoiceField:
    return forms.ChoiceField(
        label="Loại",
        choices=choices if as_buttons else [("", "Chọn loại"), *choices],
        widget=forms.RadioSelect if as_buttons else forms.Select,
        error_messages=UNKNOWN | {"required": "Đề nghị chọn loại."},
    )


def unit_field(label: str) -> forms.ModelChoiceField:
    return forms.ModelChoiceField(
        label=label,
        queryset=Unit.objects.none(),
        empty_label="Chọn đơn vị",
        error_messages=UNKNOWN | {"required": "Đề nghị chọn đơn vị."},
    )


class ConcernedForm(UnderForm):
    """Which unit a remark is about: one of one's own, or any below."""

    concerns = unit_field("Đơn vị được phản ánh")

    def offer_concerned(self, desks: list[int], chosen: int | None) -> None:
        """Offers these units (keys), those below them, and the one that was chosen before."""
        before = [chosen] if chosen else []
        units = units_under(desks, timezone.localdate(), also=(*desks, *before))
        self.offer_under("concerns", units, desks, chosen=before)


class SenderForm(forms.Form):
    """Who brings it forward; without a key to encrypt it nobody is asked."""

    name = WordsField(label="Họ và tên", max_length=160, required=False)
    phone = WordsField(label="Số điện thoại", max_length=30, required=False)
    address = WordsField(label="Địa chỉ", max_length=300, required=False)

    def __init__(self, *arguments, **options):
        super().__init__(*arguments, **options)
        for name in SenderForm.base_fields:
            if not can_veil():
                self.fields.pop(name, None)
            elif name in self.fields:
                self.fields[name].widget.attrs |= {"autocomplete": "off", "data-unkept": True}

    def clean_phone(self) -> str:
        """A number to call back, or nothing."""
        phone = self.cleaned_data["phone"]
        if phone and not can_be_called(phone):
            raise forms.ValidationError(NO_PHONE)
        return phone

    def renew_key(self) -> None:
        """What the key of this page was spent on is written: what is sent next is another thing."""
        self.data = self.data.copy()
        self.data[self.add_prefix("key")] = str(uuid4())

    def sender(self) -> Sender:
        """What was said of the person, as the service takes it."""
        said = {name: self.cleaned_data.get(name, "") for name in SenderForm.base_fields}
        return Sender(**said)


class HeardForm(ConcernedForm, SenderForm):
    """What somebody of the unit writes down."""

    field_order = ("unit", "concerns", "channel", "received_from", "received_on", "kind", "text")
    key = forms.UUIDField(widget=forms.HiddenInput, error_messages=STALE)
    unit = unit_field("Đơn vị tiếp nhận")
    channel = forms.ChoiceField(
        label="Nguồn",
        choices=[(one.value, one.label) for one in Channel if one != Channel.ONLINE],
        error_messages=UNKNOWN,
    )
    received_from = WordsField(
        label="Nơi chuyển đến",
        max_length=200,
        required=False,
        help_text="Chỉ ghi khi nguồn là “Nơi khác chuyển đến”.",
    )
    received_on = DayField(label="Ngày tiếp nhận")
    kind = kind_field(KINDS)
    text = long(
        "Nội dung",
        help_text="Không ghi họ tên, điện thoại, địa chỉ của người phản ánh vào ô này.",
    )

    def __init__(self, desks: list[int], *arguments, **options):
        super().__init__(*arguments, **options)
        self.fields["unit"].queryset = Unit.objects.filter(pk__in=desks).order_by("position")
        usual = {"key": uuid4(), "received_on": timezone.localdate()}
        if len(desks) == 1:
            usual |= {"unit": desks[0], "concerns": desks[0]}
        self.initial = usual | self.initial
        self.offer_concerned(desks, self.initial.get("concerns"))

    def clean(self):
        data = super().clean()
        forwarded = data.get("channel") == Channel.FORWARDED
        if forwarded != bool(data.get("received_from")) and "received_from" not in self.errors:
            self.add_error(
                "received_from",
                "Đề nghị ghi nơi chuyển đến."
                if forwarded
                else "Chỉ ghi ô này khi nguồn là “Nơi khác chuyển đến”.",
            )
        return data

    def clean_received_on(self):
        day = self.cleaned_data["received_on"]
        if day > timezone.localdate():
            raise forms.ValidationError("Ngày tiếp nhận không thể sau ngày hôm nay.")
        return day

    def heard(self) -> Heard:
        """What was typed, as the service takes it."""
        data = self.cleaned_data
        return Heard(
            data["kind"],
            data.get("text", ""),
            data["channel"],
            data["received_on"],
            data["received_from"],
        )


class RegisterForm(HeardForm):
    """A complaint or denunciation: no content, nobody's name."""

    text = None
    name = None
    phone = None
    address = None
    kind = kind_field(LEGAL_KINDS, as_buttons=True)
    to = WordsField(
        label="Đã hướng dẫn đến cơ quan",
        max_length=200,
        help_text="Cơ quan, người có thẩm quyền giải quyết theo quy định của pháp luật.",
    )


class SendForm(SenderForm):
    """For anybody, without an account. `leave_empty` is seen by machines only, which fill it in."""

    field_order = ("kind", "text")
    key = forms.UUIDField(widget=forms.HiddenInput, error_messages=STALE)
    kind = kind_field(KINDS, as_buttons=True)
    text = long(
        "Nội dung",
        rows=7,
        help_text=f"Tối đa {LONGEST} ký tự. Không ghi họ tên, số điện thoại vào ô này; không nêu "
        "bí mật nhà nước.",
    )
    leave_empty = forms.CharField(required=False, label="Để trống ô này", max_length=200)

    def __init__(self, *arguments, **options):
        super().__init__(*arguments, **options)
        self.initial = {"key": uuid4()} | self.initial


class FollowForm(forms.Form):
    """The code that was given when a remark was sent."""

    code = forms.CharField(
        label="Mã tra cứu",
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
        help_text="12 chữ và số, ví dụ: 7KMQ-2XWR-9HTB.",
        error_messages={
            "required": "Đề nghị nhập mã tra cứu.",
            "max_length": "Mã tra cứu gồm 12 chữ và số.",
        },
    )

    def clean_code(self):
        code = "".join(sign for sign in self.cleaned_data["code"].upper() if sign.isalnum())
        if len(code) != CODE_LENGTH:
            raise forms.ValidationError("Mã tra cứu gồm 12 chữ và số.")
        return code


class ChooseForm(forms.Form):
    """Words of the name of a unit."""

    words = WordsField(label="Tên đơn vị cần phản ánh", max_length=100, required=False)
