"""What a decision about a unit says: its number and days, and what changes."""

from django import forms
from django.utils import timezone

from units.forms.fields import CodeField, DayField, UnitField, UnitsField, WordsField
from units.kinds import UnitKind
from units.models import Unit
from units.rules.decision import Decision
from units.services.mergers import NewUnit

NEW_UNIT_COLUMNS = ("code", "name", "kind", "gso_code", "handles_procedures")


class DecisionForm(forms.Form):
    """Every change of a unit stands on a paper."""

    decision_number = WordsField(
        label="Số, ký hiệu quyết định", max_length=60, help_text="Ví dụ: 1234/QĐ-BCA-X01"
    )
    decided_on = DayField(label="Ngày quyết định")
    effective_on = DayField(label="Có hiệu lực từ ngày")

    picks: tuple[str, ...] = ()
    """Names of the fields in which units are picked."""

    def __init__(self, *args, unit: Unit, **kwargs):
        super().__init__(*args, **kwargs)
        self.unit = unit
        self.order_fields([name for name in self.fields if name not in DecisionForm.base_fields])
        for name in self.picks:
            chosen = self.data.getlist(name) if self.is_bound else ()
            self.fields[name].offer(self.near(), chosen)

    def near(self) -> list[Unit]:
        """Units to offer before anything is searched: the neighbours of the unit."""
        today = timezone.localdate()
        near = Unit.objects.in_force_on(today).filter(parent=self.unit.parent_id)
        return list(near.exclude(pk=self.unit.pk).select_related("parent")[:30])

    def decision(self) -> Decision:
        """The paper, once the form is valid."""
        said = self.cleaned_data
        return Decision(said["decision_number"], said["decided_on"], said["effective_on"])


class UnitColumns(forms.Form):
    """What a new unit is."""

    code = CodeField(
        label="Mã đơn vị", max_length=32, help_text="Không dùng lại mã đang có hiệu lực."
    )
    name = WordsField(label="Tên đơn vị", max_length=200)
    kind = forms.ChoiceField(
        label="Loại đơn vị",
        choices=[("", "Chọn loại đơn vị"), *UnitKind.choices],
        error_messages={
            "required": "Đề nghị chọn loại đơn vị.",
            "invalid_choice": "Không có loại đơn vị này.",
        },
    )
    gso_code = WordsField(
        label="Mã thống kê",
        max_length=10,
        required=False,
        help_text="Mã đơn vị hành chính do cơ quan thống kê cấp, nếu có.",
    )
    handles_procedures = forms.BooleanField(
        label="Trực tiếp giải quyết thủ tục hành chính", required=False
    )


class FoundForm(DecisionForm, UnitColumns):
    """A new unit below `unit`."""

    def columns(self) -> dict:
        """What the service is told about the new unit."""
        return {name: self.cleaned_data[name] for name in NEW_UNIT_COLUMNS}


class RenameForm(DecisionForm):
    name = WordsField(label="Tên mới", max_length=200)


class MoveForm(DecisionForm):
    parent = UnitField(label="Cấp trên trực tiếp mới")
    picks = ("parent",)

    def near(self) -> list[Unit]:
        """The units beside the one above it."""
        above = self.unit.parent
        near = Unit.objects.in_force_on(timezone.localdate())
        near = near.filter(parent=above and above.parent_id).select_related("parent")
        return list(near.exclude(pk__in=[self.unit.pk, self.unit.parent_id or 0])[:30])


class FunctionForm(DecisionForm):
    handles_procedures = forms.TypedChoiceField(
        label="Từ ngày có hiệu lực, đơn vị",
        choices=(
            ("1", "trực tiếp giải quyết thủ tục hành chính"),
            ("0", "không trực tiếp giải quyết thủ tục hành chính"),
        ),
        coerce=lambda value: value == "1",
        widget=forms.RadioSelect,
        error_messages={"required": "Đề nghị chọn một trong hai."},
    )


class CloseForm(DecisionForm):
    successors = UnitsField(
        label="Đơn vị kế thừa",
        required=False,
        help_text="Bỏ trống nếu không có đơn vị nào kế thừa nhiệm vụ.",
    )
    picks = ("successors",)


class MergeForm(DecisionForm, UnitColumns):
    """`unit`, and others with it, end; one that exists or a new one carries on."""

    units = UnitsField(label="Cùng sáp nhập với", required=False)
    way = forms.ChoiceField(
        label="Đơn vị tiếp nhận",
        choices=(("existing", "Đơn vị đang hoạt động"), ("new", "Đơn vị thành lập mới")),
        widget=forms.RadioSelect,
        initial="existing",
        error_messages={"required": "Đề nghị chọn một trong hai."},
    )
    into = UnitField(label="Đơn vị đang hoạt động tiếp nhận", required=False)
    with_children = forms.BooleanField(
        label="Chuyển các đơn vị trực thuộc sang đơn vị tiếp nhận", required=False
    )
    picks = ("units", "into")
    new_unit_needs = ("code", "name", "kind")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in self.new_unit_needs:
            self.fields[name].required = False

    def clean(self):
        said = super().clean()
        if said.get("way") == "existing" and not said.get("into") and "into" not in self.errors:
            self.add_error("into", "Đề nghị tìm và chọn đơn vị tiếp nhận.")
        if said.get("way") == "new":
            for name in self.new_unit_needs:
                if not said.get(name) and name not in self.errors:
                    self.add_error(name, "Đề nghị nhập nội dung này cho đơn vị mới.")
        return said

    def merged(self) -> list[Unit]:
        """All units that end."""
        return [self.unit, *self.cleaned_data["units"]]

    def heir(self) -> Unit | NewUnit:
        """Who carries on; a new unit stands where the merged one stood."""
        if self.cleaned_data["way"] == "existing":
            return self.cleaned_data["into"]
        columns = {name: self.cleaned_data[name] for name in NEW_UNIT_COLUMNS}
        return NewUnit(self.unit.parent, **columns)
