"""Who is what at which unit: appointed, dismissed, taken back, by whom and from which day."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.utils import timezone

from cchc_portal.kit.errors import MoveRefused
from tests.factories import PASSWORD, a_decision, a_unit, a_user
from tests.worlds import LONG_AGO, a_province
from units.access import may, roles_of
from units.kinds import MembershipVerb
from units.models import Membership, User
from units.permissions import Permission, Role
from units.services import mergers, people

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate


@pytest.fixture
def province():
    return a_province()


def appoint(province, user, role=Role.EDITOR, *, first_on=LONG_AGO, by=None, at=None):
    return people.appoint(
        user,
        unit=at or province.departments[0],
        role=role,
        first_on=first_on,
        by=by or province.administrator,
        comment="Quyết định số 12/QĐ-PV01",
    )


def test_an_appointed_person_holds_the_role_from_the_day_on(province):
    now, later = a_user(), a_user()

    membership = appoint(province, now)
    appoint(province, later, first_on=TODAY() + timedelta(days=1))

    assert roles_of(now) == {province.departments[0].pk: {Role.EDITOR}}
    assert roles_of(later) == {}
    event = membership.events.get()
    assert (event.verb, event.by, event.effective_on, event.comment) == (
        MembershipVerb.APPOINT,
        province.administrator,
        LONG_AGO,
        "Quyết định số 12/QĐ-PV01",
    )


def test_one_person_may_hold_several_roles_but_each_once_at_a_time(province):
    user = a_user(full_name="Nguyễn Văn A")
    appoint(province, user)
    appoint(province, user, Role.HEAD)
    appoint(province, user, at=province.departments[1])

    with pytest.raises(MoveRefused, match="Nguyễn Văn A đã giữ vai trò “Cán bộ nhập liệu” tại"):
        appoint(province, user, first_on=TODAY())


def test_a_dismissed_person_may_be_appointed_again(province):
    user = a_user()
    membership = appoint(province, user)
    people.dismiss(membership, from_day=TODAY(), by=province.administrator, comment="Nghỉ hưu")

    assert roles_of(User.objects.get(pk=user.pk)) == {}
    event = membership.events.get(verb=MembershipVerb.DISMISS)
    assert (event.effective_on, event.comment) == (TODAY(), "Nghỉ hưu")
    appoint(province, user, first_on=TODAY())


def test_a_dismissal_on_the_first_day_takes_the_appointment_back(province):
    user = a_user()
    membership = appoint(province, user, first_on=TODAY())

    held = people.dismiss(membership, from_day=TODAY(), by=province.administrator)

    assert held.taken_back
    assert held.last_on is None
    assert roles_of(User.objects.get(pk=user.pk)) == {}
    assert membership.events.filter(verb=MembershipVerb.TAKE_BACK, effective_on=TODAY()).exists()
    with pytest.raises(MoveRefused, match="đã được hủy"):
        people.dismiss(membership, from_day=TODAY(), by=province.administrator)


def test_nobody_is_dismissed_after_the_end_but_an_end_may_come_earlier(province):
    membership = appoint(province, a_user(full_name="Lê B"))
    by = province.administrator
    people.dismiss(membership, from_day=date(2025, 7, 1), by=by)

    for day in (date(2025, 7, 1), date(2025, 8, 1)):
        with pytest.raises(MoveRefused, match="Lê B đã thôi giữ vai trò này từ ngày 01/07/2025"):
            people.dismiss(membership, from_day=day, by=by)
    assert people.dismiss(membership, from_day=date(2025, 3, 1), by=by).last_on == date(2025, 2, 28)


def test_nobody_is_appointed_at_a_unit_that_does_not_exist_that_day(province):
    unit = province.departments[0]
    mergers.close(unit, decision=a_decision(date(2025, 3, 1)), by=province.administrator)
    unit.refresh_from_db()

    with pytest.raises(MoveRefused, match="đã kết thúc hoạt động từ ngày 01/03/2025"):
        appoint(province, a_user(), first_on=date(2025, 3, 1), at=unit)
    appoint(province, a_user(), first_on=date(2025, 2, 28), at=unit)


def test_nobody_is_appointed_whose_account_is_closed(province):
    with pytest.raises(MoveRefused, match="đã khóa"):
        appoint(province, a_user(is_active=False))


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
def test_only_who_manages_people_there_or_above_may(province, role):
    person = province.a_person(role, province.police)
    beside = province.a_person(Role.ADMINISTRATOR, province.departments[1])
    membership = appoint(province, a_user())

    for refused in (person, beside, a_user()):
        with pytest.raises(PermissionDenied):
            appoint(province, a_user(), by=refused)
        with pytest.raises(PermissionDenied):
            people.dismiss(membership, from_day=TODAY(), by=refused)
        with pytest.raises(PermissionDenied):
            create_account(province, by=refused)
    assert Membership.objects.get(pk=membership.pk).last_on is None


def create_account(province, username="nguyenvana", *, by=None):
    return people.create_account(
        province.departments[0],
        username=username,
        full_name="Nguyễn  Văn A",
        password=PASSWORD,
        role=Role.STAFF,
        first_on=TODAY(),
        by=by or province.administrator,
        police_rank="Đại úy",
    )


def test_a_new_account_comes_with_its_first_role(province):
    user = create_account(province)

    assert str(user) == "Đại úy Nguyễn Văn A"
    assert roles_of(user) == {province.departments[0].pk: {Role.STAFF}}
    assert not user.is_staff
    assert user.check_password(PASSWORD)


def test_a_user_name_is_taken_whatever_its_case(province):
    create_account(province)

    with pytest.raises(MoveRefused, match="“NguyenVanA” đã có người dùng"):
        create_account(province, "NguyenVanA")


def test_the_last_administrator_cannot_be_dismissed_but_one_below_can(province):
    first = province.administrator.memberships.get()
    with pytest.raises(MoveRefused, match="quản trị hệ thống cuối cùng"):
        people.dismiss(first, from_day=TODAY(), by=province.administrator)

    below = appoint(province, a_user(), Role.ADMINISTRATOR, at=province.police)
    people.dismiss(below, from_day=TODAY(), by=province.administrator)
    appoint(province, a_user(), Role.ADMINISTRATOR, at=province.ministry)
    people.dismiss(first, from_day=TODAY(), by=province.administrator)


def test_an_administrator_is_installed_only_where_there_is_none(province):
    with pytest.raises(MoveRefused, match="đã có quản trị hệ thống"):
        people.install_administrator(a_user(), unit=province.departments[0])

    lonely = a_unit()
    user = a_user()
    people.install_administrator(user, unit=lonely)
    assert may(user, Permission.MANAGE_PEOPLE, at=lonely)
    assert user.memberships.get().events.get().by is None


def test_the_command_creates_the_first_administrator(db, monkeypatch, capsys):
    lonely = a_unit("BCA")
    monkeypatch.setattr("units.management.commands.first_administrator.getpass", lambda _: PASSWORD)

    call_command("first_administrator", "quantri", "--unit", "BCA", "--full-name", "Trần Thị C")

    user = User.objects.get(username="quantri")
    assert may(user, Permission.MANAGE_UNITS, at=lonely)
    assert user.check_password(PASSWORD)
    for again in (
        ["quantri", "--unit", "BCA"],
        ["ai", "--unit", "BCA"],
        ["quantri", "--unit", "X"],
    ):
        with pytest.raises(CommandError):
            call_command("first_administrator", *again)


def test_the_command_refuses_a_weak_password_and_leaves_no_account(db, monkeypatch):
    a_unit("BCA")
    monkeypatch.setattr("units.management.commands.first_administrator.getpass", lambda _: "1234")

    with pytest.raises(CommandError, match="ngắn"):
        call_command("first_administrator", "quantri", "--unit", "BCA", "--full-name", "Trần C")

    assert not User.objects.exists()
