"""Which rows a verifier accepts together: each by key and by the version that was seen."""

import re

from django import forms

from cchc_portal.kit.forms import Spoken
from scoring.forms.answers import STALE

ROW = re.compile(r"([1-9]\d{0,17})-([1-9]\d{0,8})")


class AcceptManyForm(Spoken, forms.Form):
    """`seen`: score key → version, of the rows that were ticked."""

    def __init__(self, data):
        super().__init__(data)
        self.ticked = data.getlist("row")
        self.seen: dict[int, int] = {}

    def clean(self):
        read = [ROW.fullmatch(one) for one in self.ticked]
        if not read:
            raise forms.ValidationError("Chưa chọn dòng nào để nhận.")
        if None in read:
            raise forms.ValidationError(STALE["invalid"])
        self.seen = {int(one[1]): int(one[2]) for one in read if one}
        return super().clean()
