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


def page(
    request: HttpRequest, period: Period, preview: Preview, *, typed: dict[str, str]
) -> HttpResponse:
    """Where the draft is fetched; a press asks for it, with the decision that was `typed`."""
    if request.method == "POST":
        drafts.ask(preview, by=request.user, typed=typed)
        return redirect("reports:publication-draft", period.pk)
    return _page(request, period)


@require_safe
def press(request: HttpRequest, pk: int) -> HttpResponse:
    """How far the draft is: asked every second until it is there."""
    return fragment(request, "reports/_draft_press.html", _press(request, found(request, pk)))


@require_safe
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """The draft, for whoever asked for it, as long as it is kept and the figures are its own."""
    period = found(request, pk)
    drawn = drafts.kept(request.user, period)
    if drawn.pdf is None:
        raise Http404("Bản dự thảo chưa có hoặc đã quá một giờ; đề nghị yêu cầu lại.")
    if drafts.has_changed(drawn, period):
        return _page(request, period, status=409)
    return own_paper(drawn.pdf, f"du-thao-{period.year}-{period.pk}.pdf")


def found(request: HttpRequest, pk: int) -> Period:
    """The period whose result this person may publish."""
    seen = Period.objects.visible_to(request.user).select_related("assessor__parent")
    period = get_object_or_404(seen, pk=pk)
    require(request.user, Permission.PUBLISH_INDEX, at=period.assessor_id)
    return period


def _page(request: HttpRequest, period: Period, status: int = 200) -> HttpResponse:
    said = {"made_up": period.made_up, "count": period.dossiers.count()}
    said |= _press(request, period)
    return render(request, "reports/draft.html", said, status=status)


def _press(request: HttpRequest, period: Period) -> dict[str, Any]:
    paper = drafts.kept(request.user, period)
    return {
        "period": period,
        "paper": paper,
        "carried": paper.typed,
        "changed": drafts.has_changed(paper, period),
        "states": {state.name: state.value for state in PaperState},
    }
