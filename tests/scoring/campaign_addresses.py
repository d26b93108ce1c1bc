"""The addresses of campaigns of measurement and of ratings, and who comes through."""

from dataclasses import dataclass

from scoring.services import counter
from tests.house.registry import EVERYBODY, Address, Seat, seats
from tests.scoring.campaigns import Measuring, a_campaign, rows_of, take_in
from tests.worlds import Province
from units.permissions import Permission

ORGANISES = seats(Permission.RUN_PERIOD, "above")
OVERSEES = seats(Permission.SEE_BELOW, "above")
MEASURED = seats(Permission.SEE_UNIT, "here", "beside")
SEES = OVERSEES | seats(Permission.SEE_UNIT, "here")
WRITES = seats(Permission.FILL_DOSSIER, "here")
FORM, POST = ("get", "post"), ("post",)


@dataclass
class MeasuringWorld:
    """A campaign that collects, with what it holds."""

    made: Measuring
    upload: int
    code: str


def a_measuring_world(province: Province) -> MeasuringWorld:
    """Nothing rated yet."""
    made = a_campaign(province)
    here = province.departments[0]
    upload = take_in(made, rows_of(here, (40, 0, 0, 0, 0), (40, 0, 0, 0, 0)))
    (code,) = counter.hand_out(made.unit(), by=made.editor(), number=1)
    return MeasuringWorld(made, upload.pk, code)


def _campaign(name: str, passed: frozenset[Seat], methods=("get",)) -> Address:
    return Address(
        f"scoring:{name}",
        passed=passed,
        refused=OVERSEES | MEASURED,
        args=lambda world: (world.measuring.made.campaign.pk,),
        methods=methods,
    )


def _upload(name: str, methods=("get",)) -> Address:
    return Address(
        f"scoring:{name}",
        passed=ORGANISES,
        refused=OVERSEES | MEASURED,
        args=lambda world: (world.measuring.upload,),
        methods=methods,
    )


def _unit(name: str, passed: frozenset[Seat], methods=("get",)) -> Address:
    return Address(
        f"scoring:{name}",
        passed=passed,
        refused=SEES,
        args=lambda world: (world.measuring.made.unit().pk,),
        methods=methods,
    )


CAMPAIGNS = [
    Address("scoring:campaigns", passed=EVERYBODY),
    Address(
        "scoring:campaign-new",
        passed=seats(Permission.RUN_PERIOD, "here", "above", "beside"),
        refused=EVERYBODY,
        methods=FORM,
    ),
    _campaign("campaign", OVERSEES),
    _campaign("campaign-flags", OVERSEES),
    _campaign("campaign-edit", ORGANISES, FORM),
    _campaign("campaign-begin", ORGANISES, POST),
    _campaign("campaign-close", ORGANISES, FORM),
    _campaign("campaign-reopen", ORGANISES, POST),
    _campaign("campaign-cancel", ORGANISES, POST),
    _campaign("campaign-table", ORGANISES),
    _campaign("campaign-workbook", ORGANISES),
    _campaign("campaign-upload", ORGANISES, POST),
    _upload("campaign-preview"),
    _upload("campaign-apply", POST),
    _unit("campaign-unit", SEES),
    _unit("slips", WRITES, POST),
    _unit("paper-slips", WRITES, POST),
    _unit("slip-on-screen", WRITES, FORM),
    _unit("rating-paper", WRITES, FORM),
    Address(
        "scoring:survey-block",
        passed=ORGANISES,
        refused=OVERSEES | MEASURED,
        args=lambda world: (world.open.block.pk, *world.node(world.open, "3.1.1")),
        methods=FORM,
    ),
    Address("scoring:rating-start", passed=EVERYBODY, methods=FORM, public=True),
    Address("scoring:rating-thanks", passed=EVERYBODY, public=True),
    Address(
        "scoring:rating",
        passed=EVERYBODY,
        args=lambda world: (world.measuring.code,),
        methods=FORM,
        public=True,
    ),
]
