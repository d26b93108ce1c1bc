"""The head hands a dossier in: what is missing, what looks odd, what changed; then the password."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from cchc_portal.kit.errors import ChangedMeanwhile, MoveRefused
from scoring import access
from scoring.forms.dossiers import SubmitForm
from scoring.models import Dossier
from scoring.rules.oddities import Odd, Oddity
from scoring.rules.workflow import DOSSIER, DossierVerb
from scoring.services import dossiers, review, submissions
from scoring.services.drawn_figures import without_reason
from scoring.views.dossiers import DONE, found
from scoring.views.drafts import lay_beside
from scoring.views.rows import Row
from scoring.views.sheet import Sheet, sheet_of
from units.models import User


@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def submit(request: HttpRequest, pk: int) -> HttpResponse:
    """The head reads what is missing and hands the dossier in with the password."""
    dossier = found(request, pk)
    access.require_move(request.user, DOSSIER.move(DossierVerb.SUBMIT), dossier)
    posted = request.POST if request.method == "POST" else None
    form = SubmitForm(request, posted, initial={"seen": dossier.scores.stamp()})
    status = 200
    if posted is not None:
        status = 422
        if form.is_valid():
            try:
                dossiers.submit(dossier, by=request.user, seen=form.cleaned_data["seen"])
            except (MoveRefused, ChangedMeanwhile) as refusal:
                status = 409
                form.add_error(None, refusal.sentence)
                form.look_again(dossier.scores.stamp())
            else:
                messages.success(request, DONE[DossierVerb.SUBMIT])
                return redirect("scoring:dossier", pk)
    context = _context(found(request, pk), request.user) | {"form": form}
    return render(request, "scoring/dossier_submit.html", context, status=status)


def _context(dossier: Dossier, reader: User) -> dict[str, Any]:
    sheet = sheet_of(dossier, reader)
    lay_beside(sheet.rows, dossier, reader, editable=False, words_editable=False)
    unlike = without_reason(dossier) if dossier.fillable else {}
    changed = submissions.changes_since(dossier) if dossier.fillable else {}
    return {
        "dossier": dossier,
        "sheet": sheet,
        "missing": [
            ("chưa tự chấm", sheet.unanswered),
            ("có điểm nhưng không có minh chứng, cần giải trình", sheet.unexplained),
            ("đề nghị không áp dụng, cần ghi lý do", sheet.without_reason),
        ],
        "unlike": [(row, unlike[row.score.pk]) for row in sheet.rows if row.score.pk in unlike],
        "complete": not (sheet.unanswered or sheet.unexplained or sheet.without_reason or unlike),
        "odd": _by_kind(sheet, review.odd_things(dossier)),
        "changed": [row for row in sheet.rows if row.score.pk in changed],
        "handed_in_before": dossier.submissions.exists(),
        "closed_because": access.why_pen_is_closed(dossier, today=timezone.localdate()),
        "made_up": dossier.period.made_up,
    }


def _by_kind(sheet: Sheet, found_odd: list[Oddity]) -> list[tuple[Odd, list[tuple[Row, Oddity]]]]:
    """What looks odd, kind by kind, each with its row."""
    rows = {row.criterion.code: row for row in sheet.rows}
    kinds = [
        (kind, [(rows[odd.code], odd) for odd in found_odd if odd.kind == kind]) for kind in Odd
    ]
    return [(kind, pairs) for kind, pairs in kinds if pairs]
