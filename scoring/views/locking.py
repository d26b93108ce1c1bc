"""What still keeps a period from being locked, each with the place where it is dealt with, for
whoever may deal with it."""

from datetime import datetime

from django.urls import reverse

from scoring.models import Period
from scoring.rules.workflow import DossierState, PeriodState
from scoring.second_access import dossiers_kept_from
from scoring.services.locking import Hold, Where, holds
from units.access import may
from units.models import User
from units.permissions import Permission

ACTIONS = {
    Where.DOSSIERS: "Bàn thẩm định",
    Where.SECOND_MARKS: "Xem các dòng",
    Where.OBJECTIONS: "Kết luận",
    Where.FIGURES: "Nhập điểm",
    Where.REPLIES: "Xem giải trình",
}

NEEDED = {
    Where.DOSSIERS: Permission.VERIFY_DOSSIER,
    Where.SECOND_MARKS: Permission.RUN_PERIOD,
    Where.OBJECTIONS: Permission.VERIFY_DOSSIER,
    Where.FIGURES: Permission.RUN_PERIOD,
    Where.REPLIES: Permission.SEE_BELOW,
}


def ways_out(period: Period, user: User, *, now: datetime) -> list[tuple[Hold, str, str]]:
    """Each thing in the way with its address, empty where it is not this person's to open, and the
    words of the link; none unless the period is open."""
    if period.state != PeriodState.OPEN:
        return []
    theirs = {where for where, needed in NEEDED.items() if may(user, needed, at=period.assessor_id)}
    kept = dossiers_kept_from(user, period)
    return [
        (
            one,
            _address(one, period) if one.where in theirs and one.dossier not in kept else "",
            ACTIONS[one.where],
        )
        for one in holds(period, now=now)
    ]


def _address(hold: Hold, period: Period) -> str:
    if hold.where == Where.SECOND_MARKS:
        return reverse("scoring:second-marking", args=[period.pk])
    if hold.where == Where.FIGURES:
        return reverse("scoring:figures", args=[period.pk])
    if hold.where == Where.REPLIES:
        return reverse("scoring:reply", args=[hold.dossier])
    if hold.where == Where.OBJECTIONS:
        return f"{reverse('scoring:objections')}?state=sent"
    return f"{reverse('scoring:verification')}?state={DossierState.SUBMITTED.value}"
