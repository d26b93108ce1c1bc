"""Second marks: drawn, taken, given, decided by a third person, or waived.

Rows are held in one order: the dossier, the score, the mark. Whoever waits for a lock of the
period, which holds every dossier, looks at its state afresh.
"""

from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from cchc_portal.kit.errors import ChangedMeanwhile, MoveRefused
from scoring import access, second_access
from scoring.models import Dossier, DossierEvent, Score, ScoreChange, SecondMark
from scoring.rules.history import OF_THE_ASSESSOR
from scoring.rules.second_mark import OPEN, UNDONE, Choice, MarkState, fits
from scoring.rules.workflow import SECOND_MARK, SUBMITTED_ONCE, DossierState
from scoring.services import scores
from scoring.services.verdicts import finding_of, verdict_of
from units.access import require
from units.models import User
from units.permissions import Permission

GONE = "Kết quả lần một của dòng này vừa được lấy lại; đề nghị trả dòng này và nhận dòng khác."


def take(*, by: User) -> SecondMark:
    """The next mark that the person may give, or the one they already have in hand.

    Nobody chooses, and two people never get the same. Raises MoveRefused where none waits.
    """
    with transaction.atomic():
        User.objects.select_for_update(no_key=True).get(pk=by.pk)  # one person's two windows
        if held := SecondMark.objects.held_by(by).first():
            return held
        waiting = SecondMark.objects.for_second(by)
        mark = waiting.select_for_update(of=("self",), skip_locked=True, no_key=True).first()
        if mark is None:
            raise MoveRefused("Không còn dòng nào chờ đồng chí chấm lần hai.")
        mark.state, mark.second_by, mark.taken_at = MarkState.TAKEN, by, timezone.now()
        return _saved(mark)


@transaction.atomic
def release(mark: SecondMark, *, by: User, seen_version: int) -> SecondMark:
    """What was taken waits again: its holder gives it back, or the organiser takes it away.

    Raises PermissionDenied, MoveRefused (nobody has it in hand), ChangedMeanwhile.
    """
    dossier, _, held = _held(mark)
    if held.second_by_id != by.pk:
        require(by, Permission.RUN_PERIOD, at=dossier.period.assessor_id)
    _check(held, MarkState.TAKEN, seen_version)
    held.state, held.second_by, held.taken_at = MarkState.WAITING, None, None
    return _saved(held)


@transaction.atomic
def give(mark: SecondMark, *, by: User, seen_version: int, **verdict: Any) -> SecondMark:
    """The second mark, given as `scores.save_verified` takes a verdict. Within the tolerance the
    first stands; beyond it a third person decides.

    Raises PermissionDenied (not in this person's hands, or no longer theirs to judge),
    MoveRefused, ChangedMeanwhile.
    """
    dossier, score, held = _held(mark)
    second_access.require_second(by, held)
    _check(held, MarkState.TAKEN, seen_version)
    if held.second_by_id != by.pk:
        raise PermissionDenied("Dòng này do người khác nhận chấm lần hai.")
    _require_open(dossier)
    if dossier.state not in SUBMITTED_ONCE:
        state = access.in_words(dossier)
        raise MoveRefused(f"Hồ sơ đang ở trạng thái {state} nên chưa chấm lần hai được.")
    if not score.settled:
        raise MoveRefused(GONE)
    columns = verdict_of(score, **verdict)
    found = finding_of(columns)
    held.answer, held.reason = columns["verified_answer"], columns["verified_reason"]
    held.points, held.not_applicable = found.points, found.not_applicable
    held.first_points, held.first_not_applicable = score.verified_points, score.not_applicable
    held.first_reason, held.first_by = score.verified_reason, _judge(score)
    held.given_at = timezone.now()
    within = fits(held.first, found, maximum=held.maximum, percent=held.marking.tolerance)
    held.state = MarkState.AGREED if within else MarkState.DISPUTED
    _log(held, by=by, said="trong ngưỡng" if within else "vượt ngưỡng, chờ người thứ ba")
    return _saved(held)


