"""Difficulties and proposals: two texts of the dossier that save themselves as its rows do."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST
from django_htmx.http import reswap, retarget

from cchc_portal.kit.differences import joined
from cchc_portal.kit.errors import ChangedMeanwhile, MoveRefused
from cchc_portal.kit.htmx import fragment
from cchc_portal.kit.strokes import by_the_same_hand, kept
from scoring import access
from scoring.forms.dossiers import WordsForm
from scoring.models import Dossier
from scoring.rules.kinds import Hindrance
from scoring.services import dossiers, drafts
from scoring.views.dossiers import found
from scoring.views.drafts import Words
from scoring.views.self_assessment import page_of


@require_POST
@by_the_same_hand
def save(request: HttpRequest, pk: int) -> HttpResponse:
    """Both texts are written; 422 and 409 as for a row, and a draft is kept in the same way."""
    paper = found(request, pk)
    access.require_pen(request.user, paper)
    form = WordsForm(request.POST)
    sound = form.is_valid()
    if form.takes_theirs:
        drafts.take_theirs(paper, by=request.user, typed=form.typed(), stroke=form.sent_as)
        return _again(request, pk)
    if not sound:
        return _not_saved(request, paper, form, Hindrance.REFUSED, form.refusal, status=422)
    try:
        paper = dossiers.save_words(
            paper,
            by=request.user,
            seen_version=form.seen,
            stroke=form.sent_as,
            **_texts(paper, form),
        )
    except ChangedMeanwhile as refusal:
        found_now = found(request, pk)
        return _not_saved(request, found_now, form, Hindrance.CHANGED, refusal.sentence, status=409)
    except MoveRefused as refusal:
        return _not_saved(request, paper, form, Hindrance.LOCKED, refusal.sentence, status=409)
    if form.cleaned_data["choose"] or not request.htmx:
        return _again(request, pk)
    context = {"dossier": paper, "words": Words(state="saved"), "choice": []}
    return fragment(request, "scoring/_dossier_words_state.html", context)


def _texts(paper: Dossier, form: WordsForm) -> dict[str, str]:
    typed = {column: form.cleaned_data[column] for column in dossiers.WORDS}
    if not form.joins:
        return typed
    return {column: joined(getattr(paper, column), text) for column, text in typed.items()}


def _again(request: HttpRequest, pk: int) -> HttpResponse:
    """Both texts as they are stored, in the place of the old ones."""
    if not request.htmx:
        return redirect(f"{reverse('scoring:dossier', args=[pk])}#kien-nghi")
    context = {
        "dossier": found(request, pk),
        "editable": True,
        "holds_pen": True,
        "words": Words(state="saved"),
        "choice": [],
    }
    answer = fragment(request, "scoring/_dossier_words.html", context)
    return reswap(retarget(answer, "#kien-nghi"), "outerHTML")


def _not_saved(
    request: HttpRequest,
    paper: Dossier,
    form: WordsForm,
    hindrance: Hindrance,
    sentence: str,
    *,
    status: int,
) -> HttpResponse:
    drafts.keep(
        paper,
        by=request.user,
        typed=form.typed(),
        hindrance=hindrance,
        sentence=sentence,
        seen_version=form.written_on,
        stroke=form.sent_as,
    )
    if not request.htmx:
        return page_of(request, paper, status=status)
    words = Words(form=form, state=hindrance, sentence=sentence)
    context = {"dossier": paper, "words": words, "choice": words.beside(paper)}
    answer = fragment(request, "scoring/_dossier_words_state.html", context, status=status)
    return kept(answer)
