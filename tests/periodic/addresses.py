"""Every address of periodic reports, and who comes through. Asked by tests/house/test_roles.py."""

from dataclasses import dataclass

from reports.models import KeptText, PeriodicReport, ReportRound, SectionText
from tests.factories import a_user
from tests.house.registry import EVERYBODY, NOBODY, PLACES, Address, Seat, seats
from tests.periodic.situations import Asked, a_round
from tests.worlds import a_province
from units.models import User
from units.permissions import Permission, Role

WRITES = seats(Permission.FILL_DOSSIER, "here") | seats(Permission.RUN_PERIOD, "here")
OF_THE_UNIT = seats(Permission.SEE_UNIT, "here")
OVERSEES = seats(Permission.SEE_BELOW, "above")
RECEIVES = seats(Permission.RUN_PERIOD, "above")
SIGNS = seats(Permission.SUBMIT_DOSSIER, "here")
READS = OF_THE_UNIT | OVERSEES
ASKS_SOMEWHERE = seats(Permission.RUN_PERIOD, *PLACES)


@dataclass
class World:
    """A department whose report was sent and came back once; people all around."""

    seats: dict[Seat, User]
    round: ReportRound
    report: PeriodicReport
    text: SectionText
    kept: KeptText


def world() -> World:
    """Somebody in every role here, above and beside, and somebody without any."""
    province = a_province(departments=2)
    here, beside = province.departments
    place = {"here": here, "above": province.police, "beside": beside}
    people = {(role, at): province.a_person(role, place[at]) for role in Role for at in PLACES}
    organiser = people[Role.ORGANISER, "above"]
    who = Asked(
        province,
        organiser,
        upper_head=people[Role.HEAD, "above"],
        editor=people[Role.EDITOR, "here"],
        head=people[Role.HEAD, "here"],
        round=a_round(province, organiser, span="half", year=2026),
    )
    who.write("direction", "Viết lần đầu.")
    text = who.write("direction", "Viết lại từ đầu, khác hẳn.", by=who.head)
    return World(
        {NOBODY: a_user()} | people, who.round, who.send(), text, KeptText.objects.get(text=text)
    )


def _of(
    name: str,
    passed: frozenset[Seat],
    refused: frozenset[Seat] = frozenset(),
    *more: int | str,
    methods: tuple[str, ...] = ("get",),
) -> Address:
    """An address of the report of the world."""
    return Address(
        f"periodic:{name}",
        passed=passed,
        refused=refused,
        args=lambda world: (world.report.pk, *more),
        methods=methods,
    )


FORM = ("get", "post")
POST = ("post",)
ADDRESSES = [
    Address("periodic:list", passed=EVERYBODY),
    Address("periodic:open", passed=ASKS_SOMEWHERE, refused=EVERYBODY, methods=FORM),
    Address("periodic:round", passed=OVERSEES, args=lambda world: (world.round.pk,)),
    Address(
        "periodic:sum-up",
        passed=RECEIVES | seats(Permission.FILL_DOSSIER, "above") & OVERSEES,
        refused=OVERSEES,
        args=lambda world: (world.round.pk,),
        methods=POST,
    ),
    *(
        Address(
            f"periodic:{name}",
            passed=RECEIVES,
            refused=OVERSEES,
            args=lambda world: (world.round.pk,),
            methods=FORM,
        )
        for name in ("due", "cancel")
    ),
    _of("report", READS),
    Address(
        "periodic:section",
        passed=OF_THE_UNIT,
        refused=OVERSEES,
        args=lambda world: (world.report.pk, world.text.section_id),
    ),
    _of("send", SIGNS, READS, methods=FORM),
    _of("accept", RECEIVES, READS, methods=POST),
    _of("return", RECEIVES, READS, methods=FORM),
    _of("paper", READS),
    _of("excel", READS),
    _of("sent-paper", READS, frozenset(), 1),
    Address(
        "periodic:save",
        passed=WRITES,
        refused=OF_THE_UNIT,
        args=lambda world: (world.text.pk,),
        methods=POST,
    ),
    Address("periodic:versions", passed=OF_THE_UNIT, args=lambda world: (world.text.pk,)),
    Address(
        "periodic:restore",
        passed=WRITES,
        refused=OF_THE_UNIT,
        args=lambda world: (world.kept.pk,),
        methods=POST,
    ),
]
