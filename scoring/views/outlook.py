"""“Được gì nếu…?”: what a unit lost and is missing, and what other answers would come to."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from cchc_portal.kit.htmx import fragment
from scoring.forms.outlook import Trial, address_of, trials
from scoring.models import Dossier
from scoring.reply_access import require_party, sees_others
from scoring.rules.account import Area, Sum
from scoring.rules.account import Line as AccountLine
from scoring.rules.kinds import Side
from scoring.rules.outlook import FEWEST_OTHERS
from scoring.rules.workflow import PeriodState
from scoring.services import outlook as outlooks
from scoring.services.outlook import Component, Outlook
from scoring.views.dossiers import found
from scoring.views.sides import sides_told, usual_side
from units.access import may
from units.permissions import Permission


@dataclass(frozen=True)
class Line:
    """One component as the account tells it, with the inputs in which another answer is tried."""

    component: Component
    told: AccountLine
    trial: Trial


@dataclass(frozen=True)
class AreaChange:
    """One area as it is and as it would be."""

    area: Area
    then: Sum

    @property
    def points(self):
        return self.then.points - self.area.sum.points


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """Shows it, by the answers in the address. Nothing is ever written: a sent form is led to the
    address that carries what differs, where it can be reloaded, kept and passed on."""
    dossier = found(request, pk)
    require_party(request.user, dossier)
    sent = request.POST if request.method == "POST" else request.GET
    side, sides = _side(request, dossier, sent.get("side", ""))
    stated = outlooks.components_of(dossier, side)
    tried = trials(stated, sent, whole=request.method == "POST")
    address = address_of(request.path, side, tried)
    faults = sum(bool(one.fault) for one in tried)
    if request.method == "POST" and not request.htmx and not faults:
        return redirect(address)
    context = _context(request, dossier, side, stated, tried) | {
        "sides": sides,
        "faults": faults,
        "htmx": bool(request.htmx),
    }
    status = 422 if faults else 200
    if not request.htmx:
        return render(request, "scoring/outlook.html", context, status=status)
    answer = fragment(request, "scoring/_outlook_again.html", context, status=status)
    answer.headers["HX-Replace-Url"] = address
    return answer


def _side(request: HttpRequest, dossier: Dossier, asked: str) -> tuple[Side, list[Side]]:
    """Whose points, and whose could be."""
    sides = sides_told(request.user, dossier)
    usual = usual_side(dossier, sides)
    return next((side for side in sides if side == asked), usual), sides


def _context(
    request: HttpRequest, dossier: Dossier, side: Side, stated: list, tried: list[Trial]
) -> dict[str, Any]:
    all_told = sees_others(request.user, dossier)
    said = {one.entry.code: one.said for one in tried if one.said is not None}
    seen = outlooks.outlook(dossier, side, stated, said, all_told=all_told)
    by_code = {one.entry.code: one for one in tried}
    told = {line.code: line for area in seen.now.account.areas for line in area.lines}
    lines = [Line(one, told[one.entry.code], by_code[one.entry.code]) for one in seen.components]
    return {
        "dossier": dossier,
        "period": dossier.period,
        "side": side,
        "seen": seen,
        "all_told": all_told,
        "fewest": FEWEST_OTHERS,
        "areas": _areas(seen),
        "losing": [line for line in lines if line.component.lost],
        "whole": [line for line in lines if not line.component.lost],
        "lines": lines,
        "may_promise": may(request.user, Permission.DRAFT_COMMITMENT, at=dossier.unit_id),
        "provisional": dossier.period.state != PeriodState.PUBLISHED,
        "made_up": dossier.period.made_up,
    }


def _areas(seen: Outlook) -> list[AreaChange]:
    then = {area.code: area.sum for area in seen.then.account.areas}
    return [AreaChange(area, then[area.code]) for area in seen.now.account.areas]
