"""What is inspected, by which decision, by whom; what minutes and conclusion say."""

from functools import partial

from django import forms
from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone

from commitments.forms.fields import ReasonForm, Seen, SeenWords, long_text
from commitments.forms.signing import SignatureForm
from commitments.forms.under import UnderForm
from commitments.models import Inspection
from commitments.models.commitment import FIRST_YEAR, LAST_YEAR
from commitments.models.inspection import LONGEST_TEXT
from commitments.models.inspection_plan import LONGEST
from commitments.models.superiors import units_under
from commitments.rules.inspection import Duty, InspectionTerms, PlanWords
from commitments.services.inspections import Minutes
from commitments.services.plans import Paper
from units.forms.fields import DayField, WordsField, YearField
from units.models import Membership, Unit, User

UNKNOWN = {"invalid_choice": "Giá trị không có trong danh mục."}
USUAL_TITLE = "Kế hoạch kiểm tra công tác cải cách hành chính năm {}"
_long = partial(long_text, longest=LONGEST)


def unit_field(label: str) -> forms.ModelChoiceField:
    """One of some units that are offered later."""
    return forms.ModelChoiceField(
        label=label,
        queryset=Unit.objects.none(),
        empty_label="Chọn đơn vị",
        error_messages=UNKNOWN | {"required": "Đề nghị chọn đơn vị."},
    )


class PlanWordsForm(forms.Form):
    """What stands above the inspections of a plan."""

    title = WordsField(label="Tên kế hoạch", max_length=300)
    ground = _long("Căn cứ", required=False, help_text="Mỗi căn cứ một dòng.")
    aim = _long("Mục đích, yêu cầu", required=False, help_text="Mỗi ý một dòng.")

    def words(self) -> PlanWords:
        """What was typed, as the service takes it."""
        return PlanWords(**{name: self.cleaned_data[name] for name in ("title", "ground", "aim")})


class PlanForm(PlanWordsForm):
    """Opens the plan of a year of one of one's units."""

    field_order = ("unit", "year", "title", "ground", "aim")
    unit = unit_field("Đơn vị lập kế hoạch")
    year = YearField(label="Năm", first=FIRST_YEAR, last=LAST_YEAR)

    def __init__(self, desks: list[int], *arguments, **options):
        super().__init__(*arguments, **options)
        self.fields["unit"].queryset = Unit.objects.filter(pk__in=desks).order_by("position")
        year = timezone.localdate().year
        usual = {"year": year, "title": USUAL_TITLE.format(year)}
        if len(desks) == 1:
            usual["unit"] = desks[0]
        self.initial = usual | self.initial


class PlanReviseForm(PlanWordsForm, SeenWords):
    """The same of one that lies there already."""


class TermsForm(UnderForm):
    """Which unit is inspected, what and when."""

    inspected = unit_field("Đơn vị được kiểm tra")
    scope = _long("Nội dung kiểm tra", help_text="Mỗi nội dung một dòng.")
    covers = WordsField(
        label="Thời kỳ kiểm tra",
        max_length=200,
        required=False,
        help_text="Ví dụ: từ 15/12/2025 đến 14/6/2026.",
    )
    starts_on = DayField(label="Từ ngày")
    ends_on = DayField(label="Đến ngày")

    def __init__(self, units: list[int], *arguments, only: int | None = None, **options):
        super().__init__(*arguments, **options)
        chosen = self.initial.get("inspected")
        also = (chosen,) if chosen else ()
        found = units_under(units, timezone.localdate(), also=also)
        if only:
            found = found.filter(pk=only)
        self.offer_under("inspected", found, units, chosen=also)

    def clean(self):
        data = super().clean()
        first, last = data.get("starts_on"), data.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", "Ngày kết thúc không thể trước ngày bắt đầu.")
        return data

    def terms(self) -> InspectionTerms:
        """What was typed, as the service takes it."""
        data = self.cleaned_data
        return InspectionTerms(
            data["scope"],
            data["covers"],
            data["starts_on"],
            data["ends_on"],
            data.get("reason", ""),
        )


class TermsEditForm(TermsForm, SeenWords):
    """The same of one that lies there already; with its reason where no plan foresees it."""

    reason = _long("Lý do kiểm tra", rows=3)

    def __init__(self, inspection: Inspection, *arguments, **options):
        only = inspection.inspected_id if inspection.again_of_id else None
        super().__init__([inspection.unit_id], *arguments, only=only, **options)
        if inspection.plan_id:
            del self.fields["reason"]


class SuddenForm(TermsForm):
    """An inspection that no plan foresees."""

    field_order = ("unit", "inspected", "reason", "scope", "covers", "starts_on", "ends_on")
    unit = unit_field("Đơn vị kiểm tra")
    reason = TermsEditForm.base_fields["reason"]

    def __init__(self, desks: list[int], *arguments, **options):
        super().__init__(desks, *arguments, **options)
        self.fields["unit"].queryset = Unit.objects.filter(pk__in=desks).order_by("position")
        if len(desks) == 1:
            self.initial.setdefault("unit", desks[0])


