"""What happens to a dossier as a whole: handed in, sent back, verified, excused, taken up again.

Rows are held in one order: the period, then the dossier, then its scores. A move holds the period
so that a lock cannot pass it; a pen (services/scores.py) holds only the dossier, so that people
who write do not wait for one another across units.
"""

from collections.abc import Iterable, Mapping

from django.db import transaction
from django.utils import timezone

from cchc_portal.kit.errors import ChangedMeanwhile, MoveRefused
from scoring import access
from scoring.models import (
    Dossier,
    DossierEvent,
    Explanation,
    Period,
    ReturnRemark,
    Score,
    SecondMark,
)
from scoring.rules.kinds import Source
from scoring.rules.proof import Want
from scoring.rules.stroke import Stroke
from scoring.rules.workflow import DOSSIER, DossierState, DossierVerb, ExplanationState
from scoring.services import drafts, scores, second_draws, submissions
from scoring.services.drawn_figures import without_reason
from units.models import User

MOST_CODES = 12
WORDS = ("difficulties", "proposals")


@transaction.atomic
def submit(dossier: Dossier, *, by: User, seen: int) -> Dossier:
    """The head hands the dossier in, as they saw it.

    `seen` is the stamp of what they looked at (`ScoreQuerySet.stamp`). Every component that the
    unit assesses itself must be answered, and bear evidence or words, or the reason why it differs
    from reported figures (`rules/proof.py`). What is handed in is kept as it is
    (`services/submissions.py`). After a return, verdicts on components whose evidence has changed
    fall, so that they are looked at again.
    Raises PermissionDenied, MoveRefused, ChangedMeanwhile.
    """
    held = _held(dossier)
    move = DOSSIER.check(DossierVerb.SUBMIT, held.state)
    access.require_move(by, move, held)
    if refusal := access.why_pen_is_closed(held, today=timezone.localdate()):
        raise MoveRefused(refusal)
    if unanswered := list(_codes(held.scores.unanswered())):
        raise MoveRefused(f"Còn {_named(unanswered)} chưa tự chấm nên chưa trình nộp được.")
    if unproven := _unproven(held):
        raise MoveRefused(f"Còn {unproven} nên chưa trình nộp được.")
    if held.scores.stamp() != seen:
        raise ChangedMeanwhile("Hồ sơ vừa có thay đổi. Đề nghị xem lại trước khi trình nộp.")
    if held.state == DossierState.RETURNED:
        returned_at = held.events.filter(verb=DossierVerb.RETURN).latest("happened_at").happened_at
        scores.unsettle_where_evidence_changed(held, since=returned_at, by=by)
    moved = _move(held, DossierVerb.SUBMIT, by=by, submitted_at=timezone.now(), submitted_by=by)
    submissions.keep(moved)
    return moved


@transaction.atomic
def send_back(
    dossier: Dossier, *, by: User, comment: str, remarks: Mapping[int, str] | None = None
) -> Dossier:
    """The assessor returns the dossier with a reason, and with a remark on each component, by the
    key of its score, that is to be mended; then only those are open to the unit.

    The unit mends it until the day of verification or of its extension, so after that day nothing
    is sent back. Raises PermissionDenied, MoveRefused.
    """
    held = _held(dossier)
    DOSSIER.check(DossierVerb.RETURN, held.state, comment)
    access.require_verify(by, held)
    if refusal := access.why_not_returnable(held, today=timezone.localdate()):
        raise MoveRefused(refusal)
    said = {key: text.strip() for key, text in (remarks or {}).items() if text.strip()}
    own = held.scores.filter(pk__in=said, criterion__source=Source.SELF)
    if own.count() != len(said):
        raise MoveRefused("Chỉ trả lại được những dòng đơn vị tự chấm của chính hồ sơ này.")
    returned = _move(
        held, DossierVerb.RETURN, by=by, comment=comment, submitted_at=None, submitted_by=None
    )
    event = returned.events.filter(verb=DossierVerb.RETURN).latest("pk")
    ReturnRemark.objects.bulk_create(
        ReturnRemark(event=event, score_id=key, remark=text) for key, text in said.items()
    )
    return returned


@transaction.atomic
def verify(dossier: Dossier, *, by: User) -> Dossier:
    """The assessor ends the verification; every component must be settled.

    Where the period has verdicts marked twice, the draw is made now. What it draws keeps the
    dossier on the desk, as it comes back, until the second marks are given and decided.
    Raises PermissionDenied, MoveRefused.
    """
    held = _held(dossier)
    move = DOSSIER.check(DossierVerb.VERIFY, held.state)
    access.require_move(by, move, held)
    _require_open_period(held)
    if unsettled := list(_codes(held.scores.unsettled())):
        raise MoveRefused(f"Còn {_named(unsettled)} chưa thẩm định nên chưa kết thúc được.")
    if second_draws.draw_from(held):
        return held
    unfinished = SecondMark.objects.unfinished().filter(score__dossier=held)
    if marked := list(unfinished.values_list("score__criterion__code", flat=True)):
        raise MoveRefused(f"Còn {_named(marked)} chưa chấm lần hai xong nên chưa kết thúc được.")
    return _move(held, DossierVerb.VERIFY, by=by, verified_at=timezone.now(), verified_by=by)


