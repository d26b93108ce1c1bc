"""A unit's own report, to read before handing in and afterwards."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from cchc_portal.kit.asked import number
from reports.papers.self_assessment import self_assessment_pdf
from scoring.models import Dossier, Submission
from scoring.rules.workflow import SUBMITTED_ONCE


@require_safe
def self_assessment(request: HttpRequest, pk: int) -> HttpResponse:
    """The report of a dossier for whoever may see it: as handed in last, or the time that is asked
    for (`?lan=2`); a draft while it is in the unit's hands. A stranger meets 404."""
    seen = Dossier.objects.visible_to(request.user).for_page()
    dossier = get_object_or_404(seen, pk=pk)
    paper = self_assessment_pdf(dossier, _submission(dossier, request.GET.get("lan", "")))
    name = f"bao-cao-tu-danh-gia-{dossier.period.year}-{dossier.unit.code.lower()}.pdf"
    return HttpResponse(
        paper,
        content_type="application/pdf",
        headers={
            "Content-Disposition": f'inline; filename="{name}"',
            "Cache-Control": "private, no-store",
        },
    )


def _submission(dossier: Dossier, asked: str) -> Submission | None:
    handed_in = dossier.submissions.for_page()
    if asked:
        if found := handed_in.filter(number=number(asked, digits=4)).first():
            return found
        raise Http404("Hồ sơ không có lần trình nộp này.")
    return handed_in.first() if dossier.state in SUBMITTED_ONCE else None
