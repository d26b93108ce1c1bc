"""The addresses of periods, blocks and criteria, and who comes through."""

from tests.house.registry import EVERYBODY, Address, Seat, seats
from units.permissions import Permission

ORGANISES = seats(Permission.RUN_PERIOD, "above")
OVERSEES = seats(Permission.SEE_BELOW, "above")
IN_THE_OPEN_PERIOD = OVERSEES | seats(Permission.SEE_UNIT, "here", "beside")
FORM = ("get", "post")
POST = ("post",)


def _open(name: str, passed: frozenset[Seat], methods: tuple[str, ...] = ("get",)) -> Address:
    """An address of the open period, which the people of its units have to do with too."""
    return Address(
        f"scoring:{name}",
        passed=passed,
        refused=IN_THE_OPEN_PERIOD,
        args=lambda world: (world.open.period.pk,),
        methods=methods,
    )


def _prepared(name: str, methods: tuple[str, ...] = FORM) -> Address:
    """An address of the period that is being prepared, of which nobody below knows yet."""
    return Address(
        f"scoring:{name}",
        passed=ORGANISES,
        refused=OVERSEES,
        args=lambda world: (world.prepared.period.pk,),
        methods=methods,
    )


def _block(name: str, year: str, passed: frozenset[Seat], methods: tuple[str, ...]) -> Address:
    return Address(
        f"scoring:{name}",
        passed=passed,
        refused=IN_THE_OPEN_PERIOD if year == "open" else OVERSEES,
        args=lambda world: (getattr(world, year).block.pk,),
        methods=methods,
    )


def _node(name: str, year: str, code: str, methods: tuple[str, ...]) -> Address:
    return Address(
        f"scoring:{name}",
        passed=ORGANISES,
        refused=IN_THE_OPEN_PERIOD if year == "open" else OVERSEES,
        args=lambda world: world.node(getattr(world, year), code),
        methods=methods,
    )


def _reason(name: str, methods: tuple[str, ...]) -> Address:
    return Address(
        f"scoring:{name}",
        passed=ORGANISES,
        refused=IN_THE_OPEN_PERIOD,
        args=lambda world: (world.open.period.pk, world.reason),
        methods=methods,
    )


def _upload(name: str, methods: tuple[str, ...]) -> Address:
    """An address of a table of figures that was brought to the open period."""
    return Address(
        f"scoring:{name}",
        passed=ORGANISES,
        refused=IN_THE_OPEN_PERIOD,
        args=lambda world: (world.open.block.figure_uploads.get().pk,),
        methods=methods,
    )


ANYWHERE = ("here", "above", "beside")
PERIODS = [
    Address("scoring:periods", passed=seats(Permission.SEE_BELOW, *ANYWHERE), refused=EVERYBODY),
    Address(
        "scoring:period-new",
        passed=seats(Permission.RUN_PERIOD, *ANYWHERE),
        refused=EVERYBODY,
        methods=FORM,
    ),
    Address("scoring:period-dates", passed=EVERYBODY, query="?year=2027"),
    Address("scoring:rule-fields", passed=EVERYBODY, query="?kind=ratio"),
    Address(
        "scoring:standings-list",
        passed=seats(Permission.SEE_BELOW, *ANYWHERE),
        refused=EVERYBODY,
    ),
    _open("standings", OVERSEES),
    _open("standings-workbook", OVERSEES),
    _open("period", OVERSEES),
    _open("log", OVERSEES),
    _open("log-csv", OVERSEES),
    _open("figures", ORGANISES),
    _block("figures-block", "open", ORGANISES, ("get",)),
    _block("figures-csv", "open", ORGANISES, ("get",)),
    _block("figures-workbook", "open", ORGANISES, ("get",)),
    _block("figures-upload", "open", ORGANISES, POST),
    _upload("figures-preview", ("get",)),
    _upload("figures-apply", POST),
    _open("log-workbook", OVERSEES),
    _open("period-progress", OVERSEES),
    _open("usual-reasons", OVERSEES),
    _open("usual-reasons", ORGANISES, POST),
    _open("usual-reasons-begin", ORGANISES, POST),
    _reason("usual-reason-reword", FORM),
    _reason("usual-reason-retire", POST),
    _open("second-marking", ORGANISES, FORM),
    _open("agreement", seats(Permission.SEE_DASHBOARD, "above")),
    _open("second-draw", ORGANISES, POST),
    # What writes is asked of the open period, where it is refused with a sentence: still through.
    _open("period-open", ORGANISES, POST),
    _open("period-lock", ORGANISES, POST),
    _open("period-unlock", seats(Permission.UNLOCK_PERIOD, "above"), POST),
    _open("period-verification", OVERSEES),
    _open("period-rows", OVERSEES),
    _open("period-owners", OVERSEES),
    _open("period-owners", ORGANISES, POST),
    _open("period-assignments", OVERSEES),
    _open("period-assignments", ORGANISES, POST),
    _open("period-assign", ORGANISES, FORM),
    _prepared("period-edit"),
    _prepared("block-new"),
    _block("block", "open", OVERSEES, ("get",)),
    _block("block-units", "open", OVERSEES, ("get",)),
    _block("block-edit", "prepared", ORGANISES, FORM),
    _block("block-set", "prepared", ORGANISES, POST),
    _block("block-remove", "open", ORGANISES, POST),
    _block("block-units-by-kind", "open", ORGANISES, POST),
    _block("block-units-add", "open", ORGANISES, POST),
    _block("block-units-remove", "open", ORGANISES, POST),
    _node("criterion-edit", "prepared", "1.1.1", FORM),
    _node("component-new", "prepared", "1.1", FORM),
    _node("component-check", "prepared", "1.1.1", POST),
    _node("component-remove", "open", "1.1.1", POST),
]
