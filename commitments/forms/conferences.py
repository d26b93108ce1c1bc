"""What is said of a conference, and what its moves ask."""

from django import forms
from django.contrib.postgres.forms import SimpleArrayField

from cchc_portal.kit.forms import WholeModelForm, WholeNumberField
from commitments.forms.annexes import ScanForm
from commitments.forms.fields import STALE, Seen, offer_units
from commitments.models import Conference
from commitments.rules.conference import HOLDING, Attending, ConferenceKind
from commitments.rules.conference_terms import COLUMNS, ConferenceTerms
from units.access import units_where
from units.forms.fields import DayField, WordsField
from units.models import Unit
from units.rules.file_kinds import KINDS_WORDS

MOST_PEOPLE = 100_000
HINTS = {
    "title": "Ví dụ: Hội nghị đối thoại về cải cách hành chính năm 2020.",
    "plan_number": "Ví dụ: 317/KH-CAT-PV01.",
    "points": "Mỗi dòng một điểm cầu.",
    "answer_by": "Sau ngày này, ý kiến chưa trả lời được tính là quá hạn.",
    "proceedings": "Ghi vào biên bản: khai mạc, báo cáo, tham luận, phần trao đổi.",
    "conclusion": "Ghi vào biên bản; từng nội dung giao việc thì thêm ở mục Nội dung kết luận.",
}
PAIRS = (
    ("plan_number", "plan_on"),
    ("held_on", "answer_by"),
    ("starts", "ends"),
    ("chair", "chair_post"),
)
"""Fields that stand beside each other."""


class KindsField(SimpleArrayField):
    """The kinds a conference may be of, ticked."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **options):
        super().__init__(forms.CharField(), **options)
        self.widget = forms.CheckboxSelectMultiple(choices=ConferenceKind.choices)

    def prepare_value(self, value):
        return value

    def has_changed(self, initial, data):
        return list(initial or []) != list(data or [])

    def clean(self, value):
        known = [kind for kind in ConferenceKind.values if kind in (value or [])]
        if not known or len(known) != len(set(value)):
            raise forms.ValidationError("Đề nghị chọn ít nhất một loại hội nghị.")
        return known


class TermsForm(WholeModelForm):
    """All that stands above the items; who took part is counted by kind."""

    kinds = KindsField(label="Hội nghị để")
    held_on = DayField(label="Ngày họp")
    plan_on = DayField(label="Ngày kế hoạch", required=False)
    answer_by = DayField(label="Hạn trả lời các ý kiến", required=False)

    class Meta:
        model = Conference
        fields = COLUMNS
        field_classes = dict.fromkeys(
            ("title", "plan_number", "place", "chair", "chair_post", "secretary"), WordsField
        )
        widgets = {
            "starts": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
            "ends": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
            "points": forms.Textarea(attrs={"rows": 3}),
            "proceedings": forms.Textarea(attrs={"rows": 6}),
            "conclusion": forms.Textarea(attrs={"rows": 4}),
        }

    def __init__(self, *arguments, **options):
        super().__init__(*arguments, **options)
        counted = dict(self.instance.attended) if self.instance.pk else {}
        for name, hint in HINTS.items():
            self.fields[name].help_text = hint
        for kind in Attending:
            self.fields[f"attending_{kind.value}"] = WholeNumberField(
                label=str(kind.label),
                required=False,
                most=MOST_PEOPLE,
                initial=counted.get(kind.value),
            )

    @property
    def lines(self):
        """The fields in lines, those that belong together beside each other."""
        alone = [[name] for name in self.fields if not self._apart(name)]
        paired = {first: second for first, second in PAIRS if first in self.fields}
        drawn = [
            [*line, paired[line[0]]] if line[0] in paired else line
            for line in alone
            if line[0] not in paired.values()
        ]
        return [[self[name] for name in line] for line in drawn]

    @property
    def counts(self):
        """The fields that count people, drawn in a row."""
        return [self[f"attending_{kind.value}"] for kind in Attending]

    def terms(self) -> ConferenceTerms:
        """What was typed, as the rules read it."""
        data = self.cleaned_data
        said = {column: data[column] for column in COLUMNS} | {"kinds": tuple(data["kinds"])}
        counted = [(kind.value, data[f"attending_{kind.value}"]) for kind in Attending]
        return ConferenceTerms(
            **said, attendance=tuple((kind, number) for kind, number in counted if number)
        )

    def _apart(self, name: str) -> bool:
        return name.startswith("attending_") or self.fields[name].widget.is_hidden


class PlanForm(TermsForm):
    """Opens a conference of one of one's units."""

    class Meta(TermsForm.Meta):
        fields = ("unit", *COLUMNS)

    def __init__(self, user, *arguments, **options):
        super().__init__(*arguments, **options)
        offer_units(self, units_where(user, HOLDING))


class ReviseForm(TermsForm, Seen):
    """The same of one that lies there already."""


class PaperForm(ScanForm):
    """A paper of the conference: a new file with its declaration, or one of the unit's cabinet."""

    def __init__(self, unit: Unit, *arguments, **options):
        super().__init__(unit, *arguments, **options)
        self.fields["file"].label = "Tệp trên máy"
        self.fields["file"].help_text = KINDS_WORDS
        del self.fields["file"].widget.attrs["accept"]


class ReleaseForm(Seen):
    """What was seen is the content that was read, by its digest."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=64, error_messages=STALE)


class CollectForm(forms.Form):
    """Until which day the link takes opinions."""

    until = DayField(label="Nhận đến hết ngày")
