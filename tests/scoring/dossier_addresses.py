"""The addresses of dossiers, evidence and verification, and who comes through."""

from collections.abc import Callable

from scoring.models import Evidence
from tests.house.registry import EVERYBODY, Address, Seat, seats
from units.permissions import Permission, Role

SEES = seats(Permission.SEE_UNIT, "here") | seats(Permission.SEE_BELOW, "above")
FILLS = seats(Permission.FILL_DOSSIER, "here")
VERIFIES = seats(Permission.VERIFY_DOSSIER, "above")
ORGANISES = seats(Permission.RUN_PERIOD, "above")
HOLDS = frozenset({(Role.VERIFIER, "above")})
POST = ("post",)


def _of_dossier(world) -> tuple[int]:
    return (world.dossier.pk,)


def _of_score(world) -> tuple[int]:
    return (world.dossier.scores.get(criterion__code="1.1.1").pk,)


def _of_figure(world) -> tuple[int]:
    return (world.dossier.scores.get(criterion__code="3.1.1").pk,)


def _of_component(world) -> tuple[int]:
    return (world.dossier.scores.get(criterion__code="1.1.1").criterion_id,)


def _of_evidence(world) -> tuple[int]:
    return (Evidence.objects.get(score__dossier=world.dossier).pk,)


def _of_upload(world) -> tuple[int]:
    return (world.dossier.workbooks.get().pk,)


def _of_draft(world) -> tuple[int]:
    return (world.draft,)


def _of_mark(world) -> tuple[int]:
    return (world.mark,)


def _at(
    name: str,
    args: Callable[..., tuple],
    passed: frozenset[Seat],
    methods: tuple[str, ...] = ("get",),
) -> Address:
    """Who sees the dossier but may not do this meets 403, a stranger 404."""
    return Address(f"scoring:{name}", passed=passed, refused=SEES, args=args, methods=methods)


# The dossier is handed in: what would write is refused with a sentence, which is still through.
DOSSIERS = [
    Address("scoring:dossiers", passed=EVERYBODY),
    _at("dossier", _of_dossier, SEES),
    _at("dossier-words", _of_dossier, FILLS, POST),
    _at("account", _of_dossier, SEES),
    _at("outlook", _of_dossier, SEES, ("get", "post")),
    _at("dossier-sums", _of_dossier, SEES),
    _at("dossier-parts", _of_dossier, SEES),
    _at("dossier-parts", _of_dossier, seats(Permission.SUBMIT_DOSSIER, "here"), POST),
    _at(
        "dossier-submit",
        _of_dossier,
        seats(Permission.SUBMIT_DOSSIER, "here"),
        ("get", "post"),
    ),
    _at("dossier-submissions", _of_dossier, SEES),
    _at("reply", _of_dossier, SEES),
    _at("reply-save", _of_score, FILLS, POST),
    _at("reply-send", _of_dossier, seats(Permission.SUBMIT_DOSSIER, "here"), POST),
    _at("workbook", _of_dossier, SEES),
    _at("workbook-file", _of_dossier, SEES),
    _at("workbook-upload", _of_dossier, FILLS, POST),
    _at("workbook-preview", _of_upload, FILLS),
    _at("workbook-apply", _of_upload, FILLS, POST),
    _at("dossier-presence", _of_dossier, SEES),
    _at("score-row", _of_score, SEES),
    _at("score-save", _of_score, FILLS, POST),
    Address(
        "scoring:draft-drop",
        passed=frozenset({(Role.EDITOR, "here")}),  # whose draft it is, and nobody else
        args=_of_draft,
        methods=POST,
    ),
    _at("score-history", _of_score, SEES),
    _at("evidence", _of_score, SEES),
    _at("evidence-attach", _of_score, FILLS, POST),
    _at("evidence-pick", _of_score, FILLS, POST),
    _at("evidence-note", _of_score, FILLS, POST),
    _at("evidence-edit", _of_evidence, FILLS, POST),
    _at("evidence-detach", _of_evidence, FILLS, POST),
    Address(
        "scoring:verification",
        passed=seats(Permission.VERIFY_DOSSIER, "here", "above", "beside"),
        refused=EVERYBODY,
    ),
    Address(
        "scoring:objections",
        passed=seats(Permission.VERIFY_DOSSIER, "here", "above", "beside"),
        refused=EVERYBODY,
    ),
    Address(
        "scoring:excusals",
        passed=seats(Permission.SEE_BELOW, "here", "above", "beside"),
        refused=EVERYBODY,
    ),
    _at("objection", lambda world: (world.objection,), VERIFIES, ("get", "post")),
    Address(
        "scoring:second-marks",
        passed=seats(Permission.VERIFY_DOSSIER, "here", "above", "beside"),
        refused=EVERYBODY,
    ),
    _at("second-mark", _of_mark, HOLDS, ("get", "post")),
    _at("second-mark-preview", _of_mark, HOLDS),
    _at("second-mark-decide", _of_mark, VERIFIES - HOLDS, ("get", "post")),
    _at("second-mark-waive", _of_mark, ORGANISES, ("get", "post")),
    _at("second-mark-release", _of_mark, HOLDS | ORGANISES, POST),
    Address(
        "scoring:second-mark-take",
        passed=seats(Permission.VERIFY_DOSSIER, "here", "above", "beside"),
        refused=EVERYBODY,
        methods=POST,
    ),
    _at("verification-desk", _of_dossier, VERIFIES),
    Address(
        "scoring:component-desk",
        passed=VERIFIES,
        refused=SEES | seats(Permission.SEE_UNIT, "beside"),  # they are assessed by it as well
        args=_of_component,
    ),
    _at("accept-of-unit", _of_dossier, VERIFIES, ("get", "post")),
    Address(
        "scoring:accept-of-component",
        passed=VERIFIES,
        refused=SEES | seats(Permission.SEE_UNIT, "beside"),
        args=_of_component,
        methods=("get", "post"),
    ),
    _at("dossier-return", _of_dossier, VERIFIES, ("get", "post")),
    _at("dossier-extend", _of_dossier, ORGANISES, ("get", "post")),
    _at("dossier-verify", _of_dossier, VERIFIES, POST),
    _at("dossier-excuse", _of_dossier, ORGANISES, POST),
    _at("dossier-reopen", _of_dossier, ORGANISES, POST),
    _at("dossier-recall", _of_dossier, ORGANISES, POST),
    _at("figure-save", _of_figure, ORGANISES, POST),
    _at("verdict-save", _of_score, VERIFIES, POST),
    _at("verdict-accept", _of_score, VERIFIES, POST),
    _at("verdict-take-back", _of_score, VERIFIES, POST),
    _at("verdict-preview", _of_score, VERIFIES),
]
