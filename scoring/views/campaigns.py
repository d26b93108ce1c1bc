"""Campaigns of measurement as the level above runs them: list, draft, one campaign, its moves."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cchc_portal.kit.asked import number
from cchc_portal.kit.errors import ChangedMeanwhile, MoveRefused
from scoring.forms.campaigns import CampaignForm, NewCampaignForm
from scoring.forms.dossiers import ReasonForm
from scoring.forms.figures import TableForm
from scoring.models import Campaign, CampaignUnit, Rating
from scoring.rules.campaign import CAMPAIGN, CampaignState, CampaignVerb
from scoring.rules.counter import MOSTLY_PAPER
from scoring.rules.satisfaction import PLACES_IN_WORDS
from scoring.services import campaigns, measurements
from scoring.views.flagged import flagged
from scoring.views.scope import attempt
from units.access import may, require, units_where
from units.permissions import Permission

CAMPAIGNS_A_PAGE, UNITS_A_PAGE = 20, 100
ADDRESSES = {  # to end one is asked about on a page of its own
    CampaignVerb.BEGIN: "scoring:campaign-begin",
    CampaignVerb.REOPEN: "scoring:campaign-reopen",
    CampaignVerb.CANCEL: "scoring:campaign-cancel",
}
WITH_A_REASON = {CampaignVerb.REOPEN: campaigns.reopen, CampaignVerb.CANCEL: campaigns.cancel}
form_page = require_http_methods(["GET", "HEAD", "POST"])


def find_campaign(request: HttpRequest, pk: int, permission: Permission) -> Campaign:
    """One the person has to do with (else 404), if they hold the permission at its assessor."""
    seen = Campaign.objects.visible_to(request.user).for_page()
    campaign = get_object_or_404(seen, pk=pk)
    require(request.user, permission, at=campaign.assessor_id)
    return campaign


@require_safe
def list_(request: HttpRequest) -> HttpResponse:
    """Every campaign one has to do with, and the units of one's own that are measured."""
    found = Campaign.objects.visible_to(request.user).for_page()
    own = CampaignUnit.objects.filter(unit__in=units_where(request.user, Permission.SEE_UNIT))
    own = own.filter(campaign__state__in=(CampaignState.COLLECTING, CampaignState.CLOSED))
    page = Paginator(found, CAMPAIGNS_A_PAGE).get_page(request.GET.get("page"))
    overseen = set(units_where(request.user, Permission.SEE_BELOW))
    context = {
        "page": page,
        "rows": [(one, one.assessor_id in overseen) for one in page],
        "own": own.select_related("campaign", "unit").order_by("-campaign__until", "unit__code")[
            :UNITS_A_PAGE
        ],
        "organises": bool(units_where(request.user, Permission.RUN_PERIOD)),
        "made_up": any(one.made_up for one in page),
    }
    return render(request, "scoring/campaigns.html", context)


@form_page
def new(request: HttpRequest) -> HttpResponse:
    """A draft."""
    units = units_where(request.user, Permission.RUN_PERIOD)
    if not units:
        raise PermissionDenied("Trang này dành cho cán bộ tham mưu tổ chức đánh giá.")
    form = NewCampaignForm(request.POST or None, units=units)
    if request.method != "POST":
        return _form(request, form)

    def do(columns: dict[str, Any]) -> Campaign:
        return campaigns.draft(columns.pop("assessor"), by=request.user, **columns)

    return _saved(request, form, do)


@form_page
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Other columns of a draft; whoever asks later is told at once that it has begun."""
    campaign = find_campaign(request, pk, Permission.RUN_PERIOD)
    if request.method != "POST" and campaign.state != CampaignState.DRAFT:
        messages.error(request, campaigns.BEGUN)
        return redirect("scoring:campaign", pk)
    form = CampaignForm(request.POST or None, initial=CampaignForm.initial_of(campaign))
    if request.method != "POST":
        return _form(request, form, campaign)

    def do(columns: dict[str, Any]) -> Campaign:
        return campaigns.edit(campaign, by=request.user, seen=version_of(request), **columns)

    return _saved(request, form, do, campaign)


@require_safe
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """One campaign: the whole, its aspects, its units, what looks odd, the file."""
    return shown(request, find_campaign(request, pk, Permission.SEE_BELOW))


@require_safe
def flags(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything that looks odd in one campaign, newest first."""
    campaign = find_campaign(request, pk, Permission.SEE_BELOW)
    rows = flagged(Rating.objects.filter(measured__campaign=campaign), request.GET.get("page"))
    context = {"campaign": campaign, "page": rows, "made_up": campaign.made_up}
    return render(request, "scoring/campaign_flags.html", context)


