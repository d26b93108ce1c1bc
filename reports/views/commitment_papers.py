"""Papers drawn on request: a plan, one commitment, those of a ceremony, the table of a year."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from cchc_portal.kit.stored_files import FOR_ONE_READER
from commitments.models import Commitment, Plan
from commitments.rules.workflow import COUNTERSIGNED
from reports.papers.commitments import commitment_pdf, register_pdf
from reports.papers.plan import plan_pdf
from units.access import units_where
from units.models import Unit
from units.permissions import Permission

SHEETS_AT_MOST = 60


@require_safe
def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """Bản cam kết, or an annex, for whoever may see it; a draft until the unit has signed."""
    seen = Commitment.objects.visible_to(request.user).for_page()
    commitment = get_object_or_404(seen, pk=pk)
    annex = f"-phu-luc-{commitment.number}" if commitment.number else ""
    name = f"cam-ket-{commitment.year}-{commitment.unit.code.lower()}{annex}.pdf"
    return own_paper(commitment_pdf([commitment]), name)


@require_safe
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """The yearly plan of a unit, for whoever may see it; a draft until it is issued."""
    seen = Plan.objects.visible_to(request.user).select_related("unit")
    found = get_object_or_404(seen, pk=pk)
    return own_paper(plan_pdf(found), f"ke-hoach-{found.year}-{found.unit.code.lower()}.pdf")


@require_safe
def sheets(request: HttpRequest, pk: int, year: int) -> HttpResponse:
    """The sheets of all that this unit received for the year and both have signed."""
    receiver, found = _received(request, pk, year)
    return own_paper(commitment_pdf(found[:SHEETS_AT_MOST]), f"cam-ket-{year}-{receiver.code}.pdf")


@require_safe
def register(request: HttpRequest, pk: int, year: int) -> HttpResponse:
    """Bảng tổng hợp of what this unit received for the year."""
    receiver, found = _received(request, pk, year)
    return own_paper(
        register_pdf(receiver, year, found), f"tong-hop-cam-ket-{year}-{receiver.code}.pdf"
    )


def _received(request: HttpRequest, pk: int, year: int) -> tuple[Unit, list[Commitment]]:
    overseen = units_where(request.user, Permission.SEE_BELOW)
    receiver = get_object_or_404(Unit.objects.filter(pk__in=overseen), pk=pk)
    signed = Commitment.objects.whole().filter(
        received_by=receiver, year=year, state__in=COUNTERSIGNED
    )
    found = list(signed.for_page().newest_first())
    if not found:
        raise Http404("Năm này chưa có bản cam kết nào được ký nhận.")
    return receiver, found


def own_paper(content: bytes, name: str) -> HttpResponse:
    """A paper drawn for this reader: shown by the browser, stored by nobody between."""
    return HttpResponse(
        content,
        content_type="application/pdf",
        headers={**FOR_ONE_READER, "Content-Disposition": f'inline; filename="{name}"'},
    )
