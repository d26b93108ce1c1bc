"""What still keeps a period from being locked, each with the place where it is dealt with."""

from datetime import datetime

from django.urls import reverse

from scoring.models import Period
from scoring.rules.workflow import DossierState, PeriodState
from scoring.services.locking import Hold, Where, holds

ACTIONS = {
    Where.DOSSIERS: "Bàn thẩm định",
    Where.SECOND_MARKS: "Xem các dòng",
    Where.OBJECTIONS: "Kết luận",
    Where.FIGURES: "Nhập điểm",
    Where.REPLIES: "Xem giải trình",
}


def ways_out(period: Period, *, now: datetime) -> list[tuple[Hold, str, str]]:
    """Each thing in the way with its address and the words of the link; none unless it is open."""
    if period.state != PeriodState.OPEN:
        return []
    return [(one, _address(one, period), ACTIONS[one.where]) for one in holds(period, now=now)]


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
