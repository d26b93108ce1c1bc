"""What happens to one unit by decision, and what is refused."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from cchc_portal.kit.errors import MoveRefused
from tests.factories import a_decision, a_user
from tests.worlds import a_province
from units.kinds import UnitKind, UnitVerb
from units.models import Unit, UnitSpell
from units.models.tree import ids_above
from units.permissions import Role
from units.services import mergers, units

JAN, MARCH, JULY = date(2025, 1, 1), date(2025, 3, 1), date(2025, 7, 1)

pytestmark = pytest.mark.django_db


@pytest.fixture
def province():
    return a_province(departments=2, districts=2, communes=2)


def found(province, *, parent=None, code="TN-X900", on=JAN, by=None, **said):
    return units.found(
        parent or province.police,
        code=code,
        name=said.pop("name", "Công an xã Mới"),
        kind=UnitKind.COMMUNE_POLICE,
        decision=a_decision(on),
        by=by or province.administrator,
        **said,
    )


def spells(unit) -> list[tuple]:
    rows = unit.spells.order_by("in_force")
    return [(row.in_force.lower, row.name, row.parent and row.parent.code) for row in rows]


def test_a_founded_unit_lives_from_the_day_of_the_decision(province):
    unit = found(province, name="Công  an\u00a0xã Mới", handles_procedures=True, gso_code="01234")

    assert (unit.name, unit.parent, unit.in_force.lower) == ("Công an xã Mới", province.police, JAN)
    assert unit.in_force.upper is None
    spell = unit.spells.get()
    assert (spell.name, spell.parent, spell.handles_procedures) == (unit.name, unit.parent, True)
    event = unit.events.get()
    assert (event.verb, event.by) == (UnitVerb.FOUND, province.administrator)
    assert event.decision_number == spell.decision_number != ""
    assert (event.effective_on, event.decided_on) == (JAN, spell.decided_on)


def test_a_founded_unit_stands_last_among_its_neighbours(province):
    unit = found(province)

    assert list(Unit.objects.filter(parent=province.police))[-1] == unit


def test_no_unit_is_founded_with_a_code_in_use_from_that_day_on(province):
    found(province, code="TN-X900", on=MARCH)

    with pytest.raises(MoveRefused, match="Mã TN-X900 đang thuộc về Công an xã Mới"):
        found(province, code="TN-X900", on=JAN)


def test_a_code_may_be_borne_again_after_its_bearer_ended(province):
    first = found(province, on=JAN)
    mergers.close(first, decision=a_decision(MARCH), by=province.administrator)

    assert found(province, on=MARCH).code == first.code


def test_no_unit_is_founded_below_one_that_ends_or_has_not_begun(province):
    later = found(province, on=MARCH)
    with pytest.raises(MoveRefused, match="thành lập từ ngày 01/03/2025"):
        found(province, parent=later, code="TN-D1", on=JAN)

    mergers.close(later, decision=a_decision(JULY), by=province.administrator)
    with pytest.raises(MoveRefused, match="kết thúc hoạt động từ ngày 01/07/2025"):
        found(province, parent=later, code="TN-D1", on=MARCH)


def test_a_renamed_unit_keeps_its_old_name_on_the_days_before(province):
    unit = province.departments[0]

    units.rename(unit, name="Phòng Mới", decision=a_decision(MARCH), by=province.administrator)

    assert [row[:2] for row in spells(unit)] == [
        (None, "Phòng Nghiệp vụ 1"),
        (MARCH, "Phòng Mới"),
    ]
    unit.refresh_from_db()
    assert unit.name == "Phòng Mới"
    (event,) = unit.events.filter(verb=UnitVerb.RENAME)
    assert event.comment == "“Phòng Nghiệp vụ 1” thành “Phòng Mới”"
    assert Unit.objects.as_on(JAN).get(pk=unit.pk).name_then == "Phòng Nghiệp vụ 1"


def test_a_rename_recorded_late_does_not_undo_a_later_one(province):
    unit = province.departments[0]
    by = province.administrator
    units.rename(unit, name="Phòng Ba", decision=a_decision(JULY), by=by)

    units.rename(unit, name="Phòng Hai", decision=a_decision(MARCH), by=by)

    assert [row[1] for row in spells(unit)] == ["Phòng Nghiệp vụ 1", "Phòng Hai", "Phòng Ba"]
    unit.refresh_from_db()
    assert unit.name == "Phòng Ba"


def test_a_unit_is_not_renamed_to_the_name_it_bears(province):
    with pytest.raises(MoveRefused, match="đang mang tên “Phòng Nghiệp vụ 1”"):
        units.rename(
            province.departments[0],
            name=" Phòng  Nghiệp vụ 1",
            decision=a_decision(MARCH),
            by=province.administrator,
        )


def test_a_moved_unit_stands_below_the_new_one_from_the_day_on(province):
    commune = province.communes[0]

    units.move(
        commune, parent=province.police, decision=a_decision(MARCH), by=province.administrator
    )

    assert [row[::2] for row in spells(commune)] == [(None, "TN-H01"), (MARCH, "TN")]
    commune.refresh_from_db()
    assert commune.parent == province.police
    assert province.districts[0].pk in ids_above(commune.pk, day=JAN)
    assert province.districts[0].pk not in ids_above(commune.pk, day=MARCH)


def test_no_unit_comes_below_one_that_stands_below_it_on_any_day(province):
    district, commune = province.districts[0], province.communes[0]
    with pytest.raises(MoveRefused, match="Công an xã 1 trực thuộc Công an huyện 1"):
        units.move(district, parent=commune, decision=a_decision(JAN), by=province.administrator)
    with pytest.raises(MoveRefused, match="không thể là cấp trên"):
        units.move(district, parent=district, decision=a_decision(JAN), by=province.administrator)

    units.move(
        commune, parent=province.police, decision=a_decision(MARCH), by=province.administrator
    )
    with pytest.raises(MoveRefused, match="trực thuộc Công an huyện 1"):  # until March
        units.move(district, parent=commune, decision=a_decision(JAN), by=province.administrator)
    units.move(district, parent=commune, decision=a_decision(MARCH), by=province.administrator)
    assert spells(district)[-1] == (MARCH, "Công an huyện 1", "TN-X001")


def test_a_unit_is_not_moved_where_it_stands_or_below_one_that_ends_before_it(province):
    commune, second = province.communes[0], province.districts[1]
    with pytest.raises(MoveRefused, match="đang trực thuộc Công an huyện 1"):
        units.move(
            commune,
            parent=province.districts[0],
            decision=a_decision(JAN),
            by=province.administrator,
        )
    mergers.close(second, decision=a_decision(JULY), by=province.administrator)
    with pytest.raises(MoveRefused, match="trước đơn vị trực thuộc"):
        units.move(commune, parent=second, decision=a_decision(JAN), by=province.administrator)


def test_a_department_handles_procedures_from_the_day_on(province):
    unit = province.departments[0]

    units.change_function(
        unit, handles_procedures=True, decision=a_decision(MARCH), by=province.administrator
    )

    assert not unit.spells.in_force_on(JAN).get().handles_procedures
    assert unit.spells.in_force_on(MARCH).get().handles_procedures
    with pytest.raises(MoveRefused, match="hiện đang trực tiếp giải quyết"):
        units.change_function(
            unit, handles_procedures=True, decision=a_decision(JULY), by=province.administrator
        )


def test_nothing_happens_to_a_unit_on_a_day_it_did_not_exist(province):
    unit = found(province, on=MARCH)

    with pytest.raises(MoveRefused, match="thành lập từ ngày 01/03/2025, sau ngày 01/01/2025"):
        units.rename(unit, name="Khác", decision=a_decision(JAN), by=province.administrator)
    mergers.close(unit, decision=a_decision(JULY), by=province.administrator)
    with pytest.raises(MoveRefused, match="đã kết thúc hoạt động từ ngày 01/07/2025"):
        units.rename(unit, name="Khác", decision=a_decision(JULY), by=province.administrator)


def test_nothing_happens_without_the_number_of_a_decision(province):
    with pytest.raises(MoveRefused, match="ghi số quyết định"):
        units.rename(
            province.departments[0],
            name="Khác",
            decision=a_decision(MARCH, number="  "),
            by=province.administrator,
        )


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
def test_only_who_manages_units_there_or_above_may(province, role):
    unit, day = province.departments[0], a_decision(MARCH)
    person = province.a_person(role, province.police)

    for refused in (person, a_user(), province.a_person(Role.ADMINISTRATOR, province.districts[0])):
        with pytest.raises(PermissionDenied):
            units.rename(unit, name="Khác", decision=day, by=refused)
        with pytest.raises(PermissionDenied):
            units.found(unit, code="A", name="A", kind=UnitKind.TEAM, decision=day, by=refused)
        with pytest.raises(PermissionDenied):
            units.move(unit, parent=province.ministry, decision=day, by=refused)
        with pytest.raises(PermissionDenied):
            units.change_function(unit, handles_procedures=True, decision=day, by=refused)
    assert UnitSpell.objects.filter(unit=unit).count() == 1


def test_nobody_moves_a_unit_into_a_place_they_do_not_manage(province):
    own = province.a_person(Role.ADMINISTRATOR, province.districts[0])

    with pytest.raises(PermissionDenied):
        units.move(
            province.communes[0], parent=province.districts[1], decision=a_decision(JAN), by=own
        )


def test_an_ended_unit_still_has_somebody_above_it(province):
    commune, district = province.communes
    by = province.a_person(Role.ADMINISTRATOR, province.police)
    mergers.close(commune, decision=a_decision(MARCH), by=province.administrator)

    units.rename(commune, name="Công an xã Cũ", decision=a_decision(JAN), by=by)

    assert spells(commune)[-1][1] == "Công an xã Cũ"
