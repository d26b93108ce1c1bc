"""The forms of a block: its name and kind, the filter over the units it may take in."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from cchc_portal.kit.forms import WholeModelForm
from scoring.models import Block, CriteriaSet
from units.forms.fields import WordsField
from units.kinds import UnitKind
from units.models import Unit
from units.models.unit import speaks_of

FUNCTION = (
    ("", "Không phân biệt"),
    ("true", "Trực tiếp giải quyết thủ tục hành chính"),
    ("false", "Không trực tiếp giải quyết thủ tục hành chính"),
)


def _as_function(value: Any) -> bool | None:
    return {"true": True, "false": False, "True": True, "False": False}.get(value)


def _select() -> forms.Select:
    return forms.Select(attrs={"class": "form-select"})


class BlockForm(WholeModelForm):
    """A block by name, with the kinds and the function of the units it is for."""

    kinds = forms.MultipleChoiceField(
        label="Loại đơn vị",
        choices=UnitKind.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Để trống nếu từng đơn vị của khối được chọn bằng tay",
    )
    handles_procedures = forms.TypedChoiceField(
        label="Chức năng",
        choices=FUNCTION,
        coerce=_as_function,
        empty_value=None,
        required=False,
    )

    class Meta:
        model = Block
        fields = ("name", "kinds", "handles_procedures")
        field_classes = {"name": WordsField}

    def columns(self) -> dict[str, Any]:
        """What the services take, once the form is valid."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class ChooseSetForm(forms.Form):
    """The set of the catalogue that a block copies."""

    source = forms.ModelChoiceField(
        queryset=CriteriaSet.objects.none(),
        label="Bộ tiêu chí",
        empty_label="Chọn bộ tiêu chí…",
        widget=_select(),
        error_messages={"required": "Đề nghị chọn một bộ tiêu chí."},
    )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["source"].queryset = CriteriaSet.objects.newest()


class UnitFilterForm(forms.Form):
    """Which candidates to list: by words, kind, function, and where they stand."""

    q = forms.CharField(
        label="Tên hoặc mã đơn vị",
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "class": "form-control"}),
    )
    kind = forms.ChoiceField(
        label="Loại",
        choices=(("", "Mọi loại"), *UnitKind.choices),
        required=False,
        widget=_select(),
    )
    function = forms.ChoiceField(
        label="Chức năng",
        choices=(("", "Mọi chức năng"), *FUNCTION[1:]),
        required=False,
        widget=_select(),
    )
    place = forms.ChoiceField(
        label="Đã chọn hay chưa",
        choices=(
            ("", "Tất cả"),
            ("here", "Trong khối này"),
            ("free", "Chưa vào khối nào"),
            ("elsewhere", "Ở khối khác"),
        ),
        required=False,
        widget=_select(),
    )

    def narrowed(self, units: QuerySet, block: Block) -> QuerySet:
        """The candidates that fit; a filter nobody could have chosen on the page is left out."""
        self.is_valid()
        chosen = self.cleaned_data
        units = units.filter(speaks_of(chosen.get("q", ""), "name", "code"))
        if kind := chosen.get("kind"):
            units = units.filter(kind=kind)
        if function := chosen.get("function"):
            units = units.filter(handles_then=_as_function(function))
        if place := chosen.get("place"):
            here, none = {"block_now": block.pk}, {"block_now__isnull": True}
            if place == "elsewhere":
                units = units.exclude(**here).exclude(**none)
            else:
                units = units.filter(**(here if place == "here" else none))
        return units


class UnitsForm(forms.Form):
    """Units ticked on the page, or everything that the filter lists."""

    units = forms.ModelMultipleChoiceField(
        queryset=Unit.objects.all(),
        required=False,
        error_messages={
            "invalid_choice": "Có đơn vị không còn trong danh sách. Đề nghị tải lại trang.",
            "invalid_pk_value": "Có đơn vị không còn trong danh sách. Đề nghị tải lại trang.",
        },
    )
    everything = forms.BooleanField(required=False)
