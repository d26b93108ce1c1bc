"""Publishing a locked period, correcting a published one, printing what the press could not."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from cchc_portal.kit.errors import MoveRefused
from reports.access import may_correct
from reports.forms.publishing import CorrectionForm, DecisionForm
from reports.models import Edition
from reports.services import editions
from scoring.models import Period
from scoring.rules.workflow import PERIOD, PeriodState, PeriodVerb
from scoring.services.standings import standings
from units.access import require
from units.permissions import Permission


@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """The head of the assessor reads what will be published, types the decision, signs it off."""
    period = _find(request, pk)
    corrected = _newest(period) if _is_ready(period) else None
    if request.method != "POST":
        return _asked(request, period, DecisionForm(request, period, corrected=corrected))
    form = DecisionForm(request, period, request.POST, corrected=corrected)
    if not form.is_valid():
        return _asked(request, period, form, status=422)
    try:
        edition = editions.publish(period, by=request.user, decision=form.decision)
    except MoveRefused as refused:
        form.add_error(None, refused.sentence)
        return _asked(request, _find(request, pk), form, status=409)
    messages.success(request, "Đã công bố kết quả. Tệp PDF đang được kết xuất.")
    return redirect("reports:edition", edition.pk)


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


def _is_ready(period: Period) -> bool:
    return any(move.verb == PeriodVerb.PUBLISH for move in PERIOD.open_moves(period.state))


def _newest(period: Period) -> Edition | None:
    return period.editions.order_by("-number").first()


def _asked(
    request: HttpRequest, period: Period, form: DecisionForm, status: int = 200
) -> HttpResponse:
    edition, ready = _newest(period), _is_ready(period)
    tables = standings(period) if ready else []
    context = {
        "period": period,
        "made_up": period.made_up,
        "form": form,
        "ready": ready,
        "edition": edition,
        "published": period.state == PeriodState.PUBLISHED,
        "tables": tables,
        "differences": editions.would_change(edition, tables) if edition and ready else [],
    }
    return render(request, "reports/publish.html", context, status=status)
