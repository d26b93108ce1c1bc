"""Every address of inspections, and who comes through. Asked by tests/house/test_roles.py."""

from dataclasses import dataclass

from django.core.files.uploadedfile import SimpleUploadedFile

from commitments.models import (
    Inspection,
    InspectionFinding,
    InspectionPlan,
    InspectionPoint,
    InspectionTask,
    TeamMember,
)
from commitments.rules.inspection import Duty
from commitments.services import inspection_findings, inspections, mending
from tests.factories import a_user
from tests.house.registry import EVERYBODY, NOBODY, PLACES, Address, Seat, seats
from tests.inspections.situations import (
    Sides,
    a_draft_plan,
    again,
    an_issued_plan,
    drawn_up,
    followed,
    looked_at,
    minutes_of,
    sudden,
)
from tests.units.files import a_pdf
from tests.worlds import a_province
from units.models import Document, User
from units.permissions import Permission, Role
from units.services import documents

RUNS = seats(Permission.RUN_INSPECTION, "above")
SIGNS = seats(Permission.SIGN_INSPECTION, "above")
ANSWERS = seats(Permission.ANSWER_INSPECTION, "here")
SIDE = seats(Permission.SEE_UNIT, "above")
BOTH = SIDE | seats(Permission.SEE_UNIT, "here")
FORM, POST = ("get", "post"), ("post",)


@dataclass
class World:
    """The police inspects the first department several times; people all around."""

    seats: dict[Seat, User]
    draft: InspectionPlan
    issued: InspectionPlan
    line: Inspection
    opened: Inspection
    going_on: Inspection
    drawn_up: Inspection
    followed: Inspection
    member: TeamMember
    point: InspectionPoint
    finding: InspectionFinding
    told: InspectionFinding
    drawn: InspectionTask
    task: InspectionTask
    mended: InspectionTask
    evidence: Document


def world() -> World:
    """Somebody in every role here, above and beside, and somebody without any."""
    province = a_province(departments=2)
    here, beside = province.departments
    place = {"here": here, "above": province.police, "beside": beside}
    people = {(role, at): province.a_person(role, place[at]) for role in Role for at in PLACES}
    who = Sides(
        province,
        province.police,
        here,
        organiser=people[Role.ORGANISER, "above"],
        head=people[Role.HEAD, "above"],
        editor=people[Role.EDITOR, "here"],
    )
    draft = a_draft_plan(who)
    going_on, signed = looked_at(who), followed(who)
    over, mended = looked_at(who), followed(who)
    evidence = _a_file(who)
    shown = over.findings.order_by("number").first()
    inspection_findings.prove(shown, document=evidence, by=who.organiser)
    over = again(over)
    inspections.minute(over, seen=over.version, minutes=minutes_of(over), by=who.organiser)
    unsigned = drawn_up(who)
    return World(
        {NOBODY: a_user()} | people,
        draft=draft,
        issued=an_issued_plan(who, year=draft.year - 1),
        line=draft.inspections.get(),
        opened=sudden(who),
        going_on=going_on,
        drawn_up=unsigned,
        followed=signed,
        member=going_on.team.get(duty=Duty.HEAD),
        point=going_on.checklist.order_by("position").first(),
        finding=going_on.findings.order_by("number").first(),
        told=shown,
        drawn=unsigned.tasks.get(),
        task=signed.tasks.get(),
        mended=_mended(who, mended),
        evidence=evidence,
    )


def _a_file(who: Sides) -> Document:
    upload = SimpleUploadedFile("bien-ban.pdf", a_pdf("Ảnh chụp sổ"))
    return documents.file(who.unit, by=who.organiser, upload=upload, declared_not_secret=True)


def _mended(who: Sides, inspection: Inspection) -> InspectionTask:
    """Reported with a file of the inspected unit's cabinet."""
    upload = SimpleUploadedFile("bao-cao.pdf", a_pdf("Báo cáo khắc phục"))
    proof = documents.file(who.inspected, by=who.editor, upload=upload, declared_not_secret=True)
    task = inspection.tasks.get()
    return mending.report(
        task,
        seen=task.version,
        result="Xong.",
        done_on=inspection.starts_on,
        proofs=[proof],
        by=who.editor,
    )


