"""Which rows of a period's verification to look at."""

from collections.abc import Mapping

from django import forms
from django.db.models import Q

from scoring.models import Ownership, Period, Score
from scoring.rules.history import OF_THE_ASSESSOR
from scoring.rules.reply import OBJECTIONS
from scoring.rules.workflow import DossierState, ExplanationState
from scoring.services.assignments import verifiers_of
from units.models import Unit, User

KINDS = (
    ("", "Mọi dòng"),
    ("cho", "Chờ thẩm định"),
    ("xong", "Đã thẩm định"),
    ("chua-nop", "Hồ sơ chưa nộp hoặc bị trả lại"),
    ("chua-giao", "Chưa thẩm định, chưa giao cho ai"),
    ("tra-lai", "Đã trả lại đơn vị"),
    ("giai-trinh", "Có giải trình"),
    ("cho-ket-luan", "Giải trình chờ kết luận"),
)
BY_PERSON = (
    ("da-ghi", "Do người này ghi kết quả"),
    ("tra-lai-boi", "Do người này trả lại"),
    ("giai-trinh-ve", "Có giải trình về kết quả của người này"),
)


class RowsForm(forms.Form):
    """Every part may be left out; what is not understood narrows nothing."""

    noi = forms.TypedChoiceField(label="Nơi thẩm định", coerce=int, required=False)
    nguoi = forms.TypedChoiceField(label="Người thẩm định", coerce=int, required=False)
    viec = forms.ChoiceField(label="Các dòng", choices=(*KINDS, *BY_PERSON), required=False)

    def __init__(self, data: Mapping[str, str], *, period: Period):
        super().__init__(data)
        self.period = period
        owned = Ownership.objects.filter(criterion__criteria_set__block__period=period)
        owners = Unit.objects.filter(pk__in=owned.values("unit")).order_by("position", "code")
        units = [(str(one.pk), str(one)) for one in (period.assessor, *owners)]
        holders = verifiers_of(period).order_by().values("user")
        given = Q(assignments__block__period=period) | Q(pk__in=holders)
        people = User.objects.filter(given).distinct().order_by("full_name")
        officers = [(str(one.pk), str(one)) for one in people]
        self.fields["noi"].choices = [("", "Mọi nơi"), *units]
        self.fields["nguoi"].choices = [("", "Mọi người"), *officers]
        for bound in self.fields.values():
            bound.widget.attrs = {"class": "form-select form-select-sm", "data-submit": True}

    def rows(self):
        """The rows asked for, by unit and component, with all that a line names."""
        self.is_valid()
        desk, person = self.cleaned_data.get("noi"), self.cleaned_data.get("nguoi")
        kind = self.cleaned_data.get("viec", "")
        found = Score.objects.filter(dossier__period=self.period)
        found = found.exclude(dossier__state=DossierState.ABSENT)
        if desk:
            found = found.at_desks([desk])
        by_person = dict(BY_PERSON)
        if person and kind not in by_person:
            found = found.given_to(User(pk=person))
        found = self._of_kind(found, kind, person if kind in by_person else None)
        return (
            found.select_related("criterion", "dossier__unit", "updated_by")
            .distinct()
            .order_by(
                "dossier__block__position",
                "dossier__unit__position",
                "dossier",
                "criterion__position",
            )
        )

    @staticmethod
    def _of_kind(found, kind: str, person: int | None):
        at_the_desk = Q(dossier__state=DossierState.SUBMITTED)
        said = Q(explanations__stance__in=OBJECTIONS) & ~Q(
            explanations__state=ExplanationState.WRITING
        )
        wrote, sent_back, first = (
            Q(changes__column__in=OF_THE_ASSESSOR),
            Q(return_remarks__isnull=False),
            said,
        )
        if person:
            wrote &= Q(changes__changed_by=person)
            sent_back &= Q(return_remarks__event__by=person)
            first &= Q(explanations__first_by=person)
        return {
            "cho": lambda: found.unsettled().filter(at_the_desk),
            "xong": lambda: found.settled(),
            "chua-nop": lambda: found.unsettled().exclude(at_the_desk),
            "chua-giao": lambda: found.unsettled().given_to_nobody(),
            "tra-lai": lambda: found.filter(sent_back),
            "giai-trinh": lambda: found.filter(said),
            "cho-ket-luan": lambda: found.filter(said, explanations__state=ExplanationState.SENT),
            "da-ghi": lambda: found.filter(wrote),
            "tra-lai-boi": lambda: found.filter(sent_back),
            "giai-trinh-ve": lambda: found.filter(first),
        }.get(kind, lambda: found)()
