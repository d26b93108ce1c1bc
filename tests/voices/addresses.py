"""Every address of remarks, and who comes through. Asked by tests/house/test_roles.py."""

from dataclasses import dataclass

from commitments.models import Voice
from tests.factories import a_user
from tests.house.registry import EVERYBODY, NOBODY, PLACES, Address, Seat, seats
from tests.voices.situations import Sides, answered, received
from tests.worlds import a_province
from units.models import User
from units.permissions import Permission, Role

HANDLES = seats(Permission.HANDLE_VOICE, "here")
CONCLUDES = seats(Permission.CONCLUDE_VOICE, "here")
SEES = HANDLES | seats(Permission.SEE_DASHBOARD, "here", "above")


@dataclass
class World:
    """A department with two remarks, and people all around."""

    seats: dict[Seat, User]
    voice: Voice
    answered: Voice


def world() -> World:
    """Somebody in every role here, above and beside, and somebody without any."""
    province = a_province(departments=2)
    here, beside = province.departments
    place = {"here": here, "above": province.police, "beside": beside}
    people = {(role, at): province.a_person(role, place[at]) for role in Role for at in PLACES}
    who = Sides(
        province,
        here,
        beside,
        province.police,
        editor=people[Role.EDITOR, "here"],
        head=people[Role.HEAD, "here"],
        upper_head=people[Role.HEAD, "above"],
    )
    return World({NOBODY: a_user()} | people, received(who), answered(who))


def _of(name: str, thing: str, passed: frozenset[Seat], *word: str, methods=("get",)) -> Address:
    """An address of this remark of the world."""
    return Address(
        f"voices:{name}",
        passed=passed,
        refused=SEES,
        args=lambda world: (getattr(world, thing).pk, *word),
        methods=methods,
    )


def _writing(name: str) -> Address:
    return Address(
        f"voices:{name}",
        passed=seats(Permission.HANDLE_VOICE, *PLACES),
        refused=EVERYBODY,
        methods=("get", "post"),
    )


def _public(name: str, *, of_unit: bool = False, methods=("get", "post")) -> Address:
    return Address(
        f"voices:{name}",
        passed=EVERYBODY,
        args=(lambda world: (world.voice.unit_id,)) if of_unit else lambda world: (),
        methods=methods,
        public=True,
    )


ADDRESSES = [
    Address("voices:list", passed=EVERYBODY),
    Address(
        "voices:by-unit",
        passed=seats(Permission.HANDLE_VOICE, *PLACES) | seats(Permission.SEE_DASHBOARD, *PLACES),
        refused=EVERYBODY,
    ),
    Address("voices:register-file", passed=EVERYBODY),
    _writing("receive"),
    _writing("register"),
    _of("detail", "voice", SEES),
    _of("person", "voice", HANDLES, methods=("get", "post")),
    _of("forget", "answered", CONCLUDES),
    _of("move", "voice", HANDLES, "phan-loai", methods=("get", "post")),
    _of("move", "voice", HANDLES, "chuyen-don-vi"),
    _of("move", "voice", CONCLUDES, "khong-tiep-nhan"),
    _of("move", "voice", CONCLUDES, "khieu-nai-to-cao"),
    _of("move", "answered", CONCLUDES, "ket-thuc", methods=("get",)),
    _public("choose", methods=("get",)),
    _public("send", of_unit=True),
    _public("follow"),
]
