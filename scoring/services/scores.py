"""Every write of points: what the unit says of itself, and what the assessor finds.

Rows are held in one order, the dossier before the score, so that a submission waits for an open
pen and the pen is then rightly refused, and never the other way round.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.db import transaction
from django.utils import timezone

from cchc_portal.kit import one_row
from cchc_portal.kit.errors import ChangedMeanwhile, MoveRefused
from cchc_portal.kit.numerals import exactly
from scoring.access import require_fill, require_not_held_back, require_pen, require_verify
from scoring.models import Dossier, Score, ScoreChange, UsualReason, hold_row
from scoring.models.recorded import EVIDENCE
from scoring.rules.answers import Answer, NotApplicable, parse_rule
from scoring.rules.kinds import Door, Source
from scoring.rules.stroke import Stroke
from scoring.rules.verdict import Finding, needs_reason
from scoring.services import drafts, usual_reasons
from scoring.services.lines import LINE, differing, lines_of
from units.access import units_where
from units.models import User
from units.permissions import Permission

SIGNATURE = ("pen", "stroke")

UNJUDGED: Mapping[str, Any] = {
    "verified_answer": None,
    "verified_points": None,
    "not_applicable": False,
}
NO_GROUND: Mapping[str, Any] = {"verified_reason": "", "usual_reason": None}
"""A verdict that needs no words, or is gone."""


@contextmanager
def at_the_pen(pk: int, *, by: User) -> Iterator[Score | None]:
    """One row of a unit for which the person writes, held with its dossier until the block ends.

    For a form that is read and written in one go: `answer_self` writes it. None for anybody else.
    """
    with transaction.atomic():
        yield hold_row(pk, by=by, units=units_where(by, Permission.FILL_DOSSIER))


@transaction.atomic
def save_self(score: Score, *, by: User, **said: Any) -> Score:
    """The same as `answer_self` for a score that is not held yet."""
    return answer_self(hold_row(score.pk, by=by), by=by, **said)


def answer_self(
    held: Score,
    *,
    by: User,
    answer: Answer | None,
    note: str,
    not_applicable: bool,
    seen_version: int,
    door: Door = Door.PAGE,
    stroke: Stroke | None = None,
) -> Score:
    """The unit answers one component of its own dossier; the rule makes the points of it.

    The score is held with its dossier (`at_the_pen`); a refusal has written nothing. `answer` is
    one that the component's rule has read, or None while there is none; `seen_version` is the
    version the writer looked at. A ratio of nothing is proposed as not applicable by
    itself. What is written already is not written again, whatever version was seen, and a
    `stroke` that has been written is recognised, so that an answer sent twice is one; a pen that
    goes on has seen its own last stroke. A draft that becomes valid is let go. A verdict from
    before a return falls with the answer it was about.
    Raises PermissionDenied, MoveRefused, ChangedMeanwhile.
    """
    dossier = held.dossier
    if stroke and stroke.repeats(held.last_stroke):
        require_pen(by, dossier)
        return held
    require_fill(by, dossier, today=timezone.localdate())
    require_not_held_back(dossier, held)
    if held.criterion.source != Source.SELF:
        raise MoveRefused("Tiêu chí này do cơ quan thẩm định chấm, đơn vị không tự chấm.")
    points, excused = _outcome(held, answer)
    if not_applicable and not excused and not held.criterion.not_applicable_allowed:
        raise MoveRefused("Tiêu chí này áp dụng với mọi đơn vị nên không đề nghị không áp dụng.")
    excused = excused or not_applicable
    columns = {
        "self_answer": answer.as_json() if answer else None,
        "self_points": None if excused else points,
        "self_not_applicable": excused,
        "self_note": note.replace("\r\n", "\n"),
    }
    _write(held, columns, by=by, seen_version=seen_version, also=UNJUDGED, door=door, stroke=stroke)
    if held.drafts_wait:
        drafts.let_go(dossier, held, by=by, stroke=stroke)
    return held


@transaction.atomic
def save_verified(
    score: Score,
    *,
    by: User,
    seen_version: int,
    accept: bool = False,
    answer: Answer | None = None,
    points: Decimal | None = None,
    not_applicable: bool = False,
    reason: str = "",
    usual: UsualReason | None = None,
) -> Score:
    """The assessor settles one component: as self-assessed, by an answer, by points, or excused.

    Exactly one of `accept`, `answer`, `points` (out of the component's maximum) and
    `not_applicable` is given. The reason is demanded wherever the outcome differs from the
    self-assessed one, and always where the unit does not assess itself: there it says where the
    figure comes from. `usual` is the entry it was made of, remembered while the reason says so.
    Raises PermissionDenied, MoveRefused, ChangedMeanwhile.
    """
    dossier = Dossier.objects.hold(score.dossier_id)
    held = Score.objects.hold(score.pk)
    require_verify(by, dossier, held)
    if accept:
        columns = as_self_assessed(held)
    elif answer is not None:
        found, excused = _outcome(held, answer)
        columns = _verdict(answer.as_json(), found, excused)
    elif points is not None:
        columns = _verdict(None, _within(held, points), False)
    elif not_applicable:
        columns = _verdict(None, None, True)
    else:
        raise MoveRefused("Chưa có kết quả thẩm định để ghi.")
    columns["verified_reason"] = reason.replace("\r\n", "\n").strip()
    columns["usual_reason"] = usual_reasons.behind(dossier, usual, columns["verified_reason"])
    _demand_ground(held, columns)
    return _write(held, columns, by=by, seen_version=seen_version)


@transaction.atomic
def take_back(score: Score, *, by: User, seen_version: int) -> Score:
    """The assessor takes a verdict back: the component waits again. The log keeps what it said.

    Raises PermissionDenied, MoveRefused, ChangedMeanwhile.
    """
    dossier = Dossier.objects.hold(score.dossier_id)
    held = Score.objects.hold(score.pk)
    require_verify(by, dossier, held)
    columns = {**UNJUDGED, **NO_GROUND}
    return _write(held, columns, by=by, seen_version=seen_version)


def settle_after_reply(score: Score, *, by: User, found: Finding, reason: str) -> Score:
    """The verdict becomes what was decided of the unit's reply.

    For the service that decides it, inside its transaction, with the score held.
    """
    as_said = found == score.said
    columns = {
        "verified_answer": score.self_answer if as_said else None,
        "verified_points": found.points,
        "not_applicable": found.not_applicable,
        "verified_reason": reason,
        "usual_reason": None,
    }
    return _write(score, columns, by=by, seen_version=score.version)


def unsettle_where_evidence_changed(dossier: Dossier, *, since: datetime, by: User) -> None:
    """Verdicts on components whose evidence has changed since the moment fall.

    For the service that hands a returned dossier in again, inside its transaction.
    """
    touched = dossier.scores.settled().filter(
        changes__column=EVIDENCE, changes__changed_at__gt=since
    )
    for pk in touched.distinct().values_list("pk", flat=True):
        held = Score.objects.hold(pk)
        _write(held, UNJUDGED, by=by, seen_version=held.version)


def note_evidence(score: Score, *, before: str, after: str, by: User) -> None:
    """A line in the log of the component: a document came to it, or went."""
    ScoreChange.objects.create(
        score=score, column=EVIDENCE, before=before, after=after, changed_by=by
    )


def _outcome(score: Score, answer: Answer | None) -> tuple[Fraction | None, bool]:
    """Exact points of an answer, and whether there was nothing to count."""
    if answer is None:
        return None, False
    outcome = parse_rule(score.criterion.rule).points(answer, score.maximum)
    return (None, True) if isinstance(outcome, NotApplicable) else (outcome, False)


def _verdict(answer: Any, points: Fraction | None, excused: bool) -> dict[str, Any]:
    return {
        "verified_answer": answer,
        "verified_points": points,
        "not_applicable": excused,
    }


def as_self_assessed(score: Score) -> dict[str, Any]:
    """The verdict that is what the unit says; MoveRefused where it says nothing."""
    if not score.answered:
        raise MoveRefused("Đơn vị chưa tự chấm tiêu chí này nên không có gì để nhận.")
    return _verdict(score.self_answer, score.self_points, score.self_not_applicable)


def _within(score: Score, points: Decimal) -> Fraction:
    if not 0 <= points <= score.maximum:
        maximum = exactly(score.maximum, least=2)
        raise MoveRefused(f"Điểm thẩm định phải nằm trong khoảng từ 0 đến {maximum}.")
    return Fraction(points)


def _demand_ground(score: Score, columns: Mapping[str, Any]) -> None:
    """What a verdict needs beside the figure."""
    found = Finding(columns["verified_points"], columns["not_applicable"])
    said = score.said
    if found.not_applicable and not (
        said.not_applicable or score.criterion.not_applicable_allowed or columns["verified_answer"]
    ):
        raise MoveRefused("Tiêu chí này áp dụng với mọi đơn vị nên không thể không áp dụng.")
    if columns["verified_reason"] or not needs_reason(
        score.criterion.source, said=said, found=found
    ):
        return
    if score.criterion.source != Source.SELF:
        raise MoveRefused("Đề nghị ghi nguồn số liệu, lý do cho điểm đơn vị không tự chấm.")
    raise MoveRefused("Đề nghị ghi lý do khi kết quả thẩm định khác kết quả tự chấm.")


def _write(
    score: Score,
    columns: Mapping[str, Any],
    *,
    by: User,
    seen_version: int,
    also: Mapping[str, Any] | None = None,
    door: Door = Door.PAGE,
    stroke: Stroke | None = None,
) -> Score:
    """Writes the columns that differ, and with them `also`; a line in the log for each."""
    changed = differing(score, columns)
    goes_on = stroke is not None and stroke.follows(score.last_stroke)
    if not changed:
        if goes_on:
            _sign(score, stroke)
            one_row.run(one_row.writing(score, SIGNATURE))
        return score
    if score.version != seen_version and not goes_on:
        raise ChangedMeanwhile
    changed |= differing(score, also or {})
    now = timezone.now()
    lines = lines_of(score, changed, by=by, at=now, door=door)
    for column, value in changed.items():
        setattr(score, column, value)
    score.version += 1
    score.updated_at, score.updated_by = now, by
    _sign(score, stroke)
    written = (*changed, "version", "updated_at", "updated_by", *SIGNATURE)
    one_row.run(one_row.adding(lines, LINE), one_row.writing(score, written))
    return score


def _sign(score: Score, stroke: Stroke | None) -> None:
    """Who else writes has not seen what the pen wrote: the pen's mark goes."""
    score.pen = stroke.pen if stroke else None
    score.stroke = stroke.number if stroke else None
