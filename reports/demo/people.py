"""Made-up people of the demo, and the accounts that `make run` prints."""

from dataclasses import dataclass
from datetime import date
from random import Random

from django.contrib.auth.hashers import make_password

from units.models import Unit, User
from units.permissions import Role
from units.services import people

PASSWORD = "minh-hoa-cchc-2022"
SINCE = date(2019, 1, 1)

SURNAMES = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Phan", "Võ", "Đặng", "Bùi", "Hồ", "Dương")
MIDDLES = ("Văn", "Thị", "Đức", "Quốc", "Minh", "Thanh", "Hữu", "Xuân", "Ngọc", "Anh")
NAMES = (
    "An", "Bình", "Cường", "Dũng", "Hà", "Hạnh", "Hiếu", "Hòa", "Hùng", "Khánh", "Lan", "Linh",
    "Long", "Mai", "Nam", "Nga", "Phúc", "Quân", "Sơn", "Thảo", "Thắng", "Trang", "Tuấn", "Vinh",
)  # fmt: skip
RANKS = {
    Role.HEAD: "Thượng tá",
    Role.EDITOR: "Đại úy",
    Role.VERIFIER: "Trung tá",
    Role.ORGANISER: "Thiếu tá",
}


@dataclass(frozen=True)
class Account:
    """One line of what `make run` prints."""

    role: str
    username: str
    who: str


class Registry:
    """Founds accounts through the services, with names drawn from one seed."""

    def __init__(self, administrator: User):
        self.administrator = administrator
        self.random = Random(1955)
        self.hashed = make_password(PASSWORD)
        """Once for all: a good hash takes a while, and there are sixty accounts."""

    def person(
        self,
        username: str,
        unit: Unit,
        role: Role,
        *,
        post: str = "",
        rank: str = "",
        also: tuple[tuple[Unit, Role], ...] = (),
    ) -> User:
        """A new account with its role at the unit, and further roles elsewhere."""
        user = people.create_account(
            unit,
            username=username,
            full_name=self._name(),
            password=None,
            role=role,
            first_on=_since(unit),
            by=self.administrator,
            police_rank=rank or RANKS.get(role, "Thượng úy"),
            post=post,
        )
        user.password = self.hashed
        user.save(update_fields=("password",))
        for other, held in also:
            first_on = _since(other)
            people.appoint(user, unit=other, role=held, first_on=first_on, by=self.administrator)
        return user

    def _name(self) -> str:
        parts = (SURNAMES, MIDDLES, NAMES)
        return " ".join(self.random.choice(part) for part in parts)


def _since(unit: Unit) -> date:
    """The first day of an appointment: the demo's first, or the unit's where that is later."""
    return max(SINCE, unit.in_force.lower or SINCE)


def first_administrator(unit: Unit) -> User:
    """The account that appoints all others."""
    user = User(
        username="quantri",
        full_name="Nguyễn Minh Quản",
        police_rank="Đại úy",
        post="Quản trị hệ thống",
    )
    user.set_password(PASSWORD)
    user.save()
    people.install_administrator(user, unit=unit)
    return user
