"""What a unit did itself and what its own units reported come to one figure, both parts named."""

from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from commitments.services import voices
from reports.services import told_figures
from scoring.models import Collection, Reading
from scoring.rules.indicator import Days, Span
from scoring.services import collections, gathered, indicators, readings
from tests.voices.situations import Sides, heard, received, sides
from units.models import Unit
from units.permissions import Role

pytestmark = pytest.mark.django_db


def asked_by(who: Sides, owner: Unit) -> Collection:
    """The level asks for the usual figures of the last two months."""
    by = who.province.a_person(Role.ORGANISER, owner)
    indicators.seed(owner, by=by)
    today = timezone.localdate()
    days = Days(today - timedelta(days=60), today, today + timedelta(days=5))
    return collections.open_(owner, by=by, year=today.year, span=Span.OWN, days=days, title="Thử")


def said(asked: Collection, unit: Unit, code: str, amount: int, *, by) -> None:
    row = Reading.objects.get(collection=asked, unit=unit, indicator__code=code)
    readings.put(row.pk, by=by, amount=Decimal(amount), note="", seen_version=row.version)


def figure(asked: Collection, unit: Unit, code: str) -> Reading:
    return Reading.objects.get(collection=asked, unit=unit, indicator__code=code)


def offered(asked: Collection, unit: Unit) -> dict[str, tuple[int, str]]:
    found = told_figures.offered_to(asked, unit.pk)
    return {one.reading.indicator.code: (int(one.amount), one.parts) for one in found}


@pytest.fixture
def who(db):
    return sides()


@pytest.fixture
def clerk(who):
    """Of the province, which dealt with two remarks itself; its departments reported six."""
    clerk = who.province.a_person(Role.EDITOR, who.upper)
    for _ in range(2):
        voices.receive(
            who.upper, concerns=who.unit, key=uuid4(), heard=heard(), sender=voices.NOBODY, by=clerk
        )
    return clerk


def test_the_unit_s_own_and_what_its_units_reported_are_offered_together(client, who, clerk):
    above = asked_by(who, who.province.ministry)
    assert offered(above, who.upper)["PA-01"] == (2, ""), "nobody below was asked"
    below = asked_by(who, who.upper)
    assert offered(above, who.upper)["PA-01"] == (2, ""), "nobody below has reported"
    said(below, who.unit, "PA-01", 6, by=who.editor)

    parts = "của đơn vị 2, đơn vị trực thuộc 6 (1/2 đơn vị)"
    assert offered(above, who.upper)["PA-01"] == (8, parts)
    client.force_login(clerk)
    page = reverse("reports:told-figures", args=[above.pk, who.upper.pk])
    assert f'<b>8</b> <span class="muted">({parts})' in client.get(page).content.decode()
    row = figure(above, who.upper, "PA-01")
    gathered.take(row.pk, by=clerk, seen_version=row.version)
    row.refresh_from_db()
    assert row.amount == 6
    assert "đang báo cáo 6" in client.get(page).content.decode()
    seen = {
        f"v-{one.pk}": one.version
        for one in Reading.objects.filter(collection=above, unit=who.upper)
    }

    assert client.post(page, seen).status_code == 302

    row.refresh_from_db()
    assert (row.amount, row.note) == (8, f"Theo sổ phản ánh, kiến nghị trên cổng. Gồm {parts}.")


def test_what_the_units_below_told_day_by_day_is_not_added_again(who, clerk):
    above, below = asked_by(who, who.province.ministry), asked_by(who, who.upper)
    received(who)
    said(below, who.unit, "PA-01", 1, by=who.editor)
    alone = next(source for source in told_figures.SOURCES if not source.codes)

    assert not alone.beside, "days of a drive hold those of the units below"
    assert offered(above, who.upper)["PA-01"][0] == 3
    assert offered(below, who.unit)["PA-01"] == (1, ""), "it has no units of its own"


def test_all_of_it_takes_eight_queries_at_most(who, clerk, django_assert_max_num_queries):
    above, below = asked_by(who, who.province.ministry), asked_by(who, who.upper)
    said(below, who.unit, "PA-01", 6, by=who.editor)

    with django_assert_max_num_queries(8):
        told_figures.offered_to(above, who.upper.pk)
