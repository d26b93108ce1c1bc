"""How units end, into whom, and what is refused."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from cchc_portal.kit.errors import MoveRefused
from tests.factories import a_decision
from tests.worlds import a_province
from units.kinds import UnitKind, UnitVerb
from units.models import Succession, Unit
from units.models.tree import ids_below
from units.permissions import Role
from units.services import mergers, units
from units.services.mergers import NewUnit

JAN, MARCH, JULY = date(2025, 1, 1), date(2025, 3, 1), date(2025, 7, 1)

pytestmark = pytest.mark.django_db


@pytest.fixture
def province():
    return a_province(departments=2, districts=2, communes=8)


def a_new_unit(province, code="TN-X900") -> NewUnit:
    return NewUnit(province.districts[0], code, "Công an phường Mới", UnitKind.COMMUNE_POLICE)


def test_a_closed_unit_exists_up_to_the_day_before(province):
    unit = province.departments[0]

    mergers.close(unit, decision=a_decision(MARCH), by=province.administrator)

    unit.refresh_from_db()
    assert unit.last_on == date(2025, 2, 28)
    assert unit.spells.get().last_on == date(2025, 2, 28)
    assert unit not in Unit.objects.in_force_on(MARCH)
    assert unit.events.filter(verb=UnitVerb.CLOSE, effective_on=MARCH).exists()


def test_a_closed_unit_may_have_several_successors(province):
    one, two, three = province.communes[:3]

    mergers.close(
        one, decision=a_decision(MARCH), by=province.administrator, successors=[two, three]
    )

    assert {row.successor for row in one.successions.all()} == {two, three}
    assert two.origins.get().happened_on == MARCH


def test_a_unit_with_units_below_it_does_not_end_and_they_are_named(province):
    with pytest.raises(MoveRefused) as refused:
        mergers.close(province.districts[0], decision=a_decision(MARCH), by=province.administrator)

    names = ", ".join(f"Công an xã {n}" for n in range(1, 6))
    assert refused.value.sentence == (
        f"Công an huyện 1 còn đơn vị trực thuộc từ ngày 01/03/2025: {names} và 3 đơn vị khác."
    )


def test_a_unit_does_not_end_below_which_one_will_stand_later(province):
    second = province.districts[1]
    units.move(
        province.communes[0], parent=second, decision=a_decision(JULY), by=province.administrator
    )

    with pytest.raises(MoveRefused, match="Công an xã 1"):
        mergers.close(second, decision=a_decision(MARCH), by=province.administrator)


def test_a_unit_ends_once_and_not_before_it_began(province):
    unit = units.found(
        province.police,
        code="TN-D1",
        name="Đội Một",
        kind=UnitKind.TEAM,
        decision=a_decision(MARCH),
        by=province.administrator,
    )
    for day in (JAN, MARCH):
        with pytest.raises(MoveRefused, match="không sau ngày thành lập"):
            mergers.close(unit, decision=a_decision(day), by=province.administrator)

    mergers.close(unit, decision=a_decision(JULY), by=province.administrator)
    with pytest.raises(MoveRefused, match="đã có ngày kết thúc"):
        mergers.close(unit, decision=a_decision(JULY), by=province.administrator)


def test_a_successor_must_exist_on_the_day_and_be_somebody_else(province):
    one, two = province.communes[:2]
    mergers.close(two, decision=a_decision(JAN), by=province.administrator)

    with pytest.raises(MoveRefused, match="Công an xã 2 đã kết thúc hoạt động"):
        mergers.close(one, decision=a_decision(MARCH), by=province.administrator, successors=[two])
    with pytest.raises(MoveRefused, match="không thể kế thừa chính mình"):
        mergers.close(one, decision=a_decision(MARCH), by=province.administrator, successors=[one])
    assert not Succession.objects.exists()


def test_units_merge_into_a_new_one(province):
    merged = province.communes[:3]

    heir = mergers.merge(
        merged,
        into=a_new_unit(province),
        decision=a_decision(JULY, number="1665/NQ-UBTVQH15"),
        by=province.administrator,
    )

    assert (heir.name, heir.in_force.lower) == ("Công an phường Mới", JULY)
    for unit in merged:
        unit.refresh_from_db()
        assert unit.in_force.upper == JULY
        assert unit.successions.get().decision_number == "1665/NQ-UBTVQH15"
        assert unit.events.get(verb=UnitVerb.MERGE).comment == "vào Công an phường Mới"
    assert [event.verb for event in heir.events.order_by("pk")] == [
        UnitVerb.FOUND,
        UnitVerb.RECEIVE,
    ]


def test_units_merge_into_one_that_exists(province):
    one, two = province.communes[:2]

    mergers.merge([one], into=two, decision=a_decision(JULY), by=province.administrator)

    assert two.origins.get().predecessor == one
    assert two.events.get(verb=UnitVerb.RECEIVE).comment == "từ Công an xã 1"
    two.refresh_from_db()
    assert two.in_force.upper is None


def test_the_new_unit_may_take_over_the_code_of_a_merged_one(province):
    merged = province.communes[:2]

    heir = mergers.merge(
        merged,
        into=a_new_unit(province, code=merged[0].code),
        decision=a_decision(JULY),
        by=province.administrator,
    )

    assert Unit.objects.filter(code=heir.code).count() == 2


def test_units_below_go_along_when_asked_and_only_then(province):
    first, second = province.districts
    with pytest.raises(MoveRefused, match="còn đơn vị trực thuộc"):
        mergers.merge([first], into=second, decision=a_decision(MARCH), by=province.administrator)

    mergers.merge(
        [first],
        into=second,
        decision=a_decision(MARCH),
        by=province.administrator,
        with_children=True,
    )

    below = set(ids_below([second.pk], day=MARCH))
    assert {unit.pk for unit in province.communes} < below
    assert province.communes[0].pk in ids_below([first.pk], day=date(2025, 2, 28))
    assert province.communes[0].events.filter(verb=UnitVerb.MOVE).exists()


def test_a_unit_and_the_one_above_it_may_end_in_the_same_merger(province):
    first, second = province.districts

    mergers.merge(
        [first, *province.communes],
        into=second,
        decision=a_decision(MARCH),
        by=province.administrator,
    )

    assert second.origins.count() == 9
    assert ids_below([second.pk], day=MARCH) == [second.pk]


def test_a_unit_handed_over_keeps_where_it_stood_before(province):
    commune, (first, second) = province.communes[0], province.districts
    for parent, day in ((second, JAN), (first, MARCH)):
        units.move(commune, parent=parent, decision=a_decision(day), by=province.administrator)

    mergers.merge(
        [first],
        into=second,
        decision=a_decision(JULY),
        by=province.administrator,
        with_children=True,
    )

    assert [
        (spell.in_force.lower, spell.parent) for spell in commune.spells.order_by("in_force")
    ] == [(None, first), (JAN, second), (MARCH, first), (JULY, second)]


def test_nothing_is_handed_over_to_one_that_stands_below_it(province):
    first, second = province.districts
    heir = units.found(
        province.communes[0],
        code="TN-D1",
        name="Đội Một",
        kind=UnitKind.TEAM,
        decision=a_decision(JAN),
        by=province.administrator,
    )

    with pytest.raises(MoveRefused, match="Đội Một trực thuộc Công an xã 1"):
        mergers.merge(
            [first],
            into=heir,
            decision=a_decision(MARCH),
            by=province.administrator,
            with_children=True,
        )


def test_a_unit_does_not_merge_into_itself_into_its_own_child_or_below_a_merged_one(province):
    first, commune, by = province.districts[0], province.communes[0], province.administrator

    with pytest.raises(MoveRefused, match="vừa là đơn vị sáp nhập vừa là đơn vị tiếp nhận"):
        mergers.merge([commune], into=commune, decision=a_decision(MARCH), by=by)
    with pytest.raises(MoveRefused, match="cần chuyển cấp trên trước"):
        mergers.merge([first], into=commune, decision=a_decision(MARCH), by=by, with_children=True)
    with pytest.raises(MoveRefused, match="không thể là cấp trên của đơn vị mới"):
        mergers.merge([first], into=a_new_unit(province), decision=a_decision(MARCH), by=by)
    with pytest.raises(MoveRefused, match="chọn ít nhất một đơn vị"):
        mergers.merge([], into=first, decision=a_decision(MARCH), by=by)


def test_a_refused_merger_leaves_nothing_behind(province):
    one, two = province.communes[:2]
    mergers.close(two, decision=a_decision(JAN), by=province.administrator)
    before = list(Unit.objects.values_list())

    with pytest.raises(MoveRefused):
        mergers.merge(
            [one, two],
            into=a_new_unit(province),
            decision=a_decision(MARCH),
            by=province.administrator,
        )

    assert list(Unit.objects.values_list()) == before


def test_who_merges_must_manage_every_one_of_them(province):
    own = province.a_person(Role.ADMINISTRATOR, province.districts[0])
    commune, foreign = province.communes[0], province.departments[0]

    for merged, into in (([commune, foreign], province.communes[1]), ([commune], foreign)):
        with pytest.raises(PermissionDenied):
            mergers.merge(merged, into=into, decision=a_decision(MARCH), by=own)
    with pytest.raises(PermissionDenied):
        mergers.close(foreign, decision=a_decision(MARCH), by=own)
