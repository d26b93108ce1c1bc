"""What is looked at, what was found, what is demanded, how it was mended."""

from collections.abc import Sequence
from functools import partial

from django import forms

from commitments.forms.annexes import ScanForm
from commitments.forms.fields import STALE, CabinetField, ReasonForm, Seen, long_text
from commitments.models import Inspection, InspectionFinding, InspectionPoint
from commitments.models.inspection_plan import LONGEST
from commitments.rules.inspection import FindingKind, PointOutcome, PointWords
from commitments.services.inspection_findings import Found
from commitments.services.inspection_team import Checked
from commitments.services.mending import Demand
from units.forms.fields import DayField, WordsField
from units.models import Unit
from units.rules.file_kinds import KINDS_WORDS

UNKNOWN = {"invalid_choice": "Giá trị không có trong danh mục."}
LONGEST_POINT = 500
POINTS_AT_ONCE = 50
_long = partial(long_text, longest=LONGEST)


class PointsForm(forms.Form):
    """Points of the checklist that come from no criterion, one a line."""

    text = long_text(
        "Nội dung kiểm tra",
        longest=LONGEST_POINT * POINTS_AT_ONCE,
        rows=6,
        help_text="Mỗi dòng một nội dung.",
    )

    def clean_text(self):
        lines = [" ".join(line.split()) for line in self.cleaned_data["text"].splitlines()]
        lines = [line for line in lines if line]
        if not lines or len(lines) > POINTS_AT_ONCE:
            raise forms.ValidationError(f"Đề nghị ghi từ 1 đến {POINTS_AT_ONCE} nội dung.")
        if any(len(line) > LONGEST_POINT for line in lines):
            raise forms.ValidationError(f"Mỗi nội dung không quá {LONGEST_POINT} ký tự.")
        return lines

    def points(self) -> list[PointWords]:
        """The lines, as the service takes them."""
        return [PointWords(line) for line in self.cleaned_data["text"]]


class CheckForm(forms.Form):
    """What looking at the points came to, a row each. What was on the page travels along, so that
    of two who write at once each writes the rows that they changed; what was typed at a point that
    somebody took out meanwhile is told."""

    def __init__(self, points: Sequence[InspectionPoint], *arguments, **options):
        super().__init__(*arguments, **options)
        if self.is_bound:  # one that was added meanwhile was not on the page
            points = [one for one in points if f"seen_{one.pk}" in self.data]
        self.points = points
        for point in points:
            self.fields[f"outcome_{point.pk}"] = forms.ChoiceField(
                label=f"Kết quả của nội dung {point.position}",
                choices=[("", "Chưa ghi"), *PointOutcome.choices],
                required=False,
                initial=point.outcome,
                show_hidden_initial=True,
                widget=forms.Select(attrs={"class": "form-select form-select-sm"}),
                error_messages=UNKNOWN,
            )
            self.fields[f"note_{point.pk}"] = forms.CharField(
                label=f"Ghi chú của nội dung {point.position}",
                max_length=LONGEST,
                required=False,
                initial=point.note,
                show_hidden_initial=True,
                widget=forms.Textarea(attrs={"class": "form-control form-control-sm", "rows": 2}),
                error_messages={"max_length": f"Ghi chú dài quá, tối đa {LONGEST} ký tự."},
            )
            self.fields[f"seen_{point.pk}"] = forms.IntegerField(
                initial=point.version, widget=forms.HiddenInput, error_messages=STALE
            )

    def clean(self):
        there = {f"seen_{one.pk}" for one in self.points}
        gone = [name[5:] for name in self.data if name.startswith("seen_") and name not in there]
        lost = [words for key in gone if (words := self._typed_at(key))]
        if lost:
            raise forms.ValidationError(
                "Có nội dung vừa được người khác bỏ khỏi danh mục kiểm tra; phần đã nhập ở đó: "
                f"{' / '.join(lost)}. Các dòng còn lại giữ nguyên, đề nghị bấm ghi lần nữa."
            )
        return super().clean()

    def _typed_at(self, key: str) -> str:
        """What was changed at a point that is there no more, in words; empty where nothing was."""
        names = (f"outcome_{key}", f"note_{key}")
        if all(self.data.get(name) == self.data.get(f"initial-{name}") for name in names):
            return ""
        outcome, note = (self.data.get(name, "")[:LONGEST] for name in names)
        labels = {str(value): str(label) for value, label in PointOutcome.choices}
        return "; ".join(filter(None, (labels.get(outcome, ""), note)))

    @property
    def rows(self):
        """Each point with its fields."""
        names = ("outcome", "note", "seen")
        return [(one, *(self[f"{name}_{one.pk}"] for name in names)) for one in self.points]

    def checked(self) -> dict[int, Checked]:
        """The rows that were changed, as the service takes them."""
        data, changed = self.cleaned_data, set(self.changed_data)
        return {
            one.pk: Checked(
                data[f"seen_{one.pk}"], data[f"outcome_{one.pk}"], data[f"note_{one.pk}"]
            )
            for one in self.points
            if changed & {f"outcome_{one.pk}", f"note_{one.pk}"}
        }

    def renew(self, fresh: Sequence[InspectionPoint]) -> None:
        """After a conflict: what lies there now was seen."""
        self.data = self.data.copy()
        for point in fresh:
            self.data[f"seen_{point.pk}"] = str(point.version)


