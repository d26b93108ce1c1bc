"""The organiser's page of second marks in a period: how much, the draw, and how far it is."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from cchc_portal.kit.numerals import grouped
from scoring.forms.second_marks import SecondMarkingForm
from scoring.models import Period, SecondMark, SecondMarking
from scoring.rules.second_mark import MarkState
from scoring.rules.workflow import DECIDED, PeriodState
from scoring.services import second_draws
from scoring.views.scope import attempt, find_period
from units.permissions import Permission

ROWS_SHOWN = 100


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """Share, tolerance and seed; what is drawn; what is still open."""
    period = find_period(request, pk, Permission.RUN_PERIOD)
    if request.method != "POST":
        return _page(request, period)
    form = SecondMarkingForm(request.POST)
    if not form.is_valid():
        return _page(request, period, form=form, status=422)
    typed = form.cleaned_data

    def save() -> str:
        second_draws.arrange(
            period,
            by=request.user,
            share=typed["share"],
            tolerance=typed["tolerance"],
            seen=typed["seen"],
        )
        return "Đã đặt tỷ lệ rút thăm và ngưỡng chênh lệch."

    return attempt(
        request,
        save,
        then=reverse("scoring:second-marking", args=[pk]),
        otherwise=lambda: _page(request, period, form=form),
    )


@require_POST
def draw(request: HttpRequest, pk: int) -> HttpResponse:
    """Draws among the verdicts that stand now."""
    period = find_period(request, pk, Permission.RUN_PERIOD)

    def do() -> str:
        number = second_draws.draw(period, by=request.user)
        if not number:
            return "Không có thêm dòng nào phải chấm lần hai."
        return f"Đã rút thêm {grouped(number)} dòng chấm lần hai."

    return attempt(
        request,
        do,
        then=reverse("scoring:second-marking", args=[pk]),
        otherwise=lambda: _page(request, period),
    )


def _page(
    request: HttpRequest,
    period: Period,
    *,
    form: SecondMarkingForm | None = None,
    status: int = 200,
) -> HttpResponse:
    marking = SecondMarking.objects.filter(period=period).first()
    counts = second_draws.counts_of(period)
    open_ones = SecondMark.objects.of_period(period).unfinished().for_page()
    number = sum(counts.values())
    usual = marking or SecondMarking(period=period, version=0)
    context: dict[str, Any] = {
        "period": period,
        "marking": marking,
        "form": form
        or SecondMarkingForm(
            initial={"share": usual.share, "tolerance": usual.tolerance, "seen": usual.version}
        ),
        "arranges": period.state not in DECIDED and not number,
        "draws": marking is not None and period.state == PeriodState.OPEN,
        "told_seed": marking is not None and period.state in DECIDED,
        "counts": [(state, counts[state]) for state in MarkState if counts.get(state)],
        "number": number,
        "open_ones": list(open_ones[:ROWS_SHOWN]),
        "open_count": open_ones.count(),
        "made_up": period.made_up,
    }
    return render(request, "scoring/second_marking.html", context, status=status)
