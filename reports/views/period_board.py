"""A period under way at a glance, for whoever organises it or leads the units."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_safe

from reports.board_charts import charts_of
from reports.services import kept_pages
from reports.services.board import board_of
from reports.services.kept_pages import Told
from scoring.models import Period
from scoring.rules.workflow import NOT_YET_ASSESSING, PeriodState
from scoring.second_access import require_empty_hands
from scoring.views.scope import find_period
from units.models import User
from units.permissions import Permission


@require_safe
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """Progress by block, owner and unit; forecasts; pace; differences; classes."""
    period = find_period(request, pk, Permission.SEE_DASHBOARD)
    require_empty_hands(request.user, period)
    context = {
        "period": period,
        "made_up": period.made_up,
        "told": kept_pages.told("board", request.user, period, _answers),
    }
    return render(request, "reports/period_board.html", context)


def _answers(user: User, period: Period) -> Told:
    said: dict[str, Any] = {
        "period": period,
        "under_way": period.state == PeriodState.OPEN,
    }
    if period.state not in NOT_YET_ASSESSING:
        board = board_of(period, timezone.localdate())
        said |= {"board": board, **charts_of(board)}
    return Told(render_to_string("reports/_board_answers.html", said), timezone.now())
