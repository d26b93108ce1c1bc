"""A unit's reply to the verdicts on its dossier: written, sent, decided by somebody else.

Rows are held in one order: the dossier, the score, the explanation. A lock of the period holds
every dossier, so whoever waited for it looks at the state of the period afresh.
"""

from fractions import Fraction

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from cchc_portal.kit.digest import digest
from cchc_portal.kit.errors import ChangedMeanwhile, MoveRefused
from cchc_portal.kit.numerals import grouped
from scoring import access, reply_access
from scoring.models import Dossier, DossierEvent, Explanation, Score, ScoreChange
from scoring.rules.history import OF_THE_ASSESSOR
from scoring.rules.reply import Outcome, Stance, Standing, follows, why_not_sent
from scoring.rules.second_mark import OPEN
from scoring.rules.stroke import Stroke
from scoring.rules.workflow import (
    DECIDE,
    EXPLANATION,
    REPLY,
    ExplanationState,
    ExplanationVerb,
)
from scoring.services import scores
from scoring.services.replies import Reply, replies_of, reply_of
from units.models import User

MOST_CODES = 12


@transaction.atomic
def write(
    score: Score,
    *,
    by: User,
    stance: str,
    text: str,
    seen_version: int,
    stroke: Stroke | None = None,
) -> Explanation:
    """The unit writes what it says of one changed component; nobody outside it reads that yet.

    `seen_version` is 0 where nothing was written. A `stroke` is recognised as in
    services/scores.py. Raises PermissionDenied, MoveRefused, ChangedMeanwhile.
    """
    dossier = _held(score.dossier_id)
    held = Score.objects.hold(score.pk)
    held.dossier = dossier
    standing = held.explanations.filter(state=ExplanationState.WRITING).first()
    last = standing.last_stroke if standing else None
    if standing and stroke and stroke.repeats(last):
        access.require_pen(by, dossier)
        return standing
    now = timezone.now()
    reply_access.require_reply(by, dossier, held, now=now)
    text = text.replace("\r\n", "\n")
    if len(text) > dossier.period.reply_length:
        most = grouped(dossier.period.reply_length)
        raise MoveRefused(f"Nội dung giải trình dài quá {most} ký tự, đề nghị rút gọn.")
    reply = reply_of(held, now=now)
    row = standing or Explanation(score=held, version=0)
    if (row.stance, row.text, row.verified_at) == (stance, text, dossier.verified_at):
        return row
    goes_on = stroke is not None and stroke.follows(last)
    if row.version != seen_version and not goes_on:
        raise ChangedMeanwhile
    row.verified_at, row.number = dossier.verified_at, reply.thread.number
    row.stance, row.text, row.version = stance, text, row.version + 1
    row.updated_at, row.updated_by = now, by
    row.pen, row.stroke = (stroke.pen, stroke.number) if stroke else (None, None)
    row.save()
    return row


@transaction.atomic
def send(dossier: Dossier, *, by: User, seen: str, agree_rest: bool = False) -> int:
    """The head sends what was written of the components, all of it; with `agree_rest` the unit
    agrees to every other verdict too. How many were sent. They are not changed afterwards.

    `seen` is the stamp of what the head looked at (`stamp_of`). Raises PermissionDenied,
    MoveRefused where one is not ready or there is nothing to send, ChangedMeanwhile.
    """
    held = _held(dossier.pk)
    access.require_move(by, EXPLANATION.move(ExplanationVerb.SEND), held)
    if refusal := access.why_period_is_closed(held):
        raise MoveRefused(refusal)
    now = timezone.now()
    open_ones = [one for one in replies_of(held, now=now) if one.standing == Standing.UNSAID]
    if not open_ones:
        raise MoveRefused("Không còn dòng nào để gửi ý kiến, hoặc đã hết hạn giải trình.")
    if stamp_of(open_ones) != seen:
        raise ChangedMeanwhile("Giải trình vừa có thay đổi. Đề nghị xem lại trước khi gửi.")
    ready = [one for one in open_ones if one.begun]
    _require_ready(ready)
    rest = [one for one in open_ones if one not in ready] if agree_rest else []
    if not ready and not rest:
        raise MoveRefused("Chưa có ý kiến nào để gửi.")
    for one in rest:
        row = one.writing or Explanation(score=one.score, version=1)
        row.stance, row.updated_at, row.updated_by = Stance.AGREE, now, by
        one.writing = row
    sent = [*ready, *rest]
    judges = _last_judges([one.score for one in sent])
    for one in sent:
        # Words may have been written before the dossier was verified anew; the head sees them
        # beside the verdict of today, and it is that one they are sent about.
        one.writing.verified_at, one.writing.number = held.verified_at, one.thread.number
        _send(one, first_by=judges.get(one.score.pk), by=by)
    counts = {stance: sum(one.writing.stance == stance for one in sent) for stance in Stance}
    told = ", ".join(f"{stance.label.lower()} {n} dòng" for stance, n in counts.items() if n)
    DossierEvent.objects.create(dossier=held, verb=REPLY, by=by, comment=told)
    return len(sent)


