"""Who fills in which area: the head gives, everybody of the unit sees how far each part is."""

from dataclasses import dataclass

from django.contrib import messages
from django.forms import BoundField
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from cchc_portal.kit.errors import ChangedMeanwhile, MoveRefused
from scoring import access
from scoring.forms.parts import PartsForm
from scoring.rules.workflow import SHARE
from scoring.services.parts import last_share, officers_of, share_out
from scoring.views.dossiers import found
from scoring.views.sheet import Area, sheet_of
from units.access import may, require
from units.permissions import Permission


@dataclass(frozen=True)
class PartRow:
    """One area, and for whoever may give it the two fields."""

    area: Area
    fields: tuple[BoundField, BoundField] | None


@require_http_methods(["GET", "HEAD", "POST"])
def parts(request: HttpRequest, pk: int) -> HttpResponse:
    """The table of parts; whoever hands the dossier in may change it."""
    paper = found(request, pk)
    today = timezone.localdate()
    gives = may(request.user, Permission.SUBMIT_DOSSIER, at=paper.unit_id)
    if request.method == "POST":
        require(request.user, Permission.SUBMIT_DOSSIER, at=paper.unit_id)
    sheet = sheet_of(paper, request.user)
    sheet.share_out(given := list(paper.parts.select_related("officer")))
    closed_because = access.why_pen_is_closed(paper, today=today)
    form = None
    if request.method == "POST" or (gives and not closed_because):
        form = PartsForm(
            request.POST if request.method == "POST" else None,
            areas=[area.criterion for area in sheet.areas],
            officers=officers_of(paper),
            parts={part.area_id: part for part in given},
        )
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                share_out(paper, form.shares(), by=request.user, seen=form.cleaned_data["seen"])
            except (MoveRefused, ChangedMeanwhile) as refusal:
                form.add_error(None, refusal.sentence)
                status = 409
            else:
                messages.success(request, "Đã ghi phân công phần việc.")
                return redirect("scoring:dossier-parts", pk)
    context = {
        "dossier": paper,
        "rows": [PartRow(area, form and form.fields_of(area.criterion)) for area in sheet.areas],
        "form": form,
        "seen": last_share(paper),
        "closed_because": closed_because if gives else "",
        "log": paper.events.filter(verb=SHARE).select_related("by"),
        "made_up": paper.period.made_up,
    }
    return render(request, "scoring/parts.html", context, status=status)