@transaction.atomic
def decide(
    mark: SecondMark,
    *,
    by: User,
    choice: Choice,
    reason: str,
    points: Decimal | None = None,
    seen_version: int,
) -> SecondMark:
    """A third person decides between two marks, with a reason; what is decided is the verdict.

    `points` where neither figure is taken. A dossier whose result was told is put back on the desk
    before its figures change. Raises PermissionDenied, MoveRefused, ChangedMeanwhile.
    """
    dossier, score, held = _held(mark)
    second_access.require_third(by, held)
    _check(held, MarkState.DISPUTED, seen_version)
    _require_open(dossier)
    reason = reason.replace("\r\n", "\n").strip()
    if not reason:
        raise MoveRefused("Đề nghị ghi rõ lý do quyết định.")
    if score.found != held.first:
        raise MoveRefused(
            "Kết quả thẩm định đã đổi sau khi chấm lần hai, không quyết định được nữa."
        )
    answer, found = score.verified_answer, score.found
    if choice == Choice.SECOND:
        answer, found = held.answer, held.second
    elif choice == Choice.OTHER:
        answer, found = None, finding_of(verdict_of(score, points=points, reason=reason))
    if found != score.found:
        if dossier.state != DossierState.SUBMITTED:
            state = access.in_words(dossier)
            raise MoveRefused(
                f"Hồ sơ đang ở trạng thái {state}, đơn vị đã được báo kết quả; đề nghị cơ quan tổ "
                "chức đưa hồ sơ về thẩm định lại trước khi quyết định điểm khác."
            )
        scores.settle_as_decided(score, by=by, found=found, reason=reason, answer=answer)
    held.state, held.choice, held.decision = MarkState.DECIDED, choice, reason
    held.decided_points, held.decided_not_applicable = found.points, found.not_applicable
    held.decided_at, held.decided_by = timezone.now(), by
    _log(held, by=by, said=Choice(choice).label.lower())
    return _saved(held)


@transaction.atomic
def waive(mark: SecondMark, *, by: User, reason: str, seen_version: int) -> SecondMark:
    """The organiser gives a second mark up, with a reason, where there is nobody to give or to
    decide it; the first stands. Neither of the two may.

    Raises PermissionDenied, MoveRefused, ChangedMeanwhile.
    """
    dossier, score, held = _held(mark)
    require(by, Permission.RUN_PERIOD, at=dossier.period.assessor_id)
    if second_access.has_judged(by, score) or held.second_by_id == by.pk:
        raise PermissionDenied("Đồng chí đã chấm dòng này nên không bỏ chấm lần hai được.")
    if held.state not in OPEN:
        raise MoveRefused(_STANDS.format(held.get_state_display().lower()))
    if held.version != seen_version:
        raise ChangedMeanwhile
    _require_open(dossier)
    reason = reason.replace("\r\n", "\n").strip()
    if not reason:
        raise MoveRefused("Đề nghị ghi rõ lý do không chấm lần hai.")
    if held.state in UNDONE:
        held.second_by = held.taken_at = None
    held.state, held.decision = MarkState.WAIVED, reason
    held.decided_at, held.decided_by = timezone.now(), by
    _log(held, by=by, said=f"không chấm lần hai. {reason}")
    return _saved(held)


_STANDS = "Dòng này ở trạng thái “{}” nên không làm được việc này."


def _held(mark: SecondMark) -> tuple[Dossier, Score, SecondMark]:
    dossier = Dossier.objects.hold(mark.score.dossier_id)
    dossier.period.refresh_from_db(fields=["state"])
    score = Score.objects.hold(mark.score_id)
    held = SecondMark.objects.hold(mark.pk)
    score.dossier, held.score = dossier, score
    return dossier, score, held


def _check(held: SecondMark, state: MarkState, seen_version: int) -> None:
    if held.state != state:
        raise MoveRefused(_STANDS.format(held.get_state_display().lower()))
    if held.version != seen_version:
        raise ChangedMeanwhile


def _require_open(dossier: Dossier) -> None:
    if refusal := access.why_period_is_closed(dossier):
        raise MoveRefused(refusal)


def _judge(score: Score) -> User:
    """Who wrote the verdict that stands."""
    written = ScoreChange.objects.filter(score=score, column__in=OF_THE_ASSESSOR)
    return written.select_related("changed_by").latest("pk").changed_by


def _log(mark: SecondMark, *, by: User, said: str) -> None:
    told = f"{mark.score.criterion.code}: {said}"
    DossierEvent.objects.create(dossier=mark.score.dossier, verb=SECOND_MARK, by=by, comment=told)


def _saved(mark: SecondMark) -> SecondMark:
    mark.version += 1
    mark.save()
    return mark
