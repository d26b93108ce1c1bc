"""Công an tỉnh Hà Tĩnh 2021, the year before the one that is told: a trial in two of the three
blocks. It is made up from beginning to end, so that figures of 2022 have a year to stand beside.
"""

from datetime import date
from fractions import Fraction
from random import Random

from reports.demo.hatinh import EXCELLENT, decision_of
from reports.demo.year import DemoYear, on
from scoring.models import Dossier
from scoring.services import periods
from units.kinds import UnitKind
from units.models import Unit, User

DECIDED_ON = date(2021, 11, 23)
DATES = {
    "data_from": date(2020, 9, 16),
    "data_until": date(2021, 9, 15),
    "opens_on": date(2021, 9, 16),
    "submit_by": date(2021, 9, 25),
    "verify_by": date(2021, 10, 20),
    "reply_by": date(2021, 10, 28),
    "publish_on": DECIDED_ON,
}


def build(province: Unit, staff: dict[str, User], hands) -> None:
    """From the draft to the decision, with the criteria of the year after."""
    with on(date(2021, 9, 6)):
        period = periods.draft(
            assessor=province,
            by=staff["organiser"],
            year=2021,
            title="Chỉ số cải cách hành chính năm 2021 (thí điểm hai khối)",
            made_up=True,
            **DATES,
        )
        year = DemoYear(period, staff["organiser"], staff["second"], *hands, Random(20211123))
        year.add_block(
            "Khối phòng trực tiếp giải quyết thủ tục hành chính",
            "PHONG_CO_TTHC",
            [UnitKind.DEPARTMENT],
            True,
        )
        year.add_block("Khối Công an cấp huyện", "CA_HUYEN", [UnitKind.DISTRICT_POLICE])
    with on(DATES["opens_on"]):
        year.open()
    dossiers = list(Dossier.objects.filter(period=year.period).select_related("unit"))
    truths = {dossier: year.plan(dossier, _target(dossier, year.random)) for dossier in dossiers}
    with on(date(2021, 9, 23), 14):
        for dossier, truth in truths.items():
            year.fill(dossier, truth)
            year.submit(dossier)
    with on(date(2021, 10, 13), 10):
        for dossier, truth in truths.items():
            year.judge(dossier, truth)
            year.verify(dossier)
    with on(date(2021, 11, 1)):
        periods.lock(year.period, by=staff["organiser"])
    with on(DECIDED_ON, 8):
        year.publish(
            by=staff["head"], decision=decision_of("3307/QĐ-CAT-PV01", DECIDED_ON, staff["head"])
        )


def _target(dossier: Dossier, random: Random) -> Fraction:
    """Hundredths of a percent, lower than the year after for most: 90,50 to 95,60 for those that
    will be excellent, 79,40 to 91,80 for the others."""
    excellent = dossier.unit.code in EXCELLENT
    return Fraction(random.randint(9050, 9560) if excellent else random.randint(7940, 9180), 100)
