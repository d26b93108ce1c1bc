"""Any unit under the one that inspects may be inspected, whatever stands between; nobody else."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from cchc_portal.kit.errors import MoveRefused
from commitments.forms.inspections import SuddenForm
from commitments.models import Inspection
from commitments.models.superiors import placed, units_under
from commitments.services import inspections
from tests.inspections.situations import Sides, followed, sides, sudden, terms
from tests.worlds import LONG_AGO, a_province
from units.models import Unit
from units.permissions import Role
from units.rules.decision import Decision
from units.services import mergers, units

pytestmark = pytest.mark.django_db


def deep() -> Sides:
    """A ministry, a province with a district, two communes under that."""
    return sides(a_province(districts=1, communes=2))


def refused(who: Sides, by_unit: Unit, of: Unit, **days) -> bool:
    organiser = who.province.a_person(Role.ORGANISER, by_unit)
    try:
        inspections.open_sudden(
            by_unit, inspected=of, terms=terms(reason="Theo chỉ đạo.", **days), by=organiser
        )
    except MoveRefused as refusal:
        return "cấp dưới" in refusal.sentence
    return False


def test_every_unit_under_the_other_is_inspected_and_itself_beside_above_and_gone_are_refused():
    who = deep()
    province = who.province
    (district,), (commune, gone) = province.districts, province.communes
    today = timezone.localdate()
    ended = Decision("9/QĐ", today, today - timedelta(days=30))
    mergers.close(gone, decision=ended, by=province.administrator)

    for inspector, inspected in (
        (province.ministry, province.police),
        (province.ministry, commune),
        (province.police, commune),
        (district, commune),
    ):
        assert not refused(who, inspector, inspected), (inspector, inspected)
    for inspector, inspected in (
        (province.police, province.police),
        (district, province.departments[0]),  # beside
        (commune, district),  # above
        (province.departments[0], commune),
        (province.police, gone),
    ):
        assert refused(who, inspector, inspected), (inspector, inspected)
    assert not refused(who, province.police, gone, starts_on=today - timedelta(days=31))


def test_units_directly_below_are_offered_first_and_the_others_with_their_superior():
    who = deep()
    offered = SuddenForm([who.unit.pk]).fields["inspected"]
    labels = [label for _, label in offered.choices][1:]
    assert labels == [
        "Phòng Nghiệp vụ 1",
        "Phòng Nghiệp vụ 2",
        "Công an huyện 1",
        "Công an xã 1 (thuộc Công an huyện 1)",
        "Công an xã 2 (thuộc Công an huyện 1)",
    ]
    both = units_under([who.province.ministry.pk, who.unit.pk], timezone.localdate())
    assert who.unit in both
    assert who.province.ministry not in both


def test_who_was_not_inspected_is_told_with_the_superior_of_that_year(
    client, django_assert_num_queries
):
    who = deep()
    province, commune = who.province, who.province.communes[0]
    (district,) = province.districts
    today = timezone.localdate()
    year = today.year
    moved = Decision("9/QĐ", today, date(year, 1, 1))
    units.move(commune, parent=who.unit, decision=moved, by=province.administrator)
    assert [placed(one) for one in units_under([who.unit.pk], date(year - 1, 12, 31))][-2] == (
        f"{commune.name} (thuộc {district.name})"
    )
    page = reverse("inspections:by-unit")
    client.force_login(who.head)
    names = client.get(page).context["names_left"]
    assert commune.name in names
    assert f"{province.communes[1].name} (thuộc {district.name})" in names
    before = client.get(page, {"year": year - 1}).context["names_left"]
    assert f"{commune.name} (thuộc {district.name})" in before

    # whom a unit in between inspected is not left
    other = province.communes[1]
    sudden(Sides(province, district, other, *_people(who, district)))
    client.force_login(who.head)
    assert other.name not in " ".join(client.get(page).context["names_left"])
    with django_assert_num_queries(2):
        assert len(units_under([province.ministry.pk], today)) == 6


def _people(who: Sides, at: Unit) -> tuple:
    roles = (Role.ORGANISER, Role.HEAD, Role.EDITOR)
    return tuple(who.province.a_person(role, at) for role in roles)


def test_a_unit_far_below_is_inspected_to_the_end_and_the_database_keeps_the_year():
    who = deep()
    commune = who.province.communes[0]
    who = Sides(
        who.province, who.unit, commune, who.organiser, who.head,
        editor=who.province.a_person(Role.EDITOR, commune, first_on=LONG_AGO),
    )  # fmt: skip
    one = followed(who)
    assert one.inspected == commune
    assert one in Inspection.objects.visible_to(who.editor)
    with pytest.raises(IntegrityError, match="first_day"), transaction.atomic():
        Inspection.objects.filter(pk=one.pk).update(year=one.year - 1)
