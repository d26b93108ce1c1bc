"""The organiser gives one dossier more time."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from cchc_portal.kit.errors import ChangedMeanwhile, MoveRefused
from scoring import access
from scoring.forms.returning import ExtensionForm
from scoring.rules.workflow import EXTEND
from scoring.services import extensions
from scoring.views.dossiers import found
from units.access import require
from units.permissions import Permission


@require_http_methods(["GET", "HEAD", "POST"])
def extend(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks until which day and why; shows the extensions granted before."""
    dossier = found(request, pk)
    require(request.user, Permission.RUN_PERIOD, at=dossier.period.assessor_id)
    posted = request.POST if request.method == "POST" else None
    form = ExtensionForm(posted, initial={"seen": dossier.last_day})
    status = 200
    if posted is not None:
        status = 422
        if form.is_valid():
            said = form.cleaned_data
            try:
                extensions.extend(
                    dossier,
                    by=request.user,
                    until=said["until"],
                    reason=said["comment"],
                    seen=said["seen"],
                )
            except (MoveRefused, ChangedMeanwhile) as refusal:
                status = 409
                form.add_error(None, refusal.sentence)
            else:
                messages.success(
                    request, f"Đã gia hạn hồ sơ đến hết ngày {said['until']:%d/%m/%Y}."
                )
                return redirect("scoring:dossier", pk)
    dossier = found(request, pk)
    if status == 409:
        form.look_again(dossier.last_day)
    context = {
        "dossier": dossier,
        "form": form,
        "closed_because": access.why_not_extendable(dossier),
        "granted": dossier.events.filter(verb=EXTEND).select_related("by"),
        "made_up": dossier.period.made_up,
    }
    return render(request, "scoring/dossier_extend.html", context, status=status)
