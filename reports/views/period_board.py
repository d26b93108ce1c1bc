"""A period under way at a glance, for whoever organises it or leads the units."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from reports.board_charts import charts_of
from reports.services.board import board_of
from scoring.rules.workflow import NOT_YET_ASSESSING, PeriodState
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
        "under_way": period.state == PeriodState.OPEN,
        "begun": period.state not in NOT_YET_ASSESSING,
    }
    if context["begun"]:
        board = board_of(period, timezone.localdate())
        context |= {"board": board, **charts_of(board)}
    return render(request, "reports/period_board.html", context)
