"""Shapes of input: the heading, a task, a report, a signature. They neither save nor decide."""

from decimal import Decimal

from django import forms
from django.contrib.auth import authenticate
from django.utils import timezone

from cchc_portal.kit.forms import WholeModelForm
from cchc_portal.kit.numerals import NotANumber, parse_number
from commitments.models import Commitment, CommitmentTask
from commitments.models.commitment import FIRST_YEAR, LAST_YEAR
from commitments.rules.terms import COLUMNS, Heading, TaskTerms
from commitments.rules.workflow import CommitmentState, TaskOutcome
from units.access import units_where
from units.forms.fields import DayField, WordsField
from units.models import Unit
from units.permissions import Permission

WHOLE_DIGITS, DECIMALS = 10, 4
STALE = dict.fromkeys(("required", "invalid"), "Trang này đã cũ, đề nghị tải lại.")


class FigureField(forms.CharField):
    """A figure as people type it, "1,5" or "1.5"; 12.480 might be either and is asked about."""

    def __init__(self, **options):
        super().__init__(**options)
        self.widget.attrs.update({"inputmode": "decimal", "class": "field-num"})

    def prepare_value(self, value):
        if not isinstance(value, Decimal):
            return value
        return format(value.normalize(), "f").replace(".", ",")

    def clean(self, value):
        typed = super().clean(value)
        if not typed:
            return None
        try:
            figure = parse_number(typed, whole=False, large=True)
        except NotANumber as fault:
            reason = fault.reason[0].upper() + fault.reason[1:]
            raise forms.ValidationError(f"{reason}.") from fault
        if -figure.as_tuple().exponent > DECIMALS or abs(figure) >= 10**WHOLE_DIGITS:
            raise forms.ValidationError(
                f"Chỉ ghi tối đa {WHOLE_DIGITS} chữ số phần nguyên và {DECIMALS} chữ số thập phân."
            )
        return figure


class Seen(forms.Form):
    """Carries the version that was on the screen, so that nobody acts on what they did not see."""

    seen = forms.IntegerField(widget=forms.HiddenInput, error_messages=STALE)

    def renew(self, seen: object) -> None:
        """After a conflict the page shows what lies there now: the next answer is about that."""
        self.data = self.data.copy()
        self.data[self.add_prefix("seen")] = str(seen)


class HeadingForm(WholeModelForm):
    """What stands above the tasks."""

    agreed_on = DayField(
        label="Ngày ký kết",
        required=False,
        help_text="Ngày ghi trên bản cam kết; bỏ trống thì lấy ngày ký trên cổng.",
    )

    class Meta:
        model = Commitment
        fields = ("title", "place", "agreed_on")
        field_classes = {"title": WordsField, "place": WordsField}

    def heading(self) -> Heading:
        """What was typed, as the rules read it."""
        data = self.cleaned_data
        return Heading(data["title"], data["place"], data["agreed_on"])


class DraftForm(HeadingForm):
    """Opens a commitment: for which of one's units, which year, under which title."""

    class Meta(HeadingForm.Meta):
        fields = ("unit", "year", "title", "place", "agreed_on")

    def __init__(self, user, *arguments, **options):
        super().__init__(*arguments, **options)
        units = units_where(user, Permission.DRAFT_COMMITMENT)
        self.fields["unit"].queryset = Unit.objects.filter(pk__in=units)
        self.fields["unit"].empty_label = "Chọn đơn vị"
        if len(units) == 1:
            self.initial["unit"] = units[0]
        self.fields["year"].widget.attrs.update({"min": FIRST_YEAR, "max": LAST_YEAR})


class RevisionForm(HeadingForm, Seen):
    """The heading of a draft that lies there already; unit and year stay."""


