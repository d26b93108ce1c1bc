"""Any unit under the one that inspects may be inspected, whatever stands between; nobody else."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from cchc_portal.kit.errors import MoveRefused
from commitments.forms.inspections import SuddenForm
from commitments.models import Inspection, InspectionFinding, InspectionTask
from commitments.models.superiors import placed, units_under
from commitments.rules.inspection import Sums
from commitments.services import inspection_openings, inspection_plans
from tests.factories import a_unit
from tests.inspections.situations import (
    WORDS,
    Sides,
    again,
    followed,
    paper,
    sides,
    sudden,
    terms,
)
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
        inspection_openings.open_sudden(
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


def test_of_very_many_units_one_is_searched_below_the_inspecting_unit_alone(client, monkeypatch):
    monkeypatch.setattr("commitments.forms.under.LISTED", 3)
    who = deep()
    commune, elsewhere = who.province.communes[0], a_unit(name="Công an xã khác")
    client.force_login(who.organiser)
    page = client.get(reverse("inspections:sudden"))
    offered = [label for _, label in page.context["form"].fields["inspected"].choices]
    assert [label.split(" (")[0] for label in offered] == [
        "Phòng Nghiệp vụ 1",
        "Phòng Nghiệp vụ 2",
        "Công an huyện 1",
    ]
    search = f"{reverse('units:offer-one')}?field=inspected&amp;duoi={who.unit.pk}"
    assert search in page.content.decode()

    asked = {"field": "inspected", "duoi": who.unit.pk, "tim": "cong an xa"}
    found = client.get(reverse("units:offer-one"), asked).context["found"]
    assert commune in found
    assert elsewhere not in found
    assert client.get(reverse("units:offer-one"), asked | {"duoi": "1;2"}).status_code == 422

    today = timezone.localdate()
    said = {"unit": who.unit.pk, "scope": "Sổ", "reason": "Theo chỉ đạo."}
    said |= {"starts_on": today, "ends_on": today}
    wrong = client.post(reverse("inspections:sudden"), said | {"inspected": elsewhere.pk})
    assert (wrong.status_code, "Không có đơn vị này" in wrong.content.decode()) == (422, True)
    typed = client.post(
        reverse("inspections:sudden"), said | {"inspected": commune.pk, "scope": ""}
    )
    assert f'value="{commune.pk}"' in typed.content.decode()  # what was chosen stays
    made = client.post(reverse("inspections:sudden"), said | {"inspected": commune.pk})
    assert made.status_code == 302
    one = Inspection.objects.get(inspected=commune)
    edit = client.get(reverse("inspections:revise", args=[one.pk]))
    assert f'value="{commune.pk}"' in edit.content.decode()


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


def test_a_unit_far_below_is_inspected_to_the_end_and_read_by_the_one_between():
    who = deep()
    commune = who.province.communes[0]
    who = Sides(
        who.province, who.unit, commune, who.organiser, who.head,
        editor=who.province.a_person(Role.EDITOR, commune, first_on=LONG_AGO),
    )  # fmt: skip
    one = followed(who)
    assert one.inspected == commune
    assert one in Inspection.objects.visible_to(who.editor)
    (district,) = who.province.districts
    between = who.province.a_person(Role.HEAD, district)
    other = who.province.a_person(Role.HEAD, who.province.departments[0])
    for model in (Inspection, InspectionFinding, InspectionTask):
        assert model.objects.visible_to(between).exists(), model
        assert not model.objects.visible_to(other).exists(), model
    assert sudden(who) not in Inspection.objects.visible_to(between)  # not announced yet
    assert one.inspected_name == f"{commune.name} thuộc {district.name}"
    assert again(one).called.endswith(one.inspected_name)
    near = Sides(who.province, who.unit, district, who.organiser, who.head, who.editor)
    assert sudden(near).inspected_name == district.name
    with pytest.raises(IntegrityError, match="first_day"), transaction.atomic():
        Inspection.objects.filter(pk=one.pk).update(year=one.year - 1)


def test_the_unit_between_reads_the_plan_and_its_own_figures_are_alike_on_both_pages(client):
    who = deep()
    (district,), (commune, other) = who.province.districts, who.province.communes
    first = who.unit
    far = Sides(who.province, first, commune, who.organiser, who.head, who.editor)
    plan = inspection_plans.draft(
        first, year=timezone.localdate().year, words=WORDS, by=who.organiser
    )
    inspection_plans.add(plan, inspected=commune, terms=terms(), by=who.organiser)
    plan = inspection_plans.issue(again(plan), seen=2, paper=paper("KH"), by=who.head)
    followed(far, plan.inspections.get())
    own = Sides(who.province, district, other, *_people(who, district))
    sudden(own)

    client.force_login(own.head)
    assert client.get(reverse("inspections:plan", args=[plan.pk])).status_code == 200
    page = client.get(reverse("inspections:detail", args=[plan.inspections.get().pk]))
    assert "đang điều chỉnh" not in page.content.decode()
    listed = client.get(reverse("inspections:list"))
    by_unit = client.get(reverse("inspections:by-unit"))
    assert len(listed.context["page"]) == 2
    assert {line["inspected"] for line in by_unit.context["lines"]} == {commune.pk, other.pk}
    assert by_unit.context["names_left"] == []
    assert listed.context["sums"] == by_unit.context["sums"] == Sums()  # of what it runs itself
    client.force_login(who.head)
    listed = client.get(reverse("inspections:list"))
    by_unit = client.get(reverse("inspections:by-unit"))
    assert listed.context["sums"] == by_unit.context["sums"] == Sums(planned=1, done=1, found=1)