class AgainForm(TermsForm):
    """What was concluded is inspected again."""

    field_order = ("reason", "scope", "covers", "starts_on", "ends_on")
    inspected = None
    reason = TermsEditForm.base_fields["reason"]

    def __init__(self, *arguments, **options):
        forms.Form.__init__(self, *arguments, **options)


class DecideForm(Seen):
    """The decision, and the days it sets."""

    number = WordsField(label="Số quyết định", max_length=60, help_text="Ví dụ: 215/QĐ-CAT-PV01.")
    day = DayField(label="Ngày quyết định")
    starts_on = DayField(label="Kiểm tra từ ngày")
    ends_on = DayField(label="Đến ngày")


class AmendForm(DecideForm, ReasonForm):
    """The same of a decision that was mistyped, with the reason."""

    field_order = ("number", "day", "starts_on", "ends_on", "comment")


class MinutesForm(Seen):
    """What the minutes say beside checklist and findings."""

    day = DayField(label="Ngày lập biên bản")
    place = WordsField(label="Địa điểm", max_length=200, required=False)
    host = WordsField(label="Đại diện đơn vị được kiểm tra", max_length=160)
    host_post = WordsField(label="Chức vụ người đại diện", max_length=120, required=False)
    overview = _long("Nhận xét chung", longest=LONGEST_TEXT, rows=6)

    def minutes(self) -> Minutes:
        """What was typed, as the service takes it."""
        said = self.cleaned_data
        return Minutes(
            **{name: said[name] for name in ("day", "place", "host", "host_post", "overview")}
        )


class PaperForm(SignatureForm):
    """Number and day of a plan or a conclusion over what was seen, and the password of the head."""

    field_order = ("number", "day", "password")
    number = WordsField(label="Số, ký hiệu", max_length=60)
    day = DayField(label="Ngày ký")

    def __init__(self, request, *arguments, **options):
        super().__init__(request, *arguments, **options)
        self.initial = {"day": timezone.localdate()} | self.initial

    def paper(self) -> Paper:
        """What was typed, as the service takes it."""
        return Paper(self.cleaned_data["number"], self.cleaned_data["day"])


class ConclusionForm(SeenWords):
    """The general words of the conclusion."""

    text = _long("Kết luận chung", longest=LONGEST_TEXT, rows=8)


class MemberForm(forms.Form):
    """Somebody of the team: with an account of the portal, or by name."""

    person = forms.ModelChoiceField(
        label="Cán bộ có tài khoản",
        queryset=User.objects.none(),
        required=False,
        empty_label="Không chọn",
        error_messages=UNKNOWN,
        help_text="Người được chọn ghi được kết quả, phát hiện trên cổng.",
    )
    name = WordsField(
        label="Hoặc ghi họ và tên",
        max_length=160,
        required=False,
        help_text="Chỉ ghi khi không chọn ở trên.",
    )
    post = WordsField(label="Chức vụ, đơn vị", max_length=200, required=False)
    duty = forms.ChoiceField(
        label="Nhiệm vụ trong đoàn",
        choices=Duty.choices,
        initial=Duty.MEMBER,
        error_messages=UNKNOWN,
    )
    reason = _long("Lý do thay đổi thành phần đoàn", rows=3)

    def __init__(self, inspection: Inspection, *arguments, **options):
        super().__init__(*arguments, **options)
        if not inspection.decided_on:
            del self.fields["reason"]
        today = timezone.localdate()
        near = Q(memberships__unit=inspection.unit_id) | Q(
            memberships__unit__parent=inspection.unit_id
        )
        held = Q(memberships__in_force__contains=today)
        there = (
            Membership.objects.in_force_on(today)
            .filter(unit=inspection.inspected_id)
            .values("user")
        )
        found = User.objects.filter(near & held, is_active=True).exclude(pk__in=there)
        seat = Membership.objects.filter(user=OuterRef("pk"), in_force__contains=today)
        at = Subquery(seat.order_by("pk").values("unit__name")[:1])
        named = found.distinct().order_by("full_name", "pk").annotate(at=at)
        self.fields["person"].queryset = named
        self.fields["person"].label_from_instance = _with_post

    def clean(self):
        data = super().clean()
        if not self.errors and bool(data.get("person")) == bool(data.get("name")):
            raise forms.ValidationError("Đề nghị chọn một cán bộ, hoặc ghi họ và tên.")
        return data


class UnseatForm(forms.Form):
    """Somebody leaves the team; after the decision with a reason."""

    reason = MemberForm.base_fields["reason"]

    def __init__(self, inspection: Inspection, *arguments, **options):
        super().__init__(*arguments, **options)
        if not inspection.decided_on:
            del self.fields["reason"]


def _with_post(person: User) -> str:
    """Name, post and unit, so that namesakes are told apart."""
    return ", ".join(filter(None, (str(person), person.post, person.at)))


def usual_terms(inspection: Inspection) -> dict:
    """What a form of terms begins with."""
    return {
        "inspected": inspection.inspected_id,
        "scope": inspection.scope,
        "covers": inspection.covers,
        "starts_on": inspection.starts_on,
        "ends_on": inspection.ends_on,
        "reason": inspection.reason,
        "seen": inspection.terms_seal,
    }
