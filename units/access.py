"""May this person do this here. Roles are looked up once per user object, for today."""

from collections.abc import Iterable
from datetime import date

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from cchc_portal.kit.lifetimes import last_day
from units.models import Membership, Succession, Unit, User
from units.models.tree import ids_above, ids_overseen
from units.permissions import AT_HOME, GRANTS, OF_THE_UNIT, Permission, Role


def roles_of(user) -> dict[int, set[Role]]:
    """Unit key → roles the person holds there today. One query per user object."""
    if not user.is_authenticated:
        return {}
    if "_roles_held" not in user.__dict__:
        remember_roles(user, Membership.objects.roles_on(timezone.localdate(), user.pk))
    return user.__dict__["_roles_held"]


def remember_roles(user: User, found: Iterable[tuple[int, str]]) -> None:
    """What the person is today, as (unit key, role), where another question has brought it along:
    it is not asked again for this user object."""
    held: dict[int, set[Role]] = {}
    for unit_id, role in found:
        held.setdefault(unit_id, set()).add(Role(role))
    user.__dict__["_roles_held"] = held


def units_where(user, permission: Permission) -> list[int]:
    """Keys of the units at which the person holds a role that carries the permission."""
    return [
        unit_id
        for unit_id, roles in roles_of(user).items()
        if any(permission in GRANTS[role] for role in roles)
    ]


def may(user, permission: Permission, *, at: Unit | int) -> bool:
    """Whether the person may do this at exactly this unit."""
    unit_id = at.pk if isinstance(at, Unit) else at
    return any(permission in GRANTS[role] for role in roles_of(user).get(unit_id, ()))


def may_over(user, permission: Permission, unit: Unit, *, day: date | None = None) -> bool:
    """Whether the person may do this at the unit or at any unit above it."""
    holders = set(units_where(user, permission))
    if not holders:
        return False
    return not holders.isdisjoint(ids_above(unit.pk, day=day or timezone.localdate()))


def require(user, permission: Permission, *, at: Unit | int) -> None:
    """PermissionDenied with a sentence, unless the person may do this at exactly this unit."""
    if not may(user, permission, at=at):
        raise PermissionDenied(f"Đồng chí không có quyền “{permission.label}” tại đơn vị này.")


def require_over(user, permission: Permission, unit: Unit) -> None:
    """PermissionDenied with a sentence, unless the person may do this at the unit or above it."""
    if not may_over(user, permission, unit):
        raise PermissionDenied(f"Đồng chí không có quyền “{permission.label}” đối với đơn vị này.")


def visible_units(user, *, day: date | None = None) -> list[int]:
    """Keys of the units the person may see: their own, and all below where they oversee."""
    own = set(units_where(user, Permission.SEE_UNIT))
    overseen = units_where(user, Permission.SEE_BELOW)
    if overseen:
        own.update(ids_overseen(overseen, day=day or timezone.localdate()))
    return sorted(own)


def belongs_to(user: User, unit: Unit | int, *, roles: Iterable[Role] = OF_THE_UNIT) -> bool:
    """Whether the unit is the person's own, so that they have no say over its points."""
    unit_id = unit.pk if isinstance(unit, Unit) else unit
    return not roles_of(user).get(unit_id, set()).isdisjoint(roles)


def homes_of(user: User) -> dict[int, date | None]:
    """Unit key → the last day on which it was the person's own, None while it is.

    Units that ended live on in those that succeed them. Two queries once per user object.
    """
    found = user.__dict__.get("_homes")
    if found is None:
        found = {}
        held = user.memberships.filter(role__in=AT_HOME).begun_by(timezone.localdate())
        for unit_id, in_force in held.values_list("unit", "in_force"):
            _stay(found, unit_id, last_day(in_force))
        passed_on = Succession.objects.filter(predecessor__in=found)
        for before, after in passed_on.values_list("predecessor", "successor"):
            _stay(found, after, found[before])
        user.__dict__["_homes"] = found
    return found


def _stay(homes: dict[int, date | None], unit: int, until: date | None) -> None:
    known = homes.get(unit, date.min)
    homes[unit] = None if known is None or until is None else max(known, until)


def belonged_to(user: User, unit: int, *, since: date) -> bool:
    """Whether the unit is, or was on any day since then, the person's own."""
    homes = homes_of(user)
    return unit in homes and (homes[unit] is None or homes[unit] >= since)
