"""One periodic report: read as it is written or as it was sent; sent, received, returned."""

from collections.abc import Callable
from functools import wraps
from operator import itemgetter
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cchc_portal.kit.errors import ChangedMeanwhile, MoveRefused
from commitments.services.plans import Paper
from commitments.views.asking import ask, posted
from reports.forms.periodic import ReturnForm, SeenForm, SendForm
from reports.models import PeriodicReport, SentReport
from reports.periodic_access import may_write, open_moves, reads_draft, require_move
from reports.rules.outline import by_part, stands_alone
from reports.rules.periodic import PERIODIC, Content, ReportVerb
from reports.rules.unit_annex import annex_of
from reports.services import odd_figures, periodic, periodic_content

ADDRESSES = {
    ReportVerb.SEND: "periodic:send",
    ReportVerb.ISSUE: "periodic:send",
    ReportVerb.RETURN: "periodic:return",
    ReportVerb.REOPEN: "periodic:return",
}
form_page = require_http_methods(["GET", "HEAD", "POST"])


def report_of(request: HttpRequest, pk: int) -> PeriodicReport:
    """The report among what this person may see, else 404."""
    return get_object_or_404(PeriodicReport.objects.visible_to(request.user).for_page(), pk=pk)


def said_in(request: HttpRequest, report: PeriodicReport) -> tuple[Content, SentReport | None]:
    """What this person reads: what was sent last, or, of the unit, what is being written."""
    if (report.writable or report.cancelled) and reads_draft(request.user, report):
        return periodic_content.live(report), None
    sent = report.sent.select_related("sent_by").first()
    return sent.content, sent


def parts_of(content: Content) -> list[tuple[str, bool, list[dict[str, Any]]]]:
    """Parts with their sections; whether the part is one section of the same name."""
    found = by_part(content["sections"], part=itemgetter("part"))
    return [
        (part, stands_alone(part, [one["title"] for one in some]), some) for part, some in found
    ]


