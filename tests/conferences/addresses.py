"""Every address of conferences, and who comes through. Asked by tests/house/test_roles.py."""

from dataclasses import dataclass
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile

from commitments.models import Conference, ConferenceTask, DialogueItem, Escalation
from commitments.services import conclusions, conferences
from tests.commitments.situations import fresh
from tests.conferences.situations import (
    Sides,
    a_conclusion,
    an_item,
    collecting_one,
    escalated,
    held,
    minuted,
)
from tests.factories import a_user
from tests.house.registry import EVERYBODY, NOBODY, PLACES, Address, Seat, seats
from tests.units.files import a_pdf
from tests.worlds import a_province
from units.models import Document, User
from units.permissions import Permission, Role
from units.services import documents

SEES = seats(Permission.SEE_UNIT, "here") | seats(Permission.SEE_BELOW, "above")
SENT_TO = seats(Permission.SEE_UNIT, "above")
HOLDS = seats(Permission.HOLD_CONFERENCE, "here")
ABOVE = seats(Permission.HOLD_CONFERENCE, "above")
SIGNS = seats(Permission.SIGN_MINUTES, "here")


@dataclass
class World:
    """A department in question with conferences in several states, and people all around."""

    seats: dict[Seat, User]
    collecting: Conference
    held: Conference
    minuted: Conference
    item: DialogueItem
    step: Escalation
    task: ConferenceTask
    paper: Document


def world() -> World:
    """Somebody in every role here, above and beside, and somebody without any."""
    province = a_province(departments=2)
    place = {
        "here": province.departments[0],
        "above": province.police,
        "beside": province.departments[1],
    }
    people = {(role, at): province.a_person(role, place[at]) for role in Role for at in PLACES}
    who = Sides(
        province,
        place["here"],
        place["above"],
        editor=people[Role.EDITOR, "here"],
        head=people[Role.HEAD, "here"],
        upper_editor=people[Role.EDITOR, "above"],
    )
    going_on, over = held(who), held(who)
    paper = _a_paper(who)
    conferences.attach(going_on, document=paper, by=who.editor)
    step = escalated(who, an_item(who, going_on))
    task = a_conclusion(who, over)
    minuted(who, over)
    conclusions.finish(
        task,
        seen=1,
        result="Xong.",
        done_on=over.held_on,
        proofs=[paper],
        by=who.editor,
    )
    return World(
        {NOBODY: a_user()} | people,
        collecting=collecting_one(who),
        held=going_on,
        minuted=fresh(over),
        item=an_item(who, going_on),
        step=step,
        task=fresh(task),
        paper=paper,
    )


def _a_paper(who: Sides) -> Document:
    upload = SimpleUploadedFile("giay-moi.pdf", a_pdf("Giấy mời"))
    return documents.file(who.unit, by=who.editor, upload=upload, declared_not_secret=True)


def _of(name: str, thing: str, passed: frozenset[Seat], refused=SEES, methods=("get",)) -> Address:
    """An address of this thing of the world."""
    return Address(
        f"conferences:{name}",
        passed=passed,
        refused=refused,
        args=lambda world: (getattr(world, thing).pk,),
        methods=methods,
    )


def _of_a_paper(name: str, thing: str, passed: frozenset[Seat], methods=("get",)) -> Address:
    return Address(
        f"conferences:{name}",
        passed=passed,
        refused=SEES,
        args=lambda world: (getattr(world, thing).pk, world.paper.pk),
        methods=methods,
    )


def _public(name: str, methods: tuple[str, ...]) -> Address:
    """Behind the link: everybody's who has it."""
    return Address(
        f"conferences:{name}",
        passed=EVERYBODY,
        args=lambda world: (world.collecting.collect_key,),
        methods=methods,
        public=True,
    )


def _move(name: str, thing: str, word: str, passed, refused=SEES) -> Address:
    """The page that asks for a move of this thing. The moves of one table share one address, the
    service asks for each who may: tests/conferences/services."""
    return Address(
        f"conferences:{name}",
        passed=passed,
        refused=refused,
        args=lambda world: (getattr(world, thing).pk, word),
    )


ADDRESSES = [
    Address("conferences:list", passed=EVERYBODY),
    Address(
        "conferences:plan",
        passed=seats(Permission.HOLD_CONFERENCE, *PLACES),
        refused=EVERYBODY,
        methods=("get", "post"),
    ),
    _of("detail", "held", SEES),
    _of("revise", "held", HOLDS),
    _of("sign-minutes", "held", SIGNS),
    _of("attach", "held", HOLDS),
    _of_a_paper("paper", "held", SEES),
    _of_a_paper("detach", "held", HOLDS, methods=("post",)),
    _move("move", "collecting", "da-hop", HOLDS),
    _move("move", "collecting", "khong-to-chuc", SIGNS),
    _of("quick", "held", HOLDS),
    _of("quick-last", "held", HOLDS),
    Address(
        "conferences:enter",
        passed=HOLDS,
        refused=SEES,
        args=lambda world: (world.held.pk, UUID(int=7)),
        methods=("post",),
    ),
    _of("item", "item", SEES),
    _of("item-edit", "item", HOLDS),
    _of("item-split", "item", HOLDS),
    _of("item-promise", "item", HOLDS, methods=("post",)),
    _move("item-move", "item", "tra-loi", HOLDS),
    Address("conferences:escalations", passed=EVERYBODY),
    _of("escalation", "step", SENT_TO, refused=frozenset()),
    _move("escalation-move", "step", "tra-loi", ABOVE, refused=SENT_TO),
    _of("task-add", "held", HOLDS),
    _of("task", "task", SEES),
    _of("task-edit", "task", HOLDS),
    _of("task-promise", "task", HOLDS, methods=("post",)),
    _of_a_paper("task-proof", "task", SEES),
    _move("task-move", "task", "hoan-thanh", HOLDS),
    _of("collect", "collecting", HOLDS),
    _of("stop-collecting", "held", HOLDS, methods=("post",)),
    _public("send", ("get", "post")),
    _public("sent", ("get",)),
    _of("release", "minuted", SIGNS),
    _of("take-down", "minuted", SIGNS),
]
