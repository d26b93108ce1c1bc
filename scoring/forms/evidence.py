"""A document for a component: picked from the cabinet, described, located, taken off."""

from django import forms

from units.forms.documents import SMALL, DescriptionForm
from units.forms.fields import WordsField
from units.models import Document, Unit


class PickForm(forms.Form):
    """A document of the unit's cabinet."""

    document = forms.ModelChoiceField(
        queryset=Document.objects.none(),
        error_messages={
            "required": "Đề nghị chọn một tài liệu.",
            "invalid_choice": "Tài liệu không có trong tủ tài liệu của đơn vị.",
        },
    )

    def __init__(self, *arguments, unit: Unit, **options):
        super().__init__(*arguments, **options)
        self.fields["document"].queryset = unit.documents.in_cabinets()


class PieceForm(DescriptionForm):
    """What a document is and where in it a component is proved, with the versions looked at."""

    page = forms.IntegerField(
        label="Trang",
        required=False,
        min_value=1,
        max_value=99_999,
        widget=forms.NumberInput(attrs=SMALL),
        error_messages={
            "invalid": "Số trang phải ghi bằng chữ số.",
            "min_value": "Số trang bắt đầu từ 1.",
            "max_value": "Số trang lớn quá.",
        },
    )
    passage = WordsField(
        label="Đoạn trích dẫn",
        required=False,
        max_length=500,
        widget=forms.TextInput(attrs=SMALL),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    document_version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    field_order = ("page", "passage")
