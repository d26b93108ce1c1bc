"""One unit's published result with all it is made of, for the unit and those above it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from reports import seal
from reports.models import EditionResult, LostPoint, ResultDetail
from reports.papers.sheets import ResultSheetPaper
from reports.papers.unit_sheet import sheet_paper, sheet_pdf
from reports.views.kept import kept_paper
from scoring.models import Dossier
from units.access import may
from units.permissions import Permission

PRIVATE = "private, no-cache"
BROKEN = "Chi tiết này không còn đúng như khi công bố nên không in, không tải được."


@require_safe
def page(request: HttpRequest, pk: int, result: int) -> HttpResponse:
    """Areas, every loss with its reason, what became of objections, the years before."""
    return _shown(request, _found(request, pk, result))


@require_safe
def sheet(request: HttpRequest, pk: int, result: int) -> HttpResponse:
    """The same as a sheet to print."""
    detail = _found(request, pk, result)
    if not _holds(detail):
        return _shown(request, detail, status=409)
    line = detail.result
    name = f"sheet-{line.edition.digest}-{line.pk}-{line.detail_digest}"
    drawn = kept_paper(name, lambda: sheet_pdf(line, detail))
    return _file(
        drawn, "application/pdf", f'inline; filename="{_name(detail, "phieu-chi-tiet")}.pdf"'
    )


@require_safe
def details(request: HttpRequest, pk: int, result: int) -> HttpResponse:
    """The frozen text to the letter: its SHA-256 stands in the edition."""
    detail = _found(request, pk, result)
    if not _holds(detail):
        return _shown(request, detail, status=409)
    name = f"{_name(detail, 'chi-tiet')}.json"
    return _file(detail.text.encode(), "application/json", f'attachment; filename="{name}"')


def _found(request: HttpRequest, pk: int, result: int) -> ResultDetail:
    seen = ResultDetail.objects.visible_to(request.user).for_page()
    return get_object_or_404(seen, result__edition=pk, pk=result)


def _holds(detail: ResultDetail) -> bool:
    return seal.detail_digest(detail) == detail.result.detail_digest


def _shown(request: HttpRequest, detail: ResultDetail, status: int = 200) -> HttpResponse:
    line, holds = detail.result, _holds(detail)
    paper = sheet_paper(line, detail if holds else None, every=True)
    context = {
        "line": line,
        "edition": line.edition,
        "paper": paper,
        **_tasks_of(request, line, paper),
        "holds": holds,
        "refusal": BROKEN if status == 409 else "",
        "made_up": line.edition.made_up,
    }
    return render(request, "reports/unit_result.html", context, status=status)


def _tasks_of(request: HttpRequest, line: EditionResult, paper: ResultSheetPaper) -> dict[str, Any]:
    """For the unit's own people, in the newest edition: what became of each loss."""
    dossier = Dossier.objects.filter(period=line.edition.period_id, unit=line.unit_id).first()
    own = dossier is not None and may(request.user, Permission.SEE_UNIT, at=line.unit_id)
    shows = own and line.edition.newer is None
    made = {one.code: one for one in LostPoint.objects.of_the_dossier(dossier)} if shows else {}
    return {
        "dossier": dossier,
        "shows_tasks": shows,
        "may_promise": shows and may(request.user, Permission.DRAFT_COMMITMENT, at=line.unit_id),
        "losses": [(loss, lost, made.get(loss.code)) for loss, lost in paper.loss_lines],
    }


def _name(detail: ResultDetail, kind: str) -> str:
    line = detail.result
    return f"{kind}-{line.edition.year}-{line.unit_code.lower()}"


def _file(content: bytes, kind: str, disposition: str) -> HttpResponse:
    headers = {"Content-Disposition": disposition, "Cache-Control": PRIVATE}
    return HttpResponse(content, content_type=kind, headers=headers)
