"""Công an tỉnh Hà Tĩnh 2025: the one-stop model in some of the new communes, a trial among those
that came from five former districts, so that a block stands in tiles. All of it is made up.
"""

from datetime import date
from fractions import Fraction
from random import Random

from reports.demo.answers import components_of
from reports.demo.hatinh import decision_of, hands_of_the_units
from reports.demo.people import Registry
from reports.demo.year import DemoYear, on
from scoring.models import CriteriaSet, Dossier
from scoring.rules.kinds import PeriodKind
from scoring.services import blocks, criteria, periods
from units.kinds import UnitKind
from units.models import Unit, UnitSpell, User
from units.models.tree import origins

DISTRICTS = ("HT-H437", "HT-H439", "HT-H440", "HT-H441", "HT-H442")
"""Hồng Lĩnh, Hương Sơn, Đức Thọ, Vũ Quang, Nghi Xuân, until 2025."""
OPENED, DECIDED_ON = date(2025, 9, 22), date(2025, 11, 20)


def build(registry: Registry, province: Unit, staff: dict[str, User]) -> None:
    """From the draft in September to the decision in November."""
    communes = _of_the_districts(province)
    editors, heads = hands_of_the_units(registry, communes)
    with on(date(2025, 9, 15)):
        period = periods.draft(
            assessor=province,
            by=staff["organiser"],
            year=2025,
            title="Chấm điểm mô hình bộ phận một cửa năm 2025 (thí điểm cấp xã)",
            kind=PeriodKind.MODEL,
            scale_total=10,
            made_up=True,
            data_from=date(2025, 7, 1),
            data_until=date(2025, 9, 15),
            opens_on=OPENED,
            submit_by=date(2025, 10, 1),
            verify_by=date(2025, 10, 24),
            reply_by=date(2025, 11, 3),
            publish_on=DECIDED_ON,
        )
        year = DemoYear(period, staff["organiser"], staff["second"], editors, heads, Random(2025))
        block = blocks.add(
            period,
            by=year.organiser,
            name="Khối Công an xã, phường",
            kinds=[UnitKind.COMMUNE_POLICE],
            handles_procedures=None,
        )
        catalogue = CriteriaSet.objects.newest().get(code="MOT_CUA")
        criteria.copy_into(block, catalogue, by=year.organiser)
        blocks.add_units(block, [unit.pk for unit in communes], by=year.organiser)
        year.components[block.pk] = components_of(block)
    with on(OPENED):
        year.open()
    dossiers = list(Dossier.objects.filter(period=period).select_related("unit"))
    truths = {dossier: year.plan(dossier, _target(year.random)) for dossier in dossiers}
    with on(date(2025, 9, 29), 14):
        for dossier, truth in truths.items():
            year.fill(dossier, truth)
            year.submit(dossier)
    with on(date(2025, 10, 20), 10):
        for dossier, truth in truths.items():
            year.judge(dossier, truth)
            year.verify(dossier)
    with on(date(2025, 11, 5)):
        periods.lock(year.period, by=year.organiser)
    with on(DECIDED_ON, 8):
        head = staff["head"]
        year.publish(by=head, decision=decision_of("4127/QĐ-CAT-PV01", DECIDED_ON, head))


def _of_the_districts(province: Unit) -> list[Unit]:
    """Communes of the day that stood below one of the districts, themselves or a predecessor."""
    communes = Unit.objects.children_on(province, OPENED).filter(kind=UnitKind.COMMUNE_POLICE)
    became = {unit.pk: unit.pk for unit in communes}
    became |= {one.predecessor: one.root for one in origins(list(became))}
    stood = UnitSpell.objects.filter(unit__in=became, parent__code__in=DISTRICTS)
    chosen = {became[unit] for unit in stood.values_list("unit", flat=True)}
    return [unit for unit in communes if unit.pk in chosen]


def _target(random: Random) -> Fraction:
    """Hundredths of a percent: from just enough to excellent, most of them good."""
    return Fraction(random.choice((6400, 7600, 8300, 8800, 9100, 9300, 9550)), 100)
