"""The unit's own page: the dossier, and its rows, which save themselves."""

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
from cchc_portal.kit.strokes import by_the_same_hand, kept
from scoring import access
from scoring.forms.dossiers import SelfScoreForm
from scoring.models import Dossier, Score
from scoring.reply_access import is_party
from scoring.rules.answers import parse_rule
from scoring.rules.drawn import own_words
from scoring.rules.kinds import Hindrance
from scoring.rules.workflow import ASSESSOR, DossierState, DossierVerb
from scoring.second_access import hide
from scoring.services import drafts, review, scores
from scoring.services.drawn_figures import is_drawn
from scoring.views.dossiers import found, moves_with_addresses
from scoring.views.drafts import lay_beside
from scoring.views.drawn_hint import hint_of
from scoring.views.sheet import row_of, sheet_of

MINE = "phan-cua-toi"
FILTERS = ("chua-cham", "thieu-minh-chung", "bi-tra-lai", "co-trao-doi", "thap-hon", MINE)


@require_safe
def dossier(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole dossier; to write in for those who may, to read for the others."""
    return page_of(request, found(request, pk))


@require_safe
def score_row(request: HttpRequest, pk: int) -> HttpResponse:
    """One row as it is stored now, for whoever wants to see what somebody else wrote."""
    score = visible_score(request, pk)
    if not request.htmx:
        return redirect(address_of(score))
    return fragment(request, "scoring/_score_row_again.html", _row_context(request, score))


@require_safe
def sums(request: HttpRequest, pk: int) -> HttpResponse:
    """What the rows come to together: the page asks for it when a row has saved itself."""
    paper = found(request, pk)
    sheet = sheet_of(paper, request.user)
    lay_beside(sheet.rows, paper, request.user, editable=False, words_editable=False)
    return fragment(request, "scoring/_dossier_totals.html", {"sheet": sheet})


@require_POST
@by_the_same_hand
def save_score(request: HttpRequest, pk: int) -> HttpResponse:
    """One row is written; 422 where it is not valid, 409 where somebody was faster or late.

    What was not accepted is kept as a draft before anything is answered.
    """
    with scores.at_the_pen(pk, by=request.user) as score:
        if score is None:
            access.require_pen(request.user, visible_score(request, pk).dossier)
        stood = score.version, score.self_answer, score.said
        reasoned = bool(own_words(score.self_note))
        form, refusal = _written(request, score)
    if form.takes_theirs:
        drafts.take_theirs(score, by=request.user, typed=form.typed(), stroke=form.sent_as)
    elif not form.is_valid():
        return _not_saved(request, score, form, Hindrance.REFUSED, form.refusal, status=422)
    elif isinstance(refusal, ChangedMeanwhile):
        return _not_saved(request, score, form, Hindrance.CHANGED, refusal.sentence, status=409)
    elif refusal:
        open_still = _may_fill(request, score.dossier_id)
        hindrance = Hindrance.REFUSED if open_still else Hindrance.LOCKED
        return _not_saved(request, score, form, hindrance, refusal.sentence, status=409)
    elif request.htmx and not form.joins and not form.cleaned_data["choose"]:
        shown = not score.drafts_wait and stood == (form.seen, score.self_answer, score.said)
        context = {"row": row_of(score, score.pieces), "oob": True, "figures_stand": shown}
        if is_drawn(score) and not (shown and reasoned == bool(own_words(score.self_note))):
            context["hint"] = hint_of(score, open_to_them=True, script=True)
        return fragment(None, "scoring/_score_saved.html", context)
    return row_again(request, visible_score(request, pk))


def _written(
    request: HttpRequest, score: Score
) -> tuple[SelfScoreForm, MoveRefused | ChangedMeanwhile | None]:
    """What was sent, read by the rule of the held row and written if it can be; else why not."""
    form = SelfScoreForm(request.POST, rule=parse_rule(score.criterion.rule), maximum=score.maximum)
    if not form.is_valid() or form.takes_theirs:
        return form, None
    typed = form.cleaned_data
    try:
        scores.answer_self(
            score,
            by=request.user,
            answer=form.answer,
            note=joined(score.self_note, typed["note"]) if form.joins else typed["note"],
            not_applicable=typed["not_applicable"],
            seen_version=form.seen,
            stroke=form.sent_as,
        )
    except (MoveRefused, ChangedMeanwhile) as refusal:
        return form, refusal
    return form, None


def visible_score(request: HttpRequest, pk: int) -> Score:
    """The score among those this person may see, with its dossier, the verdict blank where it is
    kept from them; a stranger meets 404."""
    scores_seen = Score.objects.visible_to(request.user).select_related(
        "criterion__parent",
        "dossier__unit",
        "dossier__block",
        "dossier__period__assessor",
        "updated_by",
    )
    return hide([get_object_or_404(scores_seen, pk=pk)], request.user)[0]


def address_of(score: Score) -> str:
    """The dossier's page with this row open."""
    page = reverse("scoring:dossier", args=[score.dossier_id])
    return f"{page}?dong={score.pk}#dong-{score.pk}"


def _may_fill(request: HttpRequest, pk: int) -> bool:
    return access.may_fill(request.user, found(request, pk), today=timezone.localdate())


def row_again(request: HttpRequest, score: Score) -> HttpResponse:
    """The whole row in the place of the old one; without script, the page with it open."""
    if not request.htmx:
        return redirect(address_of(score))
    answer = fragment(request, "scoring/_score_row_again.html", _row_context(request, score))
    return reswap(retarget(answer, f"#dong-{score.pk}"), "outerHTML")


def _not_saved(
    request: HttpRequest,
    score: Score,
    form: SelfScoreForm,
    hindrance: Hindrance,
    sentence: str,
    *,
    status: int,
) -> HttpResponse:
    """Keeps it as a draft; the row as it was typed, with what is in the way.

    Without script, the whole page with it.
    """
    drafts.keep(
        score,
        by=request.user,
        typed=form.typed(),
        hindrance=hindrance,
        sentence=sentence,
        seen_version=form.written_on,
        stroke=form.sent_as,
    )
    paper = score.dossier
    if not request.htmx:
        return page_of(request, paper, status=status, open_row=score.pk)
    context = _row_context(request, visible_score(request, score.pk))
    row = context["row"]
    row.form, row.state, row.sentence = form, hindrance, sentence
    return kept(fragment(request, "scoring/_score_not_saved.html", context, status=status))


def _row_context(request: HttpRequest, score: Score) -> dict[str, Any]:
    editable = access.may_fill(request.user, score.dossier, today=timezone.localdate())
    row = row_of(score)
    lay_beside([row], score.dossier, request.user, editable=editable, words_editable=False)
    return {
        "dossier": score.dossier,
        "row": row,
        "editable": editable,
        "holds_pen": access.may_hold_pen(request.user, score.dossier),
        "open_row": score.pk,
        "oob": True,
    }


def page_of(
    request: HttpRequest,
    paper: Dossier,
    *,
    status: int = 200,
    open_row: int | None = None,
) -> HttpResponse:
    """The page of the dossier; the drafts of the unit are laid beside what is stored."""
    sheet = sheet_of(paper, request.user)
    today = timezone.localdate()
    editable = access.may_fill(request.user, paper, today=today)
    sheet.remember(review.time_before(paper))
    sheet.share_out(paper.parts.select_related("officer"))
    mine = sheet.part_of(request.user)
    words_editable = editable and not sheet.returned
    words = lay_beside(
        sheet.rows, paper, request.user, editable=editable, words_editable=words_editable
    )
    opened = open_row or request.GET.get("dong", "")
    asked_row = sheet.row_of(str(opened))
    asked = request.GET.get("loc", MINE if mine and not opened else "")
    moves = moves_with_addresses(request, paper)
    events = list(paper.events.select_related("by").filter(target__gt=""))
    returns = (event for event in events if event.verb == DossierVerb.RETURN)
    context = {
        "dossier": paper,
        "sheet": sheet,
        "editable": editable,
        "holds_pen": access.may_hold_pen(request.user, paper),
        "closed_because": access.why_pen_is_closed(paper, today=today),
        "filter": asked if asked in FILTERS else "",
        "mine": mine,
        "open_row": asked_row.score.pk if asked_row else None,
        "moves": moves,
        "is_party": is_party(request.user, paper),
        "judges": any(move.desk == ASSESSOR for move, _ in moves),
        "events": events,
        "kept": any(row.score.hidden for row in sheet.rows),
        "returned": next(returns, None) if paper.state == DossierState.RETURNED else None,
        "words_editable": words_editable,
        "may_extend": access.may_extend(request.user, paper),
        "words": words,
        "choice": words.beside(paper),
        "opened_at": timezone.now(),
        "made_up": paper.period.made_up,
        "oob": False,
    }
    return render(request, "scoring/dossier.html", context, status=status)
