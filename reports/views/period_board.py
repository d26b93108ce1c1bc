"""A period under way at a glance, for whoever organises it or leads the units."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from reports.services import kept_pages
from reports.told_pages import Page
from reports.views.told import shown
from scoring.second_access import require_empty_hands
from scoring.views.scope import find_period
from units.permissions import Permission


@require_safe
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """Progress by block, owner and unit; forecasts; pace; differences; classes."""
    period = find_period(request, pk, Permission.SEE_DASHBOARD)
    require_empty_hands(request.user, period)
    context = {
        "period": period,
        "made_up": period.made_up,
        "told": kept_pages.told(Page.BOARD, request.user, period),
    }
    return shown(request, "reports/period_board.html", context)
