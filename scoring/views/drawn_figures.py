"""Where figures reported by the unit are offered to a row of its dossier; a press takes them."""

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from cchc_portal.kit.asked import number
from cchc_portal.kit.errors import ChangedMeanwhile, MoveRefused
from cchc_portal.kit.htmx import fragment
from scoring import access
from scoring.forms.dossiers import long_text
from scoring.models import Score
from scoring.rules.kinds import LONGEST_NOTE, Source
from scoring.services import drawn_figures
from scoring.views.drawn_hint import hint_of
from scoring.views.self_assessment import address_of, row_again, visible_score

NOTE = long_text("Ghi chú, giải trình", LONGEST_NOTE)


@require_http_methods(["GET", "HEAD", "POST"])
def figure(request: HttpRequest, pk: int) -> HttpResponse:
    """What was reported, beside what stands in the row."""
    score = visible_score(request, pk)
    if score.criterion.source != Source.SELF or not drawn_figures.is_drawn(score):
        raise Http404(drawn_figures.NOT_DRAWN)
    access.require_pen(request.user, score.dossier)
    if request.method != "POST":
        return _figure(request, score)
    seen = number(request.POST.get("version")) or 0
    try:
        note = NOTE.clean(request.POST.get("note", score.self_note))
        drawn_figures.take(score, by=request.user, seen_version=seen, note=note)
    except ValidationError as fault:
        return _figure(request, score, refusal=" ".join(fault.messages), status=422)
    except (MoveRefused, ChangedMeanwhile) as refusal:
        return _figure(request, score, refusal=refusal.sentence, status=409)
    return row_again(request, visible_score(request, pk))


def _figure(
    request: HttpRequest, score: Score, *, refusal: str = "", status: int = 200
) -> HttpResponse:
    open_to_them = access.may_fill(request.user, score.dossier, today=timezone.localdate())
    context = hint_of(score, open_to_them=open_to_them, script=bool(request.htmx)) | {
        "dossier": score.dossier,
        "back": address_of(score),
        "refusal": refusal,
        "made_up": score.dossier.period.made_up,
    }
    if request.htmx:
        return fragment(request, "scoring/_drawn_figure.html", context, status=status)
    return render(request, "scoring/drawn_figure.html", context, status=status)
