"""A measured unit: its own figures, the slips it hands out, slips that came back on paper."""

import io
from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cchc_portal.kit.errors import MoveRefused
from cchc_portal.kit.stored_files import FOR_ONE_READER
from scoring.documents import slip_sheet
from scoring.forms.campaigns import PaperForm, SlipsForm
from scoring.models import CampaignUnit
from scoring.rules.campaign import CampaignState
from scoring.services import counter, measurements
from units.access import may, require, units_where
from units.permissions import Permission
from units.rules.file_kinds import PDF

DAYS_SHOWN = 14


@require_safe
def unit(request: HttpRequest, pk: int) -> HttpResponse:
    """What the campaign says of the unit, and its slips."""
    return _shown(request, _found(request, pk))


@require_POST
def sheet(request: HttpRequest, pk: int) -> HttpResponse | FileResponse:
    """New slips, as a paper to be printed. Their codes are on it and nowhere else."""
    measured = _found(request, pk)
    require(request.user, Permission.FILL_DOSSIER, at=measured.unit_id)
    form = SlipsForm(request.POST)
    if not form.is_valid():
        return _shown(request, measured, form=form, status=422)
    try:
        codes = counter.hand_out(measured, by=request.user, number=form.cleaned_data["number"])
    except MoveRefused as refusal:
        form.add_error(None, refusal.sentence)
        return _shown(request, measured, form=form, status=409)
    paper = slip_sheet(
        codes,
        page=request.build_absolute_uri(reverse("scoring:rating-start")),
        unit=measured.unit.name,
        campaign=measured.campaign.title,
        until=f"{measured.campaign.until:%d/%m/%Y}",
        made_up=measured.campaign.made_up,
    )
    return FileResponse(
        io.BytesIO(paper),
        as_attachment=True,
        filename="phieu-moi-danh-gia.pdf",
        content_type=PDF.content_type,
        headers=FOR_ONE_READER,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """A slip that was filled in on paper."""
    measured = _found(request, pk)
    require(request.user, Permission.FILL_DOSSIER, at=measured.unit_id)
    data = request.POST if request.method == "POST" else None
    form = PaperForm(measured.campaign.aspects, data)
    if request.method != "POST":
        return _paper(request, measured, form)
    if not form.is_valid():
        return _paper(request, measured, form, status=422)
    try:
        counter.enter_paper(measured, form.cleaned_data["code"], form.chosen(), by=request.user)
    except counter.TooMany as refusal:
        form.add_error(None, refusal.sentence)
        return _paper(request, measured, form, status=429)
    except MoveRefused as refusal:
        form.add_error(None, refusal.sentence)
        return _paper(request, measured, form, status=409)
    messages.success(request, "Đã ghi một phiếu giấy.")
    return redirect("scoring:rating-paper", measured.pk)


def _found(request: HttpRequest, pk: int) -> CampaignUnit:
    """A unit of one's own, or one whose campaign one oversees; else 404."""
    own = Q(unit__in=units_where(request.user, Permission.SEE_UNIT))
    overseen = Q(campaign__assessor__in=units_where(request.user, Permission.SEE_BELOW))
    found = CampaignUnit.objects.select_related("unit", "campaign__assessor")
    return get_object_or_404(found.filter(own | overseen), pk=pk)


def _shown(
    request: HttpRequest,
    measured: CampaignUnit,
    *,
    form: SlipsForm | None = None,
    status: int = 200,
) -> HttpResponse:
    campaign = measured.campaign
    found = measurements.measure(campaign)
    line = found.line_of(measured.unit_id)
    context: dict[str, Any] = {
        "measured": measured,
        "campaign": campaign,
        "found": found,
        "line": line,
        "aspects": list(zip(campaign.aspects, line.aspects, strict=True)) if line else [],
        "days": measured.slips.given_by_day()[:DAYS_SHOWN],
        "form": form or SlipsForm(),
        "hands_out": may(request.user, Permission.FILL_DOSSIER, at=measured.unit_id)
        and campaign.state == CampaignState.COLLECTING,
        "over": campaign.over_on(timezone.localdate()),
        "oversees": may(request.user, Permission.SEE_BELOW, at=campaign.assessor_id),
        "made_up": campaign.made_up,
    }
    return render(request, "scoring/campaign_unit.html", context, status=status)


def _paper(
    request: HttpRequest, measured: CampaignUnit, form: PaperForm, *, status: int = 200
) -> HttpResponse:
    context = {
        "measured": measured,
        "campaign": measured.campaign,
        "form": form,
        "marks": [field for field in form if field.name != "code"],
        "made_up": measured.campaign.made_up,
    }
    return render(request, "scoring/rating_paper.html", context, status=status)
