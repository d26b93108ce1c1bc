"""At a conference: the receiving head signs a whole list, one paper after the other."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from cchc_portal.kit.errors import ChangedMeanwhile, MoveRefused
from commitments.forms.ceremony import CeremonyForm
from commitments.models import Commitment
from commitments.services import commitments
from units.access import units_where
from units.permissions import Permission


@dataclass(frozen=True)
class Outcome:
    """What became of one paper: signed, or why not."""

    commitment: Commitment
    refusal: str = ""


@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def ceremony(request: HttpRequest) -> HttpResponse:
    """All that waits for this person's countersignature. Each is signed by itself: one that was
    changed meanwhile is passed over and said, the others stand."""
    if not units_where(request.user, Permission.SIGN_COMMITMENT):
        raise PermissionDenied("Đồng chí không có quyền ký nhận bản cam kết của đơn vị nào.")
    waiting = _waiting(request)
    posted = request.POST if request.method == "POST" else None
    form = CeremonyForm(waiting, request, posted)
    outcomes: list[Outcome] = []
    status = 200
    if posted is not None:
        status = 422
        if form.is_valid():
            status = 200
            papers = {one.pk: one for one in waiting}
            outcomes = [_sign(papers[key], seen, request.user) for key, seen in form.chosen()]
            waiting = _waiting(request)
            form = CeremonyForm(waiting, request)
    signed = [one.commitment for one in outcomes if not one.refusal]
    context = {
        "form": form,
        "waiting": [(f"{one.pk}:{one.digest}", one) for one in waiting],
        "outcomes": outcomes,
        "printed": {(one.received_by_id, one.year) for one in signed if not one.amends_id},
        "made_up": any(one.made_up for one in waiting),
    }
    return render(request, "commitments/ceremony.html", context, status=status)


def _waiting(request: HttpRequest) -> list[Commitment]:
    desks = units_where(request.user, Permission.SIGN_COMMITMENT)
    signed = Commitment.objects.to_countersign(desks)
    return list(signed.for_page().order_by("year", "unit__position", "unit__code", "number"))


def _sign(commitment: Commitment, seen: str, user) -> Outcome:
    try:
        return Outcome(commitments.countersign(commitment, seen=seen, by=user))
    except (MoveRefused, ChangedMeanwhile) as refusal:
        return Outcome(commitment, refusal.sentence)
    except PermissionDenied as refusal:
        return Outcome(commitment, str(refusal))
