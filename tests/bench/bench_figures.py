"""What the figures of a year cost: 300 units, 60 indicators, twelve collections."""

from datetime import date

import pgtrigger
import pytest
from django.db import connection
from django.db.models import F
from django.db.models.functions import Mod
from django.urls import reverse
from django.utils import timezone

from scoring.models import Collection, Indicator, Reading
from scoring.rules.indicator import Days, Roll, Span, usual_days
from scoring.services import collections, indicators
from tests.scoring.reported import USUAL
from tests.worlds import a_province
from units.permissions import Role

pytestmark = pytest.mark.django_db(transaction=True)

UNITS, INDICATORS, MONTHS = 300, 60, 10
LOOKS = 5
A_LOOK, A_FILE, QUERIES = 0.5, 3, 30
YEAR = 2026


@pytest.fixture
def asked(db) -> tuple[Collection, object]:
    """Ten months and the half of two years, all reported, here and there with a jump; one indicator
    in three is a part of the one before it, one in three a ratio of both."""
    province = a_province(departments=UNITS)
    organiser = province.a_person(Role.ORGANISER, province.police)
    for number in range(0, INDICATORS, 3):
        whole, part, ratio = (f"C{number + at:02}" for at in range(3))
        for line in (
            {"code": whole, "name": f"Hồ sơ loại {number}"},
            {"code": part, "name": f"Đúng hạn loại {number}", "part_of": whole},
            {"code": ratio, "name": "Tỷ lệ", "roll": "ratio", "numerator": part}
            | {"denominator": whole},
        ):
            indicators.add(province.police, USUAL | line, by=organiser)
    opened = [
        collections.open_(province.police, by=organiser, **said)
        for said in (
            *(
                {"year": year, "span": Span.HALF, "days": usual_days(Span.HALF, year)}
                for year in (2025, YEAR)
            ),
            *(_month(number) for number in range(1, MONTHS + 1)),
        )
    ]
    rows = Reading.objects.filter(collection__in=opened, indicator__roll=Roll.SUM)
    said = {"updated_by": organiser, "updated_at": timezone.now()}
    usual = Mod(F("unit") * 7919 + F("indicator") * 104729, 400) + Mod(F("pk"), 37)
    with pgtrigger.ignore("scoring.Reading:reading_is_recorded"):
        rows.filter(indicator__part_of="").update(amount=usual + 430, **said)
        rows.exclude(indicator__part_of="").update(amount=usual, **said)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    assert Indicator.objects.count() == INDICATORS
    return opened[1], organiser


def _month(number: int) -> dict:
    days = Days(date(YEAR, number, 1), date(YEAR, number, 28), date(YEAR, number, 28))
    return {"year": YEAR, "span": Span.OWN, "days": days, "title": f"Tháng {number}"}


def test_figures_of_a_year_are_looked_at_before_one_notices(
    asked, client, stopwatch, django_assert_max_num_queries
):
    collection, organiser = asked
    unit = collection.readings.first().unit_id
    client.force_login(organiser)
    pages = {
        "the table of a collection": (reverse("scoring:collection", args=[collection.pk]), A_LOOK),
        "its odd units": (
            reverse("scoring:collection", args=[collection.pk]) + "?xem-lai=1",
            A_LOOK,
        ),
        "the report of one unit": (reverse("scoring:readings", args=[collection.pk, unit]), A_LOOK),
        "all collections": (reverse("scoring:collections"), A_LOOK),
        "the table as a workbook": (
            reverse("scoring:collection-file", args=[collection.pk, "excel"]),
            A_FILE,
        ),
    }
    for what, (address, at_most) in pages.items():
        client.get(address)
        with django_assert_max_num_queries(QUERIES):
            assert client.get(address).status_code == 200, what
        with stopwatch(f"{LOOKS} looks at {what}", at_most=LOOKS * at_most):
            for _ in range(LOOKS):
                b"".join(client.get(address))
