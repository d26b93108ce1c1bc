"""The documents of one component: looked at, brought, taken off, and the file itself."""

from typing import Any

from csp.constants import NONE, SELF, UNSAFE_INLINE
from csp.decorators import csp
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_POST, require_safe

from cchc_portal.kit.errors import MoveRefused
from cchc_portal.kit.htmx import fragment
from scoring import access
from scoring.forms.evidence import EvidenceForm
from scoring.models import Evidence, Score
from scoring.services import evidence
from scoring.views.rows import Row
from scoring.views.self_assessment import address_of, visible_score
from scoring.views.sheet import sheet_of
from units.services import documents


@require_safe
def panel(request: HttpRequest, pk: int) -> HttpResponse:
    """The documents of one component, with the way to bring another for those who may."""
    return _panel(request, visible_score(request, pk))


@require_POST
def attach(request: HttpRequest, pk: int) -> HttpResponse:
    """A file is filed in the unit's cabinet and attached, or one that lies there is."""
    score = visible_score(request, pk)
    access.require_pen(request.user, score.dossier)
    form = _form(score, request.POST, request.FILES)
    if not form.is_valid():
        return _panel(request, score, form=form, status=422)
    typed = form.cleaned_data
    try:
        document = typed["document"] or documents.file(
            score.dossier.unit,
            by=request.user,
            upload=typed["file"],
            declared_not_secret=typed["declared"],
            **form.described(),
        )
        evidence.attach(
            score, by=request.user, document=document, page=typed["page"], passage=typed["passage"]
        )
    except MoveRefused as refusal:
        form.add_error(None, refusal.sentence)
        return _panel(request, score, form=form, status=409)
    return _answer(request, score)


@require_POST
def detach(request: HttpRequest, pk: int) -> HttpResponse:
    """A document is taken off its component."""
    piece = _visible(request, pk)
    score = visible_score(request, piece.score_id)
    access.require_pen(request.user, score.dossier)
    try:
        evidence.detach(piece, by=request.user)
    except MoveRefused as refusal:
        return _panel(request, score, refusal=refusal.sentence, status=409)
    return _answer(request, score)


# The file may hold anything a person made: it runs no script, and only our own pages may frame it.
@csp(
    {
        "default-src": [NONE],
        "style-src": [UNSAFE_INLINE],
        "img-src": [SELF],
        "object-src": [SELF],
        "base-uri": [NONE],
        "form-action": [NONE],
        "frame-ancestors": [SELF],
    }
)
@xframe_options_sameorigin
@require_safe
def file(request: HttpRequest, pk: int) -> HttpResponse:
    """The file itself, to those who may see the dossier: drawn in place where that is safe."""
    document = _visible(request, pk).document
    if not document.file:
        raise Http404("Tài liệu này chỉ có số, ký hiệu; không có tệp.")
    try:
        content = document.file.open("rb")
    except FileNotFoundError as missing:
        raise Http404("Tệp không còn trong kho lưu trữ.") from missing
    answer = FileResponse(
        content,
        as_attachment=not document.shown_in_place,
        filename=document.download_name,
        content_type=document.content_type,
    )
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _visible(request: HttpRequest, pk: int) -> Evidence:
    seen = Evidence.objects.filter(score__in=Score.objects.visible_to(request.user))
    return get_object_or_404(seen.select_related("document", "score__criterion"), pk=pk)


def _form(score: Score, *data: Any) -> EvidenceForm:
    return EvidenceForm(*data, unit=score.dossier.unit, prefix_id=f"mc{score.pk}")


def _context(request: HttpRequest, score: Score, form: EvidenceForm | None) -> dict[str, Any]:
    pieces = list(score.evidence.select_related("document"))
    held_back = bool(access.why_held_back(score.dossier, score))
    row = Row(score, pieces, held_back=held_back)
    today = timezone.localdate()
    editable = row.writable and access.may_fill(request.user, score.dossier, today=today)
    return {
        "dossier": score.dossier,
        "row": row,
        "editable": editable,
        "form": form or (_form(score) if editable else None),
        "refusal": "",
        "back": address_of(score),
        "made_up": score.dossier.period.made_up,
    }


def _panel(
    request: HttpRequest,
    score: Score,
    *,
    form: EvidenceForm | None = None,
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    context = _context(request, score, form) | {"refusal": refusal}
    if request.htmx:
        return fragment(request, "scoring/_evidence_panel.html", context, status=status)
    return render(request, "scoring/evidence.html", context, status=status)


def _answer(request: HttpRequest, score: Score) -> HttpResponse:
    """The panel as it is now, and the count in the row; without script, back to the panel."""
    if not request.htmx:
        return redirect(reverse("scoring:evidence", args=[score.pk]))
    context = _context(request, score, None)
    sheet = sheet_of(score.dossier)
    context["without_evidence"] = len(sheet.without_evidence)
    return fragment(request, "scoring/_evidence_answer.html", context)
