"""What is typed about a drive: its heading with targets, the numbers of its days, its change."""

from collections.abc import Mapping, Sequence

from django import forms
from django.utils import timezone

from cchc_portal.kit.forms import WholeNumberField
from cchc_portal.kit.numerals import grouped
from commitments.forms.fields import STALE, ReasonForm
from reports.drive_days import DayLine
from scoring.models import Drive
from scoring.rules.drive import why_no_drive
from scoring.services.drives import MOST, Told
from units.forms.fields import DayField, WordsField
from units.models import Unit


class TargetsForm(forms.Form):
    """A number for each unit, empty for those who take no part."""

    def ask_targets(self, units: Sequence[Unit], now: Mapping[int, int] | None = None) -> None:
        """`now`: what is aimed at, by key of the unit."""
        self.of_units = {f"chi-tieu-{unit.pk}": unit for unit in units}
        for name, unit in self.of_units.items():
            self.fields[name] = WholeNumberField(
                label=unit.name, most=MOST, required=False, initial=(now or {}).get(unit.pk)
            )

    @property
    def units(self) -> list[forms.BoundField]:
        """A field for each unit."""
        return [self[name] for name in self.of_units]

    def targets(self) -> dict[int, int]:
        """Unit to target, of those with one."""
        said = {unit.pk: self.cleaned_data[name] for name, unit in self.of_units.items()}
        return {unit: number for unit, number in said.items() if number is not None}


class CountedField(forms.ChoiceField):
    """Into which indicator of the owner the days go; empty is none. `now`: what stands there."""

    def __init__(self, owner: Unit, now: str = ""):
        named = dict(owner.indicators.summed_from_days().values_list("code", "name"))
        if now:
            named.setdefault(now, "(không còn dùng)")
        super().__init__(
            label="Tính vào chỉ tiêu số liệu",
            choices=[("", "Không tính"), *((code, f"{code} {named[code]}") for code in named)],
            required=False,
            widget=forms.Select(attrs={"class": "form-select"}),
            help_text="Tổng số ghi từng ngày được đề nghị lấy vào báo cáo số liệu của đơn vị.",
        )


class DriveForm(TargetsForm):
    """Heading and days; one number for each unit below, empty for those who take no part."""

    title = WordsField(label="Tên đợt cao điểm", max_length=200)
    noun = WordsField(label="Đơn vị tính", max_length=40, help_text="Ví dụ: thẻ căn cước")
    starts_on = DayField(label="Từ ngày")
    ends_on = DayField(label="Đến hết ngày")

    def __init__(self, owner: Unit, units: Sequence[Unit], *arguments, **options):
        super().__init__(*arguments, **options)
        for one in self.fields.values():
            one.widget.attrs["class"] = "form-control"
        self.fields["figure_code"] = CountedField(owner)
        self.ask_targets(units)

    def clean(self):
        said = super().clean()
        first, last = said.get("starts_on"), said.get("ends_on")
        if first and last and (fault := why_no_drive(first, last, timezone.localdate())):
            self.add_error("ends_on", fault)
        return said

    @property
    def headings(self) -> list[forms.BoundField]:
        """The fields above the units."""
        return [self[name] for name in ("title", "noun", "starts_on", "ends_on", "figure_code")]


class DriveChangeForm(TargetsForm, ReasonForm):
    """Another last day, other targets; who takes part stands first."""

    ends_on = DayField(label="Đến hết ngày")

    def __init__(self, drive: Drive, units: Sequence[Unit], *arguments, **options):
        targets = dict(drive.shares.values_list("unit", "target"))
        options["initial"] = {
            "seen": drive.version,
            "ends_on": drive.ends_on,
            "figure_code": drive.figure_code,
        }
        super().__init__(*arguments, **options)
        self.ask_targets(sorted(units, key=lambda unit: unit.pk not in targets), targets)
        self.fields["ends_on"].widget.attrs["class"] = "form-control"
        self.fields["figure_code"] = CountedField(drive.owner, drive.figure_code)

    @property
    def headings(self) -> list[forms.BoundField]:
        """The fields above the units."""
        return [self["ends_on"], self["figure_code"]]


class DaysForm(forms.Form):
    """How many on each of some days, empty where nothing is told yet; beside each the edition that
    was on the screen."""

    def __init__(self, days: Sequence[DayLine], *arguments, **options):
        super().__init__(*arguments, **options)
        self.days = days
        for one in days:
            self.fields[f"so-{one.key}"] = WholeNumberField(
                label=f"{one.day:%d/%m/%Y}", most=MOST, required=False, initial=one.number
            )
            self.fields[f"lan-{one.key}"] = forms.IntegerField(
                min_value=0,
                max_value=MOST,
                required=False,
                initial=one.edition,
                widget=forms.HiddenInput,
                error_messages=STALE,
            )

    def clean(self):
        said = super().clean()
        for one in self.days:
            name = f"so-{one.key}"
            if one.edition and name in self.data and name in said and said[name] is None:
                self.add_error(name, "Số đã ghi không xóa được; không có thì ghi 0.")
        return said

    @property
    def lines(self) -> list[tuple[DayLine, forms.BoundField, forms.BoundField]]:
        """Each day with its fields."""
        return [(one, self[f"so-{one.key}"], self[f"lan-{one.key}"]) for one in self.days]

    def told(self) -> list[Told]:
        """What is typed of the days with a number."""
        said = self.cleaned_data
        return [
            Told(one.day, said[f"so-{one.key}"], said[f"lan-{one.key}"] or 0)
            for one in self.days
            if said[f"so-{one.key}"] is not None
        ]

    def renew(self, touched: Sequence[Told]) -> None:
        """After a conflict: days that were typed in keep what was typed, all others and the
        editions are as they lie there now."""
        kept = {one.day for one in touched}
        self.data = self.data.copy()
        for one in self.days:
            self.data[f"lan-{one.key}"] = str(one.edition)
            if one.day not in kept:
                self.data[f"so-{one.key}"] = "" if one.number is None else grouped(one.number)
