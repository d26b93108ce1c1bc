"""All that is said not to apply: proposed, confirmed, denied, and what that does to the maximum."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from scoring.forms.excusals import ExcusalFilterForm
from scoring.models import Block, Dossier, Period, Score, ScoreChange, SecondMark
from scoring.rules.excusal import LEAVES_OUT, Excusal, weight
from scoring.rules.workflow import DossierState
from scoring.views.self_assessment import address_of
from units.access import units_where
from units.permissions import Permission

PAGE = 50
FILTERS = ("period", "block", "code")
DECIDING = ("not_applicable", "verified_points")
"""Columns of which the newest change tells who decided."""


@dataclass(frozen=True)
class Line:
    """One component of one unit. `maximum` is what counts for the unit as it stands."""

    score: Score
    decided: ScoreChange | None
    maximum: Decimal
    verifies: bool

    @property
    def excusal(self) -> Excusal:
        return Excusal(self.score.excusal)

    @property
    def weight(self) -> Decimal:
        return weight(self.score.criterion.source, self.score.maximum)

    @property
    def left_out(self) -> bool:
        """Whether its maximum is out of the unit's already."""
        return self.excusal in LEAVES_OUT

    @property
    def waits(self) -> bool:
        """Whether the person may have it to decide."""
        submitted = self.score.dossier.state == DossierState.SUBMITTED
        return self.verifies and submitted and self.excusal == Excusal.PROPOSED

    @property
    def address(self) -> str:
        """Where one decides or looks: the row at the desk, or in the dossier."""
        if not self.verifies:
            return address_of(self.score)
        desk = reverse("scoring:verification-desk", args=[self.score.dossier_id])
        return f"{desk}?dong={self.score.pk}"

    @property
    def maximum_if_confirmed(self) -> Decimal:
        return self.maximum - self.weight


@require_safe
def list_(request: HttpRequest) -> HttpResponse:
    """Those of the periods one oversees or verifies in, those that wait first; without rows of
    which the first mark is kept from the reader."""
    user = request.user
    at = units_where(user, Permission.VERIFY_DOSSIER) or units_where(user, Permission.SEE_BELOW)
    if not at:
        raise PermissionDenied("Trang này dành cho người tổ chức, theo dõi, thẩm định.")
    kept = SecondMark.objects.hidden_from(user).values("score")
    everything = Score.objects.followed_by(user).exclude(pk__in=kept).excusals()
    form = ExcusalFilterForm(request.GET)
    asked = dict.fromkeys(form.fields, "") | (form.cleaned_data if form.is_valid() else {})
    narrowed = _narrowed(everything, asked)
    counts = narrowed.aggregate(
        all=Count("pk"), **{one.value: Count("pk", filter=Q(excusal=one)) for one in Excusal}
    )
    chips = [("", "Tất cả", counts["all"])]
    chips += [(one.value, one.label, counts[one.value]) for one in Excusal]
    shown = narrowed.filter(excusal=asked["state"]) if asked["state"] else narrowed
    page = Paginator(shown.for_list_of_excusals(), PAGE).get_page(request.GET.get("page"))
    here = everything.order_by().values("dossier__block")
    codes = everything.order_by("criterion__code").values_list("criterion__code", flat=True)
    context = {
        "page": page,
        "lines": _lines(request, page.object_list),
        "chips": chips,
        "periods": Period.objects.filter(blocks__in=here).distinct().order_by("-year", "title"),
        "blocks": Block.objects.filter(pk__in=here).select_related("period"),
        "codes": list(codes.distinct()),
        "asked": asked,
        "kept": {name: asked[name] for name in FILTERS if asked[name]},
    }
    return render(request, "scoring/excusals.html", context)


def _narrowed(scores: QuerySet, asked: dict[str, Any]) -> QuerySet:
    if asked["period"]:
        scores = scores.filter(dossier__period=asked["period"])
    if asked["block"]:
        scores = scores.filter(dossier__block=asked["block"])
    if asked["code"]:
        scores = scores.filter(criterion__code=asked["code"])
    return scores


def _lines(request: HttpRequest, scores: list[Score]) -> list[Line]:
    """Three queries, however many."""
    scores = list(scores)
    dossiers = {score.dossier_id for score in scores}
    told = ScoreChange.objects.filter(score__in=scores).select_related("changed_by")
    decided = {change.score_id: change for change in told.newest_of_each(DECIDING)}
    maxima = Score.objects.applicable_maxima(dossiers)
    mine = Dossier.objects.verified_by_desk_of(request.user).filter(pk__in=dossiers)
    verified = set(mine.values_list("pk", flat=True))
    return [
        Line(
            score,
            decided.get(score.pk) if score.settled else None,
            maxima[score.dossier_id],
            score.dossier_id in verified,
        )
        for score in scores
    ]
