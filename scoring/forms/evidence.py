"""A document for a component: brought from the machine, or chosen from the unit's cabinet."""

from django import forms

from units.models import Document, Unit
from units.rules.file_kinds import KINDS, KINDS_WORDS, LARGEST_WORDS, FileFault, kind_of

DESCRIPTION = ("title", "number", "office", "issued_on")


class EvidenceForm(forms.Form):
    """Exactly one of a file and a document of the cabinet; where in it; the declaration."""

    file = forms.FileField(
        label="Tệp trên máy",
        required=False,
        widget=forms.FileInput(
            attrs={
                "class": "form-control form-control-sm",
                "accept": ",".join(f".{kind.extension}" for kind in KINDS) + ",.jpeg",
            }
        ),
        help_text=f"{KINDS_WORDS}; tối đa {LARGEST_WORDS}.",
        error_messages={
            "empty": "Tệp rỗng, không có nội dung.",
            "max_length": "Tên tệp dài quá, đề nghị đặt tên ngắn hơn.",
        },
    )
    document = forms.ModelChoiceField(
        label="Hoặc chọn trong tủ tài liệu của đơn vị",
        required=False,
        queryset=Document.objects.none(),
        empty_label="Chọn tài liệu đã có",
        widget=forms.Select(attrs={"class": "form-select form-select-sm"}),
        error_messages={"invalid_choice": "Tài liệu không thuộc tủ tài liệu của đơn vị."},
    )
    title = forms.CharField(
        label="Tên, trích yếu",
        required=False,
        max_length=300,
        widget=forms.TextInput(attrs={"class": "form-control form-control-sm"}),
    )
    number = forms.CharField(
        label="Số, ký hiệu",
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"class": "form-control form-control-sm"}),
    )
    office = forms.CharField(
        label="Cơ quan ban hành",
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"class": "form-control form-control-sm"}),
    )
    issued_on = forms.DateField(
        label="Ngày ban hành",
        required=False,
        widget=forms.DateInput(
            attrs={"type": "date", "class": "form-control form-control-sm"}, format="%Y-%m-%d"
        ),
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
        error_messages={"invalid": "Ngày không hợp lệ, đề nghị ghi ngày/tháng/năm."},
    )
    page = forms.IntegerField(
        label="Trang",
        required=False,
        min_value=1,
        max_value=99_999,
        widget=forms.NumberInput(attrs={"class": "form-control form-control-sm"}),
        error_messages={
            "invalid": "Số trang phải ghi bằng chữ số.",
            "min_value": "Số trang bắt đầu từ 1.",
            "max_value": "Số trang lớn quá.",
        },
    )
    passage = forms.CharField(
        label="Đoạn trích dẫn",
        required=False,
        max_length=500,
        widget=forms.TextInput(attrs={"class": "form-control form-control-sm"}),
    )
    declared = forms.BooleanField(
        label="Tệp đưa lên không chứa bí mật nhà nước",
        required=False,
        widget=forms.CheckboxInput(attrs={"class": "form-check-input"}),
    )

    def __init__(self, *arguments, unit: Unit, prefix_id: str, **options):
        super().__init__(*arguments, auto_id=f"{prefix_id}-%s", **options)
        cabinet = Document.objects.filter(unit=unit).order_by("-filed_at")
        self.fields["document"].queryset = cabinet
        for field in self.fields.values():
            if isinstance(field, forms.CharField):
                field.error_messages["max_length"] = f"“{field.label}” dài quá, đề nghị rút gọn."

    @property
    def description(self):
        """The inputs that say what a new file is."""
        return [self[name] for name in DESCRIPTION]

    def described(self) -> dict[str, object]:
        """What was said of a new file."""
        return {name: self.cleaned_data[name] for name in DESCRIPTION}

    def clean_file(self):
        upload = self.cleaned_data["file"]
        if upload:
            try:
                kind_of(upload.file, upload.size)
            except FileFault as fault:
                raise forms.ValidationError(fault.sentence) from fault
        return upload

    def clean(self):
        cleaned = super().clean()
        if self.errors:
            return cleaned
        file, document = cleaned.get("file"), cleaned.get("document")
        if not file and not document:
            raise forms.ValidationError("Đề nghị chọn một tệp trên máy hoặc một tài liệu đã có.")
        if file and document:
            raise forms.ValidationError("Đề nghị chỉ chọn một: tệp trên máy, hoặc tài liệu đã có.")
        if file and not cleaned["declared"]:
            self.add_error(
                "declared", "Đề nghị xác nhận tệp không chứa bí mật nhà nước trước khi đưa lên."
            )
        return cleaned
