"""What anyone may read, without login: editions, their results, their papers."""

from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db.models import Q
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import last_modified, require_safe

from cchc_portal.kit.asked import number
from cchc_portal.kit.htmx import fragment
from reports import seal
from reports.access import may_correct, may_oversee, may_print
from reports.edition_data import COLUMNS
from reports.models import (
    ON_ITS_WAY,
    Edition,
    EditionResult,
    Errand,
    PressRun,
    RenderState,
    ResultDetail,
)
from reports.models.marks import mark_with_years
from reports.papers.unit_sheet import sheet_pdf
from reports.papers.wording import class_limits
from reports.rules.differences import Difference, differences
from reports.services import seal_checks
from reports.views import edition_tables
from reports.views.kept import kept, kept_paper
from reports.views.searched import led_back, tidied
from reports.views.signing import shown_rows
from reports.year_before import before_of, changes_since
from scoring.models import Dossier
from scoring.rules.satisfaction import PLACES_IN_WORDS
from units.access import units_where
from units.permissions import Permission

ASKS = ("khoi", "loai", "xep")


@login_not_required
@require_safe
def edition(request: HttpRequest, pk: int) -> HttpResponse:
    """One edition: decision, seal, and from the frozen rows the table of one block at a time, or
    the lines of the units that are searched for."""
    return kept(request, lambda: mark_with_years(pk), lambda: _edition(request, pk), asks=ASKS)


def _edition(request: HttpRequest, pk: int) -> HttpResponse:
    shown = get_object_or_404(Edition.objects.for_page(), pk=pk)
    gists = edition_tables.gists_of(shown)
    heads = edition_tables.heads_of(gists)
    asked = request.GET.get("khoi", "")
    chosen = edition_tables.chosen(heads, asked)
    band = _band(shown, request.GET.get("loai", ""))
    known = chosen is None or str(chosen.position) == asked
    if back := led_back(request, khoi=known, loai=bool(band)):
        return back
    order = request.GET.get("xep", "")
    words = tidied(request.GET.get("q", ""))
    if words:
        found = set(shown.results.matching(words).values_list("pk", flat=True))
        within = {line.block_position for line in gists if line.pk in found}
    else:
        found, within = set(), {chosen.position} if chosen else set()
    lines = _lines(request, shown, within)
    ranked = {line.block_position for line in gists if line.rank is not None}
    whole = [line for line in lines if line.block_position in within]
    drawn = edition_tables.blocks_of(shown, whole)
    drawn = edition_tables.only(drawn, found) if words else drawn
    before = before_of(shown)
    places = edition_tables.places_by_satisfaction(whole)
    orders = edition_tables.orders_of(compared=before is not None, sure=bool(places))
    order = order if order in orders else "hang"
    changes = changes_since(shown, before, whole)
    for line in whole:
        line.beside = changes.get(line.pk)
        line.satisfied_place = places.get(line.unit_id, "")
    context = {
        "edition": shown,
        "tables": heads,
        "ranked_blocks": [block for block in heads if block.position in ranked],
        "chosen": chosen,
        "drawn": [table for table in edition_tables.arranged(drawn, band, order) if table.size],
        "band": band,
        "before": before,
        "order": order,
        "orders": orders,
        "by_satisfaction": PLACES_IN_WORDS if order == "hai-long" else "",
        "words": words,
        "figures": edition_tables.figures_of(shown, gists),
        "seal": seal_checks.checked(shown),
        "limits": class_limits(shown.band_floors, shown.band_labels),
        "code": seal.short_code(shown),
        "differences": _differences(shown),
        "columns": COLUMNS,
        "may_correct": may_correct(request.user, shown),
        "detailed": _detailed(request, whole),
        "made_up": shown.made_up,
        "signed_rows": shown_rows(shown),
        "own": [line for line in lines if line.own],
        **_press(request, shown),
    }
    context["oversees"] = may_oversee(request.user, shown)
    if context["may_print_again"]:
        context["sheets"] = PressRun.objects.of(shown, Errand.SHEETS)
    return render(request, "reports/edition.html", context)


