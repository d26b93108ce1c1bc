"""A measured unit: its own figures, the slips it hands out, slips that came back on paper."""

import io
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cchc_portal.kit.errors import MoveRefused
from cchc_portal.kit.printed_address import printed_address
from cchc_portal.kit.stored_files import FOR_ONE_READER
from scoring.documents import paper_forms, slip_sheet, square_of
from scoring.forms.campaigns import PaperForm, SlipsForm
from scoring.models import CampaignUnit
from scoring.rules.campaign import CampaignState
from scoring.rules.counter import MOST_PAPER_SLIPS, MOST_SLIPS, MOSTLY_PAPER, in_parts
from scoring.services import counter, measurements
from scoring.views.flagged import flagged
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

    def draw(measured: CampaignUnit, codes: list[str]) -> bytes:
        return slip_sheet(
            codes,
            page=_start_of(request),
            unit=measured.unit.name,
            campaign=measured.campaign,
        )

    return _handed_out(request, pk, draw, name="phieu-moi-danh-gia.pdf", most=MOST_SLIPS)


@require_POST
def paper_slips(request: HttpRequest, pk: int) -> HttpResponse | FileResponse:
    """The same with what is asked and boxes to mark, to be filled in by hand."""

    def draw(measured: CampaignUnit, codes: list[str]) -> bytes:
        return paper_forms(codes, unit=measured.unit.name, campaign=measured.campaign)

    return _handed_out(request, pk, draw, name="phieu-giay-danh-gia.pdf", most=MOST_PAPER_SLIPS)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def on_screen(request: HttpRequest, pk: int) -> HttpResponse:
    """One fresh code as a large square, for whoever stands at the counter; another at each press.
    It is in the answer to the press and nowhere else, so that no code is shown again."""
    measured = _found(request, pk)
    require(request.user, Permission.FILL_DOSSIER, at=measured.unit_id)
    context: dict[str, Any] = {
        "measured": measured,
        "campaign": measured.campaign,
        "made_up": measured.campaign.made_up,
    }
    status = 200
    if request.method == "POST":
        try:
            code = in_parts(counter.one_for_now(measured, by=request.user))
        except MoveRefused as refusal:
            context["refusal"], status = refusal.sentence, 409
        else:
            context |= {"code": code, "square": square_of(code, page=_start_of(request))}
            context["page"] = _start_of(request)
    return render(request, "scoring/slip_on_screen.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """A slip that was filled in on paper."""
    measured = _found(request, pk)
    require(request.user, Permission.FILL_DOSSIER, at=measured.unit_id)
    data = request.POST if request.method == "POST" else None
    form = PaperForm(measured.campaign.aspects, data)
    if request.method != "POST":
        closed = counter.why_no_paper(measured.campaign)
        return _paper(request, measured, form, closed=closed, status=409 if closed else 200)
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


def _start_of(request: HttpRequest) -> str:
    return printed_address(request, reverse("scoring:rating-start"))


def _handed_out(
    request: HttpRequest,
    pk: int,
    draw: Callable[[CampaignUnit, list[str]], bytes],
    *,
    name: str,
    most: int,
) -> HttpResponse | FileResponse:
    measured = _found(request, pk)
    require(request.user, Permission.FILL_DOSSIER, at=measured.unit_id)
    form = SlipsForm(request.POST, most=most)
    if not form.is_valid():
        return _shown(request, measured, form=form, status=422)
    try:
        codes = counter.hand_out(measured, by=request.user, number=form.cleaned_data["number"])
    except MoveRefused as refusal:
        form.add_error(None, refusal.sentence)
        return _shown(request, measured, form=form, status=409)
    return FileResponse(
        io.BytesIO(draw(measured, codes)),
        as_attachment=True,
        filename=name,
        content_type=PDF.content_type,
        headers=FOR_ONE_READER,
    )


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
    today = timezone.localdate()
    oversees = may(request.user, Permission.SEE_BELOW, at=campaign.assessor_id)
    context: dict[str, Any] = {
        "measured": measured,
        "campaign": campaign,
        "found": found,
        "line": line,
        "aspects": line.aspects if line else (),
        "days": measured.slips.given_by_day()[:DAYS_SHOWN],
        "form": form or SlipsForm(),
        "hands_out": may(request.user, Permission.FILL_DOSSIER, at=measured.unit_id)
        and campaign.state == CampaignState.COLLECTING,
        "over": campaign.over_on(today),
        "ahead": campaign.ahead_on(today),
        "oversees": oversees,
        "flags": flagged(measured.ratings, request.GET.get("page")) if oversees else None,
        "mostly": MOSTLY_PAPER,
        "made_up": campaign.made_up,
    }
    return render(request, "scoring/campaign_unit.html", context, status=status)


def _paper(
    request: HttpRequest,
    measured: CampaignUnit,
    form: PaperForm,
    *,
    closed: str = "",
    status: int = 200,
) -> HttpResponse:
    context = {
        "closed": closed,
        "measured": measured,
        "campaign": measured.campaign,
        "form": form,
        "marks": [field for field in form if field.name != "code"],
        "made_up": measured.campaign.made_up,
    }
    return render(request, "scoring/rating_paper.html", context, status=status)
