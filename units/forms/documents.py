"""Papers for a cabinet: files from the machine, papers kept elsewhere, what is said of them."""

from typing import Any

from django import forms

from units.forms.fields import NEEDED, DayField, WordsField
from units.rules.file_kinds import KINDS, KINDS_WORDS
from units.rules.papers import PaperKind

SMALL = {"class": "form-control form-control-sm"}
DECLARED = "Tệp đưa lên không chứa bí mật nhà nước"
UNDECLARED = "Đề nghị xác nhận tài liệu không chứa bí mật nhà nước trước khi đưa lên."
MOST_AT_ONCE = 50


class ManyFiles(forms.ClearableFileInput):
    """A choice of several files."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files, each as it was sent; whether each is received is asked later, one by one."""

    widget = ManyFiles(
        attrs=SMALL | {"accept": ",".join(f".{kind.extension}" for kind in KINDS) + ",.jpeg"}
    )

    def clean(self, data, initial=None):
        sent = data if isinstance(data, list | tuple) else [data] if data else []
        if not sent and self.required:
            raise forms.ValidationError(self.error_messages["required"])
        if len(sent) > MOST_AT_ONCE:
            raise forms.ValidationError(f"Mỗi lần đưa lên nhiều nhất {MOST_AT_ONCE} tệp.")
        return list(sent)


class DeclaredForm(forms.Form):
    """Something that is brought, with the declaration that it is no State secret."""

    declared = forms.BooleanField(
        label=DECLARED,
        error_messages={"required": UNDECLARED},
        widget=forms.CheckboxInput(attrs={"class": "form-check-input"}),
    )


class FilesForm(DeclaredForm):
    """Files from the machine, many at once."""

    files = FilesField(
        label="Tệp trên máy",
        error_messages={"required": "Đề nghị chọn ít nhất một tệp."},
        help_text=KINDS_WORDS,
    )


class DescriptionForm(forms.Form):
    """What is said of a paper."""

    title = WordsField(
        label="Tên, trích yếu",
        max_length=300,
        error_messages={"required": NEEDED},
        widget=forms.TextInput(attrs=SMALL),
    )
    paper_kind = forms.ChoiceField(
        label="Loại văn bản",
        required=False,
        choices=[("", "Chưa ghi"), *PaperKind.choices],
        error_messages={"invalid_choice": "Không có loại văn bản này."},
        widget=forms.Select(attrs={"class": "form-select form-select-sm"}),
    )
    number = WordsField(
        label="Số, ký hiệu", required=False, max_length=60, widget=forms.TextInput(attrs=SMALL)
    )
    office = WordsField(
        label="Cơ quan ban hành",
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs=SMALL),
    )
    issued_on = DayField(
        label="Ngày ban hành",
        required=False,
        widget=forms.DateInput(attrs=SMALL | {"type": "date"}, format="%Y-%m-%d"),
    )

    def described(self) -> dict[str, Any]:
        """What was said, column by column."""
        return {name: self.cleaned_data[name] for name in DescriptionForm.base_fields}


class NoteForm(DescriptionForm, DeclaredForm):
    """A paper kept elsewhere: its address on another system, or its number."""

    link = forms.CharField(
        label="Địa chỉ trên hệ thống khác",
        required=False,
        max_length=500,
        error_messages={"max_length": "Địa chỉ dài quá 500 ký tự."},
        widget=forms.TextInput(
            attrs=SMALL | {"inputmode": "url", "placeholder": "https://", "autocomplete": "off"}
        ),
    )
    field_order = ("link", "title", "number", "paper_kind", "office", "issued_on", "declared")


class DocumentForm(DescriptionForm):
    """The same of a paper that is there, and the version one looked at."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class ReasonForm(forms.Form):
    """Why something is taken away."""

    reason = WordsField(
        label="Lý do",
        max_length=500,
        error_messages={"required": "Đề nghị ghi lý do."},
        widget=forms.TextInput(attrs=SMALL),
    )


class CabinetForm(forms.Form):
    """Words to look for in a cabinet, and which kind of paper."""

    tim = WordsField(
        label="Tên, số và ký hiệu, cơ quan",
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "class": "form-control"}),
    )
    loai = forms.ChoiceField(
        label="Loại văn bản",
        required=False,
        choices=[("", "Mọi loại"), *PaperKind.choices],
        error_messages={"invalid_choice": "Không có loại văn bản này."},
        widget=forms.Select(attrs={"class": "form-select"}),
    )

    def words(self) -> str:
        """What is looked for."""
        self.is_valid()
        return self.cleaned_data.get("tim", "")

    def narrowed(self, documents):
        """Those that answer to the words and the kind."""
        words, kind = self.words(), self.cleaned_data.get("loai")
        found = documents.matching(words)
        return found.filter(paper_kind=kind) if kind else found
