"""Papers beside a decision, for those who oversee the units: matrix, report, tasks that arose."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from reports import access, seal
from reports.models import Edition, LostPoint, ResultDetail
from reports.papers.arising_tasks import arising_pdf
from reports.papers.matrix import matrix_pdf
from reports.papers.summary import summary_pdf
from reports.views.commitment_papers import own_paper


@require_safe
def matrix(request: HttpRequest, pk: int, block: int) -> HttpResponse:
    """Every component of every ranked unit of a block."""
    edition = _overseen(request, pk)
    details = list(ResultDetail.objects.visible_to(request.user).of_block(edition, block))
    if not details:
        raise Http404
    broken = [one.result.unit_name for one in details if not _holds(one)]
    if broken:
        context = {"edition": edition, "broken": broken, "made_up": edition.made_up}
        return render(request, "reports/broken_details.html", context, status=409)
    return own_paper(matrix_pdf(edition, details), f"bang-diem-{edition.year}-khoi-{block}.pdf")


@require_safe
def summary(request: HttpRequest, pk: int) -> HttpResponse:
    """The report of the year for the conference."""
    edition = _overseen(request, pk)
    return own_paper(summary_pdf(edition), f"bao-cao-tong-hop-{edition.year}.pdf")


@require_safe
def arising(request: HttpRequest, pk: int) -> HttpResponse:
    """The tasks that units made of points lost in the edition."""
    edition = _overseen(request, pk)
    points = LostPoint.objects.visible_to(request.user).arising_from(edition)
    return own_paper(arising_pdf(edition, list(points)), f"nhiem-vu-phat-sinh-{edition.year}.pdf")


def _overseen(request: HttpRequest, pk: int) -> Edition:
    edition = get_object_or_404(Edition.objects.for_page(), pk=pk)
    access.require_overseer(request.user, edition)
    return edition


def _holds(detail: ResultDetail) -> bool:
    return seal.detail_digest(detail) == detail.result.detail_digest
