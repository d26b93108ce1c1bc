"""The assessor's desk: which dossiers wait, and one dossier component by component."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from cchc_portal.kit.errors import ChangedMeanwhile, MoveRefused
from cchc_portal.kit.htmx import fragment
from scoring import access
from scoring.forms.dossiers import DossierFilterForm
from scoring.forms.verification import AcceptForm, VerdictForm
from scoring.models import Block, Criterion, Dossier, ReturnRemark, Score, SecondMark
from scoring.rules.workflow import DossierVerb
from scoring.second_access import why_bound
from scoring.services import scores
from scoring.services.risks import risks_of
from scoring.services.submissions import changes_of
from scoring.views import across
from scoring.views.dossiers import found, moves_with_addresses
from scoring.views.judging import comparison, finding_of, typed, untouched, verdict_form
from scoring.views.my_part import across_units, my_part, progress_at_desks
from scoring.views.queue import Line, Queue, line_of
from scoring.views.rows import Row
from scoring.views.self_assessment import visible_score
from scoring.views.sheet import Sheet, sheet_of
from units.access import may
from units.permissions import Permission

PAGE = 50
FEW = 20
"""So many components across units are shown without being asked for."""
BY_SET = "bo-tieu-chi"
ACROSS = "ngang"
"""In the address of a verdict: it is given at the desk of one component across units."""

ON_PAGES_OF_THEIR_OWN = (DossierVerb.VERIFY, DossierVerb.RETURN)
"""Verbs with a place of their own: the button in the sum, the page that asks for remarks."""


@require_safe
def list_(request: HttpRequest) -> HttpResponse:
    """The dossiers of the periods one verifies, those that wait first; by block or state."""
    access.require_some_desk(request.user)
    dossiers = everything = Dossier.objects.verified_by_desk_of(request.user)
    form = DossierFilterForm(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    if asked.get("block"):
        dossiers = dossiers.filter(block=asked["block"])
    if asked.get("state"):
        dossiers = dossiers.filter(state=asked["state"])
    shown = progress_at_desks(request.user, dossiers.for_page()).in_order_of_the_desk()
    context = {
        "page": Paginator(shown, PAGE).get_page(request.GET.get("page")),
        "blocks": Block.objects.filter(pk__in=everything.values("block")).select_related("period"),
        "states": form.fields["state"].choices,
        "block": asked.get("block"),
        "state": asked.get("state", ""),
        "mine": my_part(request.user),
        "across": (across := across_units(request.user)),
        "few_across": sum(map(len, across.values())) <= FEW,
    }
    return render(request, "scoring/verifications.html", context)


@require_safe
def desk(request: HttpRequest, pk: int) -> HttpResponse:
    """One dossier on the desk: queue, what the unit says, its evidence, the verdict."""
    dossier = found(request, pk)
    access.require_desk(request.user, dossier)
    return _desk(request, _context(request, dossier, request.GET))


@require_safe
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """What a verdict that is being typed would come to; nothing is written."""
    score = visible_score(request, pk)
    access.require_judge(request.user, score.dossier, score)
    form = verdict_form(score, request.GET)
    context: dict[str, Any] = {"row": Row(score), "form": form}
    if form.is_valid():
        context |= comparison(score, finding_of(score, form))
    return fragment(
        request, "scoring/_verdict_compare.html", context, status=200 if form.is_valid() else 422
    )


@require_POST
def save_verdict(request: HttpRequest, pk: int) -> HttpResponse:
    """A verdict by answer, by points, or that the component does not apply."""
    score = visible_score(request, pk)
    access.require_judge(request.user, score.dossier, score)
    form = verdict_form(score, request.POST)
    if not form.is_valid():
        return _refused(request, score, form, form.refusal, status=422)
    return _settle(request, score, form, **form.verdict)


@require_POST
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    """The verdict is what the unit says: one key."""
    score = visible_score(request, pk)
    access.require_judge(request.user, score.dossier, score)
    form = AcceptForm(request.POST)
    if not form.is_valid():
        return _refused(request, score, None, form.refusal, status=422)
    return _settle(request, score, None, seen=form.cleaned_data["version"], accept=True)


@require_POST
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """The verdict is taken back, the component waits again."""
    score = visible_score(request, pk)
    access.require_judge(request.user, score.dossier, score)
    form = AcceptForm(request.POST)
    if not form.is_valid():
        return _refused(request, score, None, form.refusal, status=422)
    try:
        scores.take_back(score, by=request.user, seen_version=form.cleaned_data["version"])
    except (MoveRefused, ChangedMeanwhile) as refusal:
        return _refused(request, score, None, refusal.sentence, status=409)
    return _go_on(request, score, {"dong": str(score.pk)})


def _settle(
    request: HttpRequest, score: Score, form: VerdictForm | None, *, seen: int = 0, **verdict: Any
) -> HttpResponse:
    seen = form.cleaned_data["version"] if form else seen
    try:
        scores.save_verified(score, by=request.user, seen_version=seen, **verdict)
    except MoveRefused as refusal:
        return _refused(request, score, form, refusal.sentence, status=409)
    except ChangedMeanwhile as refusal:
        return _refused(request, score, form, refusal.sentence, status=409, renew=True)
    return _go_on(request, score, {"vua": str(score.pk)})


def _go_on(request: HttpRequest, score: Score, asked: Mapping[str, str]) -> HttpResponse:
    """After a verdict: the desk one was at, in the order one was in."""
    if ACROSS in request.GET:
        component = _component(score)
        query = {**across.way_of(request.GET), **asked}
        if request.htmx:
            return across.page_of(request, component, query)
        return redirect(across.address_of(component, query))
    query = {**_way_of(request.GET), **asked}
    address = reverse("scoring:verification-desk", args=[score.dossier_id])
    address = f"{address}?{urlencode(query)}"
    if not request.htmx:
        return redirect(address)
    answer = _desk(request, _context(request, score.dossier, query))
    answer.headers["HX-Push-Url"] = address
    return answer


def _component(score: Score) -> Criterion:
    found_with = Criterion.objects.select_related("criteria_set__block__period__assessor")
    return found_with.get(pk=score.criterion_id)


def _refused(
    request: HttpRequest,
    score: Score,
    form: VerdictForm | None,
    sentence: str,
    *,
    status: int,
    renew: bool = False,
) -> HttpResponse:
    """The desk one was at with what was typed and the sentence; `renew` after another's verdict."""

    def told(row: Row) -> dict[str, Any]:
        return typed(row, form, sentence, overtaken=renew)

    asked = {"dong": str(score.pk)}
    if ACROSS in request.GET:
        query = {**across.way_of(request.GET), **asked}
        return across.page_of(request, _component(score), query, told=told, status=status)
    context = _context(request, found(request, score.dossier_id), _way_of(request.GET) | asked)
    return _desk(request, context | told(context["row"]), status=status)


