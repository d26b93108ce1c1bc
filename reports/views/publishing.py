"""Publishing a locked period, and printing again what the press could not."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from cchc_portal.kit.errors import MoveRefused
from reports.forms.publishing import DecisionForm
from reports.models import Edition
from reports.services import editions
from scoring.models import Period
from scoring.rules.workflow import PERIOD, PeriodVerb
from scoring.services.standings import standings
from units.access import require
from units.permissions import Permission


@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """The head of the assessor reads what will be published, types the decision, signs it off."""
    period = _find(request, pk)
    if request.method != "POST":
        return _asked(request, period, DecisionForm(request, period))
    form = DecisionForm(request, period, request.POST)
    if not form.is_valid():
        return _asked(request, period, form, status=422)
    try:
        edition = editions.publish(period, by=request.user, decision=form.decision)
    except MoveRefused as refused:
        form.add_error(None, refused.sentence)
        return _asked(request, _find(request, pk), form, status=409)
    messages.success(request, "Đã công bố kết quả. Tệp PDF đang được kết xuất.")
    return redirect("reports:edition", edition.pk)


@require_POST
def print_again(request: HttpRequest, pk: int) -> HttpResponse:
    """A failed paper goes to the press once more."""
    edition = get_object_or_404(Edition.objects.for_page(), pk=pk)
    try:
        editions.print_again(edition, by=request.user)
    except MoveRefused as refused:
        messages.error(request, refused.sentence)
    else:
        messages.success(request, "Đã gửi kết xuất lại tệp PDF.")
    return redirect("reports:edition", edition.pk)


def _find(request: HttpRequest, pk: int) -> Period:
    seen = Period.objects.visible_to(request.user).select_related("assessor__parent")
    period = get_object_or_404(seen, pk=pk)
    require(request.user, Permission.PUBLISH_INDEX, at=period.assessor_id)
    return period


def _asked(
    request: HttpRequest, period: Period, form: DecisionForm, status: int = 200
) -> HttpResponse:
    ready = any(move.verb == PeriodVerb.PUBLISH for move in PERIOD.open_moves(period.state))
    context = {
        "period": period,
        "made_up": period.made_up,
        "form": form,
        "ready": ready,
        "edition": period.editions.order_by("-number").first(),
        "tables": standings(period) if ready else [],
    }
    return render(request, "reports/publish.html", context, status=status)
