"""The organiser's pages of periods: list, draft, one period with all that is left to do."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cchc_portal.kit.asked import number
from cchc_portal.kit.htmx import fragment
from cchc_portal.kit.numerals import grouped
from scoring.forms.dossiers import ReasonForm
from scoring.forms.periods import NewPeriodForm, PeriodForm, usual_dates
from scoring.models import Period
from scoring.rules.workflow import NOT_YET_ASSESSING, PREPARATION, PeriodState, PeriodVerb
from scoring.second_access import told_of_acts
from scoring.services import periods, readiness
from scoring.views.locking import ways_out
from scoring.views.scope import attempt, find_period
from units.access import may, require, units_where
from units.models import Unit
from units.permissions import Permission

LINES_SHOWN = 5
DOSSIERS_SHOWN = 10
PERIODS_A_PAGE = 30


@require_GET
def period_list(request: HttpRequest) -> HttpResponse:
    """Every period of the units whose subordinates the person oversees."""
    if not units_where(request.user, Permission.SEE_BELOW):
        raise PermissionDenied("Trang này dành cho người tổ chức, theo dõi kỳ đánh giá.")
    found = Period.objects.overseen_by(request.user).for_list().order_by("-year", "-opens_on", "pk")
    page = Paginator(found, PERIODS_A_PAGE).get_page(request.GET.get("page"))
    counts = readiness.dossiers_by_state(page.object_list)
    rows = [(period, counts.get(period.pk, readiness.NONE_YET)) for period in page]
    organises = bool(units_where(request.user, Permission.RUN_PERIOD))
    context = {"page": page, "rows": rows, "today": timezone.localdate(), "organises": organises}
    return render(request, "scoring/periods.html", context)


@require_http_methods(["GET", "POST"])
def period_new(request: HttpRequest) -> HttpResponse:
    """Drafts a period, empty or after an earlier one."""
    at = units_where(request.user, Permission.RUN_PERIOD)
    if not at:
        raise PermissionDenied("Trang này dành cho người tổ chức kỳ đánh giá.")
    earlier = Period.objects.run_by(request.user).order_by("-year", "title")
    sources: dict[str, Any] = {"assessors": Unit.objects.filter(pk__in=at), "earlier": earlier}
    if request.method == "GET":
        form = NewPeriodForm(**sources, **_proposal(request, earlier))
        return render(request, "scoring/period_new.html", {"form": form})
    form = NewPeriodForm(request.POST, **sources)
    if not form.is_valid():
        return render(request, "scoring/period_new.html", {"form": form}, status=422)
    return _draft(request, form)


@require_GET
def period_dates(request: HttpRequest) -> HttpResponse:
    """The dates proposed for the year that was typed, as the fields of the form."""
    form = PeriodForm(initial=usual_dates(_year(request.GET.get("year", ""))))
    return fragment(request, "scoring/_period_dates.html", {"form": form})


@require_GET
def period_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One period: where it stands, what is left to do, its blocks, its log."""
    return _shown(request, find_period(request, pk, Permission.SEE_BELOW))


@require_http_methods(["GET", "POST"])
def period_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Changes a period that is being prepared."""
    period = find_period(request, pk, Permission.RUN_PERIOD)
    if period.state not in PREPARATION:
        return redirect("scoring:period", pk)
    form = PeriodForm(request.POST or None, instance=period)
    version = request.POST.get("version", str(period.version))
    context = {"form": form, "period": period, "version": version}
    if request.method == "GET":
        return render(request, "scoring/period_edit.html", context)
    seen = number(version)
    if not form.is_valid() or seen is None:
        return render(request, "scoring/period_edit.html", context, status=422)

    def save() -> str:
        periods.edit(period, by=request.user, seen=seen, **form.columns())
        return "Đã lưu thông tin kỳ đánh giá."

    return attempt(
        request,
        save,
        then=reverse("scoring:period", args=[pk]),
        otherwise=lambda: render(request, "scoring/period_edit.html", context),
    )


@require_POST
def period_open(request: HttpRequest, pk: int) -> HttpResponse:
    """Opens the period, or says what is in the way."""
    period = find_period(request, pk, Permission.SEE_BELOW)

    def do() -> str:
        opened = periods.open(period, by=request.user)
        if opened.state == PeriodState.OPENING:
            return "Đang lập hồ sơ cho các đơn vị, tiến độ hiện ở dưới."
        return f"Đã mở kỳ đánh giá, lập {grouped(opened.dossiers.count())} hồ sơ."

    return _moved(request, period, do)


@require_POST
def period_lock(request: HttpRequest, pk: int) -> HttpResponse:
    """Closes the assessment."""
    period = find_period(request, pk, Permission.SEE_BELOW)

    def do() -> str:
        periods.lock(period, by=request.user)
        return "Đã chốt kỳ đánh giá: điểm thẩm định là điểm phê duyệt."

    return _moved(request, period, do)


@require_POST
def period_unlock(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes the closing back, with a reason."""
    period = find_period(request, pk, Permission.SEE_BELOW)
    require(request.user, Permission.UNLOCK_PERIOD, at=period.assessor_id)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        typed = request.POST.get("comment", "")
        refusal = {"refusal": " ".join(form.errors["comment"]), "comment": typed}
        return _shown(request, period, status=422, **refusal)

    def do() -> str:
        periods.unlock(period, by=request.user, comment=form.cleaned_data["comment"])
        return "Đã mở lại kỳ đánh giá."

    return _moved(request, period, do)


