"""Lists of dossiers, and what happens to a dossier as a whole."""

from collections.abc import Callable

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from cchc_portal.kit.errors import MoveRefused
from cchc_portal.kit.workflow import Move
from scoring import access
from scoring.forms.dossiers import ReasonForm
from scoring.models import Dossier
from scoring.rules.workflow import DOSSIER, DossierVerb
from scoring.services import dossiers

PAGE = 50

DONE = {
    DossierVerb.SUBMIT: "Đã trình nộp hồ sơ. Cơ quan thẩm định đã nhận được.",
    DossierVerb.RETURN: "Đã trả lại hồ sơ để đơn vị sửa.",
    DossierVerb.VERIFY: "Đã hoàn thành thẩm định hồ sơ.",
    DossierVerb.EXCUSE: "Đã ghi đơn vị không đánh giá kỳ này.",
    DossierVerb.REOPEN: "Đã đưa hồ sơ về thẩm định lại.",
    DossierVerb.RECALL: "Đã đưa đơn vị vào đánh giá lại.",
}

DRAWN = (
    "Đã rút các dòng của hồ sơ phải chấm lần hai. Hồ sơ hoàn thành thẩm định được khi các dòng ấy "
    "chấm xong."
)


def found(request: HttpRequest, pk: int) -> Dossier:
    """The dossier among those this person may see; a stranger meets 404."""
    return get_object_or_404(Dossier.objects.visible_to(request.user).for_page(), pk=pk)


def moves_with_addresses(request: HttpRequest, dossier: Dossier) -> list[tuple[Move, str]]:
    """What this person may do with the dossier now, each with the address that does it."""
    moves = access.open_moves(request.user, dossier, today=timezone.localdate())
    return [
        (move, reverse(f"scoring:dossier-{move.verb.value}", args=[dossier.pk])) for move in moves
    ]


@require_safe
def list_(request: HttpRequest) -> HttpResponse:
    """The dossiers of one's own units, those in the units' hands first."""
    mine = Dossier.objects.of_my_units(request.user).for_page().with_progress()
    page = Paginator(mine.in_order_of_work(), PAGE).get_page(request.GET.get("page"))
    return render(request, "scoring/dossiers.html", {"page": page})


@require_POST
def excuse(request: HttpRequest, pk: int) -> HttpResponse:
    """The organiser leaves the unit out of the period."""
    return _at_the_desk(request, pk, DossierVerb.EXCUSE, dossiers.excuse)


@require_POST
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """The organiser puts a verified dossier back on the desk."""
    return _at_the_desk(request, pk, DossierVerb.REOPEN, dossiers.reopen)


@require_POST
def recall(request: HttpRequest, pk: int) -> HttpResponse:
    """The organiser takes an excused unit in again."""
    return _at_the_desk(request, pk, DossierVerb.RECALL, dossiers.recall)


@require_POST
def verify(request: HttpRequest, pk: int) -> HttpResponse:
    """The assessor ends the verification."""
    return _at_the_desk(request, pk, DossierVerb.VERIFY, dossiers.verify)


def _at_the_desk(
    request: HttpRequest, pk: int, verb: DossierVerb, act: Callable[..., Dossier]
) -> HttpResponse:
    """Done, or asked again on a page where the reason that was typed still stands."""
    dossier = found(request, pk)
    move = DOSSIER.move(verb)
    access.require_move(request.user, move, dossier)
    form = ReasonForm(request.POST) if move.needs_comment else None
    status, refusal = 422, ""
    if form is None or form.is_valid():
        reason = {"comment": form.cleaned_data["comment"]} if form else {}
        try:
            moved = act(dossier, by=request.user, **reason)
        except MoveRefused as refused:
            status, refusal = 409, refused.sentence
        else:
            done = moved.state == move.target
            messages.success(request, DONE[verb] if done else DRAWN)
            return redirect("scoring:verification-desk", pk)
    else:
        refusal = " ".join(form.errors["comment"])
    context = {
        "dossier": found(request, pk),
        "move": move,
        "address": request.path,
        "refusal": refusal,
        "comment": request.POST.get("comment", ""),
        "made_up": dossier.period.made_up,
    }
    return render(request, "scoring/dossier_move.html", context, status=status)
