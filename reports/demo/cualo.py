"""Công an thị xã Cửa Lò 2022: the one-stop model of its seven ward police on a scale of ten, all
from 9 up, as told at the review of 06/10/2022. The figures are made up by a fixed seed.
"""

from datetime import date
from fractions import Fraction
from random import Random

from reports.demo.hatinh import hands_of_the_units
from reports.demo.people import Registry
from reports.demo.year import DemoYear, on
from reports.services.frozen import Decision
from scoring.models import Dossier
from scoring.rules.kinds import PeriodKind
from scoring.services import periods
from units.kinds import UnitKind
from units.models import Unit
from units.permissions import Role

OPENED = date(2022, 9, 19)


def build(registry: Registry, town: Unit) -> None:
    """Seven dossiers, verified by the town, published at its review."""
    wards = list(Unit.objects.children_on(town, OPENED))
    editors, heads = hands_of_the_units(registry, wards)
    organiser = registry.person("thammuu.cualo", town, Role.ORGANISER, post="Đội Tổng hợp")
    head = registry.person("truong.cualo", town, Role.HEAD, post="Trưởng Công an thị xã")
    with on(date(2022, 9, 12)):
        period = periods.draft(
            assessor=town,
            by=organiser,
            year=2022,
            title="Chấm điểm mô hình bộ phận một cửa năm 2022",
            kind=PeriodKind.MODEL,
            scale_total=10,
            made_up=True,
            data_from=date(2021, 10, 1),
            data_until=date(2022, 9, 15),
            opens_on=OPENED,
            submit_by=date(2022, 9, 23),
            verify_by=date(2022, 9, 30),
            reply_by=date(2022, 10, 4),
            publish_on=date(2022, 10, 6),
        )
        year = DemoYear(period, organiser, organiser, editors, heads, Random(413))
        year.add_block("Công an các phường", "MOT_CUA", [UnitKind.COMMUNE_POLICE])
    with on(OPENED):
        year.open()
    with on(date(2022, 9, 21), 15):
        for dossier in Dossier.objects.filter(period=period).select_related("unit"):
            year.whole(dossier, year.plan(dossier, Fraction(year.random.randint(9010, 9800), 100)))
    with on(date(2022, 10, 5)):
        periods.lock(year.period, by=organiser)
    with on(date(2022, 10, 6), 16):
        decision = Decision(
            number="215/QĐ-CAH",
            decided_on=date(2022, 10, 6),
            place="Cửa Lò",
            signer_authority="",
            signer_position=head.post,
            signer_rank=head.police_rank,
            signer_name=head.full_name,
        )
        year.publish(by=head, decision=decision)
