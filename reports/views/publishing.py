"""Correcting what was published, printing what the press could not."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from cchc_portal.kit.errors import MoveRefused
from reports.access import may_correct
from reports.forms.publishing import CorrectionForm
from reports.models import Edition
from reports.services import editions
from reports.views.pressed import tell
from units.access import require
from units.permissions import Permission


@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """The head of the assessor opens a published period again, so that its edition is corrected."""
    edition = get_object_or_404(Edition.objects.for_page(), pk=pk)
    require(request.user, Permission.PUBLISH_INDEX, at=edition.period.assessor_id)
    form = CorrectionForm(request.POST or None)
    context = {"edition": edition, "form": form, "may_correct": may_correct(request.user, edition)}
    if request.method != "POST":
        return render(request, "reports/correct.html", context)
    if not form.is_valid():
        return render(request, "reports/correct.html", context, status=422)
    try:
        editions.open_for_correction(edition, by=request.user, comment=form.cleaned_data["comment"])
    except MoveRefused as refused:
        form.add_error(None, refused.sentence)
        context["may_correct"] = False
        return render(request, "reports/correct.html", context, status=409)
    messages.success(
        request, "Đã mở kỳ để đính chính. Bản đã công bố giữ nguyên cho đến khi có bản đính chính."
    )
    return redirect("scoring:period", edition.period_id)


@require_POST
def print_again(request: HttpRequest, pk: int) -> HttpResponse:
    """A failed paper goes to the press once more."""
    edition = get_object_or_404(Edition.objects.for_page(), pk=pk)
    tell(
        request,
        lambda: editions.print_again(edition, by=request.user),
        done="Đã gửi kết xuất lại tệp PDF.",
    )
    return redirect("reports:edition", edition.pk)
