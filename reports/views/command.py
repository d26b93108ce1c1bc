"""The command view: who is late, where points are lost, who moved, what is overdue, what parts."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from cchc_portal.kit.htmx import fragment
from reports import reported
from reports.drives import told_to
from reports.rules.paper_state import PaperState
from reports.services import command_papers, kept_pages
from reports.told_pages import Page
from reports.views.commitment_papers import own_paper
from reports.views.told import shown
from scoring.models import Period
from scoring.rules.workflow import PeriodState
from scoring.second_access import require_empty_hands
from units.access import units_where
from units.permissions import Permission

FOR_LEADERS = "Trang này dành cho lãnh đạo và người tổ chức đánh giá các đơn vị trực thuộc."


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """The newest period of the units one leads, or the one that is chosen; flat in units."""
    periods = _periods(request)
    period = _chosen(periods, request.GET.get("ky", ""))
    if period is None:
        return render(request, "reports/command_none.html")
    require_empty_hands(request.user, period)
    drives, every_drive = told_to(request.user, timezone.localdate())
    context = {
        "period": period,
        "periods": periods,
        "made_up": period.made_up,
        "under_way": period.state == PeriodState.OPEN,
        "told": kept_pages.told(Page.COMMAND, request.user, period),
        "reported": reported.newest_of(period),
        "drives": drives,
        "every_drive": every_drive,
        **_press(request, period),
    }
    return shown(request, "reports/command.html", context)


@require_POST
def print_(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks for the same page as a paper; it is drawn elsewhere."""
    period = _found(request, pk)
    command_papers.ask(request.user, period)
    return fragment(request, "reports/_command_press.html", _press(request, period))


@require_safe
def press(request: HttpRequest, pk: int) -> HttpResponse:
    """How far the paper is: asked every second until it is there."""
    period = _found(request, pk)
    return fragment(request, "reports/_command_press.html", _press(request, period))


@require_safe
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """The paper, for whoever asked for it and as long as it is kept."""
    period = _found(request, pk)
    drawn = command_papers.kept(request.user, period)
    if drawn.pdf is None:
        raise Http404("Bản in chưa có hoặc đã quá một giờ; đề nghị yêu cầu lại.")
    return own_paper(drawn.pdf, f"dieu-hanh-{period.year}-{drawn.at:%Y%m%d-%H%M}.pdf")


def _periods(request: HttpRequest) -> list[Period]:
    if not units_where(request.user, Permission.SEE_DASHBOARD):
        raise PermissionDenied(FOR_LEADERS)
    led = Period.objects.led_by(request.user).assessing().select_related("assessor")
    return list(led.order_by("-year", "-opens_on", "pk"))


def _chosen(periods: list[Period], asked: str) -> Period | None:
    if not asked:
        return next(iter(periods), None)
    found = next((one for one in periods if str(one.pk) == asked), None)
    if found is None:
        raise Http404
    return found


def _found(request: HttpRequest, pk: int) -> Period:
    period = _chosen(_periods(request), str(pk))
    require_empty_hands(request.user, period)
    return period


def _press(request: HttpRequest, period: Period) -> dict[str, Any]:
    return {
        "period": period,
        "paper": command_papers.kept(request.user, period),
        "states": {state.name: state.value for state in PaperState},
    }
