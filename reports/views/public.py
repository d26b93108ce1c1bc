"""What anyone may read, without login: editions, their results, their papers."""

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from cchc_portal.kit.htmx import fragment
from reports import seal
from reports.models import Edition, RenderState
from reports.views import edition_tables
from reports.wording import class_limits
from scoring.models import PublishedTable
from units.access import may
from units.permissions import Permission

EDITIONS_A_PAGE = 20


@require_safe
@login_not_required
def published(request):
    """Every edition, newest first, and the tables brought in from papers older than the portal."""
    editions = Edition.objects.for_page().with_counts()
    return render(
        request,
        "reports/published.html",
        {
            "page": Paginator(editions, EDITIONS_A_PAGE).get_page(request.GET.get("page")),
            "tables": PublishedTable.objects.for_page(),
            "made_up": any(edition.made_up for edition in editions),
        },
    )


@require_safe
@login_not_required
def edition(request, pk: int):
    """One edition: decision, seal, and the table of one block at a time from the frozen rows."""
    shown = get_object_or_404(Edition.objects.for_page(), pk=pk)
    results = list(shown.results.order_by("position"))
    blocks = edition_tables.blocks_of(shown, results)
    return render(
        request,
        "reports/edition.html",
        {
            "edition": shown,
            "blocks": blocks,
            "block": edition_tables.chosen(blocks, request.GET.get("khoi", "")),
            "figures": edition_tables.figures_of(shown, results),
            "sealed": seal.holds(shown, results),
            "limits": class_limits(shown.band_floors, shown.band_labels),
            "code": seal.short_code(shown),
            "checked_at": timezone.now(),
            "made_up": shown.made_up,
            **_press(request, shown),
        },
    )


@require_safe
@login_not_required
def edition_press(request, pk: int):
    """How far the paper is: asked every two seconds until the file is there."""
    shown = get_object_or_404(Edition.objects.for_page(), pk=pk)
    return fragment(request, "reports/_press.html", {"edition": shown, **_press(request, shown)})


@require_safe
@login_not_required
def edition_paper(request, pk: int):
    """The PDF of the edition, as the press delivered it."""
    shown = get_object_or_404(Edition, pk=pk)
    if shown.render_state != RenderState.DONE:
        raise Http404
    return FileResponse(
        shown.pdf.open("rb"),
        content_type="application/pdf",
        filename=f"cong-bo-{shown.year}-{shown.pk}-{shown.number}.pdf",
    )


def _press(request, shown: Edition) -> dict:
    waiting = shown.render_state in (RenderState.WAITING, RenderState.RENDERING)
    assessor = shown.period.assessor
    return {
        "press_waits": waiting,
        "press_failed": shown.render_state == RenderState.FAILED,
        "may_print_again": may(request.user, Permission.RUN_PERIOD, at=assessor)
        or may(request.user, Permission.PUBLISH_INDEX, at=assessor),
    }
