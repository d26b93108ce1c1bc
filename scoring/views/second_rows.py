"""One second mark as its pages show it: to its holder, and afterwards with both marks."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from scoring import access
from scoring.models import SecondMark
from scoring.rules.second_mark import UNDONE, gap
from scoring.services.drawn_figures import Drawn, offered
from scoring.services.risks import times_before
from scoring.views.rows import Row


@dataclass(frozen=True)
class Said:
    """What the unit reported beside what it answers, as the first desk shows it."""

    drawn: Drawn | None
    differs: bool


def found_mark(request: HttpRequest, pk: int) -> SecondMark:
    """The mark, if the person verifies in its dossier and is no party; a stranger meets 404."""
    seen = SecondMark.objects.visible_to(request.user).standing().for_page()
    one = get_object_or_404(seen, pk=pk)
    access.require_desk(request.user, one.score.dossier)
    return one


def shared(one: SecondMark) -> dict[str, Any]:
    """What every page about the row shows: what the unit says and what it reported, its
    evidence, its last time."""
    dossier = one.score.dossier
    pieces = one.score.evidence.select_related("document").order_by("-added_at")
    row = Row(one.score, list(pieces))
    past = times_before(dossier.period, units=[dossier.unit_id], keys=[row.criterion.key])
    drawn = offered([one.score], dossier.period).get(one.score.pk)
    return {
        "one": one,
        "row": row,
        "line": Said(drawn, bool(drawn and drawn.differs_from(one.score))),
        "dossier": dossier,
        "past": past.get((dossier.unit_id, row.criterion.key)),
        "list": reverse("scoring:second-marks"),
        "made_up": dossier.period.made_up,
    }


def both(one: SecondMark) -> dict[str, Any]:
    """The same, with the two marks and how far they are apart."""
    given = one.given_at is not None
    return shared(one) | {
        "given": given,
        "between": gap(one.first, one.second) if given else None,
    }


def result(request: HttpRequest, one: SecondMark, *, status: int = 200) -> HttpResponse:
    """Both marks, once the second is given; before that only that it waits."""
    if one.state in UNDONE:
        context = {"one": one, "list": reverse("scoring:second-marks")}
        context["made_up"] = one.score.dossier.period.made_up
        return render(request, "scoring/second_mark_waits.html", context, status=status)
    context = both(one) | {"decides": False, "queue": [], "refusal": "", "closed_because": ""}
    return render(request, "scoring/second_mark_decide.html", context, status=status)
