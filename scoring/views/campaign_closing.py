"""The end of a campaign, asked about on a page of its own: what becomes public, which slips die."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from cchc_portal.kit.errors import ChangedMeanwhile, MoveRefused
from scoring.forms.campaigns import ClosingForm
from scoring.models import Campaign, Slip
from scoring.rules.campaign import CampaignState
from scoring.services import campaigns, measurements
from scoring.views.campaigns import find_campaign, form_page, version_of
from units.permissions import Permission


@form_page
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Its figures stand; until its last day is over only for a reason."""
    campaign = find_campaign(request, pk, Permission.RUN_PERIOD)
    early = not campaign.over_on(timezone.localdate())
    if request.method != "POST":
        if campaign.state != CampaignState.COLLECTING:
            return redirect("scoring:campaign", pk)
        return _asked(request, campaign, ClosingForm(early=early))
    form = ClosingForm(request.POST, early=early)
    if not form.is_valid():
        return _asked(request, campaign, form, status=422)
    reason = form.cleaned_data.get("comment", "")
    try:
        campaigns.close(campaign, by=request.user, seen=version_of(request), reason=reason)
    except (MoveRefused, ChangedMeanwhile) as refusal:
        form.add_error(None, refusal.sentence)
        campaign = find_campaign(request, pk, Permission.RUN_PERIOD)
        return _asked(request, campaign, form, status=409)
    messages.success(request, "Đợt đo lường đã kết thúc, kết quả đã công khai.")
    return redirect("scoring:campaign", pk)


def _asked(
    request: HttpRequest, campaign: Campaign, form: ClosingForm, *, status: int = 200
) -> HttpResponse:
    found = measurements.measure(campaign)
    shown = sum(line.reading.enough for line in found.lines)
    context = {
        "campaign": campaign,
        "collecting": campaign.state == CampaignState.COLLECTING,
        "found": found,
        "shown": shown,
        "hidden": len(found.lines) - shown,
        "still_out": Slip.objects.still_out(campaign.pk),
        "form": form,
        "made_up": campaign.made_up,
    }
    return render(request, "scoring/campaign_close.html", context, status=status)
