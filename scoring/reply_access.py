"""Who is told a verdict, may reply to it, bring evidence with the reply, and decide of it; and
whether it is the hour for it. What is asked of dossiers in general stands in access.py."""

from datetime import datetime

from django.utils import timezone

from cchc_portal.kit.errors import MoveRefused
from scoring.access import (
    in_words,
    may_fill,
    may_hold_pen,
    require_fill,
    require_not_held_back,
    require_pen,
    why_period_is_closed,
)
from scoring.models import Dossier, Explanation, Score
from scoring.models.explanation import thread_of
from scoring.parties import why_not_a_judge
from scoring.rules.history import OF_THE_ASSESSOR
from scoring.rules.reply import Standing
from scoring.rules.workflow import DossierState, PeriodState
from units.access import may, require
from units.models import User
from units.permissions import Permission

OWN_VERDICT = "Đồng chí đã thẩm định dòng này; giải trình do người khác kết luận."


def why_no_reply(dossier: Dossier, score: Score, *, now: datetime) -> str:
    """Why the unit cannot reply to the verdict on the component now, as a sentence; empty while it
    can. At most one query. The score needs its criterion."""
    if refusal := why_period_is_closed(dossier):
        return refusal
    if dossier.state != DossierState.VERIFIED:
        return f"Hồ sơ đang ở trạng thái {in_words(dossier)} nên chưa giải trình được."
    if not score.changed:
        return "Kết quả thẩm định dòng này như đơn vị tự chấm, không có gì để giải trình."
    said = score.explanations.standing().sent().order_by("number").last()
    thread = thread_of(dossier, said)
    standing = thread.standing(now)
    if standing == Standing.SILENT:
        return (
            f"Đã hết hạn giải trình ngày {thread.last_day:%d/%m/%Y}; đơn vị không có ý kiến được "
            "coi là đồng ý."
        )
    if standing != Standing.UNSAID:
        return f"Dòng này ở trạng thái “{standing.label.lower()}” nên không ghi thêm được."
    return ""


def sees_verdicts(user: User, dossier: Dossier) -> bool:
    """Whether the person is told what the assessor found: whoever oversees the unit always, the
    unit once the dossier is back or done."""
    overseen = may(user, Permission.SEE_BELOW, at=dossier.period.assessor_id)
    return overseen or dossier.state in (DossierState.RETURNED, DossierState.VERIFIED)


def sees_others(user: User, dossier: Dossier) -> bool:
    """Whether the person may know the figures of the other units of the block: whoever oversees
    them always, everybody once they are published."""
    overseen = may(user, Permission.SEE_BELOW, at=dossier.period.assessor_id)
    return overseen or dossier.period.state == PeriodState.PUBLISHED


def is_party(user: User, dossier: Dossier) -> bool:
    """Whether the person is of the unit or oversees it: not only owner of a criterion in it."""
    overseen = may(user, Permission.SEE_BELOW, at=dossier.period.assessor_id)
    return overseen or may(user, Permission.SEE_UNIT, at=dossier.unit_id)


def require_party(user: User, dossier: Dossier) -> None:
    """PermissionDenied unless the person is of the unit, or oversees it."""
    if not is_party(user, dossier):
        require(user, Permission.SEE_UNIT, at=dossier.unit_id)


def require_reply(user: User, dossier: Dossier, score: Score, *, now: datetime) -> None:
    """PermissionDenied for the wrong person, MoveRefused for the wrong time."""
    require_pen(user, dossier)
    if refusal := why_no_reply(dossier, score, now=now):
        raise MoveRefused(refusal)


def may_show_papers(user: User, dossier: Dossier, score: Score, *, now: datetime) -> bool:
    """Whether the person may bring evidence to the component now: with the dossier in hand, or in
    reply to a verdict."""
    if dossier.state != DossierState.VERIFIED:
        return may_fill(user, dossier, today=timezone.localtime(now).date())
    return may_hold_pen(user, dossier) and not why_no_reply(dossier, score, now=now)


def require_papers(user: User, dossier: Dossier, score: Score, *, now: datetime) -> None:
    """The same, refused: PermissionDenied, MoveRefused."""
    if dossier.state == DossierState.VERIFIED:
        require_reply(user, dossier, score, now=now)
        return
    require_fill(user, dossier, today=timezone.localtime(now).date())
    require_not_held_back(dossier, score)


def why_not_a_decider(user: User, explanation: Explanation) -> str:
    """Why the person does not decide of the reply: no judge of the dossier, or the verdict, or the
    decision before, is theirs. Three queries. The explanation needs its score and dossier."""
    dossier, score = explanation.score.dossier, explanation.score
    if not may(user, Permission.VERIFY_DOSSIER, at=dossier.period.assessor_id):
        return "Đồng chí không có quyền thẩm định tại cơ quan này."
    if refusal := why_not_a_judge(user, dossier):
        return refusal
    judged = score.changes.filter(column__in=OF_THE_ASSESSOR, changed_by=user).exists()
    decided = score.explanations.filter(decided_by=user, verified_at=explanation.verified_at)
    if judged or decided.exists():
        return OWN_VERDICT
    return ""
