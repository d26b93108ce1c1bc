"""The unit's own page: the dossier, a row that saves itself, words for the assessor."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import reswap, retarget

from cchc_portal.kit.differences import joined
from cchc_portal.kit.errors import ChangedMeanwhile, MoveRefused
from cchc_portal.kit.htmx import fragment
from scoring import access
from scoring.forms.dossiers import SelfScoreForm, WordsForm
from scoring.models import Dossier, Score
from scoring.rules.answers import parse_rule
from scoring.rules.workflow import ASSESSOR, DossierState, DossierVerb
from scoring.services import dossiers, review, scores
from scoring.views.dossiers import found, moves_with_addresses
from scoring.views.rows import Row
from scoring.views.sheet import sheet_of

MINE = "phan-cua-toi"
FILTERS = ("chua-cham", "thieu-minh-chung", "bi-tra-lai", "co-trao-doi", "thap-hon", MINE)


@require_safe
def dossier(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole dossier; to write in for those who may, to read for the others."""
    return _page(request, found(request, pk))


@require_safe
def score_row(request: HttpRequest, pk: int) -> HttpResponse:
    """One row as it is stored now: what somebody takes who lets the other version stand."""
    score = visible_score(request, pk)
    if not request.htmx:
        return redirect(address_of(score))
    return fragment(request, "scoring/_score_row_again.html", _row_context(request, score))


@require_POST
def save_score(request: HttpRequest, pk: int) -> HttpResponse:
    """One row is written; 422 where it is not valid, 409 where somebody was faster or late."""
    score = visible_score(request, pk)
    access.require_pen(request.user, score.dossier)
    form = SelfScoreForm(request.POST, rule=parse_rule(score.criterion.rule), maximum=score.maximum)
    if not form.is_valid():
        return _not_saved(request, score, form, "refused", form.refusal, status=422)
    typed = form.cleaned_data
    try:
        scores.save_self(
            score,
            by=request.user,
            answer=form.answer,
            note=joined(score.self_note, typed["note"]) if form.joins else typed["note"],
            not_applicable=typed["not_applicable"],
            seen_version=form.seen,
        )
    except ChangedMeanwhile as refusal:
        return _not_saved(request, score, form, "changed", refusal.sentence, status=409)
    except MoveRefused as refusal:
        state = "refused" if _may_fill(request, score.dossier_id) else "locked"
        return _not_saved(request, score, form, state, refusal.sentence, status=409)
    if not request.htmx:
        return redirect(address_of(score))
    context = _row_context(request, score)
    if not typed["choose"]:
        return fragment(request, "scoring/_score_saved.html", context)
    answer = fragment(request, "scoring/_score_row_again.html", context)
    return reswap(retarget(answer, f"#dong-{score.pk}"), "outerHTML")


@require_POST
def save_words(request: HttpRequest, pk: int) -> HttpResponse:
    """Difficulties and proposals are written."""
    paper = found(request, pk)
    access.require_pen(request.user, paper)
    form = WordsForm(request.POST)
    state, sentence, status = "saved", "", 200
    if not form.is_valid():
        state, status = "refused", 422
        sentence = " ".join(error for errors in form.errors.values() for error in errors)
    else:
        try:
            paper = dossiers.save_words(
                paper, by=request.user, seen_version=form.seen, **_words(paper, form)
            )
        except ChangedMeanwhile as refusal:
            paper = found(request, pk)
            state, sentence, status = "changed", refusal.sentence, 409
        except MoveRefused as refusal:
            state, sentence, status = "locked", refusal.sentence, 409
    words = {"words_form": form, "words_state": state, "words_sentence": sentence}
    if request.htmx:
        again = state == "saved" and form.cleaned_data["choose"]
        template = "_dossier_words.html" if again else "_dossier_words_state.html"
        context = words | {
            "dossier": paper,
            "editable": True,
            "words_form": None if again else form,
        }
        answer = fragment(request, f"scoring/{template}", context, status=status)
        return reswap(retarget(answer, "#kien-nghi"), "outerHTML") if again else answer
    if status == 200:
        return redirect(f"{reverse('scoring:dossier', args=[pk])}#kien-nghi")
    return _page(request, paper, status=status, **words)


