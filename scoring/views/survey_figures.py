"""Where a closed campaign is offered to the survey component of a block, for all units at once."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from cchc_portal.kit.asked import number
from cchc_portal.kit.errors import ChangedMeanwhile, MoveRefused
from scoring.models import Block, Criterion
from scoring.services import measurements, survey_figures
from scoring.views.offered import lines_of
from scoring.views.picked import picked_rows
from scoring.views.scope import find_block
from units.permissions import Permission


@require_http_methods(["GET", "HEAD", "POST"])
def block(request: HttpRequest, pk: int, component: int) -> HttpResponse:
    """The counts of a campaign beside what is stored; a press takes the chosen ones."""
    one = find_block(request, pk, Permission.RUN_PERIOD)
    outside = Criterion.objects.from_outside(criteria_set__block=one)
    node = get_object_or_404(outside, pk=component)
    if not survey_figures.is_fed(node):
        raise Http404(survey_figures.NOT_FED)
    if request.method != "POST":
        return _shown(request, one, node, number(request.GET.get("dot")) or 0)
    campaign = number(request.POST.get("campaign", "")) or 0
    try:
        chosen = picked_rows(request)
        written = survey_figures.fill(one, node, chosen=chosen, campaign=campaign, by=request.user)
    except (MoveRefused, ChangedMeanwhile) as refusal:
        return _shown(request, one, node, campaign, refusal=refusal.sentence, status=409)
    messages.success(request, f"Đã lấy số liệu của {written} đơn vị từ kết quả đo lường.")
    return redirect(f"{reverse('scoring:figures-block', args=[pk])}?dong={node.pk}")


def _shown(
    request: HttpRequest,
    one: Block,
    node: Criterion,
    chosen: int,
    *,
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    """With the chosen campaign of the year; with the one that ended last where none is chosen."""
    closed = measurements.campaigns_for(one.period)
    last = closed[0] if closed else None
    campaign = next((each for each in closed if each.pk == chosen), last)
    offered = survey_figures.measured_by(campaign)
    lines = lines_of(one, node, offered=lambda units: offered, reader=request.user)
    context = {
        "khoi": one,
        "period": one.period,
        "component": node,
        "campaign": campaign,
        "closed": [(each, len(measurements.shares_of(each))) for each in closed],
        "lines": lines,
        "rated": measurements.rated_in(campaign) if campaign else frozenset(),
        "takes": any(line.takes for line in lines),
        "refusal": refusal,
        "made_up": one.period.made_up,
    }
    return render(request, "scoring/survey_block.html", context, status=status)
