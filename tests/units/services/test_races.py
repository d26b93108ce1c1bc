"""Two people do the same at the same moment: one does it, the other reads a sentence."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from django.db import connection
from django.utils import timezone

from cchc_portal.kit.errors import MoveRefused
from tests.factories import PASSWORD, a_decision, a_user
from tests.worlds import LONG_AGO, a_province
from units.access import roles_of
from units.kinds import UnitKind
from units.models import Membership, Succession, Unit, User
from units.models.tree import ids_above
from units.permissions import Role
from units.services import mergers, people, units

MARCH = date(2025, 3, 1)

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*actions) -> list[str]:
    """Each action in its own connection, all let go together; the sentences of the refusals."""
    start = Barrier(len(actions))

    def run(action) -> str | None:
        try:
            connection.ensure_connection()
            start.wait(timeout=60)
            action()
        except MoveRefused as refusal:
            return refusal.sentence
        finally:
            connection.close()
        return None

    with ThreadPoolExecutor(len(actions)) as people_at_work:
        answers = list(people_at_work.map(run, actions))
    return [answer for answer in answers if answer]


@pytest.fixture
def province():
    return a_province(departments=2)


def test_the_same_appointment_twice_at_once_is_made_once(province):
    user = a_user()

    def appoint():
        people.appoint(
            user,
            unit=province.departments[0],
            role=Role.HEAD,
            first_on=LONG_AGO,
            by=province.administrator,
        )

    (refusal,) = at_once(appoint, appoint)
    assert "đã giữ vai trò “Thủ trưởng đơn vị”" in refusal
    assert user.memberships.count() == 1


def test_the_same_user_name_twice_at_once_is_given_once(province):
    def create():
        people.create_account(
            province.departments[0],
            username="nguyenvana",
            full_name="Nguyễn Văn A",
            password=PASSWORD,
            role=Role.STAFF,
            first_on=LONG_AGO,
            by=province.administrator,
        )

    (refusal,) = at_once(create, create)
    assert "đã có người dùng" in refusal
    assert User.objects.filter(username="nguyenvana").count() == 1


def test_two_administrators_who_dismiss_each_other_do_not_both_succeed(province):
    other = province.a_person(Role.ADMINISTRATOR, province.ministry)
    one, two = province.administrator.memberships.get(), other.memberships.get()
    today = timezone.localdate()
    for administrator in (province.administrator, other):
        roles_of(administrator)  # what each may do was looked up before the other pressed

    (refusal,) = at_once(
        lambda: people.dismiss(one, from_day=today, by=other),
        lambda: people.dismiss(two, from_day=today, by=province.administrator),
    )

    assert "cuối cùng" in refusal
    assert Membership.objects.in_force_on(today).filter(role=Role.ADMINISTRATOR).count() == 1


def test_the_same_code_twice_at_once_is_given_once(province):
    def found():
        units.found(
            province.police,
            code="TN-P99",
            name="Phòng Mới",
            kind=UnitKind.DEPARTMENT,
            decision=a_decision(MARCH),
            by=province.administrator,
        )

    (refusal,) = at_once(found, found)
    assert "Mã TN-P99 đang thuộc về" in refusal
    assert Unit.objects.filter(code="TN-P99").count() == 1


def test_a_unit_closed_twice_at_once_ends_once(province):
    def close():
        mergers.close(
            province.departments[0],
            decision=a_decision(MARCH),
            by=province.administrator,
            successors=[province.departments[1]],
        )

    (refusal,) = at_once(close, close)
    assert "đã có ngày kết thúc" in refusal
    assert Succession.objects.count() == 1


def test_two_units_moved_below_each_other_at_once_make_no_circle(province):
    one, two = province.departments

    (refusal,) = at_once(
        lambda: units.move(one, parent=two, decision=a_decision(MARCH), by=province.administrator),
        lambda: units.move(two, parent=one, decision=a_decision(MARCH), by=province.administrator),
    )

    assert "không thể là cấp trên" in refusal
    assert {len(ids_above(unit.pk, day=MARCH)) for unit in (one, two)} == {3, 4}


def test_no_unit_is_founded_below_one_that_is_closed_at_that_moment(province):
    above = province.departments[0]

    (refusal,) = at_once(
        lambda: mergers.close(above, decision=a_decision(MARCH), by=province.administrator),
        lambda: units.found(
            above,
            code="TN-D1",
            name="Đội Một",
            kind=UnitKind.TEAM,
            decision=a_decision(MARCH),
            by=province.administrator,
        ),
    )

    assert "còn đơn vị trực thuộc" in refusal or "kết thúc hoạt động" in refusal
