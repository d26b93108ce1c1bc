"""The points a unit lost, each with the press by which it becomes a task, and the way back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from cchc_portal.kit.errors import MoveRefused
from reports.models import LostPoint
from reports.services import losses
from scoring.models import Dossier
from scoring.reply_access import require_party
from scoring.views.dossiers import found
from scoring.views.sides import sides_told, usual_side
from units.access import may, require
from units.permissions import Permission


@require_safe
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """The lost points of a dossier, most first."""
    return _page(request, _party(request, pk))


@require_POST
def become_task(request: HttpRequest, pk: int) -> HttpResponse:
    """One of them becomes a task of the commitment of the year after."""
    dossier = _party(request, pk)
    require(request.user, Permission.DRAFT_COMMITMENT, at=dossier.unit_id)
    code = request.POST.get("code", "")
    side = usual_side(dossier, sides_told(request.user, dossier))
    try:
        task = losses.become_task(dossier, code, side, by=request.user)
    except MoveRefused as refusal:
        return _page(request, dossier, refusal=refusal.sentence, status=409)
    messages.success(
        request,
        f"Đã đưa vào {task.commitment.called}. Đề nghị ghi rõ chỉ tiêu, thời hạn, người thực hiện.",
    )
    return redirect(f"{reverse('reports:losses', args=[pk])}#dong-{code}")


@require_safe
def of_task(request: HttpRequest, pk: int) -> HttpResponse:
    """From a task back to the lost point it comes from."""
    point = get_object_or_404(LostPoint.objects.visible_to(request.user), pk=pk)
    return redirect(f"{reverse('reports:losses', args=[point.dossier_id])}#dong-{point.code}")


def _party(request: HttpRequest, pk: int) -> Dossier:
    dossier = found(request, pk)
    require_party(request.user, dossier)
    return dossier


def _page(
    request: HttpRequest, dossier: Dossier, *, refusal: str = "", status: int = 200
) -> HttpResponse:
    side = usual_side(dossier, sides_told(request.user, dossier))
    seen = losses.losses_of(dossier, side)
    made = {one.code: one for one in LostPoint.objects.of_the_dossier(dossier)}
    context = {
        "dossier": dossier,
        "period": dossier.period,
        "side": side,
        "seen": seen,
        "lines": [(one, made.get(one.code)) for one in seen.lines],
        "next_year": dossier.period.year + 1,
        "may_promise": may(request.user, Permission.DRAFT_COMMITMENT, at=dossier.unit_id),
        "is_own": may(request.user, Permission.SEE_UNIT, at=dossier.unit_id),
        "refusal": refusal,
        "made_up": dossier.period.made_up,
    }
    return render(request, "reports/losses.html", context, status=status)