def visible_score(request: HttpRequest, pk: int) -> Score:
    """The score among those this person may see, with its dossier; a stranger meets 404."""
    scores_seen = Score.objects.visible_to(request.user).select_related(
        "criterion", "dossier__unit", "dossier__block", "dossier__period__assessor", "updated_by"
    )
    return get_object_or_404(scores_seen, pk=pk)


def address_of(score: Score) -> str:
    """The dossier's page with this row open."""
    page = reverse("scoring:dossier", args=[score.dossier_id])
    return f"{page}?dong={score.pk}#dong-{score.pk}"


def _may_fill(request: HttpRequest, pk: int) -> bool:
    return access.may_fill(request.user, found(request, pk), today=timezone.localdate())


def _words(paper: Dossier, form: WordsForm) -> dict[str, str]:
    typed = {column: form.cleaned_data[column] for column in dossiers.WORDS}
    if not form.joins:
        return typed
    return {column: joined(getattr(paper, column), text) for column, text in typed.items()}


def _not_saved(
    request: HttpRequest,
    score: Score,
    form: SelfScoreForm,
    state: str,
    sentence: str,
    *,
    status: int,
) -> HttpResponse:
    """The row as it was typed, with what is in the way; without script, the whole page with it."""
    paper = score.dossier
    if not request.htmx:
        return _page(request, paper, status=status, refused=(score.pk, form, state, sentence))
    stored = visible_score(request, score.pk)
    row = Row(stored, form=form, state=state, sentence=sentence)
    template = "_score_conflict.html" if state == "changed" else "_score_status.html"
    return fragment(request, f"scoring/{template}", {"row": row, "dossier": paper}, status=status)


def _row_context(request: HttpRequest, score: Score) -> dict[str, Any]:
    sheet = sheet_of(score.dossier)
    row = sheet.row(score.pk)
    return {
        "dossier": score.dossier,
        "sheet": sheet,
        "row": row,
        "group": sheet.group_of(row),
        "area": sheet.area_of(row),
        "editable": access.may_fill(request.user, score.dossier, today=timezone.localdate()),
        "open_row": score.pk,
        "oob": True,
    }


def _page(
    request: HttpRequest,
    paper: Dossier,
    *,
    status: int = 200,
    refused: tuple[int, SelfScoreForm, str, str] | None = None,
    words_form: WordsForm | None = None,
    words_state: str = "",
    words_sentence: str = "",
) -> HttpResponse:
    sheet = sheet_of(paper)
    opened = request.GET.get("dong", "")
    open_row = int(opened) if opened.isdecimal() and len(opened) < 19 else None
    if refused:
        open_row, form, state, sentence = refused
        row = sheet.row(open_row)
        row.form, row.state, row.sentence = form, state, sentence
    today = timezone.localdate()
    editable = access.may_fill(request.user, paper, today=today)
    sheet.remember(review.time_before(paper))
    sheet.share_out(paper.parts.select_related("officer"))
    mine = sheet.part_of(request.user)
    asked = request.GET.get("loc", MINE if mine and not opened else "")
    moves = moves_with_addresses(request, paper)
    events = list(paper.events.select_related("by").filter(target__gt=""))
    returns = (event for event in events if event.verb == DossierVerb.RETURN)
    context = {
        "dossier": paper,
        "sheet": sheet,
        "editable": editable,
        "closed_because": access.why_pen_is_closed(paper, today=today),
        "filter": asked if asked in FILTERS else "",
        "mine": mine,
        "open_row": open_row,
        "moves": moves,
        "judges": any(move.desk == ASSESSOR for move, _ in moves),
        "events": events,
        "returned": next(returns, None) if paper.state == DossierState.RETURNED else None,
        "words_editable": editable and (words_form is not None or not sheet.returned),
        "may_extend": access.may_extend(request.user, paper),
        "words_form": words_form,
        "words_state": words_state,
        "words_sentence": words_sentence,
        "made_up": paper.period.made_up,
        "oob": False,
    }
    return render(request, "scoring/dossier.html", context, status=status)
