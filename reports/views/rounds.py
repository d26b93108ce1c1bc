"""Rounds of periodic reports: what one has to report and asks for, opening one, who has sent."""

from operator import attrgetter
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cchc_portal.kit.errors import MoveRefused
from reports.forms.periodic import (
    LATE,
    OutlineForm,
    RoundFilterForm,
    RoundForm,
    outline_initial,
)
from reports.models import PeriodicReport, ReportRound
from reports.periodic_access import may_write, require_writer
from reports.rules.outline import by_part
from reports.rules.periodic import ReportState
from reports.services import rounds
from units.access import may, units_where
from units.models import Unit
from units.permissions import Permission

LISTED = 60
UNITS_A_PAGE = 50


@require_safe
def list_(request: HttpRequest) -> HttpResponse:
    """The reports of one's own units, and the rounds one oversees."""
    mine = PeriodicReport.objects.filter(
        unit__in=units_where(request.user, Permission.SEE_UNIT)
    ).for_page()
    today = timezone.localdate()
    own = list(mine.with_progress().order_by("-round__ends_on", "-pk")[:LISTED])
    asked = list(
        ReportRound.objects.overseen_by(request.user)
        .select_related("owner")
        .with_counts(today)
        .order_by("-ends_on", "-pk")[:LISTED]
    )
    context = {
        "own": [(one, one.late_on(today)) for one in own],
        "asked": asked,
        "may_open": bool(units_where(request.user, Permission.RUN_PERIOD)),
        "made_up": any(one.round.made_up for one in own) or any(one.made_up for one in asked),
    }
    return render(request, "reports/periodic/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def open_(request: HttpRequest) -> HttpResponse:
    """Opens a round; the outline is offered as the level used it last."""
    owners = units_where(request.user, Permission.RUN_PERIOD)
    if not owners:
        raise PermissionDenied("Đồng chí không tổ chức báo cáo định kỳ ở đơn vị nào.")
    posted = request.POST if request.method == "POST" else None
    form = RoundForm(owners, posted)
    offered = rounds.offered_outline(Unit.objects.filter(pk__in=owners).first())
    outline = OutlineForm(posted, initial=outline_initial(offered), prefix="muc")
    status = 200
    if posted is not None:
        status = 422
        sound = form.is_valid()
        if outline.is_valid() and sound:
            said = form.cleaned_data
            try:
                opened = rounds.open_(
                    said["owner"],
                    by=request.user,
                    year=said["year"],
                    span=said["span"],
                    days=said["days"],
                    title=said["title"],
                    kinds=said["kinds"],
                    outline=outline.headings(),
                )
            except MoveRefused as refusal:
                form.add_error(None, refusal.sentence)
                status = 409
            else:
                messages.success(request, f"Đã mở {opened.title}.")
                return redirect("periodic:round", opened.pk)
    context = {"form": form, "outline": outline}
    return render(request, "reports/periodic/open.html", context, status=status)


def found(request: HttpRequest, pk: int) -> ReportRound:
    """The round among those that the person oversees, else 404."""
    seen = ReportRound.objects.overseen_by(request.user).select_related("owner")
    return get_object_or_404(seen, pk=pk)


@require_safe
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """Who has sent, who is late, whose report came back; the outline; the level's own report."""
    return page_of(request, pk)


def page_of(request: HttpRequest, pk: int, *, refusal: str = "", status: int = 200) -> HttpResponse:
    """The page as it is now, with a sentence on top where something was refused."""
    today = timezone.localdate()
    seen = ReportRound.objects.overseen_by(request.user).select_related("owner")
    round_ = get_object_or_404(seen.with_counts(today), pk=pk)
    form = RoundFilterForm(request.GET)
    chosen = form.cleaned_data["state"] if form.is_valid() else ""
    reports = round_.reports.exclude(unit=F("round__owner"))
    if chosen == LATE:
        reports = reports.filter(first_sent_on=None) if today > round_.due_on else reports.none()
    elif chosen:
        reports = reports.filter(state=chosen)
    rows = reports.with_progress().select_related("unit").order_by("unit__position", "unit__code")
    shown = Paginator(rows, UNITS_A_PAGE).get_page(request.GET.get("page"))
    for one in shown:
        one.round = round_
    level = rounds.report_of_the_level(round_)
    context: dict[str, Any] = {
        "round": round_,
        "page": shown,
        "rows": [(one, one.late_on(today)) for one in shown],
        "chips": _chips(round_),
        "chosen": chosen,
        "parts": by_part(round_.sections.all(), part=attrgetter("part")),
        "level": level,
        "writes": may_write(request.user, round_.owner_id),
        "runs": may(request.user, Permission.RUN_PERIOD, at=round_.owner_id),
        "sent": round_.reports.filter(first_sent_on__isnull=False).exists(),
        "events": list(round_.events.select_related("by")),
        "refusal": refusal,
        "made_up": round_.made_up,
    }
    return render(request, "reports/periodic/round.html", context, status=status)


@require_POST
def sum_up(request: HttpRequest, pk: int) -> HttpResponse:
    """The level's own report, into which those below are merged; the one there is, if any."""
    round_ = found(request, pk)
    require_writer(request.user, round_.owner_id)
    try:
        report = rounds.sum_up(round_, by=request.user)
    except MoveRefused as refusal:
        return page_of(request, pk, refusal=refusal.sentence, status=409)
    return redirect("periodic:report", report.pk)


def _chips(round_: ReportRound) -> list[tuple[str, str, int]]:
    """What the list can be narrowed to: value, words, how many. The counts come with the round."""
    writing = round_.asked - round_.waiting - round_.accepted - round_.returned
    return [
        ("", "Tất cả", round_.asked),
        (ReportState.DRAFT.value, "Đang soạn", writing),
        (ReportState.SENT.value, "Chờ tiếp nhận", round_.waiting),
        (ReportState.ACCEPTED.value, "Đã tiếp nhận", round_.accepted),
        (ReportState.RETURNED.value, "Bị trả lại", round_.returned),
        (LATE, "Quá hạn, chưa gửi", round_.late),
    ]
