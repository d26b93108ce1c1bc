"""Where a unit takes what its own units reported into the figures that it reports itself."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from cchc_portal.kit.asked import number
from cchc_portal.kit.errors import ChangedMeanwhile, MoveRefused
from cchc_portal.kit.numerals import grouped
from scoring import reading_access
from scoring.forms.readings import WhyForm
from scoring.models import Reading
from scoring.rules.kinds import Hindrance
from scoring.services import gathered
from scoring.views.readings import NOT_ASKED, collection_of, reading_of, row_again, unit_page

SEEN = "phien-ban-"
"""How a field is named that carries the version of a row that was shown."""


@require_POST
def take(request: HttpRequest, pk: int) -> HttpResponse:
    """One row; the whole row comes back, also with why it was not taken."""
    reading = reading_of(request, pk)
    reading_access.require_writer(request.user, reading.collection, reading.unit_id)
    form, typed = WhyForm(request.POST), request.POST.get("reason", "")

    def refused(sentence: str, status: int) -> HttpResponse:
        if not request.htmx:
            messages.error(request, sentence)
        told = {"state": Hindrance.REFUSED, "sentence": sentence, "reason": typed}
        return row_again(request, pk, **told, status=status)

    if not form.is_valid():
        return refused(form.refusal, 422)
    seen = number(request.POST.get("version", "")) or 0
    try:
        gathered.take(pk, by=request.user, seen_version=seen, reason=form.cleaned_data["reason"])
    except (MoveRefused, ChangedMeanwhile) as refusal:
        return refused(refusal.sentence, 409)
    return row_again(request, pk, state="saved")


@require_POST
def take_all(request: HttpRequest, pk: int, unit: int) -> HttpResponse:
    """Every row that no person typed in."""
    collection = collection_of(request, pk)
    if not Reading.objects.visible_to(request.user).filter(collection=pk, unit=unit).exists():
        raise Http404(NOT_ASKED)
    reading_access.require_writer(request.user, collection, unit)
    seen = {
        int(name.removeprefix(SEEN)): number(version) or 0
        for name, version in request.POST.items()
        if name.startswith(SEEN) and number(name.removeprefix(SEEN))
    }
    form, typed = WhyForm(request.POST), request.POST.get("reason", "")

    def refused(sentence: str, status: int) -> HttpResponse:
        return unit_page(request, collection, unit, refusal=sentence, reason=typed, status=status)

    if not form.is_valid():
        return refused(form.refusal, 422)
    reason = form.cleaned_data["reason"]
    try:
        count = gathered.take_all(collection, unit, by=request.user, seen=seen, reason=reason)
    except (MoveRefused, ChangedMeanwhile) as refusal:
        return refused(refusal.sentence, 409)
    messages.success(request, f"Đã lấy {grouped(count)} số liệu từ đơn vị trực thuộc.")
    return redirect(reverse("scoring:readings", args=[pk, unit]))