@require_POST
def begin(request: HttpRequest, pk: int) -> HttpResponse:
    """It collects."""
    return _moved(request, pk, campaigns.begin, "Đợt đo lường đã bắt đầu thu thập.")


@require_POST
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Back to collecting, for a reason."""
    return _for_a_reason(request, pk, CampaignVerb.REOPEN, "Đã mở lại đợt đo lường.")


@require_POST
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Given up, for a reason, before anybody has rated."""
    return _for_a_reason(request, pk, CampaignVerb.CANCEL, "Đã hủy đợt đo lường.")


def _for_a_reason(request: HttpRequest, pk: int, verb: CampaignVerb, done: str) -> HttpResponse:
    form = ReasonForm(request.POST)
    if not form.is_valid():
        campaign = find_campaign(request, pk, Permission.RUN_PERIOD)
        refusal = {
            "refusal": " ".join(form.errors["comment"]),
            "comment": request.POST.get("comment", ""),
        }
        return shown(request, campaign, status=422, **refusal)
    reason = form.cleaned_data["comment"]

    def do(campaign: Campaign, **said: Any) -> Campaign:
        return WITH_A_REASON[verb](campaign, reason=reason, **said)

    return _moved(request, pk, do, done)


def shown(
    request: HttpRequest,
    campaign: Campaign,
    *,
    form: TableForm | None = None,
    status: int = 200,
    **refusal: str,
) -> HttpResponse:
    """The page of one campaign; `refusal` and `comment`: of a reason that was not taken. In no
    state there is more than one move that asks for one on this page."""
    found = measurements.measure(campaign)
    runs = may(request.user, Permission.RUN_PERIOD, at=campaign.assessor_id)
    context = {
        "campaign": campaign,
        "found": found,
        "page": Paginator(found.lines, UNITS_A_PAGE).get_page(request.GET.get("page")),
        "rule": PLACES_IN_WORDS,
        "flags": flagged(Rating.objects.filter(measured__campaign=campaign)),
        "mostly_paper": sum(line.ways.mostly_paper for line in found.lines),
        "mostly": MOSTLY_PAPER,
        "uploads": campaign.uploads.select_related("uploaded_by").defer("rows")[:5],
        "events": campaign.events.select_related("by")[:20],
        "form": form or TableForm(),
        "runs": runs,
        "leads": may(request.user, Permission.SEE_DASHBOARD, at=campaign.assessor_id),
        "collecting": campaign.state == CampaignState.COLLECTING,
        "moves": [
            (move, reverse(ADDRESSES[CampaignVerb(move.verb)], args=[campaign.pk]))
            for move in CAMPAIGN.open_moves(campaign.state)
            if runs and move.verb in ADDRESSES
        ],
        "made_up": campaign.made_up,
        **refusal,
    }
    return render(request, "scoring/campaign.html", context, status=status)


def version_of(request: HttpRequest) -> int:
    """The version that was on the screen; whoever names none has seen none."""
    return number(request.POST.get("version"), digits=9) or 0


def _moved(request: HttpRequest, pk: int, move: Callable[..., Campaign], said: str) -> HttpResponse:
    campaign = find_campaign(request, pk, Permission.RUN_PERIOD)

    def do() -> str:
        move(campaign, by=request.user, seen=version_of(request))
        return said

    return attempt(
        request,
        do,
        then=reverse("scoring:campaign", args=[pk]),
        otherwise=lambda: shown(request, find_campaign(request, pk, Permission.RUN_PERIOD)),
    )


def _saved(
    request: HttpRequest,
    form: CampaignForm,
    do: Callable[[dict[str, Any]], Campaign],
    campaign: Campaign | None = None,
) -> HttpResponse:
    if not form.is_valid():
        return _form(request, form, campaign, status=422)
    try:
        saved = do(dict(form.cleaned_data))
    except (MoveRefused, ChangedMeanwhile) as refusal:
        form.add_error(None, refusal.sentence)
        return _form(request, form, campaign, status=409)
    return redirect("scoring:campaign", saved.pk)


def _form(
    request: HttpRequest, form: CampaignForm, campaign: Campaign | None = None, status: int = 200
) -> HttpResponse:
    context = {
        "form": form,
        "campaign": campaign,
        "version": version_of(request) or (campaign.version if campaign else 0),
        "made_up": campaign.made_up if campaign else False,
    }
    return render(request, "scoring/campaign_form.html", context, status=status)
