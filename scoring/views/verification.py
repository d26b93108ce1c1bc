"""The assessor's desk: which dossiers wait, and one dossier component by component."""

from fractions import Fraction
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
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
from scoring.models import Block, Dossier, ReturnRemark, Score, UsualReason
from scoring.rules.answers import NotApplicable, parse_rule
from scoring.rules.verdict import Finding, difference, needs_reason
from scoring.rules.workflow import DossierVerb
from scoring.services import scores
from scoring.services.risks import time_before
from scoring.services.submissions import changes_of
from scoring.views.dossiers import found, moves_with_addresses
from scoring.views.rows import Row
from scoring.views.self_assessment import visible_score
from scoring.views.sheet import sheet_of
from units.access import units_where
from units.permissions import Permission

PAGE = 50

ON_PAGES_OF_THEIR_OWN = (DossierVerb.VERIFY, DossierVerb.RETURN)
"""Verbs with a place of their own: the button in the sum, the page that asks for remarks."""


@require_safe
def list_(request: HttpRequest) -> HttpResponse:
    """The dossiers of the periods one verifies, those that wait first; by block or state."""
    if not units_where(request.user, Permission.VERIFY_DOSSIER):
        raise PermissionDenied("Đồng chí chưa được giao thẩm định hồ sơ của cơ quan nào.")
    dossiers = everything = Dossier.objects.verified_by_desk_of(request.user)
    form = DossierFilterForm(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    if asked.get("block"):
        dossiers = dossiers.filter(block=asked["block"])
    if asked.get("state"):
        dossiers = dossiers.filter(state=asked["state"])
    shown = dossiers.for_page().with_progress().in_order_of_the_desk()
    context = {
        "page": Paginator(shown, PAGE).get_page(request.GET.get("page")),
        "blocks": Block.objects.filter(pk__in=everything.values("block")).select_related("period"),
        "states": form.fields["state"].choices,
        "block": asked.get("block"),
        "state": asked.get("state", ""),
    }
    return render(request, "scoring/verifications.html", context)


@require_safe
def desk(request: HttpRequest, pk: int) -> HttpResponse:
    """One dossier on the desk: queue, what the unit says, its evidence, the verdict."""
    dossier = found(request, pk)
    access.require_desk(request.user, dossier)
    context = _context(request, dossier, asked=request.GET.get("dong", ""))
    context["last"] = context["sheet"].row_of(request.GET.get("vua", ""))
    return _desk(request, context)


@require_safe
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """What a verdict that is being typed would come to; nothing is written."""
    score = visible_score(request, pk)
    access.require_judge(request.user, score.dossier, score)
    form = _form(score, request.GET)
    context: dict[str, Any] = {"row": Row(score), "form": form}
    if form.is_valid():
        context |= _comparison(score, _finding(score, form))
    return fragment(
        request, "scoring/_verdict_compare.html", context, status=200 if form.is_valid() else 422
    )


@require_POST
def save_verdict(request: HttpRequest, pk: int) -> HttpResponse:
    """A verdict by answer, by points, or that the component does not apply."""
    score = visible_score(request, pk)
    access.require_judge(request.user, score.dossier, score)
    form = _form(score, request.POST)
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
    return _go_to(request, score.dossier, score.pk)


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
    following = sheet_of(score.dossier).next_unsettled(score.pk)
    return _go_to(request, score.dossier, following or score.pk, last=score.pk)


def _go_to(
    request: HttpRequest, dossier: Dossier, pk: int, *, last: int | None = None
) -> HttpResponse:
    if "ngang" in request.GET:
        return redirect(_across(request, pk=pk, last=last))
    query = {"dong": pk} | ({"vua": last} if last else {})
    address = f"{reverse('scoring:verification-desk', args=[dossier.pk])}?{urlencode(query)}"
    if not request.htmx:
        return redirect(address)
    context = _context(request, dossier, asked=str(pk))
    context["last"] = context["sheet"].row_of(str(last or ""))
    answer = _desk(request, context)
    answer.headers["HX-Push-Url"] = address
    return answer


def _across(request: HttpRequest, *, pk: int, last: int | None) -> str:
    """Where one goes on with the same component across units, in the order one was in."""
    settled = Score.objects.get(pk=last or pk)
    query = {"vua": last} if last else {"dong": pk}
    query |= {name: request.GET[name] for name in ("thu-tu", "loc") if name in request.GET}
    return f"{reverse('scoring:component-desk', args=[settled.criterion_id])}?{urlencode(query)}"


def _refused(
    request: HttpRequest,
    score: Score,
    form: VerdictForm | None,
    sentence: str,
    *,
    status: int,
    renew: bool = False,
) -> HttpResponse:
    """The desk with what was typed and the sentence; `renew` after somebody else's verdict."""
    context = _context(request, found(request, score.dossier_id), asked=str(score.pk))
    context |= {"form": form, "refusal": sentence, "overtaken": renew}
    if form:
        context |= {
            "boxes": context["row"].verdict_boxes(form.data),
            "fault": form.fault_field,
            "way": form.data.get("way", ""),
            "given": form.data.get("given", ""),
            "picked": form.data.get("usual", ""),
        }
    return _desk(request, context, status=status)


def _desk(request: HttpRequest, context: dict[str, Any], status: int = 200) -> HttpResponse:
    if request.htmx:
        return fragment(request, "scoring/_desk.html", context, status=status)
    return render(request, "scoring/verification.html", context, status=status)


def _context(request: HttpRequest, dossier: Dossier, *, asked: str) -> dict[str, Any]:
    sheet = sheet_of(dossier)
    row = sheet.row_of(asked) or sheet.row_of(str(sheet.next_unsettled(None))) or sheet.rows[0]
    moves = moves_with_addresses(request, dossier)
    handed_in = list(dossier.submissions.for_page()[:2])
    changes = changes_of(*handed_in) if len(handed_in) == 2 else {}
    return {
        "dossier": dossier,
        "sheet": sheet,
        "later": sheet.next_unsettled(row.score.pk),
        "through": "",
        "component": None,
        "last": None,
        "closed_because": access.why_not_at_the_desk(dossier),
        "moves": [pair for pair in moves if pair[0].verb not in ON_PAGES_OF_THEIR_OWN],
        "closing": next((pair for pair in moves if pair[0].verb == DossierVerb.VERIFY), None),
        "returning": next((pair for pair in moves if pair[0].verb == DossierVerb.RETURN), None),
        "may_extend": access.may_extend(request.user, dossier),
        "resaid": changes.get(row.score.pk),
        "asked": ReturnRemark.objects.of_the_last_return(dossier).filter(score=row.score).first(),
        "changed": changes,
        "submission": handed_in[0] if handed_in else None,
        "neighbours": Dossier.objects.beside(dossier),
        "past": time_before(row.criterion, dossier.period, [dossier.unit_id]).get(dossier.unit_id),
        "made_up": dossier.period.made_up,
    } | untouched(row)


def untouched(row: Row) -> dict[str, Any]:
    """The form of a row as it stands, before anything is typed into it."""
    return {
        "row": row,
        "boxes": row.verdict_boxes(None),
        "way": row.way,
        "given": row.given,
        "usual": UsualReason.objects.offered_for(row.score),
        "picked": str(row.score.usual_reason_id or ""),
        "form": None,
        "fault": "",
        "refusal": "",
        "overtaken": False,
    } | _comparison(row.score, _standing(row.score))


def _form(score: Score, data: Any) -> VerdictForm:
    return VerdictForm(
        data,
        rule=parse_rule(score.criterion.rule),
        maximum=score.maximum,
        assessor=score.dossier.period.assessor_id,
    )


def _finding(score: Score, form: VerdictForm) -> Finding:
    """What the typed verdict would be."""
    points = form.verdict.get("points")
    if form.verdict.get("not_applicable"):
        return Finding(None, True)
    if form.answer is not None:
        outcome = form.rule.points(form.answer, score.maximum)
        return Finding(None, True) if isinstance(outcome, NotApplicable) else Finding(outcome)
    return Finding(None if points is None else Fraction(points))


def _standing(score: Score) -> Finding:
    """What the form starts from: the verdict, or while there is none what the unit said."""
    return score.found if score.settled or not score.answered else score.said


def _comparison(score: Score, finding: Finding) -> dict[str, Any]:
    return {
        "finding": finding,
        "change": difference(said=score.said, found=finding),
        "reason_needed": needs_reason(score.criterion.source, said=score.said, found=finding),
    }
