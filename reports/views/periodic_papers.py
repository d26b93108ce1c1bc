"""A periodic report as a paper by Decree 30, and as an Excel file."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from cchc_portal.kit.stored_files import FOR_ONE_READER
from reports.models import PeriodicReport
from reports.periodic_excel import report_excel
from reports.periodic_paper import report_pdf
from reports.views.commitment_papers import own_paper
from reports.views.periodic import report_of, said_in
from units.rules.file_kinds import XLSX


@require_safe
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """The report as it was sent last; for the unit, while it writes, the draft."""
    report = report_of(request, pk)
    content, last = said_in(request, report)
    return own_paper(report_pdf(report, content, last), f"{_name(report)}.pdf")


@require_safe
def sent(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """The report as it was sent that time."""
    report = report_of(request, pk)
    found = get_object_or_404(report.sent.all(), number=number)
    name = f"{_name(report)}-lan-{found.number}.pdf"
    return own_paper(report_pdf(report, found.content, found), name)


@require_safe
def excel(request: HttpRequest, pk: int) -> HttpResponse:
    """Sections on one sheet, figures and those of the units below on others."""
    report = report_of(request, pk)
    content, _ = said_in(request, report)
    attached = {"Content-Disposition": f'attachment; filename="{_name(report)}.xlsx"'}
    return HttpResponse(
        report_excel(content), content_type=XLSX.content_type, headers=FOR_ONE_READER | attached
    )


def _name(report: PeriodicReport) -> str:
    round_ = report.round
    return f"bao-cao-{round_.year}-{round_.span}-{report.unit.code.lower()}"
