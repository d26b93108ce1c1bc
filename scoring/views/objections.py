"""The queue of objections, and one of them with all that a person needs to decide."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from cchc_portal.kit.errors import ChangedMeanwhile, MoveRefused
from scoring import access, reply_access
from scoring.forms.replying import DecisionForm, ObjectionFilterForm
from scoring.models import Block, Explanation, SecondMark
from scoring.rules.reply import Outcome, Standing
from scoring.rules.verdict import Finding, difference
from scoring.rules.workflow import ExplanationState
from scoring.second_access import require_not_kept
from scoring.services import explanations
from scoring.views.rows import Row

PAGE = 50
BESIDE = 40
TYPED = ("outcome", "points", "decision")
DONE = "Đã kết luận giải trình. Đơn vị đã được báo."


@require_safe
def list_(request: HttpRequest) -> HttpResponse:
    """Objections of the periods one verifies, those that wait first; by block, component, state."""
    access.require_some_desk(request.user)
    everything = Explanation.objects.of_the_desks_of(request.user)
    form = ObjectionFilterForm(request.GET)
    asked = dict.fromkeys(form.fields, "") | (form.cleaned_data if form.is_valid() else {})
    narrowed = _narrowed(everything, asked)
    counts = narrowed.aggregate(
        all=Count("pk"),
        sent=Count("pk", filter=Q(state=ExplanationState.SENT)),
        decided=Count("pk", filter=Q(state=ExplanationState.DECIDED)),
    )
    shown = narrowed.filter(state=asked["state"]) if asked.get("state") else narrowed
    chips = [("", "Tất cả", counts["all"])]
    chips += [
        (one.value, one.label, counts[one.value]) for one in (Standing.SENT, Standing.DECIDED)
    ]
    codes = everything.order_by("score__criterion__code").values_list(
        "score__criterion__code", flat=True
    )
    blocks = Block.objects.filter(pk__in=everything.values("score__dossier__block"))
    page = Paginator(shown.for_page().in_order_of_work(), PAGE).get_page(request.GET.get("page"))
    kept_back = SecondMark.objects.hidden_from(request.user).filter(
        score__in=[one.score_id for one in page]
    )
    context = {
        "page": page,
        "hidden": set(kept_back.values_list("score", flat=True)),
        "chips": chips,
        "blocks": blocks.select_related("period"),
        "codes": list(codes.distinct()),
        "asked": asked,
        "kept": {name: asked[name] for name in ("block", "code") if asked.get(name)},
    }
    return render(request, "scoring/objections.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def objection(request: HttpRequest, pk: int) -> HttpResponse:
    """One objection: the first verdict, the reply, the evidence; and what is decided of it."""
    one = _found(request, pk)
    access.require_impartial(request.user, one.score.dossier)
    require_not_kept(request.user, one.score)
    if request.method != "POST":
        return _shown(request, one)
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return _shown(request, one, form=form, refusal=form.refusal, status=422)
    typed = form.cleaned_data
    try:
        explanations.decide(
            one,
            by=request.user,
            outcome=typed["outcome"],
            points=typed["points"],
            decision=typed["decision"],
            seen_version=typed["version"],
        )
    except (MoveRefused, ChangedMeanwhile) as refusal:
        return _shown(request, _found(request, pk), form=form, refusal=refusal.sentence, status=409)
    messages.success(request, DONE)
    following = _queue(request).exclude(pk=pk).first()
    if following is None:
        return redirect("scoring:objections")
    return redirect("scoring:objection", following.pk)


def _narrowed(objections: QuerySet, asked: dict[str, Any]) -> QuerySet:
    if asked.get("block"):
        objections = objections.filter(score__dossier__block=asked["block"])
    if asked.get("unit"):
        objections = objections.filter(score__dossier__unit=asked["unit"])
    if asked.get("code"):
        objections = objections.filter(score__criterion__code=asked["code"])
    return objections


def _queue(request: HttpRequest) -> QuerySet:
    waiting = Explanation.objects.of_the_desks_of(request.user).filter(state=ExplanationState.SENT)
    return waiting.for_page().in_order_of_work()


def _found(request: HttpRequest, pk: int) -> Explanation:
    seen = Explanation.objects.visible_to(request.user).sent().for_page()
    return get_object_or_404(seen, pk=pk)


def _shown(
    request: HttpRequest,
    one: Explanation,
    *,
    form: DecisionForm | None = None,
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    score = one.score
    row = Row(score, list(score.evidence.select_related("document").order_by("-added_at")))
    first = Finding(one.first_points, one.first_not_applicable)
    closed = access.why_period_is_closed(score.dossier)
    decided = one.state == ExplanationState.DECIDED
    if not decided and not closed:
        closed = reply_access.why_not_a_decider(request.user, one)
    earlier = score.explanations.sent().exclude(pk=one.pk).filter(sent_at__lt=one.sent_at)
    context = {
        "one": one,
        "dossier": score.dossier,
        "row": row,
        "first": first,
        "change": difference(said=score.said, found=first),
        "after": Finding(one.points, one.not_applicable),
        "decided": decided,
        "closed_because": "" if decided else closed,
        "new_papers": [piece.pk for piece in row.evidence if piece.added_at > one.verified_at],
        "earlier": earlier.select_related("sent_by", "decided_by").order_by("sent_at"),
        "queue": _queue(request)[:BESIDE],
        "outcomes": [(outcome, str(at)) for at, outcome in enumerate(Outcome, start=1)],
        "typed": {name: form.data.get(name, "") if form else "" for name in TYPED},
        "refusal": refusal,
        "list": reverse("scoring:objections"),
        "made_up": score.dossier.period.made_up,
    }
    return render(request, "scoring/objection.html", context, status=status)
