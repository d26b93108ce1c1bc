"""Every address of reports, and who comes through. Asked by tests/house/test_roles.py."""

from dataclasses import dataclass

from django.core.files.base import ContentFile
from django.utils import timezone

from commitments.models import Commitment, Conference, Inspection, Plan
from reports import printed
from reports.models import (
    Edition,
    Errand,
    Letter,
    LostPoint,
    PressRun,
    RenderState,
    RunState,
    SignedFile,
    SignedKind,
)
from reports.printed import Printed
from reports.rules.paper_state import PaperState
from reports.services import signed_files
from scoring.models import Campaign, Criterion, Drive, Period, PublishedTable, Score
from scoring.rules.ranking import USUAL_SCALE
from scoring.services.published_tables import Told, bring_in
from tests.commitments.plans import an_issued_plan
from tests.commitments.situations import Parties, one_in_force
from tests.conferences.situations import Sides, an_item, held, minuted, released
from tests.factories import a_user
from tests.house.registry import EVERYBODY, NOBODY, PLACES, Address, Seat, seats
from tests.reports.drive_addresses import DRIVES, a_drive
from tests.reports.edition_addresses import (
    EDITIONS,
    HAVE_TO_DO_WITH,
    LEADS,
    LEADS_SOMEWHERE,
    LOOKS_AFTER,
    SEES_A_DOSSIER,
    SEES_THE_LETTER,
)
from tests.reports.fed import OUTSIDE, OWN, a_fed_period
from tests.reports.inspection_addresses import (
    INSPECTIONS,
    a_concluded_inspection,
    asked_figures,
)
from tests.reports.public_addresses import PUBLIC
from tests.reports.satisfaction_addresses import SATISFACTION, a_closed_campaign
from tests.reports.signed import an_upload
from tests.reports.situations import a_locked_period, a_lost_point, an_edition
from tests.reports.slides_addresses import SLIDES
from tests.scoring.reported import Reports
from tests.units.files import a_pdf
from tests.worlds import a_province
from units.models import User
from units.permissions import Permission, Role


@dataclass
class World:
    """A province that assesses two departments: one period published, one ready to be."""

    seats: dict[Seat, User]
    edition: Edition
    commitment: Commitment
    plan: Plan
    ready: Period
    table: PublishedTable
    conference: Conference
    point: LostPoint
    fed_row: Score
    fed_component: Criterion
    scan: SignedFile
    letter: Letter
    campaign: Campaign
    drive: Drive
    inspection: Inspection
    figures: Reports


def world() -> World:
    """Somebody in every role at the first department, above and beside, and one without any."""
    province = a_province(departments=2)
    place = {
        "here": province.departments[0],
        "above": province.police,
        "beside": province.departments[1],
    }
    people = {(role, at): province.a_person(role, place[at]) for role in Role for at in PLACES}
    edition = an_edition(province, title="Kỳ đã công bố").edition
    edition.pdf.save("paper.pdf", ContentFile(b"%PDF-1.7"), save=False)
    edition.render_state, edition.rendered_at = RenderState.DONE, timezone.now()
    edition.save(update_fields=["pdf", "render_state", "rendered_at"])
    now = timezone.now()
    sheets = PressRun(
        edition=edition, errand=Errand.SHEETS, state=RunState.DONE, sent_at=now, ended_at=now
    )
    sheets.file.save("bundle.zip", ContentFile(b"PK"))
    scan = signed_files.receive(
        edition,
        by=people[Role.HEAD, "above"],
        upload=an_upload(a_pdf("Bản quét")),
        kind=SignedKind.SCAN,
        declared_not_secret=True,
    )
    ready = a_locked_period(province).period
    for seat in LEADS:
        paper = Printed(PaperState.DONE, b"%PDF-1.7", timezone.localtime())
        for which in (printed.COMMAND, printed.DRAFT):
            printed.keep(people[seat].pk, ready.pk, paper, which)
    told = Told(assessor=province.police, year=2019, title="Bảng cũ", scale=USUAL_SCALE)
    who = Parties(
        province,
        place["here"],
        place["above"],
        editor=people[Role.EDITOR, "here"],
        head=people[Role.HEAD, "here"],
        receiving_head=people[Role.HEAD, "above"],
    )
    point = a_lost_point(edition, province.departments[0], by=who.editor)
    fed = a_fed_period(province, title="Kỳ lấy số liệu từ cam kết").period
    return World(
        seats={NOBODY: a_user()} | people,
        commitment=one_in_force(who, year=2024),
        plan=an_issued_plan(who, year=2024),
        point=point,
        fed_row=Score.objects.get(
            dossier__period=fed, dossier__unit=place["here"], criterion__code=OWN
        ),
        fed_component=Criterion.objects.select_related("criteria_set").get(
            criteria_set__block__period=fed, code=OUTSIDE
        ),
        campaign=a_closed_campaign(province),
        edition=edition,
        scan=scan,
        letter=Letter.objects.create(
            person=people[Role.EDITOR, "here"], kind="digest", event="2020-01-01", state="failed"
        ),
        ready=ready,
        drive=a_drive(province, by=people[Role.ORGANISER, "above"]),
        conference=_a_released_dialogue(province, people),
        inspection=a_concluded_inspection(province, people),
        figures=asked_figures(province, people),
        table=bring_in(b"unit,points\nA,90\n", name="bang.csv", told=told).table,
    )