@transaction.atomic
def excuse(dossier: Dossier, *, by: User, comment: str) -> Dossier:
    """The organiser leaves the unit out of this period, with a reason. It is listed, not ranked.

    Raises PermissionDenied, MoveRefused.
    """
    return _moved_by_organiser(dossier, DossierVerb.EXCUSE, by=by, comment=comment)


@transaction.atomic
def recall(dossier: Dossier, *, by: User, comment: str) -> Dossier:
    """The organiser takes an excused unit in again; its dossier is a draft as it was left.

    Raises PermissionDenied, MoveRefused.
    """
    return _moved_by_organiser(dossier, DossierVerb.RECALL, by=by, comment=comment)


@transaction.atomic
def reopen(dossier: Dossier, *, by: User, comment: str) -> Dossier:
    """The organiser puts a verified dossier back on the desk; its verdicts stand until changed.

    Raises PermissionDenied, MoveRefused, also while an explanation of the unit waits.
    """
    held = _held(dossier)
    access.require_move(by, DOSSIER.move(DossierVerb.REOPEN), held)
    waiting = Explanation.objects.filter(score__dossier=held, state=ExplanationState.SENT)
    if codes := list(waiting.values_list("score__criterion__code", flat=True)):
        raise MoveRefused(
            f"Còn {_named(codes)} có giải trình chờ kết luận, đề nghị kết luận trước."
        )
    return _moved_by_organiser(
        dossier, DossierVerb.REOPEN, by=by, comment=comment, verified_at=None, verified_by=None
    )


@transaction.atomic
def save_words(
    dossier: Dossier,
    *,
    by: User,
    difficulties: str,
    proposals: str,
    seen_version: int,
    stroke: Stroke | None = None,
) -> Dossier:
    """The unit writes what was difficult and what it proposes. The log keeps the words before.

    A `stroke` is recognised as in services/scores.py.
    Raises PermissionDenied, MoveRefused, ChangedMeanwhile.
    """
    held = Dossier.objects.hold(dossier.pk)
    if stroke and stroke.repeats(held.last_stroke):
        access.require_pen(by, held)
        return held
    access.require_fill(by, held, today=timezone.localdate())
    access.require_not_held_back(held)
    drafts.let_go(held, None, by=by, stroke=stroke)
    written = {"difficulties": difficulties, "proposals": proposals}
    changed = {
        column: text.replace("\r\n", "\n")
        for column, text in written.items()
        if getattr(held, column) != text.replace("\r\n", "\n")
    }
    goes_on = stroke is not None and stroke.follows(held.last_stroke)
    if changed and held.version != seen_version and not goes_on:
        raise ChangedMeanwhile
    for column, text in changed.items():
        _log(held, column, by=by, comment=getattr(held, column))
        setattr(held, column, text)
    if changed or goes_on:
        held.version += bool(changed)
        held.pen = stroke.pen if stroke else None
        held.stroke = stroke.number if stroke else None
        held.save(update_fields=[*changed, "version", "pen", "stroke"])
    return held


def _held(dossier: Dossier) -> Dossier:
    Period.objects.hold(dossier.period_id)
    return Dossier.objects.hold(dossier.pk)


def _moved_by_organiser(
    dossier: Dossier, verb: DossierVerb, *, by: User, comment: str, **columns: None
) -> Dossier:
    held = _held(dossier)
    access.require_move(by, DOSSIER.check(verb, held.state, comment), held)
    _require_open_period(held)
    return _move(held, verb, by=by, comment=comment, **columns)


def _require_open_period(dossier: Dossier) -> None:
    if refusal := access.why_period_is_closed(dossier):
        raise MoveRefused(refusal)


def _move(
    dossier: Dossier, verb: DossierVerb, *, by: User, comment: str = "", **columns: object
) -> Dossier:
    source, dossier.state = dossier.state, DOSSIER.move(verb).target
    for column, value in columns.items():
        setattr(dossier, column, value)
    dossier.save(update_fields=["state", *columns])
    _log(dossier, verb, by=by, comment=comment.strip(), source=source, target=dossier.state)
    return dossier


def _log(dossier: Dossier, verb: str, *, by: User, comment: str, **states: str) -> None:
    DossierEvent.objects.create(dossier=dossier, verb=verb, by=by, comment=comment, **states)


def _codes(found: Iterable[Score]) -> Iterable[str]:
    return found.order_by("criterion__position").values_list("criterion__code", flat=True)


def _unproven(dossier: Dossier) -> str:
    """What still wants evidence or words, kind by kind with its rows; empty where nothing does."""
    wanting: dict[Want, list[str]] = {}
    unlike = without_reason(dossier)
    for score in dossier.scores.for_proof():
        if want := score.claim(score.pieces, unlike=score.pk in unlike).wants:
            wanting.setdefault(want, []).append(score.criterion.code)
    return "; ".join(f"{_named(wanting[want])} {want.label}" for want in Want if want in wanting)


def _named(codes: list[str]) -> str:
    shown = ", ".join(codes[:MOST_CODES])
    more = f" và {len(codes) - MOST_CODES} dòng khác" if len(codes) > MOST_CODES else ""
    return f"{len(codes)} dòng ({shown}{more})"