def on_report(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The view is given the report; what it refuses is said on the report's page, 409."""

    @wraps(view)
    def with_report(request: HttpRequest, pk: int) -> HttpResponse:
        report = report_of(request, pk)
        try:
            return view(request, report)
        except (MoveRefused, ChangedMeanwhile) as refusal:
            return page_of(request, pk, refusal=refusal.sentence, status=409)

    return with_report


@require_safe
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole report with its annexes, and what happened to it."""
    return page_of(request, pk)


def page_of(request: HttpRequest, pk: int, *, refusal: str = "", status: int = 200) -> HttpResponse:
    """The page as it is now, with a sentence on top where something was refused."""
    report = report_of(request, pk)
    content, sent = said_in(request, report)
    moves = open_moves(request.user, report)
    events = list(report.events.select_related("by"))
    sections = {one.key: one.pk for one in report.round.sections.all()}
    context = {
        "report": report,
        "round": report.round,
        "content": content,
        "sent": sent,
        "holds": sent and periodic_content.holds(sent),
        "every": report.sent.all() if report.first_sent_on else [],
        "parts": parts_of(content),
        "sections": sections,
        "annex": annex_of(content["units"]),
        "filled": sum(bool(one["words"].strip()) for one in content["sections"]),
        "writes": report.writable and may_write(request.user, report.unit_id),
        "late": report.late_on(timezone.localdate()),
        "accepts": any(move.verb == ReportVerb.ACCEPT for move in moves),
        "moves": [
            (move, reverse(ADDRESSES[move.verb], args=[report.pk]))
            for move in moves
            if move.verb in ADDRESSES
        ],
        "returned": _reason(report, events),
        "events": events,
        "refusal": refusal,
        "made_up": report.round.made_up,
        **beside_below(report, content),
    }
    return render(request, "reports/periodic/report.html", context, status=status)


def beside_below(report: PeriodicReport, content: Content) -> dict[str, Any]:
    """Where the report says otherwise than the units below come to, and where that is mended while
    it is being written. One query where there is such a figure."""
    unlike = periodic_content.unlike_below(content["figures"])
    silent = periodic_content.silent_above(content["figures"])
    collection = None
    if report.writable and (unlike or silent):
        collection = report.round.figures_of(report.round.owner_id)
    return {
        "unlike": unlike,
        "silent": silent,
        "figures_page": collection
        and reverse("scoring:readings", args=[collection.pk, report.unit_id]),
    }


@sensitive_post_parameters("password")
@form_page
@on_report
def send(request: HttpRequest, report: PeriodicReport) -> HttpResponse:
    """The head sends exactly what stands on this page, or issues it."""
    verb = ReportVerb.ISSUE if report.own else ReportVerb.SEND
    require_move(request.user, report, PERIODIC.move(verb))
    PERIODIC.check(verb, report.state)
    content = periodic_content.live(report)
    initial = {"seen": periodic_content.mark(content), "issued_on": timezone.localdate()}
    form = SendForm(request, posted(request), initial=initial)

    def act(data: dict[str, Any]) -> str:
        paper = Paper(data["number"], data["issued_on"])
        periodic.send(report, seen=data["seen"], paper=paper, by=request.user)
        words = (
            "Đã ban hành báo cáo." if report.own else f"Đã gửi báo cáo tới {report.round.owner}."
        )
        messages.success(request, words)
        return reverse("periodic:report", args=[report.pk])

    def conflict() -> None:
        nonlocal content
        content = periodic_content.live(report)
        form.renew(periodic_content.mark(content))

    def now() -> dict[str, Any]:
        return {
            "report": report,
            "round": report.round,
            "parts": parts_of(content),
            "empty": [one["title"] for one in content["sections"] if not one["words"].strip()],
            "missing": [one["code"] for one in content["figures"] if not one["amount"]],
            "compared": content["compared"],
            "merged": content["merged"],
            "odd": odd_figures.odd_of(report),
            **beside_below(report, content),
            "made_up": report.round.made_up,
        }

    return ask(request, "reports/periodic/send.html", form, act=act, context=now, conflict=conflict)


@require_POST
@on_report
def accept(request: HttpRequest, report: PeriodicReport) -> HttpResponse:
    """The level that asked takes the report it has read."""
    require_move(request.user, report, PERIODIC.move(ReportVerb.ACCEPT))
    form = SeenForm(request.POST)
    if not form.is_valid():
        return page_of(request, report.pk, refusal=form.errors["seen"][0], status=422)
    periodic.accept(report, seen=form.cleaned_data["seen"], by=request.user)
    messages.success(request, f"Đã tiếp nhận báo cáo của {report.unit}.")
    return redirect("periodic:round", report.round_id)


@form_page
@on_report
def give_back(request: HttpRequest, report: PeriodicReport) -> HttpResponse:
    """It goes back to the unit, with the reason."""
    verb = ReportVerb.REOPEN if report.own else ReportVerb.RETURN
    move = PERIODIC.move(verb)
    require_move(request.user, report, move)
    PERIODIC.check(verb, report.state, comment="…")
    form = ReturnForm(posted(request), initial={"seen": report.version})

    def act(data: dict[str, Any]) -> str:
        periodic.give_back(report, seen=data["seen"], comment=data["comment"], by=request.user)
        messages.success(request, f"{move.label}: {report.round.title}, {report.unit}.")
        return reverse("periodic:report", args=[report.pk])

    context = {
        "report": report,
        "round": report.round,
        "move": move,
        "made_up": report.round.made_up,
    }
    return ask(
        request,
        "reports/periodic/return.html",
        form,
        act=act,
        context=lambda: context,
        conflict=lambda: form.renew(report_of(request, report.pk).version),
    )


def _reason(report: PeriodicReport, events: list) -> str:
    """Why it came back, while it is back; why its round was cancelled."""
    last = next((one for one in events if one.target == report.state), None)
    return last.comment if last and (report.writable or report.cancelled) else ""
