"""Every address of an app with who comes through: what test_roles.py asks for one after another.

An app writes a module like tests/units/addresses.py: `ADDRESSES`, and `world()`, which builds a
situation and returns an object with `seats`, the people of that situation by seat.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from units.permissions import Permission, Role, roles_granting

Seat = tuple[Role | None, str]
"""A role and where it is held, seen from the unit in question: "here", "above", "beside"."""

NOBODY: Seat = (None, "")
PLACES = ("here", "above", "beside")
EVERYBODY: frozenset[Seat] = frozenset(
    {NOBODY, *((role, place) for role in Role for place in PLACES)}
)


def seats(permission: Permission, *places: str) -> frozenset[Seat]:
    """Everybody who holds a role with the permission at one of the places."""
    return frozenset((role, place) for role in roles_granting(permission) for place in places)


@dataclass(frozen=True)
class Address:
    """One named address. Whoever is neither `passed` nor `refused` (403) meets 404.

    `args`: what the address is reversed with, out of the world. `data`: what a POST carries;
    without any, a form that lets its reader through answers 422, which is through. `public`: who is
    not signed in comes through as well, instead of being sent to sign in.
    """

    name: str
    passed: frozenset[Seat]
    refused: frozenset[Seat] = frozenset()
    args: Callable[[Any], tuple] = lambda world: ()
    methods: tuple[str, ...] = ("get",)
    query: str = ""
    data: Callable[[Any], Mapping[str, Any]] = lambda world: {}
    public: bool = False

    def outcome(self, seat: Seat) -> str:
        """What happens to that person: through, 403 or 404."""
        if seat in self.passed:
            return "through"
        return "403" if seat in self.refused else "404"
