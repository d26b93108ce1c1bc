"""Every address of scoring, and who comes through. Asked by tests/house/test_roles.py."""

from dataclasses import dataclass
from decimal import Decimal
from uuid import uuid4

from scoring.models import Criterion, Dossier, Draft
from scoring.rules.kinds import Hindrance
from scoring.rules.stroke import Stroke
from scoring.rules.usual_reason import Usual
from scoring.services import (
    drafts,
    evidence,
    reading_tables,
    second_draws,
    second_marks,
    usual_reasons,
)
from tests.factories import a_user
from tests.house.registry import NOBODY, PLACES, Seat
from tests.scoring.books import a_book, bring
from tests.scoring.cabinet_addresses import CABINETS
from tests.scoring.campaign_addresses import CAMPAIGNS, MeasuringWorld, a_measuring_world
from tests.scoring.dossier_addresses import DOSSIERS
from tests.scoring.figures import a_table, bring_figures
from tests.scoring.papers import a_document
from tests.scoring.period_addresses import PERIODS
from tests.scoring.reading_addresses import READINGS
from tests.scoring.replied import a_told_dossier
from tests.scoring.reported import Reports, a_drawn_period, a_file, open_reports
from tests.worlds import (
    Year,
    a_filled_dossier,
    a_prepared_period,
    a_province,
    an_open_period,
    hand_in,
)
from units import tasks
from units.models import User
from units.permissions import Role


@dataclass
class World:
    """A department with a dossier handed in, in an open period of the province above it; another
    department of the same period beside it; and a period of the province being prepared."""

    seats: dict[Seat, User]
    open: Year
    prepared: Year
    draft: int
    """Of the editor here, beside the handed-in dossier."""
    objection: int
    """Of the department here, in another period, whose result it was told."""
    reason: int
    """Of the province's usual ones."""
    mark: int
    """A second mark in the hands of the verifier above, on another component of that dossier."""
    measuring: MeasuringWorld
    """A campaign of the province that collects, with a slip and a file of the department here."""
    reports: Reports
    """Figures that the province asks of both departments."""
    upload: int
    """A table of such figures that the editor here brought."""

    @property
    def dossier(self) -> Dossier:
        """The department's."""
        return self.open.period.dossiers.order_by("unit__code").first()

    def node(self, year: Year, code: str) -> tuple[int]:
        """A node of the criteria of the first block."""
        return (Criterion.objects.get(criteria_set__block=year.block, code=code).pk,)


def world() -> World:
    """Somebody in every role at each of the three, and somebody without any."""
    province = a_province(departments=2)
    place = {
        "here": province.departments[0],
        "above": province.police,
        "beside": province.departments[1],
    }
    people = {(role, at): province.a_person(role, place[at]) for role in Role for at in PLACES}
    year = a_drawn_period(province)
    work = a_filled_dossier(year)
    paper = a_document(work)
    evidence.attach(work.score("1.1.1"), by=work.editor, document=paper)
    tasks.draw_preview(paper.pk)
    tasks.draw_page(paper.pk, 1)
    bring(work, a_book(work).put("1.1.1", "Không (chưa đạt)"))
    hand_in(work)
    bring_figures(year, a_table(year).put("3.1.2", work.dossier.unit.code, points=5))
    drafts.keep(
        work.score("1.1.1"),
        by=people[(Role.EDITOR, "here")],
        typed={"note": ["Gõ sau khi trình nộp"]},
        hindrance=Hindrance.LOCKED,
        sentence="Hồ sơ đã trình nộp.",
        seen_version=1,
        stroke=Stroke(uuid4(), 1),
    )
    told = a_told_dossier(an_open_period(province, title="Kỳ đã thẩm định"))
    objection = told.object_to("1.1.1").pk
    said = {"share": Decimal(100), "tolerance": Decimal(10), "seen": 0}
    second_draws.arrange(told.work.year.period, by=told.work.year.organiser, **said)
    second_draws.draw(told.work.year.period, by=told.work.year.organiser)
    reports = open_reports(province, organiser=people[(Role.ORGANISER, "above")])
    return World(
        {NOBODY: a_user()} | people,
        open=year,
        draft=Draft.objects.get().pk,
        objection=objection,
        mark=second_marks.take(by=people[(Role.VERIFIER, "above")]).pk,
        reason=usual_reasons.add(province.police, Usual("Chậm."), by=year.organiser).pk,
        reports=reports,
        upload=reading_tables.take_in(
            reports.collection,
            by=people[(Role.EDITOR, "here")],
            upload=a_file(f"{place['here'].code},HS-02,12"),
        )[0].pk,
        prepared=a_prepared_period(province, title="Kỳ đang chuẩn bị"),
        measuring=a_measuring_world(province),
    )


ADDRESSES = [*PERIODS, *DOSSIERS, *CABINETS, *CAMPAIGNS, *READINGS]
