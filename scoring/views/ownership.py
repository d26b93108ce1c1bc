"""Which unit verifies which criterion: the table of a period, for all its blocks at once."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from cchc_portal.kit.errors import ChangedMeanwhile, MoveRefused
from scoring.forms.ownership import AreaLines, Line, OwnersForm
from scoring.models import Criterion, Period
from scoring.rules.workflow import DECIDED
from scoring.services.ownership import (
    begun,
    is_fixed,
    last_change,
    owner_of,
    possible_owners,
    put_owners,
)
from scoring.views.scope import find_period
from units.access import may, require
from units.permissions import Permission


@require_http_methods(["GET", "HEAD", "POST"])
def owners(request: HttpRequest, pk: int) -> HttpResponse:
    """The table of owners; whoever organises the period may change it."""
    period = find_period(request, pk, Permission.SEE_BELOW)
    writes = may(request.user, Permission.RUN_PERIOD, at=period.assessor_id)
    if request.method == "POST":
        require(request.user, Permission.RUN_PERIOD, at=period.assessor_id)
    closed = period.state in DECIDED
    form = OwnersForm(
        request.POST if request.method == "POST" else None,
        areas=_areas(period, fixed=closed or not writes),
        units=possible_owners(period),
        assessor=period.assessor,
    )
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                seen = form.cleaned_data["seen"]
                changed = put_owners(period, form.owners(), by=request.user, seen=seen)
            except (MoveRefused, ChangedMeanwhile) as refusal:
                form.add_error(None, refusal.sentence)
                status = 409
            else:
                words = "Đã ghi đơn vị phụ trách tiêu chí." if changed else "Không có gì thay đổi."
                messages.success(request, words)
                return redirect("scoring:period-owners", pk)
    context = {
        "period": period,
        "here": "owners",
        "form": form,
        "rows": form.rows(),
        "writes": writes and not closed,
        "free": any(area.free for area in form.areas),
        "closed": closed,
        "blocks": period.blocks.count(),
        "seen": last_change(period),
        "made_up": period.made_up,
    }
    return render(request, "scoring/period_owners.html", context, status=status)


def _areas(period: Period, *, fixed: bool) -> list[AreaLines]:
    """Areas in the order of the blocks; what stands alike in several of them is one line. Two
    queries."""
    started = begun(period)
    areas: dict[tuple[str, str], AreaLines] = {}
    lines: dict[tuple, Line] = {}
    for node in Criterion.objects.to_own(period):
        area = areas.setdefault((node.parent.code, node.parent.title), AreaLines(node.parent))
        owner = owner_of(node)
        stays = fixed or is_fixed(node, begun=node.pk in started)
        alike = (node.parent.title, node.code, node.title, owner and owner.pk, stays)
        if alike in lines:
            lines[alike].nodes.append(node)
        else:
            lines[alike] = Line([node], owner, stays)
            area.lines.append(lines[alike])
    return list(areas.values())
