"""The addresses of reported figures, and who comes through."""

from tests.house.registry import EVERYBODY, PLACES, Address, seats
from tests.scoring.dossier_addresses import SEES
from units.permissions import Permission, Role

ASKS = seats(Permission.RUN_PERIOD, "above")
OVERSEES = seats(Permission.SEE_BELOW, "above")
TAKES_PART = seats(Permission.SEE_UNIT, "here", "beside")
FILLS = seats(Permission.FILL_DOSSIER, "here")
WRITES = FILLS | seats(Permission.RUN_PERIOD, "here")
ASKS_SOMEWHERE = seats(Permission.RUN_PERIOD, *PLACES)
FORM = ("get", "post")
POST = ("post",)


def _collection(world) -> tuple[int]:
    return (world.reports.collection.pk,)


def _reading(world) -> tuple[int]:
    return (world.reports.reading("HS-02").pk,)


def _owner(world) -> tuple[int]:
    return (world.reports.province.police.pk,)


def _indicator(world) -> tuple[int]:
    return (world.reports.reading("TH-02").indicator_id,)


def _settings(name: str, args, methods) -> Address:
    return Address(f"scoring:{name}", passed=ASKS, refused=OVERSEES, args=args, methods=methods)


READINGS = [
    Address("scoring:collections", passed=EVERYBODY),
    Address("scoring:collection-open", passed=ASKS_SOMEWHERE, refused=EVERYBODY, methods=FORM),
    Address("scoring:indicators", passed=ASKS_SOMEWHERE, refused=EVERYBODY),
    _settings("indicator-add", _owner, FORM),
    _settings("indicators-seed", _owner, POST),
    _settings("indicators-above", _owner, FORM),
    _settings("indicator-edit", _indicator, FORM),
    _settings("indicator-retire", _indicator, POST),
    Address("scoring:collection", passed=OVERSEES, refused=TAKES_PART, args=_collection),
    Address(
        "scoring:collection-file",
        passed=OVERSEES,
        refused=TAKES_PART,
        args=lambda world: (*_collection(world), "excel"),
    ),
    Address(
        "scoring:readings-upload",
        passed=ASKS
        | seats(Permission.FILL_DOSSIER, "here", "beside")
        | seats(Permission.RUN_PERIOD, "here", "beside"),
        refused=OVERSEES | TAKES_PART,
        args=_collection,
        methods=POST,
    ),
    Address(
        "scoring:readings-preview",
        passed=frozenset({(Role.EDITOR, "here")}),
        args=lambda world: (world.upload,),
        methods=FORM,
    ),
    Address(
        "scoring:readings",
        passed=SEES,
        args=lambda world: (*_collection(world), world.dossier.unit_id),
    ),
    Address("scoring:reading", passed=SEES, args=_reading),
    Address(
        "scoring:reading-save", passed=WRITES | ASKS, refused=SEES, args=_reading, methods=POST
    ),
    Address(
        "scoring:reading-take", passed=WRITES | ASKS, refused=SEES, args=_reading, methods=POST
    ),
    Address(
        "scoring:readings-take",
        passed=WRITES | ASKS,
        refused=SEES,
        args=lambda world: (*_collection(world), world.dossier.unit_id),
        methods=POST,
    ),
    *(
        Address(
            f"scoring:{name}",
            passed=ASKS,
            refused=OVERSEES | TAKES_PART,
            args=_collection,
            methods=FORM,
        )
        for name in ("collection-close", "collection-due", "collection-cancel")
    ),
    Address(
        "scoring:drawn-block",
        passed=ASKS,
        refused=OVERSEES | TAKES_PART,
        args=lambda world: (world.dossier.block_id,),
        methods=FORM,
    ),
    Address(
        "scoring:drawn-dossier",
        passed=FILLS,
        refused=SEES,
        args=lambda world: (world.dossier.pk,),
        methods=FORM,
    ),
    Address(
        "scoring:drawn-figure",
        passed=FILLS,
        refused=SEES,
        args=lambda world: (world.dossier.scores.get(criterion__code="1.2.1").pk,),
        methods=FORM,
    ),
]