@login_not_required
@require_safe
def edition_press(request: HttpRequest, pk: int) -> HttpResponse:
    """How far the paper is: asked every two seconds until the file is there."""
    shown = get_object_or_404(Edition.objects.for_page(), pk=pk)
    return fragment(request, "reports/_press.html", {"edition": shown, **_press(request, shown)})


def _lines(request: HttpRequest, edition: Edition, blocks: set[int]) -> list[EditionResult]:
    """The lines of these blocks and of the reader's own units, in order. Each is told the dossier
    in which its figure is explained, for whoever may see it, while no newer edition says otherwise.
    Two queries, one for who is not signed in."""
    leads = request.user.is_authenticated and edition.newer is None
    own = set(units_where(request.user, Permission.SEE_UNIT)) if leads else set()
    wanted = Q(block_position__in=blocks) | Q(unit__in=own)
    lines = list(edition.results.filter(wanted).order_by("position"))
    accounts = {}
    if leads:
        seen = Dossier.objects.visible_to(request.user).filter(period=edition.period_id)
        seen = seen.filter(unit__in={line.unit_id for line in lines})
        accounts = dict(seen.values_list("unit", "pk"))
    for line in lines:
        line.account = accounts.get(line.unit_id)
        line.own = line.account and line.unit_id in own
    return lines


def _rendered_at(request: HttpRequest, pk: int) -> datetime | None:
    return Edition.objects.filter(pk=pk).values_list("rendered_at", flat=True).first()


@login_not_required
@require_safe
@last_modified(_rendered_at)
def edition_paper(request: HttpRequest, pk: int) -> FileResponse:
    """The PDF of the edition, as the press delivered it."""
    shown = get_object_or_404(Edition, pk=pk)
    if shown.render_state != RenderState.DONE:
        raise Http404
    try:
        file = shown.pdf.open("rb")
    except FileNotFoundError:
        raise Http404("Tệp PDF của quyết định không còn trên máy chủ.") from None
    return FileResponse(
        file,
        content_type="application/pdf",
        filename=f"cong-bo-{shown.year}-{shown.pk}-{shown.number}.pdf",
    )


@login_not_required
@require_safe
def sheet(request: HttpRequest, pk: int, result: int) -> HttpResponse:
    """The result sheet of one ranked unit, drawn from its frozen line when first asked for."""
    ranked = EditionResult.objects.filter(edition=pk, rank__isnull=False)
    line = get_object_or_404(ranked.select_related("edition__period__assessor"), pk=result)
    name = f"phieu-ket-qua-{line.edition.year}-{line.unit_code.lower()}.pdf"
    drawn = kept_paper(f"sheet-{line.edition.digest}-{line.pk}", lambda: sheet_pdf(line))
    return HttpResponse(
        drawn,
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{name}"'},
    )


def _differences(shown: Edition) -> list[Difference]:
    if shown.corrects is None:
        return []
    before, now = (one.results.order_by("position") for one in (shown.corrects, shown))
    return differences(before, now)


def _detailed(request: HttpRequest, lines: list[EditionResult]) -> set[int]:
    """Keys of those of the lines whose details this person may read."""
    if not request.user.is_authenticated:
        return set()
    seen = ResultDetail.objects.visible_to(request.user).filter(result__in=lines)
    return set(seen.values_list("pk", flat=True))


def _band(shown: Edition, asked: str) -> str:
    """The class whose number, the best being 1, stands in the address; "" for all."""
    labels = dict(enumerate(shown.band_labels, start=1))
    return labels.get(number(asked), "")


def _press(request: HttpRequest, shown: Edition) -> dict[str, Any]:
    """How far the paper is; one query more while it is on its way, for its parts."""
    waits = shown.render_state in ON_ITS_WAY
    return {
        "press_waits": waits,
        "run": PressRun.objects.of(shown, Errand.PAPER) if waits else None,
        "press_failed": shown.render_state == RenderState.FAILED,
        "may_print_again": may_print(request.user, shown),
    }
