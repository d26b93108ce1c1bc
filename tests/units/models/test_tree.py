"""The tree of a day, down and up, and who may see and manage what in it."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.factories import a_decision, a_unit, a_user
from tests.worlds import a_province
from units import access
from units.kinds import UnitKind
from units.models import Unit, UnitSpell
from units.models.tree import ever_above, ids_above, ids_below, ids_overseen
from units.permissions import Permission, Role
from units.services import mergers, units
from units.services.lives import stretch

JAN, MARCH = date(2025, 1, 1), date(2025, 3, 1)

pytestmark = pytest.mark.django_db


@pytest.fixture
def province():
    """Two districts; the first ends in March, when its communes come below the province."""
    built = a_province(departments=1, districts=2, communes=2)
    for commune in built.communes:
        units.move(commune, parent=built.police, decision=a_decision(MARCH), by=built.administrator)
    mergers.close(built.districts[0], decision=a_decision(MARCH), by=built.administrator)
    return built


def keys(*several) -> set[int]:
    return {unit.pk for unit in several}


def test_below_is_who_existed_there_on_the_day(province):
    district, commune = province.districts[0], province.communes[0]

    assert commune.pk in ids_below([district.pk], day=JAN)
    assert ids_below([district.pk], day=MARCH) == [district.pk]
    assert district.pk in ids_below([province.police.pk], day=JAN)
    assert district.pk not in ids_below([province.police.pk], day=MARCH)
    assert commune.pk in ids_below([province.police.pk], day=MARCH)


def test_above_is_told_nearest_first(province):
    commune = province.communes[0].pk
    first, above = province.districts[0].pk, [province.police.pk, province.ministry.pk]

    assert ids_above(commune, day=JAN) == [commune, first, *above]
    assert ids_above(commune, day=MARCH) == [commune, *above]
    assert ids_above(first, day=date(2030, 1, 1)) == [first, *above]  # where it stood at its end


def test_what_ended_is_still_overseen_by_those_above_it(province):
    overseen = set(ids_overseen([province.police.pk], day=date(2030, 1, 1)))

    assert keys(*province.districts, *province.communes) < overseen
    assert province.ministry.pk not in overseen


def test_what_is_to_begin_is_overseen_already(province):
    tomorrow = timezone.localdate() + timedelta(days=1)
    unit = units.found(
        province.districts[1],
        code="TN-D1",
        name="Đội Một",
        kind=UnitKind.TEAM,
        decision=a_decision(tomorrow),
        by=province.administrator,
    )
    head = province.a_person(Role.HEAD, province.districts[1])

    assert unit.pk in access.visible_units(head)
    assert unit.pk not in ids_below([province.police.pk], day=timezone.localdate())


def test_everybody_ever_above_is_found_with_the_first_day(province):
    commune = province.communes[0].pk

    assert ever_above(commune, stretch=stretch(MARCH, None)).keys() == {
        commune,
        province.police.pk,
        province.ministry.pk,
    }
    assert province.districts[0].pk in ever_above(commune, stretch=stretch(JAN, None))


def test_a_broken_tree_that_turns_in_a_circle_is_walked_once():
    one, two = a_unit(), a_unit()
    UnitSpell.objects.filter(unit=one).update(parent=two)
    UnitSpell.objects.filter(unit=two).update(parent=one)

    assert set(ids_below([one.pk], day=JAN)) == keys(one, two)
    assert set(ids_above(one.pk, day=JAN)) == keys(one, two)
    assert set(ever_above(one.pk, stretch=stretch(None, None))) == keys(one, two)


def test_who_sees_what(province):
    police, district, other = province.police, *province.districts
    commune = province.communes[0]

    def sees(role, at):
        return set(access.visible_units(province.a_person(role, at)))

    assert sees(Role.STAFF, commune) == keys(commune)
    assert sees(Role.EDITOR, police) == keys(police)
    assert sees(Role.HEAD, other) == keys(other)
    assert keys(police, district, other, commune) < sees(Role.VERIFIER, police)
    assert access.visible_units(a_user()) == []


def test_roles_are_looked_up_once_per_person(province):
    head = province.a_person(Role.HEAD, province.districts[1])
    with CaptureQueriesContext(connection) as asked:
        for permission in Permission:
            access.may(head, permission, at=province.districts[1])

    assert len(asked) == 1


def test_a_head_belongs_to_the_unit_and_a_verifier_does_not(province):
    unit = province.districts[1]

    assert access.belongs_to(province.a_person(Role.HEAD, unit), unit)
    assert not access.belongs_to(province.a_person(Role.VERIFIER, unit), unit)


def test_children_of_a_day_are_those_that_stood_there(province):
    district = province.districts[0]

    assert set(Unit.objects.children_on(district, JAN)) == set(province.communes)
    assert not Unit.objects.children_on(district, MARCH)
