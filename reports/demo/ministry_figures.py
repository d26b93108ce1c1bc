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
from scoring.services.underneath import below
from units.kinds import UnitKind
from units.models import Unit
from units.permissions import Role

ASKED = (
    *("TTHC-01", "HS-01", "HS-02", "HS-03"),
    *("KT-01", "KT-02", "KT-03", "KT-04", "KT-05", "KT-06", "KT-07"),
)
"""With those of inspections, so that a province reports upward what it inspected itself."""
TAKEN = "Cộng số liệu các phòng đã báo cáo (dữ liệu minh họa)."
COPIED = (
    *("code", "name", "measure", "decimals", "roll", "over_time", "part_of"),
    *("numerator", "denominator", "source"),
)


def build(registry: Registry, ministry: Unit, province: Unit) -> None:
    """One half year, reported by every province and closed; that of `province` is the sum of what
    its departments reported."""
    random = Random(20260721)
    half = Collection.objects.filter(owner=province, span=Span.HALF).latest("ends_on")
    with on(half.ends_on - timedelta(days=1)):
        organiser = registry.person("thammuu.bo", ministry, Role.ORGANISER, post="Cán bộ tổng hợp")
        there = {one.code: one for one in Indicator.objects.filter(owner=province, current=True)}
        for code in ASKED:
            one = there[code]
            said = {name: getattr(one, name) for name in COPIED}
            kinds = [UnitKind.PROVINCE_POLICE.value]
            indicators.add(ministry, said | {"kinds": kinds}, by=organiser)
    days = Days(half.starts_on, half.ends_on, half.due_on + timedelta(days=7))
    with on(half.due_on):
        asked = collections.open_(
            ministry, by=organiser, year=half.year, span=Span.HALF, days=days, made_up=True
        )
    with on(half.due_on + timedelta(days=2)):
        sums = below(province.pk, asked, rollups.indicators_of(asked))
        sizes: dict[int, int] = {}
        for row in Reading.objects.for_page().filter(collection=asked).in_order():
            of_departments = sums[row.indicator.code].amount
            own = row.unit_id == province.pk
            size = sizes.setdefault(row.unit_id, random.randint(880, 990))
            readings.put(
                row.pk,
                by=organiser,
                amount=of_departments if own else _near(of_departments, size),
                note=TAKEN if own else "",
                reason="",
                seen_version=row.version,
            )
        collections.close(asked.pk, by=organiser)


def _near(amount: Decimal, size: int) -> Decimal:
    """Another province of about the size, in thousandths of this one, for all its figures: nothing
    that is a part comes out above its whole."""
    return Decimal(int(amount) * size // 1000)