class TaskForm(WholeModelForm):
    """A row of the plan table, drawn in the order people fill it."""

    baseline = FigureField(label="Hiện trạng", required=False)
    target = FigureField(label="Mức cần đạt", required=False)
    due_on = DayField(label="Thời hạn (ngày)", required=False)

    class Meta:
        model = CommitmentTask
        fields = COLUMNS
        field_classes = dict.fromkeys(
            ("title", "product", "measure", "measure_unit", "due_text", "lead", "partners"),
            WordsField,
        )
        widgets = {"title": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, *arguments, **options):
        super().__init__(*arguments, **options)
        self.fields["area"].choices = [("", "Chọn lĩnh vực"), *self.fields["area"].choices[1:]]
        hints = {
            "product": "Ví dụ: báo cáo đề xuất, phần mềm, quyết định.",
            "measure": "Ví dụ: số ngày kiểm tra giảm so với năm trước.",
            "measure_unit": "Ví dụ: ngày, %, lớp.",
            "baseline": "Bỏ trống nếu tính từ 0.",
            "due_text": "Khi không có ngày cụ thể: “thường xuyên”, “quý III”.",
        }
        for name, hint in hints.items():
            self.fields[name].help_text = hint

    def terms(self) -> TaskTerms:
        """What was typed, as the rules read it."""
        return TaskTerms(**{column: self.cleaned_data[column] for column in COLUMNS})


class TaskEditForm(TaskForm, Seen):
    """The same for a task that lies there already."""


class ReportForm(WholeModelForm, Seen):
    """What came of a task."""

    outcome = forms.ChoiceField(
        label="Mức độ hoàn thành", choices=TaskOutcome.choices, widget=forms.RadioSelect
    )
    reached = FigureField(label="Giá trị đạt được", required=False)
    done_on = DayField(
        label="Ngày hoàn thành", required=False, help_text="Chỉ ghi khi nhiệm vụ đã hoàn thành."
    )
    result = forms.CharField(
        label="Kết quả thực hiện",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Đã làm được gì, số, ngày văn bản hoặc số liệu chứng minh.",
    )

    class Meta:
        model = CommitmentTask
        fields = ("outcome", "reached", "done_on", "result")

    def __init__(self, reporter, *arguments, **options):
        super().__init__(*arguments, **options)
        # as the service will write them, so that the constraints judge the row it will be
        self.instance.reported_at, self.instance.reported_by = timezone.now(), reporter
        if self.instance.target is None:
            del self.fields["reached"]
        else:
            unit = self.instance.measure_unit
            self.fields["reached"].help_text = f"Đơn vị tính: {unit}." if unit else ""

    def clean_done_on(self):
        day = self.cleaned_data["done_on"]
        if day and day > timezone.localdate():
            raise forms.ValidationError("Ngày hoàn thành không thể sau ngày hôm nay.")
        return day


class SignatureForm(Seen):
    """The password once more: a session left open must not sign. Wrong ones count as at sign-in."""

    password = forms.CharField(
        label="Mật khẩu",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        help_text="Đề nghị nhập lại mật khẩu đăng nhập để ký.",
    )

    def __init__(self, request, *arguments, **options):
        self.request = request
        super().__init__(*arguments, **options)

    def clean_password(self):
        password = self.cleaned_data["password"]
        name = self.request.user.get_username()
        if authenticate(self.request, username=name, password=password) is None:
            raise forms.ValidationError(
                "Mật khẩu chưa đúng. Đề nghị kiểm tra phím Caps Lock và bộ gõ tiếng Việt."
            )
        return password


class CountersignatureForm(SignatureForm):
    """What was seen is the seal of the other party's signature."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=64, error_messages=STALE)


class DeclineForm(forms.Form):
    """Why the commitment goes back."""

    comment = forms.CharField(
        label="Lý do trả lại",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Đơn vị đọc được lý do này và sửa theo đó.",
        error_messages={"required": "Đề nghị ghi rõ lý do trả lại."},
    )


class CloseForm(forms.Form):
    """A remark on the year, if there is one."""

    comment = forms.CharField(
        label="Nhận xét chung",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class ShiftForm(Seen):
    """From the place that was seen to another."""

    to = forms.IntegerField(widget=forms.HiddenInput, error_messages=STALE)


class FilterForm(forms.Form):
    """What the list is narrowed to; every part may be left out."""

    year = forms.IntegerField(
        required=False, min_value=FIRST_YEAR, max_value=LAST_YEAR, label="Năm"
    )
    state = forms.ChoiceField(
        required=False,
        choices=(("", "Tất cả"), *CommitmentState.choices, ("mine", "Chờ đồng chí")),
        label="Trạng thái",
        error_messages={"invalid_choice": "Trạng thái không có trong danh mục."},
    )
    words = forms.CharField(required=False, max_length=100, label="Tên hoặc mã đơn vị")
