"""The organiser's forms of assignments: what is given to whom, and what is passed on."""

from collections.abc import Iterable, Mapping

from django import forms

from cchc_portal.kit.asked import number
from scoring.models import Block, Criterion
from units.forms.fields import DayField
from units.models import User

NO_VERIFIER = "Đề nghị chọn người thẩm định."
NOBODY = "Đề nghị chọn người nhận phần việc."
NOTHING = "Đề nghị đánh dấu ít nhất một phần việc."
STRANGE = "Phần việc được đánh dấu không đọc được, đề nghị tải lại trang."
MOST_AT_ONCE = 2000

Pair = tuple[int, int]
"""A person and the unit at which they verify."""


def as_pair(value: str) -> Pair | None:
    """ "12-5" as two numbers; None for anything else."""
    first, second = (number(part) for part in value.partition("-")[::2])
    return None if first is None or second is None else (first, second)


class WhoForm(forms.Form):
    """Whom to give something to, and in which block: what the rest of the page depends on."""

    nguoi = forms.TypedChoiceField(
        label="Người thẩm định",
        coerce=as_pair,
        required=False,
        error_messages={"invalid_choice": "Người được chọn nay không thẩm định trong kỳ này."},
    )
    khoi = forms.TypedChoiceField(
        label="Khối",
        coerce=int,
        required=False,
        empty_value=None,
        error_messages={"invalid_choice": "Khối được chọn không thuộc kỳ này."},
    )

    def __init__(
        self,
        data: Mapping[str, str],
        *,
        verifiers: Iterable[tuple[str, str]],
        blocks: Iterable[Block],
    ):
        super().__init__(data)
        small = {"class": "form-select form-select-sm", "data-submit": True}
        self.fields["nguoi"].choices = [("", "Chọn người thẩm định"), *verifiers]
        self.fields["khoi"].choices = [(str(one.pk), one.name) for one in blocks]
        for bound in self.fields.values():
            bound.widget.attrs = dict(small)


class AssignForm(forms.Form):
    """What is given: units, in them an area or a criterion, until when."""

    node = forms.TypedChoiceField(
        label="Lĩnh vực hoặc tiêu chí",
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.Select(attrs={"class": "form-select form-select-sm"}),
        error_messages={"invalid_choice": "Tiêu chí không có trong danh sách."},
    )
    due_on = DayField(
        label="Hạn (để trống là hạn thẩm định của kỳ)",
        required=False,
        widget=forms.DateInput(
            format="%Y-%m-%d", attrs={"type": "date", "class": "form-control form-control-sm"}
        ),
    )
    dossiers = forms.TypedMultipleChoiceField(
        label="Đơn vị",
        coerce=int,
        required=False,
        error_messages={"invalid_choice": "Đơn vị được chọn không giao được cho đồng chí ấy."},
    )
    everywhere = forms.BooleanField(required=False)

    def __init__(
        self,
        data: Mapping[str, str] | None,
        *,
        nodes: Iterable[Criterion],
        dossiers: Iterable[int],
    ):
        super().__init__(data)
        choices = [(str(one.pk), f"{one.code}. {one.title}") for one in nodes]
        self.fields["node"].choices = [("", "Cả hồ sơ"), *choices]
        self.fields["dossiers"].choices = [(str(key), "") for key in dossiers]

    @property
    def ticked(self) -> set[str]:
        """What was ticked when the form was sent."""
        return set(self.data.getlist("dossiers")) if self.is_bound else set()

    def clean(self):
        said = super().clean()
        if self.errors:
            return said
        if said["everywhere"]:
            said["dossiers"] = []
            if said["node"] is None:
                self.add_error("node", "Đề nghị chọn lĩnh vực hoặc tiêu chí giao ở mọi đơn vị.")
        elif not said["dossiers"]:
            self.add_error("dossiers", "Đề nghị đánh dấu ít nhất một đơn vị.")
        return said


class PassOnForm(forms.Form):
    """Assignments that are ticked, each with the person it had, and who is to have them now."""

    HAND_OVER, TAKE_AWAY = "chuyen", "thoi"

    act = forms.ChoiceField(
        choices=((HAND_OVER, ""), (TAKE_AWAY, "")),
        error_messages={"required": STRANGE, "invalid_choice": STRANGE},
    )
    to = forms.TypedChoiceField(
        label="Chuyển cho",
        coerce=int,
        required=False,
        empty_value=None,
        widget=forms.Select(attrs={"class": "form-select form-select-sm"}),
        error_messages={"invalid_choice": "Người được chọn không phải là cán bộ thẩm định."},
    )

    def __init__(self, data: Mapping[str, str] | None, *, officers: Iterable[User]):
        super().__init__(data)
        people = [(str(one.pk), str(one)) for one in officers]
        self.fields["to"].choices = [("", "Chọn người nhận"), *people]

    @property
    def ticked(self) -> set[str]:
        """What was ticked when the form was sent."""
        return set(self.data.getlist("given")) if self.is_bound else set()

    def clean(self):
        said = super().clean()
        pairs = [as_pair(value) for value in self.ticked]
        if not pairs:
            self.add_error(None, NOTHING)
        elif None in pairs or len(pairs) > MOST_AT_ONCE:
            self.add_error(None, STRANGE)
        elif said.get("act") == self.HAND_OVER and said.get("to", 0) is None:
            self.add_error("to", NOBODY)
        said["seen"] = dict(pair for pair in pairs if pair)
        return said
