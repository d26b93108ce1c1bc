"""Counts of ratings as a file: the empty table, brought back, looked through, written."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from cchc_portal.kit.errors import ChangedMeanwhile, MoveRefused
from cchc_portal.kit.numerals import grouped
from cchc_portal.kit.stored_files import FOR_ONE_READER
from cchc_portal.kit.workbook_file import WorkbookFault
from scoring.forms.figures import TableForm
from scoring.models import Campaign, RatingUpload
from scoring.rules.campaign import CampaignState
from scoring.services import ratings
from scoring.views.campaigns import find_campaign, shown
from scoring.views.picked import picked_rows
from units.access import require
from units.permissions import Permission
from units.rules.file_kinds import XLSX


@require_safe
def table(request: HttpRequest, pk: int) -> HttpResponse:
    """The empty table of the campaign."""
    campaign = find_campaign(request, pk, Permission.RUN_PERIOD)
    name = f"luot-danh-gia-{campaign.year}.csv"
    return HttpResponse(
        ratings.as_csv(campaign),
        content_type="text/csv; charset=utf-8",
        headers=FOR_ONE_READER | {"Content-Disposition": f'attachment; filename="{name}"'},
    )


@require_safe
def workbook(request: HttpRequest, pk: int) -> HttpResponse:
    """The same for Excel."""
    campaign = find_campaign(request, pk, Permission.RUN_PERIOD)
    name = f"luot-danh-gia-{campaign.year}.xlsx"
    return HttpResponse(
        ratings.as_excel(campaign),
        content_type=XLSX.content_type,
        headers=FOR_ONE_READER | {"Content-Disposition": f'attachment; filename="{name}"'},
    )


@require_POST
def upload(request: HttpRequest, pk: int) -> HttpResponse:
    """A filled-in table is read and kept; the next page shows what it would change."""
    campaign = find_campaign(request, pk, Permission.RUN_PERIOD)
    form = TableForm(request.POST, request.FILES)
    if not form.is_valid():
        return shown(request, campaign, form=form, status=422)
    try:
        file = form.cleaned_data["file"]
        kept, remarks = ratings.take_in(campaign, by=request.user, upload=file)
    except WorkbookFault as fault:
        form.refuse(fault.sentences)
        return shown(request, campaign, form=form, status=422)
    except MoveRefused as refusal:
        form.refuse([refusal.sentence])
        return shown(request, campaign, form=form, status=409)
    for remark in remarks:
        messages.warning(request, remark)
    return redirect("scoring:campaign-preview", kept.pk)


@require_safe
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """Unit by unit: what would change, and what is not valid and why."""
    return _preview(request, _kept(request, pk))


@require_POST
def apply(request: HttpRequest, pk: int) -> HttpResponse:
    """The chosen units are written, all or none; 409 where somebody was faster."""
    kept = _kept(request, pk)
    try:
        count = ratings.write(kept, by=request.user, chosen=picked_rows(request))
    except (ChangedMeanwhile, MoveRefused) as refusal:
        return _preview(request, _kept(request, pk), refusal=refusal.sentence, status=409)
    messages.success(
        request, f"Đã ghi số liệu của {grouped(count)} đơn vị từ tệp {kept.file_name}."
    )
    return redirect("scoring:campaign", kept.campaign_id)


def _kept(request: HttpRequest, pk: int) -> RatingUpload:
    seen = Campaign.objects.visible_to(request.user).values("pk")
    found = RatingUpload.objects.filter(campaign__in=seen)
    kept = get_object_or_404(found.select_related("campaign__assessor", "uploaded_by"), pk=pk)
    require(request.user, Permission.RUN_PERIOD, at=kept.campaign.assessor_id)
    return kept


def _preview(
    request: HttpRequest, kept: RatingUpload, *, refusal: str = "", status: int = 200
) -> HttpResponse:
    changes = ratings.changes_of(kept)
    context = {
        "upload": kept,
        "campaign": kept.campaign,
        "refusal": refusal,
        "collecting": kept.campaign.state == CampaignState.COLLECTING,
        "changing": [one for one in changes if one.may_be_written and not one.same],
        "invalid": [one for one in changes if not one.may_be_written],
        "same": sum(one.same for one in changes),
        "made_up": kept.campaign.made_up,
    }
    return render(request, "scoring/campaign_preview.html", context, status=status)
