"""Campaigns of measurement as their users handle them: run, brought in by file, rated by slip."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from scoring.models import Campaign, CampaignUnit, Criterion, RatingUpload
from scoring.rules.ratings_file import Column
from scoring.rules.satisfaction import Formula
from scoring.services import campaigns, criteria, periods, ratings
from tests.worlds import Province, Year, a_prepared_period, a_province
from units.models import Unit, User
from units.permissions import Role

ASPECTS = ("Thời hạn giải quyết", "Kết quả giải quyết")


@dataclass
class Measuring:
    """A campaign of a province, and who organises it."""

    province: Province
    organiser: User
    campaign: Campaign

    def unit(self, place: int = 0) -> CampaignUnit:
        """One of its departments, as it is measured now."""
        return self.campaign.measured.select_related("unit", "campaign").get(
            unit=self.province.departments[place]
        )

    def editor(self, place: int = 0) -> User:
        """Somebody who writes for that department."""
        return self.province.a_person(Role.EDITOR, self.province.departments[place])

    def close(self) -> Campaign:
        """It ends."""
        now = Campaign.objects.get(pk=self.campaign.pk)
        self.campaign = campaigns.close(
            now, by=self.organiser, seen=now.version, reason="Đã đủ số liệu."
        )
        return self.campaign


def a_period_that_asks_partners() -> Year:
    """Its survey component is answered by the units that work with a unit, not by citizens."""
    year = a_prepared_period()
    node = Criterion.objects.get(criteria_set__block=year.block, code="3.1.1")
    rule = {**node.rule, "of_partners": True}
    criteria.edit(node, by=year.organiser, seen=node.version, rule=rule)
    year.period = periods.open(year.period, by=year.organiser)
    return year


def a_draft(province: Province | None = None, organiser: User | None = None, **said) -> Measuring:
    """Nothing but what it is to be."""
    province = province or a_province()
    organiser = organiser or province.a_person(Role.ORGANISER, province.police)
    today = timezone.localdate()
    usual = {
        "year": today.year,
        "title": "Đo lường sự hài lòng",
        "begins": today - timedelta(days=5),
        "until": today + timedelta(days=5),
        "aspects": ASPECTS,
        "minimum": 30,
        "margin": Decimal(5),
        "formula": Formula.SHARE,
    }
    return Measuring(
        province, organiser, campaigns.draft(province.police, by=organiser, **(usual | said))
    )


def a_campaign(province: Province | None = None, **said) -> Measuring:
    """The same, collecting."""
    made = a_draft(province, **said)
    made.campaign = campaigns.begin(made.campaign, by=made.organiser, seen=1)
    return made


def a_table(rows: list[tuple], columns: tuple[Column, ...] = tuple(Column)) -> bytes:
    """A CSV file: code, name, aspect, five counts, dealings."""
    lines = [[column.label for column in columns], *rows]
    return "\n".join(";".join(str(cell) for cell in line) for line in lines).encode()


def rows_of(unit: Unit, *counts: tuple[int, ...], dealings: object = "") -> list[tuple]:
    """The rows of one unit: a line of five counts an aspect."""
    named = zip(ASPECTS, counts, strict=True)
    return [(unit.code, unit.name, aspect, *steps, dealings) for aspect, steps in named]


def take_in(made: Measuring, rows: list[tuple] | bytes, name: str = "hai-long.csv") -> RatingUpload:
    """The organiser brings it."""
    content = rows if isinstance(rows, bytes) else a_table(rows)
    upload = SimpleUploadedFile(name, content)
    return ratings.take_in(made.campaign, by=made.organiser, upload=upload)[0]


def bring_in(made: Measuring, rows: list[tuple]) -> int:
    """Read and written, every unit of it."""
    kept = take_in(made, rows)
    chosen = {
        change.measured.pk: change.measured.version
        for change in ratings.changes_of(kept)
        if change.may_be_written
    }
    return ratings.write(kept, by=made.organiser, chosen=chosen)


def the_year_before(made: Measuring, **said) -> Measuring:
    """A campaign of the same assessor that ended before this one began."""
    until: date = made.campaign.begins - timedelta(days=1)
    year = made.campaign.year - 1
    begins = min(until - timedelta(days=10), date(year, 12, 31))
    days = {"begins": begins, "until": until, "year": year}
    earlier = a_draft(made.province, made.organiser, **(days | said))
    earlier.campaign = campaigns.begin(earlier.campaign, by=made.organiser, seen=1)
    return earlier
