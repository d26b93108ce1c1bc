"""Figures that the ministry asks of the provinces for the half year that Công an tỉnh Hà Tĩnh asked
of its departments: what they came to there is reported here. Made up, and marked so."""

from datetime import timedelta
from decimal import Decimal
from random import Random

from reports.demo.people import Registry
from reports.demo.year import on
from scoring.models import Collection, Indicator, Reading
from scoring.rules.indicator import Days, Span
from scoring.services import collections, indicators, readings, rollups
from units.kinds import UnitKind
from units.models import Unit
from units.permissions import Role

ASKED = ("TTHC-01", "HS-01", "HS-02", "HS-03")
TAKEN = "Cộng số liệu các phòng đã báo cáo (dữ liệu minh họa)."
COPIED = ("code", "name", "measure", "decimals", "roll", "over_time", "part_of")


def build(registry: Registry, ministry: Unit, province: Unit) -> None:
    """One half year, reported by every province and closed; that of `province` is the sum of what
    its departments reported."""
    random = Random(20260721)
    half = Collection.objects.filter(owner=province, span=Span.HALF).latest("ends_on")
    with on(half.ends_on - timedelta(days=1)):
        organiser = registry.person("thammuu.bo", ministry, Role.ORGANISER, post="Cán bộ tổng hợp")
        for code in ASKED:
            one = Indicator.objects.get(owner=province, code=code, current=True)
            said = {name: getattr(one, name) for name in COPIED}
            kinds = [UnitKind.PROVINCE_POLICE.value]
            indicators.add(ministry, said | {"kinds": kinds}, by=organiser)
    days = Days(half.starts_on, half.ends_on, half.due_on + timedelta(days=7))
    with on(half.due_on):
        asked = collections.open_(
            ministry, by=organiser, year=half.year, span=Span.HALF, days=days, made_up=True
        )
    with on(half.due_on + timedelta(days=2)):
        sums = rollups.below(province.pk, asked)
        for row in Reading.objects.for_page().filter(collection=asked).in_order():
            of_departments, _, _ = sums[row.indicator.code]
            own = row.unit_id == province.pk
            readings.put(
                row.pk,
                by=organiser,
                amount=of_departments if own else _near(of_departments, random),
                note=TAKEN if own else "",
                reason="",
                seen_version=row.version,
            )
        collections.close(asked.pk, by=organiser)


def _near(amount: Decimal, random: Random) -> Decimal:
    """Another province of about the size; nothing that is a part comes out above its whole."""
    return Decimal(int(amount) * 9 // 10 + random.randint(0, int(amount) // 100))
