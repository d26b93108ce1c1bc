"""What proves the tasks of the unit, offered beside the documents of one component."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from cchc_portal.kit.htmx import fragment
from reports.services.task_proofs import task_proofs
from scoring import access, reply_access
from scoring.views.self_assessment import visible_score

OFFERED = 12


@require_safe
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """The papers, each with the press that attaches it and with the task it comes from."""
    score = visible_score(request, pk)
    access.require_pen(request.user, score.dossier)
    context = {
        "score": score,
        "dossier": score.dossier,
        "proofs": task_proofs(score)[:OFFERED],
        "open": reply_access.may_show_papers(
            request.user, score.dossier, score, now=timezone.now()
        ),
        "back": reverse("scoring:evidence", args=[pk]),
        "made_up": score.dossier.period.made_up,
    }
    if request.htmx:
        return fragment(request, "reports/_task_proofs.html", context)
    return render(request, "reports/task_proofs.html", context)
