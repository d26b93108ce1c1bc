"""Every write of points: what the unit says of itself, and what the assessor finds.

Rows are held in one order, the dossier before the score, so that a submission waits for an open
pen and the pen is then rightly refused, and never the other way round.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from cchc_portal.kit.errors import MoveRefused
from scoring.access import require_fill, require_not_held_back, require_pen, require_verify
from scoring.models import Dossier, Score, ScoreChange, UsualReason, hold_row
from scoring.models.recorded import EVIDENCE
from scoring.rules.answers import Answer
from scoring.rules.kinds import Door, Source
from scoring.rules.stroke import Stroke
from scoring.rules.verdict import Finding
from scoring.second_access import require_unbound
from scoring.services import drafts, usual_reasons
from scoring.services.columns import write_columns
from scoring.services.verdicts import outcome, verdict_of
from units.access import remember_roles
from units.models import User
from units.permissions import Permission, roles_granting

UNJUDGED: Mapping[str, Any] = {
    "verified_answer": None,
    "verified_points": None,
    "not_applicable": False,
    "verified_source": "",
}
NO_GROUND: Mapping[str, Any] = {"verified_reason": "", "usual_reason": None}
"""A verdict that needs no words, or is gone."""
NOT_TO_BE_EXCUSED = "Tiêu chí này áp dụng với mọi đơn vị nên không đề nghị không áp dụng."


@contextmanager
def at_the_pen(pk: int, *, by: User) -> Iterator[Score | None]:
    """One row of a unit for which the person writes, held with its dossier until the block ends.

    For a form that is read and written in one go: `answer_self` writes it. None for anybody else.
    """
    with transaction.atomic():
        roles = roles_granting(Permission.FILL_DOSSIER)
        held = hold_row(pk, by=by, today=timezone.localdate(), roles=roles)
        if held is not None:
            remember_roles(by, held.roles_held)
        yield held


@transaction.atomic
def save_self(score: Score, *, by: User, **said: Any) -> Score:
    """The same as `answer_self` for a score that is not held yet."""
    held = hold_row(score.pk, by=by, today=timezone.localdate())
    return answer_self(held, by=by, **said)


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
    open_to_it = held.criterion.not_applicable_allowed
    if not_applicable and not open_to_it and not outcome(held, answer)[1]:
        raise MoveRefused(NOT_TO_BE_EXCUSED)
    write_said(
        held,
        answer,
        by=by,
        note=note,
        not_applicable=not_applicable,
        seen_version=seen_version,
        door=door,
        stroke=stroke,
    )
    if held.drafts_wait:
        drafts.let_go(dossier, held, by=by, stroke=stroke)
    return held


def write_said(
    held: Score,
    answer: Answer | None,
    *,
    by: User,
    note: str,
    seen_version: int,
    not_applicable: bool = False,
    door: Door,
    stroke: Stroke | None = None,
) -> None:
    """What the unit says and its points, for a service that holds dossier and score and has asked
    who, where and when; a verdict from before falls. Raises ChangedMeanwhile."""
    points, excused = outcome(held, answer)
    excused = excused or not_applicable
    columns = {
        "self_answer": answer.as_json() if answer else None,
        "self_points": None if excused else points,
        "self_not_applicable": excused,
        "self_note": note.replace("\r\n", "\n"),
    }
    write_columns(
        held, columns, by=by, seen_version=seen_version, also=UNJUDGED, door=door, stroke=stroke
    )


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
    require_unbound(by, held)
    columns = verdict_of(
        held,
        accept=accept,
        answer=answer,
        points=points,
        not_applicable=not_applicable,
        reason=reason,
    )
    columns["usual_reason"] = usual_reasons.behind(dossier, usual, columns["verified_reason"])
    return write_columns(held, columns, by=by, seen_version=seen_version)


@transaction.atomic
def take_back(score: Score, *, by: User, seen_version: int) -> Score:
    """The assessor takes a verdict back: the component waits again. The log keeps what it said.

    Raises PermissionDenied, MoveRefused, ChangedMeanwhile.
    """
    dossier = Dossier.objects.hold(score.dossier_id)
    held = Score.objects.hold(score.pk)
    require_verify(by, dossier, held)
    require_unbound(by, held)
    columns = {**UNJUDGED, **NO_GROUND}
    return write_columns(held, columns, by=by, seen_version=seen_version)


def settle_as_decided(
    score: Score, *, by: User, found: Finding, reason: str, answer: Any = None
) -> Score:
    """The verdict becomes what was decided of the unit's reply, or between two marks.

    For the service that decides it, inside its transaction, with the score held. `answer` is what
    the figure comes from, as it is stored, where it comes from one.
    """
    if answer is None and found == score.said:
        answer = score.self_answer
    columns = {
        "verified_answer": answer,
        "verified_points": found.points,
        "not_applicable": found.not_applicable,
        "verified_reason": reason,
        "usual_reason": None,
        "verified_source": "",
    }
    return write_columns(score, columns, by=by, seen_version=score.version)


def unsettle_where_evidence_changed(dossier: Dossier, *, since: datetime, by: User) -> None:
    """Verdicts on components whose evidence has changed since the moment fall.

    For the service that hands a returned dossier in again, inside its transaction.
    """
    touched = dossier.scores.settled().filter(
        changes__column=EVIDENCE, changes__changed_at__gt=since
    )
    for pk in touched.distinct().values_list("pk", flat=True):
        held = Score.objects.hold(pk)
        write_columns(held, UNJUDGED, by=by, seen_version=held.version)


def note_evidence(score: Score, *, before: str, after: str, by: User) -> None:
    """A line in the log of the component: a document came to it, or went."""
    ScoreChange.objects.create(
        score=score, column=EVIDENCE, before=before, after=after, changed_by=by
    )