def _desk(request: HttpRequest, context: dict[str, Any], status: int = 200) -> HttpResponse:
    if request.htmx:
        return fragment(request, "scoring/_desk.html", context, status=status)
    return render(request, "scoring/verification.html", context, status=status)


def _way_of(asked: Mapping[str, str]) -> dict[str, str]:
    """What of a query goes on from row to row: the order."""
    return {"thu-tu": BY_SET} if asked.get("thu-tu") == BY_SET else {}


def queue_of(sheet: Sheet, dossier: Dossier) -> Queue:
    """The rows of the sheet in the order of the set, with their risks. Two queries."""
    known = risks_of([row.score for row in sheet.rows], dossier.period)
    lines = [line_of(row, known[row.score.pk]) for row in sheet.rows]
    return Queue(lines, sheet.judged)


def _context(request: HttpRequest, dossier: Dossier, asked: Mapping[str, str]) -> dict[str, Any]:
    sheet, kept = sheet_at_desk(request, dossier), _way_of(asked)
    queue = queue_of(sheet, dossier)
    queue = queue if kept else queue.by_risk()
    last = queue.line(asked.get("vua", ""))
    line = queue.line(asked.get("dong", "")) or queue.next_unsettled(last) or last or queue.lines[0]
    row, later = line.row, queue.next_unsettled(line)
    moves = moves_with_addresses(request, dossier)
    handed_in = list(dossier.submissions.for_page()[:2])
    changes = changes_of(*handed_in) if len(handed_in) == 2 else {}
    neighbours = list(Dossier.objects.beside(dossier))
    at = neighbours.index(dossier) if dossier in neighbours else None
    closed = access.why_not_at_the_desk(dossier) or why_bound(request.user, row.score)
    if not closed and row.score.pk not in sheet.judged:
        closed = access.why_not_judged(request.user, dossier, row.score)
    return {
        "dossier": dossier,
        "sheet": sheet,
        "queue": queue,
        "areas": _areas(sheet, queue) if kept else [],
        "first_quiet": queue.first_quiet,
        "by_set": bool(kept),
        "later": later.row.score.pk if later else None,
        "through": f"?{urlencode(kept)}" if kept else "",
        "way_on": f"?{urlencode(kept)}" if kept else "",
        "kept": f"&{urlencode(kept)}" if kept else "",
        "component": None,
        "last": last.row if last else None,
        "closed_because": closed,
        "moves": [pair for pair in moves if pair[0].verb not in ON_PAGES_OF_THEIR_OWN],
        "closing": next((pair for pair in moves if pair[0].verb == DossierVerb.VERIFY), None),
        "returning": next((pair for pair in moves if pair[0].verb == DossierVerb.RETURN), None),
        "second_left": SecondMark.objects.unfinished().filter(score__dossier=dossier).count(),
        "may_extend": access.may_extend(request.user, dossier),
        "resaid": changes.get(row.score.pk),
        "asked": ReturnRemark.objects.of_the_last_return(dossier).filter(score=row.score).first(),
        "changed": changes,
        "submission": handed_in[0] if handed_in else None,
        "neighbours": neighbours,
        "unit_before": neighbours[at - 1] if at else None,
        "unit_after": neighbours[at + 1] if at is not None and at + 1 < len(neighbours) else None,
        "line": line,
        "past": line.past,
        "made_up": dossier.period.made_up,
    } | untouched(row)


def _areas(sheet: Sheet, queue: Queue) -> list[tuple[Any, list[Line]]]:
    """Area by area the lines of the queue."""
    lines = {line.row.score.pk: line for line in queue.lines}
    return [(area, [lines[row.score.pk] for row in area.rows]) for area in sheet.areas]


def sheet_at_desk(request: HttpRequest, dossier: Dossier) -> Sheet:
    """The rows on the desk: all for the assessor's people, for an owner's those of its criteria."""
    sheet, rows = sheet_of(dossier, request.user), dossier.scores.order_by()
    sheet.judged = set(rows.judged_by(request.user).values_list("pk", flat=True))
    if may(request.user, Permission.VERIFY_DOSSIER, at=dossier.period.assessor_id):
        return sheet
    return sheet.only(set(rows.at_desks_of(request.user).values_list("pk", flat=True)))
