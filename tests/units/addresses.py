"""Every address of units and people, and who comes through. Asked by tests/house/test_roles.py."""

from dataclasses import dataclass

from tests.factories import a_user
from tests.house.registry import EVERYBODY, NOBODY, PLACES, Address, Seat, seats
from tests.worlds import Province, a_province
from units.models import Membership, User
from units.permissions import Permission, Role

MANAGES_UNITS = seats(Permission.MANAGE_UNITS, "here", "above")
MANAGES_PEOPLE = seats(Permission.MANAGE_PEOPLE, "here", "above")
SEES = seats(Permission.SEE_UNIT, "here") | seats(Permission.SEE_BELOW, "above")
FORM = ("get", "post")


@dataclass
class World:
    """A department in question, the province above it, another department beside it."""

    province: Province
    seats: dict[Seat, User]

    @property
    def here(self) -> tuple[int]:
        """The department in question."""
        return (self.province.departments[0].pk,)

    @property
    def appointment(self) -> tuple[int]:
        """An appointment there."""
        return (Membership.objects.get(unit=self.here[0], role=Role.EDITOR).pk,)


def world() -> World:
    """Somebody in every role at each of the three, and somebody without any."""
    province = a_province(departments=2)
    place = {
        "here": province.departments[0],
        "above": province.police,
        "beside": province.departments[1],
    }
    people = {(role, at): province.a_person(role, place[at]) for role in Role for at in PLACES}
    return World(province, {NOBODY: a_user()} | people)


def _decision(name: str) -> Address:
    return Address(
        f"units:{name}",
        passed=MANAGES_UNITS,
        refused=EVERYBODY,
        args=lambda world: world.here,
        methods=FORM,
    )


def _about_people(name: str) -> Address:
    return Address(
        f"units:{name}",
        passed=MANAGES_PEOPLE,
        refused=SEES,
        args=lambda world: world.here,
        methods=FORM,
    )


ADDRESSES = [
    Address("units:tree", passed=EVERYBODY),
    Address("units:search", passed=EVERYBODY, query="?tim=phong"),
    Address("units:offer-one", passed=EVERYBODY, query="?field=parent&tim=phong"),
    Address("units:offer-several", passed=EVERYBODY, query="?field=units&tim=phong"),
    Address("units:unit", passed=EVERYBODY, args=lambda world: world.here),
    Address("units:branch", passed=EVERYBODY, args=lambda world: world.here),
    *(_decision(name) for name in ("found", "rename", "move", "change-function", "close", "merge")),
    Address("units:people", passed=SEES, args=lambda world: world.here),
    _about_people("appoint"),
    _about_people("account"),
    Address(
        "units:people-list",
        passed=seats(Permission.MANAGE_PEOPLE, *PLACES),
        refused=EVERYBODY,
    ),
    Address(
        "units:dismiss",
        passed=MANAGES_PEOPLE,
        refused=SEES,
        args=lambda world: world.appointment,
        methods=FORM,
    ),
]
