"""The draft of a long decision: asked for, on its way, fetched by whoever asked."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from cchc_portal.kit.htmx import fragment
from reports.rules.paper_state import PaperState
from reports.services import drafts
from reports.services.previews import Preview
from reports.views.commitment_papers import own_paper
from scoring.models import Period
from units.access import require
from units.permissions import Permission


def page(request: HttpRequest, period: Period, preview: Preview) -> HttpResponse:
    """Where the draft is fetched; a press asks for it. One of other figures is not offered."""
    if request.method == "POST":
        drafts.ask(preview, by=request.user)
        return redirect("reports:publication-draft", period.pk)
    said = _press(request, period)
    if said["paper"].seen not in ("", preview.seen):
        said["changed"] = True
    context = {"made_up": period.made_up, "count": len(preview.results), **said}
    return render(request, "reports/draft.html", context)


@require_safe
def press(request: HttpRequest, pk: int) -> HttpResponse:
    """How far the draft is: asked every second until it is there."""
    return fragment(request, "reports/_draft_press.html", _press(request, found(request, pk)))


@require_safe
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """The draft, for whoever asked for it and as long as it is kept."""
    period = found(request, pk)
    drawn = drafts.kept(request.user, period)
    if drawn.pdf is None:
        raise Http404("Bản dự thảo chưa có hoặc đã quá một giờ; đề nghị yêu cầu lại.")
    return own_paper(drawn.pdf, f"du-thao-{period.year}-{period.pk}.pdf")


def found(request: HttpRequest, pk: int) -> Period:
    """The period whose result this person may publish."""
    seen = Period.objects.visible_to(request.user).select_related("assessor__parent")
    period = get_object_or_404(seen, pk=pk)
    require(request.user, Permission.PUBLISH_INDEX, at=period.assessor_id)
    return period


def _press(request: HttpRequest, period: Period) -> dict[str, Any]:
    return {
        "period": period,
        "paper": drafts.kept(request.user, period),
        "states": {state.name: state.value for state in PaperState},
    }
