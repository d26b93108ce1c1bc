"""What the database refuses about units and people, each once."""

import unicodedata
from datetime import date

import pytest
from django.db import DataError, IntegrityError, connection, transaction
from psycopg2.extras import DateRange

from tests.factories import a_unit, a_user
from units.kinds import MembershipVerb, UnitVerb
from units.models import (
    Membership,
    MembershipEvent,
    Succession,
    Unit,
    UnitEvent,
    UnitSpell,
)
from units.permissions import Role

JAN, MARCH = date(2025, 1, 1), date(2025, 3, 1)
NFD_NAME = unicodedata.normalize("NFD", "Phòng Tham mưu")

pytestmark = pytest.mark.django_db


def refused(constraint: str, act) -> None:
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        act()


def test_a_code_is_borne_by_one_unit_at_a_time_and_may_be_borne_again():
    a_unit("X", until=MARCH)

    a_unit("X", first_on=MARCH)
    refused("unit_code_borne_by_one_at_a_time", lambda: a_unit("X", first_on=JAN, until=MARCH))


@pytest.mark.parametrize(
    ("constraint", "columns"),
    [
        ("unit_kind_known", {"kind": "xa"}),
        ("unit_lifetime_not_empty", {"in_force": DateRange(empty=True)}),
        ("unit_name_is_tidy", {"name": "Phòng  Tham mưu"}),
        ("unit_name_is_tidy", {"name": " Phòng"}),
        ("unit_name_is_tidy", {"name": ""}),
        ("unit_name_is_tidy", {"name": NFD_NAME}),
        ("unit_code_is_one_word", {"code": "HT PC06"}),
        ("unit_code_is_one_word", {"code": ""}),
    ],
)
def test_a_unit_is_refused_that_cannot_be(constraint, columns):
    unit = a_unit()

    refused(constraint, lambda: Unit.objects.filter(pk=unit.pk).update(**columns))


def test_no_unit_is_its_own_parent():
    unit = a_unit()

    refused("unit_not_its_own_parent", lambda: Unit.objects.filter(pk=unit.pk).update(parent=unit))


@pytest.mark.parametrize(
    ("constraint", "columns"),
    [
        ("spell_not_empty", {"in_force": DateRange(empty=True)}),
        ("spell_name_is_tidy", {"name": NFD_NAME}),
    ],
)
def test_a_stretch_is_refused_that_cannot_be(constraint, columns):
    unit = a_unit()

    refused(constraint, lambda: UnitSpell.objects.filter(unit=unit).update(**columns))


def test_a_unit_has_one_stretch_a_day():
    unit = a_unit()

    refused(
        "unit_has_one_spell_a_day",
        lambda: UnitSpell.objects.create(unit=unit, name="Khác", in_force=DateRange(JAN, MARCH)),
    )


def test_no_unit_stands_below_itself_in_any_stretch():
    unit = a_unit()

    refused("spell_not_below_itself", lambda: unit.spells.update(parent=unit))


def test_a_succession_is_told_once_and_never_to_oneself():
    one, two = a_unit(), a_unit()

    def succeed(heir):
        Succession.objects.create(predecessor=one, successor=heir, happened_on=JAN)

    succeed(two)
    refused("succession_told_once", lambda: succeed(two))
    refused("nobody_succeeds_themselves", lambda: succeed(one))


def appointed(user, unit, first_on=JAN, until=None, role=Role.HEAD):
    return Membership.objects.create(
        user=user, unit=unit, role=role, in_force=DateRange(first_on, until)
    )


def test_a_role_is_held_once_at_a_time():
    user, unit = a_user(), a_unit()
    appointed(user, unit, until=MARCH)

    appointed(user, unit, first_on=MARCH)
    refused("membership_held_once_at_a_time", lambda: appointed(user, unit, until=MARCH))


def test_an_appointment_has_a_first_day_and_a_known_role():
    user, unit = a_user(), a_unit()

    refused("membership_has_a_first_day", lambda: appointed(user, unit, first_on=None))
    refused("membership_role_known", lambda: appointed(user, unit, role="chief"))


def test_logbooks_know_their_verbs_and_stay_as_written():
    unit, user = a_unit(), a_user()
    membership = appointed(user, unit)
    of_unit = UnitEvent.objects.create(unit=unit, verb=UnitVerb.LOAD)
    of_person = MembershipEvent.objects.create(
        membership=membership, verb=MembershipVerb.APPOINT, effective_on=JAN
    )

    refused("unit_event_verb_known", lambda: UnitEvent.objects.create(unit=unit, verb="sell"))
    refused(
        "membership_event_verb_known",
        lambda: MembershipEvent.objects.create(
            membership=membership, verb="sell", effective_on=JAN
        ),
    )
    for event in (of_unit, of_person):
        rows = type(event).objects.filter(pk=event.pk)
        refused("append-only", lambda rows=rows: rows.update(comment="khác"))
        refused("append-only", rows.delete)
        refused("append-only", lambda event=event: _truncate(event._meta.db_table))


def _truncate(table: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
        cursor.execute(f"truncate {table}")


def test_no_name_is_longer_than_the_column():
    with pytest.raises(DataError), transaction.atomic():
        a_unit(name="x" * 201)
