"""“Vì sao điểm này?”: the account of a unit's figure, step by step."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from scoring.models import Dossier, ScoreChange
from scoring.reply_access import is_party, sees_others, sees_verdicts
from scoring.rules.account import Area, Line
from scoring.rules.kinds import Side
from scoring.rules.workflow import PeriodState
from scoring.second_access import keeps_something
from scoring.services import accounts
from scoring.views.dossiers import found


@dataclass(frozen=True)
class Told:
    """One component with who set its figure, and when; None while nobody has."""

    line: Line
    change: ScoreChange | None


@dataclass(frozen=True)
class Part:
    """One area with its components."""

    area: Area
    lines: list[Told]


@require_safe
def account(request: HttpRequest, pk: int) -> HttpResponse:
    """From the answer to the rank, on the side that is asked for and that the person may see."""
    dossier = found(request, pk)
    side, sides = side_asked(request, dossier)
    explained = accounts.account(dossier, side)
    context = {
        "dossier": dossier,
        "side": side,
        "sides": sides,
        "is_party": is_party(request.user, dossier),
        "explained": explained,
        "account": explained.account,
        "parts": [
            Part(area, [Told(line, explained.set_by.get(line.code)) for line in area.lines])
            for area in explained.account.areas
        ],
        "provisional": dossier.period.state != PeriodState.PUBLISHED,
        "made_up": dossier.period.made_up,
    }
    return render(request, "scoring/account.html", context)


def side_asked(request: HttpRequest, dossier: Dossier) -> tuple[Side, list[Side]]:
    """Whose points are explained, and whose could be: the unit reads the verdicts once told; only
    whoever knows them all reads what they come to before they are whole; whoever may be asked to
    mark one twice, neither until that is done."""
    kept = keeps_something(request.user, dossier)
    told = sees_verdicts(request.user, dossier) and not kept
    sides = [Side.VERIFIED, Side.SELF] if told else [Side.SELF]
    if not kept and sees_others(request.user, dossier):
        sides.append(Side.PROVISIONAL)
    asked = request.GET.get("side", "")
    return next((side for side in sides if side == asked), sides[0]), sides
