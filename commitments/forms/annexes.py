"""The heading of an annex, and the picture of a signed paper."""

from django import forms

from commitments.rules.terms import Heading
from units.forms.fields import DayField, WordsField
from units.models import Document, Unit


class AnnexForm(forms.Form):
    """What stands above the rows of an annex."""

    title = WordsField(label="Tên phụ lục", max_length=300)
    place = WordsField(label="Nơi ký", max_length=120, required=False)
    agreed_on = DayField(label="Ngày ký kết", required=False)

    def heading(self) -> Heading:
        """What was typed, as the rules read it."""
        data = self.cleaned_data
        return Heading(data["title"], data["place"], data["agreed_on"])


class ScanForm(forms.Form):
    """A new file with its declaration, or a paper that lies in the cabinet already."""

    file = forms.FileField(
        label="Tệp chụp, quét bản đã ký",
        required=False,
        widget=forms.FileInput(attrs={"accept": ".pdf,.png,.jpg,.jpeg"}),
        error_messages={"empty": "Tệp rỗng, không có nội dung."},
    )
    declared = forms.BooleanField(label="Tệp không chứa bí mật nhà nước", required=False)
    document = forms.ModelChoiceField(
        label="Hoặc chọn tài liệu đã có trong tủ",
        queryset=Document.objects.none(),
        required=False,
        empty_label="Không chọn",
        error_messages={"invalid_choice": "Tài liệu không còn trong tủ tài liệu của đơn vị."},
    )

    def __init__(self, unit: Unit, *arguments, **options):
        super().__init__(*arguments, **options)
        self.fields["document"].queryset = Document.objects.in_cabinets().filter(unit=unit)

    def clean(self):
        data = super().clean()
        if not self.errors and bool(data.get("file")) == bool(data.get("document")):
            raise forms.ValidationError("Đề nghị chọn một tệp, hoặc một tài liệu trong tủ.")
        return data