@transaction.atomic
def decide(
    explanation: Explanation,
    *,
    by: User,
    outcome: str,
    decision: str,
    points: Fraction | None = None,
    seen_version: int,
) -> Explanation:
    """Somebody who gave none of the verdicts decides what becomes of an objection, with a reason.

    `points` where it is accepted in part. The verdict becomes what follows; the reason is told to
    the unit. Raises PermissionDenied, MoveRefused, ChangedMeanwhile.
    """
    dossier = _held(explanation.score.dossier_id)
    score = Score.objects.hold(explanation.score_id)
    held = Explanation.objects.hold(explanation.pk)
    score.dossier, held.score = dossier, score
    EXPLANATION.check(ExplanationVerb.DECIDE, held.state, decision)
    if refusal := reply_access.why_not_a_decider(by, held):
        raise PermissionDenied(refusal)
    if refusal := access.why_period_is_closed(dossier):
        raise MoveRefused(refusal)
    if score.second_marks.filter(state__in=OPEN).exists():
        raise MoveRefused("Dòng này đang chấm lần hai; đề nghị kết luận sau khi chấm xong.")
    if held.version != seen_version:
        raise ChangedMeanwhile
    try:
        found = follows(
            outcome,
            said=score.said,
            found=score.found,
            given=points,
            maximum=Fraction(score.maximum),
        )
    except ValueError as fault:
        raise MoveRefused(str(fault)) from fault
    decision = decision.replace("\r\n", "\n").strip()
    if outcome != Outcome.REFUSED:
        scores.settle_as_decided(score, by=by, found=found, reason=decision)
    held.state, held.outcome, held.decision = ExplanationState.DECIDED, outcome, decision
    held.points, held.not_applicable = found.points, found.not_applicable
    held.decided_at, held.decided_by = timezone.now(), by
    held.version += 1
    held.save()
    label = Outcome(outcome).label.lower()
    told = f"{score.criterion.code}: {label}. {decision}"
    DossierEvent.objects.create(dossier=dossier, verb=DECIDE, by=by, comment=told)
    return held


def stamp_of(replies: list[Reply]) -> str:
    """A digest that changes with every verdict to which the unit may still reply, and with every
    word written of it; of these components."""
    seen = [
        (one.score.pk, one.score.version, one.writing.version if one.writing else 0)
        for one in replies
        if one.standing == Standing.UNSAID
    ]
    return digest(seen)


def _held(pk: int) -> Dossier:
    dossier = Dossier.objects.hold(pk)
    dossier.period.refresh_from_db(fields=["state"])
    return dossier


def _require_ready(ready: list[Reply]) -> None:
    faults: dict[str, list[str]] = {}
    for one in ready:
        if fault := why_not_sent(one.writing.stance, one.writing.text):
            faults.setdefault(fault, []).append(one.score.criterion.code)
    if not faults:
        return
    told = "; ".join(
        f"{len(codes)} dòng ({', '.join(codes[:MOST_CODES])}) {fault}"
        for fault, codes in faults.items()
    )
    raise MoveRefused(f"Chưa gửi được: còn {told}.")


def _send(reply: Reply, *, first_by: int | None, by: User) -> None:
    row, score = reply.writing, reply.score
    agreed = row.stance == Stance.AGREE
    row.state = EXPLANATION.move(ExplanationVerb.AGREE if agreed else ExplanationVerb.SEND).target
    row.sent_at, row.sent_by = timezone.now(), by
    row.first_points, row.first_not_applicable = score.verified_points, score.not_applicable
    row.first_reason, row.first_by_id = score.verified_reason, first_by
    row.save()


def _last_judges(rows: list[Score]) -> dict[int, int]:
    """Score → who wrote the verdict that stands on it."""
    written = ScoreChange.objects.filter(score__in=rows).newest_of_each(OF_THE_ASSESSOR)
    return dict(written.values_list("score", "changed_by"))
