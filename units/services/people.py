"""Who is what at which unit: accounts, appointments, dismissals. Every one leaves a line."""

from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone
from psycopg2.extras import DateRange

from cchc_portal.kit.errors import MoveRefused
from units.access import require_over
from units.kinds import MembershipVerb
from units.models import Membership, MembershipEvent, Unit, User
from units.models.tree import ids_above
from units.names import tidy
from units.permissions import Permission, Role
from units.services.lives import require_alive, stretch


@transaction.atomic
def create_account(
    unit: Unit,
    *,
    username: str,
    full_name: str,
    password: str | None,
    role: Role,
    first_on: date,
    by: User,
    police_rank: str = "",
    post: str = "",
) -> User:
    """A person who can sign in, with the first role at the unit; the form has judged the password.

    With None nobody signs in until a password is set. Raises PermissionDenied, or MoveRefused where
    the user name is taken.
    """
    require_over(by, Permission.MANAGE_PEOPLE, unit)
    taken = MoveRefused(f"Tên đăng nhập “{username}” đã có người dùng.")
    if User.objects.filter(username__iexact=username).exists():
        raise taken
    try:
        with transaction.atomic():
            user = User.objects.create_user(
                username,
                password=password,
                full_name=tidy(full_name),
                police_rank=tidy(police_rank),
                post=tidy(post),
            )
    except IntegrityError:  # somebody else took the name this very moment
        raise taken from None
    appoint(user, unit=unit, role=role, first_on=first_on, by=by)
    return user


@transaction.atomic
def appoint(
    user: User, *, unit: Unit, role: Role, first_on: date, by: User, comment: str = ""
) -> Membership:
    """The person holds the role at the unit from the day on, until dismissed.

    Raises PermissionDenied without MANAGE_PEOPLE at the unit or above, or MoveRefused: the person
    holds that role there on or after the day, the account is closed, or the unit did not exist.
    """
    require_over(by, Permission.MANAGE_PEOPLE, unit)
    return _appoint(user, unit, role, first_on, by=by, comment=comment)


@transaction.atomic
def install_administrator(user: User, *, unit: Unit) -> Membership:
    """The first administrator of a unit, whom nobody can appoint: for the command line only.

    MoveRefused where somebody administers the unit or one above it today.
    """
    if _administrators_over(unit):
        raise MoveRefused(f"{unit} hoặc đơn vị cấp trên đã có quản trị hệ thống.")
    today = timezone.localdate()
    return _appoint(user, unit, Role.ADMINISTRATOR, today, by=None, comment="Khởi tạo hệ thống")


@transaction.atomic
def dismiss(membership: Membership, *, from_day: date, by: User, comment: str = "") -> Membership:
    """The person no longer holds the role from the day on.

    A day not after the first takes the appointment back: it held on no day. Raises
    PermissionDenied, or MoveRefused: it ended already, or nobody would be left who administers.
    """
    # Two administrators who dismiss each other at once must not both succeed.
    list(
        Unit.objects.select_for_update(no_key=True)
        .filter(pk__in=_chain(membership.unit))
        .order_by("pk")
    )
    held = Membership.objects.select_related("unit", "user").hold(membership.pk)
    require_over(by, Permission.MANAGE_PEOPLE, held.unit)
    if held.taken_back:
        raise MoveRefused("Việc phân công này đã được hủy.")
    if held.in_force.upper and held.in_force.upper <= from_day:
        raise MoveRefused(
            f"{held.user} đã thôi giữ vai trò này từ ngày {held.in_force.upper:%d/%m/%Y}."
        )
    if held.role == Role.ADMINISTRATOR and _administrators_over(held.unit) <= {held.pk}:
        raise MoveRefused(
            "Đây là quản trị hệ thống cuối cùng của đơn vị; đề nghị phân công người thay trước."
        )
    began = held.in_force.lower
    takes_back = from_day <= began
    held.in_force = DateRange(empty=True) if takes_back else stretch(began, from_day)
    held.save(update_fields=("in_force",))
    verb = MembershipVerb.TAKE_BACK if takes_back else MembershipVerb.DISMISS
    _log(held, verb, began if takes_back else from_day, by=by, comment=comment)
    return held


def _appoint(
    user: User, unit: Unit, role: Role, first_on: date, *, by: User | None, comment: str
) -> Membership:
    person = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    if not person.is_active:
        raise MoveRefused(f"Tài khoản của {person} đã khóa.")
    require_alive(unit, first_on)
    days = stretch(first_on, None)
    if person.memberships.filter(unit=unit, role=role, in_force__overlap=days).exists():
        raise MoveRefused(f"{person} đã giữ vai trò “{Role(role).label}” tại {unit}.")
    membership = Membership.objects.create(user=person, unit=unit, role=role, in_force=days)
    _log(membership, MembershipVerb.APPOINT, first_on, by=by, comment=comment)
    return membership


def _log(
    membership: Membership, verb: MembershipVerb, day: date, *, by: User | None, comment: str
) -> None:
    MembershipEvent.objects.create(
        membership=membership, verb=verb, effective_on=day, by=by, comment=tidy(comment)
    )


def _chain(unit: Unit) -> list[int]:
    return ids_above(unit.pk, day=timezone.localdate())


def _administrators_over(unit: Unit) -> set[int]:
    """Keys of the appointments by which somebody administers the unit or one above it today."""
    return set(
        Membership.objects.in_force_on(timezone.localdate())
        .filter(unit__in=_chain(unit), role=Role.ADMINISTRATOR, user__is_active=True)
        .values_list("pk", flat=True)
    )


def write_down_address(person: User, email: str) -> None:
    """Where the person is written to by the portal, as they say themselves; empty: nowhere."""
    person.email = email
    person.save(update_fields=["email"])