def _a_released_dialogue(province, people) -> Conference:
    """A dialogue of the first department whose table is public."""
    head = people[Role.HEAD, "here"]
    editor = people[Role.EDITOR, "here"]
    unit, upper = province.departments[0], province.police
    who = Sides(province, unit, upper, editor, head, people[Role.EDITOR, "above"])
    conference = held(who)
    an_item(who, conference)
    signed = minuted(who, conference)
    released(who, signed)
    return signed


def _of_the_dialogue(name: str, *, public: bool = False) -> Address:
    """A paper of the dialogue; what is public is everybody's."""
    return Address(
        f"reports:{name}",
        passed=EVERYBODY if public else SEES_A_DOSSIER,
        args=lambda world: (world.conference.pk,),
        public=public,
    )


def _of_leaders(name: str, *methods: str) -> Address:
    """What belongs to the command view of a period: who leads elsewhere is a stranger to it."""
    return Address(
        f"reports:{name}",
        passed=LEADS,
        refused=EVERYBODY - LEADS_SOMEWHERE,
        args=lambda world: (world.ready.pk,),
        methods=methods or ("get",),
    )


def _of_a_year(name: str) -> Address:
    """A paper of all that the unit above received for a year."""
    return Address(
        f"reports:{name}",
        passed=seats(Permission.SEE_BELOW, "above"),
        args=lambda world: (world.commitment.received_by_id, world.commitment.year),
    )


ADDRESSES = [
    *DRIVES,
    *INSPECTIONS,
    Address(
        "reports:commitment-sheet",
        passed=seats(Permission.SEE_UNIT, "here") | seats(Permission.SEE_BELOW, "above"),
        args=lambda world: (world.commitment.pk,),
    ),
    Address("reports:plan-paper", passed=SEES_A_DOSSIER, args=lambda world: (world.plan.pk,)),
    Address(
        "reports:fed-figure",
        passed=seats(Permission.FILL_DOSSIER, "here"),
        refused=SEES_A_DOSSIER,
        args=lambda world: (world.fed_row.pk,),
        methods=("get", "post"),
    ),
    Address(
        "reports:task-proofs",
        passed=seats(Permission.FILL_DOSSIER, "here"),
        refused=SEES_A_DOSSIER,
        args=lambda world: (world.fed_row.pk,),
    ),
    Address(
        "reports:fed-block",
        passed=seats(Permission.RUN_PERIOD, "above"),
        refused=HAVE_TO_DO_WITH,
        args=lambda world: (world.fed_component.criteria_set.block_id, world.fed_component.pk),
        methods=("get", "post"),
    ),
    Address("reports:losses", passed=SEES_A_DOSSIER, args=lambda world: (world.point.dossier_id,)),
    Address(
        "reports:losses-to-task",
        passed=seats(Permission.DRAFT_COMMITMENT, "here"),
        refused=SEES_A_DOSSIER,
        args=lambda world: (world.point.dossier_id,),
        methods=("post",),
    ),
    Address("reports:lost-of-task", passed=SEES_A_DOSSIER, args=lambda world: (world.point.pk,)),
    *SLIDES,
    _of_a_year("commitment-sheets"),
    _of_a_year("commitment-register"),
    _of_the_dialogue("minutes"),
    _of_the_dialogue("dialogue-table"),
    _of_the_dialogue("dialogue-excel"),
    *SATISFACTION,
    Address("reports:dialogues", passed=EVERYBODY, public=True),
    _of_the_dialogue("dialogue", public=True),
    _of_the_dialogue("dialogue-paper", public=True),
    Address("reports:command", passed=LEADS_SOMEWHERE, refused=EVERYBODY),
    _of_leaders("command-press"),
    _of_leaders("command-paper"),
    _of_leaders("command-print", "post"),
    Address(
        "reports:period-board",
        passed=LEADS,
        refused=HAVE_TO_DO_WITH,
        args=lambda world: (world.ready.pk,),
    ),
    Address("reports:desk", passed=EVERYBODY),
    Address("reports:find", passed=EVERYBODY, query="?tim=phong"),
    Address("reports:letter-choices", passed=EVERYBODY, methods=("get", "post")),
    Address("reports:failed-letters", passed=LOOKS_AFTER, refused=EVERYBODY),
    # The letter is of a day that is over, so that nothing goes off.
    Address(
        "reports:send-letter-again",
        passed=SEES_THE_LETTER,
        refused=EVERYBODY - LOOKS_AFTER,
        args=lambda world: (world.letter.pk,),
        methods=("post",),
    ),
    Address("reports:guides", passed=EVERYBODY),
    Address("reports:guide", passed=EVERYBODY, args=lambda world: ("tu-danh-gia",)),
    Address(
        "reports:guide-picture",
        passed=EVERYBODY,
        args=lambda world: ("tu-danh-gia", "ban-lam-viec"),
    ),
    *EDITIONS,
    *PUBLIC,
]
