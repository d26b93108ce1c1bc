"""A periodic report as a paper by Decree 30, and as an Excel file."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from cchc_portal.kit.htmx import fragment
from cchc_portal.kit.stored_files import FOR_ONE_READER
from reports.models import PeriodicReport, SentReport
from reports.papers.periodic_excel import report_excel
from reports.rules.paper_state import PaperState
from reports.rules.periodic import Content
from reports.services import periodic_press
from reports.views.commitment_papers import own_paper
from reports.views.periodic import report_of, said_in
from units.rules.file_kinds import XLSX


@require_safe
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """The report as it was sent last; for the unit, while it writes, the draft."""
    report = report_of(request, pk)
    return _paper(request, report, *said_in(request, report), f"{_name(report)}.pdf")


@require_safe
def sent(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """The report as it was sent that time."""
    report = report_of(request, pk)
    found = get_object_or_404(report.sent.all(), number=number)
    name = f"{_name(report)}-lan-{found.number}.pdf"
    return _paper(request, report, found.content, found, name)


@require_safe
def excel(request: HttpRequest, pk: int) -> HttpResponse:
    """Sections on one sheet, figures and those of the units below on others."""
    report = report_of(request, pk)
    content, last = said_in(request, report)
    attached = {"Content-Disposition": f'attachment; filename="{_name(report)}.xlsx"'}
    return HttpResponse(
        report_excel(content, last),
        content_type=XLSX.content_type,
        headers=FOR_ONE_READER | attached,
    )


def _paper(
    request: HttpRequest,
    report: PeriodicReport,
    content: Content,
    last: SentReport | None,
    name: str,
) -> HttpResponse:
    """The paper, or, where a worker draws it, a page that waits for it and then is the paper."""
    again = "lai" in request.GET
    found = periodic_press.paper_of(report, content, last, by=request.user, again=again)
    if found.pdf is None:
        context = {
            "report": report,
            "round": report.round,
            "made_up": report.round.made_up,
            "waits": found.state == PaperState.WAITING,
        }
        return fragment(request, "reports/periodic/printing.html", context)
    if request.htmx:
        return HttpResponse(status=204, headers={"HX-Redirect": request.path})
    return own_paper(found.pdf, name)


def _name(report: PeriodicReport) -> str:
    round_ = report.round
    return f"bao-cao-{round_.year}-{round_.span}-{report.unit.code.lower()}"
