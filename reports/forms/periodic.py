"""What is typed about periodic reports: a round with its outline, a text, number and day."""

from collections.abc import Sequence

from django import forms

from cchc_portal.kit.forms import Spoken
from commitments.forms.fields import STALE, Seen, long_text
from commitments.forms.signing import CountersignatureForm
from reports.rules.outline import LONGEST_KEY, MOST_SECTIONS, Heading
from reports.rules.periodic import LONGEST_TEXT, ReportState
from reports.services.section_texts import TOO_LONG
from scoring.forms.readings import CollectionForm
from scoring.forms.strokes import StrokeForm
from units.forms.fields import DayField, WordsField
from units.kinds import UnitKind

BLANK_SECTIONS = 3
MOST_CODES, LONGEST_CODE = 30, 20
LATE = "late"


class RoundForm(CollectionForm):
    """Opens a round: the days of a collection of figures, and which kinds of units report."""

    kinds = forms.MultipleChoiceField(
        label="Loại đơn vị phải báo cáo",
        choices=UnitKind.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Không chọn loại nào: mọi đơn vị trực thuộc đều báo cáo.",
        error_messages={"invalid_choice": "Loại đơn vị không có trong danh mục."},
    )

    def __init__(self, owners, *arguments, **options):
        super().__init__(owners, *arguments, **options)
        self.fields["title"].label = "Tên báo cáo (nếu khác tên thường dùng)"
        self.fields["due_on"].label = "Hạn gửi"
        del self.fields["kinds"].widget.attrs["class"]

    @property
    def lines(self) -> list[forms.BoundField]:
        """The fields of one line each."""
        return [field for field in self if field.name != "kinds"]


class SectionForm(forms.Form):
    """A section of the outline; without a title it is left out."""

    key = forms.CharField(
        required=False,
        max_length=LONGEST_KEY,
        widget=forms.HiddenInput,
        error_messages={"max_length": STALE["invalid"]},
    )
    part = WordsField(label="Phần", max_length=200, required=False)
    title = WordsField(label="Tên mục", max_length=200, required=False)
    codes = WordsField(label="Mã số liệu", max_length=400, required=False)

    def __init__(self, *arguments, **options):
        super().__init__(*arguments, **options)
        for name in ("part", "title", "codes"):
            self.fields[name].widget.attrs["class"] = "form-control"

    def clean_codes(self) -> tuple[str, ...]:
        said = self.cleaned_data["codes"].upper().replace(";", ",").replace(" ", ",")
        codes = tuple(dict.fromkeys(code for code in said.split(",") if code))
        if len(codes) > MOST_CODES or any(len(code) > LONGEST_CODE for code in codes):
            raise forms.ValidationError(
                f"Mỗi mục nhận tối đa {MOST_CODES} mã, mỗi mã không quá {LONGEST_CODE} ký tự."
            )
        return codes

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("title") and not cleaned.get("part"):
            self.add_error("part", "Đề nghị ghi tên phần.")
        return cleaned


class Outline(forms.BaseFormSet):
    """Every section of an outline, in its order."""

    default_error_messages = {
        "too_many_forms": f"Đề cương có tối đa {MOST_SECTIONS} mục, đề nghị bỏ bớt.",
    }

    def clean(self):
        if not self.headings():
            raise forms.ValidationError("Đề cương cần ít nhất một mục.")

    def headings(self) -> list[Heading]:
        """The sections with a title. A key stands once: a second row of it gets another."""
        found: list[Heading] = []
        for said in (one.cleaned_data for one in self.forms if hasattr(one, "cleaned_data")):
            if not said.get("title"):
                continue
            taken = {one.key for one in found}
            key = "" if said.get("key") in taken else said.get("key", "")
            found.append(Heading(key, said.get("part", ""), said["title"], said.get("codes") or ()))
        return found


OutlineForm = forms.formset_factory(
    SectionForm,
    formset=Outline,
    extra=BLANK_SECTIONS,
    max_num=MOST_SECTIONS,
    absolute_max=MOST_SECTIONS + BLANK_SECTIONS,
    validate_max=True,
)


def outline_initial(outline: Sequence[Heading]) -> list[dict[str, str]]:
    """The outline as the form shows it before anything is typed."""
    return [
        {"key": one.key, "part": one.part, "title": one.title, "codes": ", ".join(one.codes)}
        for one in outline
    ]


class TextForm(Spoken, StrokeForm):
    """The text of one section as it is written."""

    words = forms.CharField(
        required=False,
        strip=False,
        max_length=LONGEST_TEXT,
        error_messages={"max_length": f"{TOO_LONG} Nội dung đã gõ vẫn còn trong ô."},
    )

    @property
    def inputs(self) -> set[str]:
        return {"words"}


class SeenForm(forms.Form):
    """The version that stood on the screen when an earlier text was asked for."""

    seen = forms.IntegerField(error_messages=STALE)


class SendForm(CountersignatureForm):
    """Number and day that the records office gave, and the password of the head. What was seen is
    the digest of the content on the page."""

    number = WordsField(label="Số, ký hiệu", max_length=60, help_text="Ví dụ: 12/BC-CAT-PV01.")
    issued_on = DayField(label="Ngày văn bản")
    field_order = ("number", "issued_on", "password")


class ReturnForm(Seen):
    """Why a report goes back."""

    comment = long_text("Lý do", longest=2000)
    field_order = ("comment",)


class DueForm(ReturnForm):
    """Another last day for a round, and why."""

    due_on = DayField(label="Hạn gửi mới")
    field_order = ("due_on", "comment")


class RoundFilterForm(forms.Form):
    """Which reports of a round are shown."""

    state = forms.ChoiceField(
        required=False, choices=(("", "Tất cả"), *ReportState.choices, (LATE, "Quá hạn"))
    )
