"""Satisfaction for everybody, once a campaign is closed; for leaders as charts, while it runs."""

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from reports.charts.satisfaction import aspects_chart, units_chart
from reports.models.marks import mark_of_campaigns
from reports.views.kept import kept
from reports.views.searched import of_page
from scoring.models import Campaign
from scoring.rules.campaign import CampaignState
from scoring.rules.satisfaction import PLACES_IN_WORDS
from scoring.services import measurements
from scoring.views.campaigns import find_campaign
from units.permissions import Permission

CAMPAIGNS_A_PAGE, UNITS_A_PAGE = 20, 100


@login_not_required
@require_safe
def closed(request: HttpRequest) -> HttpResponse:
    """Every closed campaign, newest first."""
    return kept(request, mark_of_campaigns, lambda: _closed(request), asks=("page",))


def _closed(request: HttpRequest) -> HttpResponse:
    found = Campaign.objects.closed().for_page()
    page = Paginator(found, CAMPAIGNS_A_PAGE).get_page(request.GET.get("page"))
    if back := of_page(request, page):
        return back
    context = {"page": page, "made_up": any(one.made_up for one in page)}
    return render(request, "reports/satisfactions.html", context)


@login_not_required
@require_safe
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """One of them: counts and shares only, nothing of a unit that too few people rated."""
    return kept(request, mark_of_campaigns, lambda: _one(request, pk), asks=("page",))


def _one(request: HttpRequest, pk: int) -> HttpResponse:
    campaign = get_object_or_404(Campaign.objects.closed().for_page(), pk=pk)
    found = measurements.measure(campaign)
    shown = [line for line in found.lines if line.reading.enough]
    page = Paginator(shown, UNITS_A_PAGE).get_page(request.GET.get("page"))
    if back := of_page(request, page):
        return back
    context = {
        "campaign": campaign,
        "found": found,
        "page": page,
        "hidden": len(found.lines) - len(shown),
        "rule": PLACES_IN_WORDS,
        "made_up": campaign.made_up,
    }
    return render(request, "reports/satisfaction.html", context)


@require_safe
def board(request: HttpRequest, pk: int) -> HttpResponse:
    """The same as charts, for who leads the units, also while it is collecting."""
    campaign = find_campaign(request, pk, Permission.SEE_DASHBOARD)
    drawn = campaign.state != CampaignState.DRAFT
    found = measurements.measure(campaign)
    context = {
        "campaign": campaign,
        "found": found,
        "charts": [aspects_chart(found), units_chart(found)] if drawn and found.ranked else [],
        "made_up": campaign.made_up,
    }
    return render(request, "reports/satisfaction_board.html", context)