class FoundForm(forms.Form):
    """A strength or a shortcoming, and the point it touches."""

    kind = forms.ChoiceField(
        label="Loại",
        choices=FindingKind.choices,
        widget=forms.RadioSelect,
        error_messages=UNKNOWN | {"required": "Đề nghị chọn ưu điểm hoặc tồn tại, hạn chế."},
    )
    text = _long("Nội dung", rows=5)
    point = forms.ModelChoiceField(
        label="Thuộc nội dung kiểm tra",
        queryset=InspectionPoint.objects.none(),
        required=False,
        empty_label="Không gắn với nội dung nào",
        error_messages=UNKNOWN,
        help_text="Gắn với nội dung lấy từ bộ tiêu chí thì phát hiện hiện bên cạnh tiêu chí đó khi "
        "thẩm định.",
    )

    def __init__(self, inspection: Inspection, *arguments, **options):
        super().__init__(*arguments, **options)
        self.fields["point"].queryset = inspection.checklist.order_by("position")

    def found(self) -> Found:
        """What was typed, as the service takes it."""
        data = self.cleaned_data
        return Found(data["kind"], data["text"], data["point"])


class SeenFoundForm(FoundForm, Seen):
    """The same over something that was seen."""


class EvidenceForm(ScanForm):
    """A new file with its declaration, or a paper of the cabinet; the latter alone for who may not
    bring files into the cabinet."""

    def __init__(self, unit: Unit, *arguments, files: bool, **options):
        super().__init__(unit, *arguments, **options)
        self.fields["file"].label = "Tệp trên máy"
        self.fields["file"].help_text = KINDS_WORDS
        del self.fields["file"].widget.attrs["accept"]
        if not files:
            del self.fields["file"], self.fields["declared"]


class ExplainForm(Seen):
    """What the inspected unit has to say of a finding."""

    explanation = _long("Nội dung giải trình", rows=6)


class DemandForm(forms.Form):
    """What is to be mended, of which shortcoming, by whom, until when."""

    finding = forms.ModelChoiceField(
        label="Khắc phục tồn tại, hạn chế",
        queryset=InspectionFinding.objects.none(),
        required=False,
        empty_label="Yêu cầu chung, không gắn với phát hiện",
        error_messages=UNKNOWN,
    )
    text = _long("Nội dung yêu cầu", rows=4)
    person = WordsField(label="Người chịu trách nhiệm", max_length=160, required=False)
    due_on = DayField(label="Thời hạn")

    def __init__(self, inspection: Inspection, *arguments, **options):
        super().__init__(*arguments, **options)
        field = self.fields["finding"]
        field.queryset = inspection.findings.shortcomings().order_by("number")
        field.label_from_instance = lambda one: f"{one.number}. {one.text[:120]}"

    def demand(self) -> Demand:
        """What was typed, as the service takes it."""
        data = self.cleaned_data
        return Demand(data["text"], data["due_on"], data["person"], data["finding"])


class SeenDemandForm(DemandForm, Seen):
    """The same over something that was seen."""


class PostponeForm(ReasonForm):
    """Until when a demand is put off, and why."""

    field_order = ("due_on", "comment")
    due_on = DayField(label="Thời hạn mới")


class MendForm(Seen):
    """That something is mended, and what proves it."""

    result = _long("Kết quả khắc phục", rows=5)
    done_on = DayField(label="Ngày hoàn thành")
    proofs = CabinetField(label="Tài liệu chứng minh trong tủ tài liệu của đơn vị")

    file = forms.FileField(
        label="Hoặc đưa lên một tệp mới",
        required=False,
        help_text=KINDS_WORDS,
        error_messages={"empty": "Tệp rỗng, không có nội dung."},
    )
    declared = forms.BooleanField(label="Tệp không chứa bí mật nhà nước", required=False)

    def __init__(self, unit: int, *arguments, **options):
        super().__init__(*arguments, **options)
        self.fields["proofs"].offer(unit)

    def clean(self):
        data = super().clean()
        if not self.errors and not data.get("proofs") and not data.get("file"):
            self.add_error("proofs", "Đề nghị chọn ít nhất một tài liệu, hoặc đưa lên một tệp.")
        return data