@require_GET
def period_progress(request: HttpRequest, pk: int) -> HttpResponse:
    """How far the opening is; once it is done the whole page is asked for anew."""
    period = find_period(request, pk, Permission.SEE_BELOW)
    answer = fragment(request, "scoring/_period_opening.html", _opening(period))
    if period.state != PeriodState.OPENING:
        answer.headers["HX-Refresh"] = "true"
    return answer


def _draft(request: HttpRequest, form: NewPeriodForm) -> HttpResponse:
    earlier, drafted = form.cleaned_data["earlier"], []

    def do() -> str:
        columns = form.columns()
        if earlier:
            drafted.append(periods.copy(earlier, by=request.user, **columns))
        else:
            assessor = form.cleaned_data["assessor"]
            drafted.append(periods.draft(assessor=assessor, by=request.user, **columns))
        return "Đã lập kỳ đánh giá. Kỳ đang ở bước chuẩn bị, chưa đơn vị nào nhìn thấy."

    answer = attempt(
        request,
        do,
        then=reverse("scoring:periods"),
        otherwise=lambda: render(request, "scoring/period_new.html", {"form": form}),
    )
    return redirect("scoring:period", drafted[0].pk) if drafted else answer


def _proposal(request: HttpRequest, earlier) -> dict[str, Any]:
    """What the form of a new period starts with: the year after the latest, its usual dates."""
    chosen = number(request.GET.get("tu"))
    source = earlier.filter(pk=chosen).first() if chosen else None
    year = source.year + 1 if source else timezone.localdate().year
    initial: dict[str, Any] = {
        "year": year,
        "title": f"Chỉ số cải cách hành chính năm {year}",
        "earlier": source,
        **usual_dates(year),
    }
    if source is None:
        return {"initial": initial}
    initial["title"] = source.title.replace(str(source.year), str(year))
    same = Period(**{name: getattr(source, name) for name in periods.RULES})
    return {"initial": initial | {"assessor": source.assessor_id}, "instance": same}


def _year(typed: str) -> int:
    year = number(typed, digits=4) or 0
    return year if 2010 <= year <= 2100 else timezone.localdate().year


def _moved(request: HttpRequest, period: Period, do) -> HttpResponse:
    def again() -> HttpResponse:
        return _shown(request, find_period(request, period.pk, Permission.SEE_BELOW))

    return attempt(request, do, then=reverse("scoring:period", args=[period.pk]), otherwise=again)


def _shown(request: HttpRequest, period: Period, status: int = 200, **refusal: str) -> HttpResponse:
    today = timezone.localdate()
    reports = readiness.block_reports(period)
    counts = readiness.dossiers_by_state([period], part="block")
    moves = {move.verb: move for move in periods.open_moves(period, request.user)}
    preparing = period.state in PREPARATION
    done = period.state == PeriodState.PUBLISHED
    events = told_of_acts(period.events, request.user, "period__dossiers__scores")
    log = list(events.select_related("by"))
    context = {
        "period": period,
        "made_up": period.made_up,
        "preparing": preparing,
        "ranked": period.state not in NOT_YET_ASSESSING,
        "may_prepare": PeriodVerb.OPEN in moves,
        "may_run": may(request.user, Permission.RUN_PERIOD, at=period.assessor_id),
        "watches": may(request.user, Permission.SEE_DASHBOARD, at=period.assessor_id),
        "moves": {verb.value: move for verb, move in moves.items()},
        "unit_total": sum(report.units for report in reports),
        "score_total": sum(report.units * report.components for report in reports),
        "reports": [
            (report, counts.get(report.block.pk, readiness.NONE_YET)) for report in reports
        ],
        "obstacles": readiness.obstacles(period, reports) if preparing else [],
        "unsettled": _unsettled(period),
        "holds": ways_out(period, request.user, now=timezone.now()),
        "calendar_words": "" if done else period.calendar.words(today),
        "calendar_steps": period.calendar.stations(today),
        "bands": list(zip(period.band_labels, [*period.band_floors, None], strict=True)),
        "log": log[:LINES_SHOWN],
        "log_rest": log[LINES_SHOWN:],
        "refusal": "",
        "comment": "",
        **_opening(period),
        **refusal,
    }
    return render(request, "scoring/period.html", context, status=status)


def _opening(period: Period) -> dict[str, Any]:
    made, of = periods.progress(period) if period.state == PeriodState.OPENING else (0, 0)
    return {
        "period": period,
        "opening": period.state == PeriodState.OPENING,
        "made": made,
        "of": of,
    }


def _unsettled(period: Period) -> dict[str, Any]:
    if period.state != PeriodState.OPEN:
        return {"count": 0, "rows": [], "more": 0}
    left = readiness.unsettled(period)
    count = left.count()
    return {"count": count, "rows": left[:DOSSIERS_SHOWN], "more": max(0, count - DOSSIERS_SHOWN)}
