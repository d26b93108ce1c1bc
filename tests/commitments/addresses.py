"""Every address of commitments, and who comes through. Asked by tests/house/test_roles.py."""

from dataclasses import dataclass

from commitments.models import Commitment, CommitmentTask, Plan, TaskUpload
from commitments.services import scans
from tests.commitments.plans import a_plan, an_issued_plan
from tests.commitments.situations import (
    Parties,
    a_draft,
    a_scan,
    a_signed_one,
    an_annex,
    one_in_force,
    report_all,
)
from tests.commitments.tables import bring, taken
from tests.factories import a_user
from tests.house.registry import EVERYBODY, NOBODY, PLACES, Address, Seat, seats
from tests.worlds import a_province
from units.models import User
from units.permissions import Permission, Role

SEES = seats(Permission.SEE_UNIT, "here") | seats(Permission.SEE_BELOW, "above")
WRITES = seats(Permission.DRAFT_COMMITMENT, "here")
SIGNS = seats(Permission.SIGN_COMMITMENT, "here")
RECEIVES = seats(Permission.SIGN_COMMITMENT, "above")
JUDGES = seats(Permission.JUDGE_COMMITMENT, "above")
FORM = ("get", "post")


@dataclass
class World:
    """A department in question with a commitment in each state, and people all around."""

    seats: dict[Seat, User]
    draft: Commitment
    signed: Commitment
    in_force: Commitment
    reported: CommitmentTask
    annex: Commitment
    plan: Plan
    issued: Plan
    table: TaskUpload


def world() -> World:
    """Somebody in every role here, above and beside, and somebody without any."""
    province = a_province(departments=2)
    place = {
        "here": province.departments[0],
        "above": province.police,
        "beside": province.departments[1],
    }
    people = {(role, at): province.a_person(role, place[at]) for role in Role for at in PLACES}
    who = Parties(
        province,
        place["here"],
        place["above"],
        editor=people[Role.EDITOR, "here"],
        head=people[Role.HEAD, "here"],
        receiving_head=people[Role.HEAD, "above"],
    )
    in_force = one_in_force(who, year=2024)
    amended = one_in_force(who, year=2023)
    amended = scans.attach(amended, by=who.editor, document=a_scan(who))
    report_all(who, amended)
    draft = a_draft(who, year=2026)
    return World(
        {NOBODY: a_user()} | people,
        draft=draft,
        table=bring(who, draft, taken(who, draft)),
        signed=a_signed_one(who, year=2025),
        in_force=in_force,
        reported=amended.tasks.first(),
        annex=an_annex(who, amended),
        plan=a_plan(who),
        issued=an_issued_plan(who, year=2025),
    )


def _of(name: str, state: str, passed: frozenset[Seat], methods: tuple[str, ...] = FORM) -> Address:
    """An address of a commitment in this state."""
    return Address(
        f"commitments:{name}",
        passed=passed,
        refused=SEES,
        args=lambda world: (getattr(world, state).pk,),
        methods=methods,
    )


def _of_a_task(name: str, state: str, methods: tuple[str, ...] = FORM) -> Address:
    """An address of the first task of a commitment in this state."""
    return Address(
        f"commitments:{name}",
        passed=WRITES,
        refused=SEES,
        args=lambda world: (getattr(world, state).tasks.first().pk,),
        methods=methods,
    )


def _of_the_annex(name: str) -> Address:
    """What an annex does to the first task of the commitment it changes."""
    return Address(
        f"commitments:{name}",
        passed=WRITES,
        refused=SEES,
        args=lambda world: (world.annex.pk, world.reported.pk),
        methods=("post",),
    )


def _of_a_plan(name: str, state: str, passed: frozenset[Seat], key) -> Address:
    """An address of a plan in this state; a draft is seen by its own unit alone."""
    seen = SEES if state == "issued" else seats(Permission.SEE_UNIT, "here")
    return Address(
        f"commitments:{name}",
        passed=passed,
        refused=seen,
        args=lambda world: (key(getattr(world, state)),),
        methods=FORM,
    )


ADDRESSES = [
    Address("commitments:list", passed=EVERYBODY),
    Address(
        "commitments:draft",
        passed=seats(Permission.DRAFT_COMMITMENT, *PLACES),
        refused=EVERYBODY,
        methods=FORM,
    ),
    _of("detail", "draft", SEES, methods=("get",)),
    _of("revise", "draft", WRITES),
    _of("sign", "draft", SIGNS),
    _of("countersign", "signed", RECEIVES),
    _of("decline", "signed", RECEIVES),
    _of("close", "in_force", RECEIVES),
    Address("commitments:register", passed=EVERYBODY),
    _of("register-of", "draft", SEES, methods=("get",)),
    _of("workbook", "draft", WRITES, methods=("get",)),
    _of("workbook-file", "draft", WRITES, methods=("get",)),
    _of("workbook-upload", "draft", WRITES, methods=("post",)),
    _of("workbook-preview", "table", WRITES, methods=("get",)),
    _of("workbook-apply", "table", WRITES, methods=("post",)),
    _of("from-plan", "draft", WRITES),
    _of("task-add", "draft", WRITES),
    _of_a_task("task-edit", "draft"),
    _of_a_task("task-remove", "draft"),
    _of_a_task("task-shift", "draft", methods=("post",)),
    _of_a_task("task-report", "in_force"),
    Address("commitments:heat", passed=EVERYBODY),
    Address("commitments:unit", passed=SEES, args=lambda world: (world.draft.unit_id,)),
    Address("commitments:task", passed=SEES, args=lambda world: (world.reported.pk,)),
    Address(
        "commitments:task-judge",
        passed=JUDGES,
        refused=SEES,
        args=lambda world: (world.reported.pk,),
        methods=FORM,
    ),
    Address(
        "commitments:proof",
        passed=SEES,
        args=lambda world: (world.reported.commitment.scan_id,),
    ),
    _of("annex", "in_force", WRITES),
    _of_the_annex("annex-alter"),
    _of_the_annex("annex-cancel"),
    _of("scan", "in_force", WRITES),
    _of("copy", "draft", WRITES, methods=("post",)),
    _of("template", "draft", WRITES, methods=("post",)),
    Address(
        "commitments:ceremony",
        passed=seats(Permission.SIGN_COMMITMENT, *PLACES),
        refused=EVERYBODY,
        methods=FORM,
    ),
    Address("commitments:plans", passed=EVERYBODY),
    Address(
        "commitments:plan-draft",
        passed=seats(Permission.DRAFT_COMMITMENT, *PLACES),
        refused=EVERYBODY,
        methods=FORM,
    ),
    Address("commitments:plan", passed=SEES, args=lambda world: (world.issued.pk,)),
    Address("commitments:plan-coverage", passed=SEES, args=lambda world: (world.issued.pk,)),
    *(
        _of_a_plan(name, "plan", WRITES, lambda plan: plan.pk)
        for name in ("plan-revise", "plan-take", "planned-add")
    ),
    _of_a_plan("plan-issue", "plan", SIGNS, lambda plan: plan.pk),
    _of_a_plan("plan-reopen", "issued", SIGNS, lambda plan: plan.pk),
    *(
        _of_a_plan(name, state, WRITES, lambda plan: plan.tasks.first().pk)
        for name, state in (
            ("planned-edit", "plan"),
            ("planned-remove", "plan"),
            ("planned-tell", "issued"),
        )
    ),
]
