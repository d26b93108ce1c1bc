"""Situations for tests, built only through the services, so that none is impossible."""

from dataclasses import dataclass
from datetime import date

from tests.factories import a_user
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