def _of(name: str, thing: str, passed, refused=BOTH, *more: str, methods=("get",)) -> Address:
    """An address of this thing of the world."""
    return Address(
        f"inspections:{name}",
        passed=passed,
        refused=refused,
        args=lambda world: (getattr(world, thing).pk, *more),
        methods=methods,
    )


def _writing(name: str) -> Address:
    return Address(
        f"inspections:{name}",
        passed=RUNS,
        refused=EVERYBODY,
        methods=FORM,
    )


ADDRESSES = [
    Address("inspections:list", passed=EVERYBODY),
    Address("inspections:by-unit", passed=seats(Permission.SEE_BELOW, *PLACES), refused=EVERYBODY),
    Address("inspections:plans", passed=EVERYBODY),
    _writing("plan-draft"),
    _writing("sudden"),
    _of("plan", "draft", SIDE, SIDE),
    _of("plan", "issued", BOTH),
    _of("plan-revise", "draft", RUNS, SIDE, methods=FORM),
    _of("plan-add", "draft", RUNS, SIDE, methods=FORM),
    _of("plan-issue", "draft", SIGNS, SIDE, methods=FORM),
    _of("plan-reopen", "issued", SIGNS, methods=FORM),
    _of("detail", "opened", SIDE, SIDE),
    _of("detail", "going_on", BOTH),
    _of("revise", "opened", RUNS, SIDE, methods=FORM),
    _of("drop", "line", RUNS, SIDE, methods=FORM),
    _of("again", "followed", RUNS, methods=FORM),
    _of("move", "opened", RUNS, SIDE, "quyet-dinh", methods=FORM),
    _of("move", "going_on", RUNS, BOTH, "lap-bien-ban", methods=FORM),
    _of("move", "going_on", RUNS, BOTH, "sua-quyet-dinh", methods=FORM),
    _of("conclusion", "drawn_up", RUNS, methods=FORM),
    _of("conclude", "drawn_up", SIGNS, methods=FORM),
    _of("seat", "going_on", RUNS, methods=FORM),
    Address(
        "inspections:unseat",
        passed=RUNS,
        refused=BOTH,
        args=lambda world: (world.going_on.pk, world.member.pk),
        methods=FORM,
    ),
    _of("points", "going_on", RUNS, methods=FORM),
    _of("check", "going_on", RUNS),
    _of("point-drop", "point", RUNS, methods=POST),
    _of("find", "going_on", RUNS, methods=FORM),
    _of("finding-edit", "finding", RUNS, SIDE, methods=FORM),
    _of("finding-drop", "finding", RUNS, SIDE, methods=FORM),
    _of("finding-prove", "finding", RUNS, SIDE, methods=FORM),
    Address(
        "inspections:finding-paper",
        passed=BOTH,
        args=lambda world: (world.told.pk, world.evidence.pk),
    ),
    Address(
        "inspections:finding-unprove",
        passed=RUNS,
        refused=BOTH,
        args=lambda world: (world.told.pk, world.evidence.pk),
        methods=POST,
    ),
    _of("explain", "told", ANSWERS, methods=FORM),
    _of("demand", "drawn_up", RUNS, methods=FORM),
    _of("task", "drawn", SIDE, SIDE),
    _of("task", "task", BOTH),
    _of("task-edit", "drawn", RUNS, SIDE, methods=FORM),
    _of("task-drop", "drawn", RUNS, SIDE, methods=FORM),
    _of("task-move", "task", ANSWERS, BOTH, "bao-cao", methods=FORM),
    _of("task-move", "mended", RUNS, BOTH, "khac-phuc-tiep", methods=FORM),
    _of("task-move", "task", SIGNS, BOTH, "gia-han", methods=FORM),
    _of("task-promise", "task", seats(Permission.DRAFT_COMMITMENT, "here"), methods=POST),
    Address(
        "inspections:task-proof",
        passed=BOTH,
        args=lambda world: (world.mended.pk, world.mended.proofs.get().pk),
    ),
]
