"""One password for a whole list, each paper with the seal that was read."""

from django import forms

from commitments.forms.signing import SignatureForm


class CeremonyForm(SignatureForm):
    """Which of the waiting papers are signed; what was seen of each is its digest."""

    seen = None

    def __init__(self, waiting, *arguments, **options):
        super().__init__(*arguments, **options)
        choices = [(f"{one.pk}:{one.digest}", one.party) for one in waiting]
        self.fields["papers"] = forms.MultipleChoiceField(
            choices=choices,
            widget=forms.CheckboxSelectMultiple,
            error_messages={
                "required": "Đề nghị chọn ít nhất một bản để ký.",
                "invalid_choice": "Có bản vừa được sửa, ký lại hoặc đã ký nhận; "
                "đề nghị xem lại danh sách.",
            },
        )

    def chosen(self) -> list[tuple[int, str]]:
        """Key and digest of each paper, in the order of the list."""
        pairs = (one.split(":") for one in self.cleaned_data["papers"])
        return [(int(key), digest) for key, digest in pairs]
