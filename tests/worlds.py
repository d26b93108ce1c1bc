"""Situations for tests, built only through the services, so that none is impossible."""

import json
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from django.utils import timezone

from scoring.models import Block, CriteriaSet, Period
from scoring.rules.catalogue import read_catalogue
from scoring.services import blocks, catalogue, criteria, periods
from tests.factories import a_user
from units.kinds import UnitKind
from units.models import Unit, User
from units.permissions import Role
from units.services import people, unit_files

LONG_AGO = date(2020, 1, 1)

COLUMNS = (
    "code,name,kind,parent_code,valid_from,valid_to,successor_code,"
    "parent_code_from_2025_03_01,gso_code,basis"
)


@dataclass
class Province:
    """A ministry, one provincial police below it, and the person who administers the ministry."""

    ministry: Unit
    police: Unit
    departments: list[Unit]
    districts: list[Unit]
    communes: list[Unit]
    administrator: User

    def a_person(self, role: Role, at: Unit, *, first_on: date = LONG_AGO) -> User:
        """Somebody new who holds the role at the unit."""
        user = a_user()
        people.appoint(user, unit=at, role=role, first_on=first_on, by=self.administrator)
        return user


def a_province(
    code: str = "TN", *, departments: int = 2, districts: int = 0, communes: int = 0
) -> Province:
    """Codes: BCA, then `TN`, `TN-P01`…, `TN-H01`…, `TN-X001`… (in the first district, if any)."""
    lines = [COLUMNS, "BCA,Bộ Công an,ministry,,,,,,,"]
    lines.append(f"{code},Công an tỉnh Thử Nghiệm,province_police,BCA,,,,,,")
    lines += [
        f"{code}-P{n:02},Phòng Nghiệp vụ {n},department,{code},,,,,,"
        for n in range(1, departments + 1)
    ]
    lines += [
        f"{code}-H{n:02},Công an huyện {n},district_police,{code},,,,,,"
        for n in range(1, districts + 1)
    ]
    above = f"{code}-H01" if districts else code
    lines += [
        f"{code}-X{n:03},Công an xã {n},commune_police,{above},,,,,,"
        for n in range(1, communes + 1)
    ]
    (report,) = unit_files.load([("thu-nghiem.csv", "\n".join(lines).encode())])
    assert report.sound, report.rows
    units = {unit.code: unit for unit in Unit.objects.all()}
    administrator = a_user(full_name="Quản trị Thử nghiệm")
    people.install_administrator(administrator, unit=units["BCA"])
    return Province(
        ministry=units["BCA"],
        police=units[code],
        departments=[units[key] for key in units if key.startswith(f"{code}-P")],
        districts=[units[key] for key in units if key.startswith(f"{code}-H")],
        communes=[units[key] for key in units if key.startswith(f"{code}-X")],
        administrator=administrator,
    )


SMALL_SET = Path(__file__).parent / "data" / "small-set.json"


@dataclass
class Year:
    """A period, the province whose units it assesses, and the person who organises it there."""

    province: Province
    organiser: User
    period: Period

    @property
    def block(self) -> Block:
        """The first block."""
        return self.period.blocks.order_by("position").first()


def the_small_set() -> CriteriaSet:
    """Eleven components, every kind of answer among them, 100 points; in the catalogue."""
    data = json.loads(SMALL_SET.read_text(encoding="utf-8"), parse_float=Decimal)
    found = read_catalogue(data)
    assert not found.faults, found.faults
    catalogue.import_sets(found.sets)
    return CriteriaSet.objects.newest().get(code="KIEM_THU")


def dates_around(today: date) -> dict[str, date]:
    """Dates of a period in whose self-assessment the day lies."""
    return {
        "data_from": today - timedelta(days=365),
        "data_until": today - timedelta(days=2),
        "opens_on": today - timedelta(days=1),
        "submit_by": today + timedelta(days=9),
        "verify_by": today + timedelta(days=30),
        "reply_by": today + timedelta(days=37),
        "publish_on": today + timedelta(days=60),
    }


def a_draft_period(province: Province | None = None, **columns) -> Year:
    """Nothing but title and dates, around today."""
    province = province or a_province()
    organiser = province.a_person(Role.ORGANISER, province.police)
    today = timezone.localdate()
    said = {"year": today.year, "title": f"Chỉ số cải cách hành chính năm {today.year}"}
    period = periods.draft(
        assessor=province.police, by=organiser, **(said | dates_around(today) | columns)
    )
    return Year(province, organiser, period)


def a_prepared_period(province: Province | None = None, **columns) -> Year:
    """One block of all departments with the small set: may be opened."""
    year = a_draft_period(province, **columns)
    block = blocks.add(
        year.period, by=year.organiser, name="Khối phòng", kinds=[UnitKind.DEPARTMENT]
    )
    criteria.copy_into(block, the_small_set(), by=year.organiser)
    blocks.choose_by_kind(block, by=year.organiser)
    return year


def an_open_period(province: Province | None = None, **columns) -> Year:
    """The same, opened: every department has a dossier in draft."""
    year = a_prepared_period(province, **columns)
    year.period = periods.open(year.period, by=year.organiser)
    return year
