"""The assessor sends a dossier back: why, and which components are to be mended."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from cchc_portal.kit.errors import MoveRefused
from scoring import access
from scoring.forms.returning import ReturnForm
from scoring.rules.workflow import DOSSIER, DossierVerb
from scoring.services import dossiers
from scoring.views.dossiers import DONE, found
from scoring.views.sheet import Sheet, sheet_of


@require_http_methods(["GET", "HEAD", "POST"])
def send_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks for the reason and the remarks; what was typed stays on the page when it is refused."""
    dossier = found(request, pk)
    access.require_move(request.user, DOSSIER.move(DossierVerb.RETURN), dossier)
    sheet = sheet_of(dossier, request.user)
    posted = request.POST if request.method == "POST" else None
    keys = [row.score.pk for row in sheet.rows if row.by_unit]
    form = ReturnForm(posted, keys=keys)
    status, refusal = 200, ""
    if posted is not None:
        status = 422
        if form.is_valid():
            reason = form.cleaned_data["comment"]
            try:
                dossiers.send_back(dossier, by=request.user, comment=reason, remarks=form.remarks)
            except MoveRefused as refused:
                status, refusal = 409, refused.sentence
            else:
                messages.success(request, DONE[DossierVerb.RETURN])
                return redirect("scoring:verification-desk", pk)
    context = {
        "dossier": dossier,
        "form": form,
        "areas": _areas(sheet, form),
        "refusal": refusal,
        "closed_because": access.why_not_returnable(dossier, today=timezone.localdate()),
        "made_up": dossier.period.made_up,
    }
    return render(request, "scoring/dossier_return.html", context, status=status)


def _areas(sheet: Sheet, form: ReturnForm) -> list[tuple[Any, list[tuple[Any, Any]]]]:
    """Area by area the rows that may be returned, each with its input."""
    areas = [
        (
            area.criterion,
            [(row, form.remark_field(row.score.pk)) for row in area.rows if row.by_unit],
        )
        for area in sheet.areas
    ]
    return [(criterion, rows) for criterion, rows in areas if rows]
