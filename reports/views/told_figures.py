"""Figures that the portal's own rows tell, beside the report of a unit."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from cchc_portal.kit.asked import number
from cchc_portal.kit.errors import ChangedMeanwhile, MoveRefused
from cchc_portal.kit.htmx import fragment
from reports.services import told_figures
from scoring import reading_access
from scoring.models import Collection, Reading

form_page = require_http_methods(["GET", "HEAD", "POST"])


@form_page
def page(request: HttpRequest, pk: int, unit: int) -> HttpResponse:
    """What the rows of the portal come to for a unit, beside its report; a press takes it."""
    seen = Collection.objects.visible_to(request.user).select_related("owner")
    collection = get_object_or_404(seen, pk=pk)
    rows = Reading.objects.visible_to(request.user).filter(collection=collection, unit=unit)
    reading = rows.select_related("unit").first()
    if reading is None:
        raise Http404
    reading_access.require_writer(request.user, collection, unit)
    refusal, status = "", 200
    if request.method == "POST":
        sent = [(name[2:], said) for name, said in request.POST.items() if name.startswith("v-")]
        versions = {number(key) or 0: number(said) or 0 for key, said in sent}
        try:
            taken = told_figures.take(collection, unit, seen=versions, by=request.user)
        except (MoveRefused, ChangedMeanwhile) as fault:
            refusal, status = fault.sentence, 409
        else:
            messages.success(request, f"Đã lấy {taken} số liệu từ cổng.")
            return redirect(reverse("scoring:readings", args=[pk, unit]))
    offered = told_figures.offered_to(collection, unit)
    context = {
        "collection": collection,
        "unit": reading.unit,
        "offered": offered,
        "waiting": sum(not one.same for one in offered),
        "meanings": dict.fromkeys(one.source.meaning for one in offered),
        "refusal": refusal,
        "made_up": collection.made_up,
    }
    if request.htmx:
        return fragment(request, "reports/_told_figures.html", context, status=status)
    return render(request, "reports/told_figures.html", context, status=status)
