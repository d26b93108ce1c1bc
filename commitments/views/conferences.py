"""The list of conferences, and the page of one."""

from collections import Counter
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from csp.decorators import csp
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from cchc_portal.kit.errors import ChangedMeanwhile, MoveRefused
from cchc_portal.kit.stored_files import LOCKED_UP
from cchc_portal.kit.workflow import Move
from commitments import conference_access as access
from commitments.forms.filters import ConferenceFilterForm
from commitments.models import Commitment, Conference, Escalation
from commitments.rules.conference import (
    HOLDING,
    IN_HAND,
    ConferenceKind,
    ConferenceState,
    ConferenceVerb,
    ItemState,
)
from commitments.views.cabinet import file_of
from commitments.views.paper import Chip
from units.access import may, units_where
from units.models import Document, Unit
from units.models.unit import speaks_of

ROWS = 50
Verb = TypeVar("Verb")
WORDS_OF_MOVES = {
    ConferenceVerb.HOLD: "da-hop",
    ConferenceVerb.TAKE_BACK: "mo-lai-bien-ban",
    ConferenceVerb.CLOSE: "ket-thuc",
    ConferenceVerb.CANCEL: "khong-to-chuc",
}
"""The verb of a move, and the word for it in the address."""
OVERDUE, SENT = "overdue", "sent"


def found(request: HttpRequest, pk: int) -> Conference:
    """The conference among what this person may see, else 404."""
    return get_object_or_404(Conference.objects.visible_to(request.user).for_page(), pk=pk)


def address(conference: Conference) -> str:
    """The page of the conference."""
    return reverse("conferences:detail", args=[conference.pk])


def on_conference(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The view is given the conference; what it refuses is said on the conference's page, 409."""

    @wraps(view)
    def with_conference(request: HttpRequest, pk: int, **more: Any) -> HttpResponse:
        conference = found(request, pk)
        try:
            return view(request, conference, **more)
        except (MoveRefused, ChangedMeanwhile) as refusal:
            return page(request, pk, refusal=refusal.sentence, status=409)

    return with_conference


@require_safe
def list_(request: HttpRequest) -> HttpResponse:
    """Conferences of one's units and of those one oversees, newest first."""
    form = ConferenceFilterForm(request.GET)
    seen = Conference.objects.visible_to(request.user)
    wanted = form.cleaned_data if form.is_valid() else {}
    rows = _of_year_and_words(seen, wanted)
    counts = Counter(rows.order_by().values_list("state", flat=True))
    chips = [Chip("", "Tất cả", counts.total())]
    chips += [Chip(one.value, one.label, counts[one.value]) for one in ConferenceState]
    state = wanted.get("state", "")
    narrowed = rows.filter(state=state) if state else rows
    listed = narrowed.with_counts(timezone.localdate()).select_related("unit").newest_first()
    shown = Paginator(listed, ROWS).get_page(request.GET.get("page"))
    years = seen.order_by("-held_on__year").values_list("held_on__year", flat=True).distinct()
    context = {
        "form": form,
        "page": shown,
        "chips": [chip for chip in chips if chip.count or chip.value in ("", state)],
        "chosen": state,
        "years": years,
        "year": wanted.get("year"),
        "may_plan": bool(units_where(request.user, HOLDING)),
        "received": Escalation.objects.reaching(request.user).exists(),
        "waiting": Escalation.objects.waiting_at(units_where(request.user, HOLDING)).count(),
    }
    return render(request, "conferences/list.html", context, status=200 if form.is_valid() else 422)


@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One conference: what it was, what was raised and what came of it, what it decided."""
    return page(request, pk)


def page(request: HttpRequest, pk: int, *, refusal: str = "", status: int = 200) -> HttpResponse:
    """The page of a conference as it is now, with a sentence on top where something was refused."""
    conference = found(request, pk)
    user, today = request.user, timezone.localdate()
    items = conference.items.all()
    tally = items.tally()
    chosen = request.GET.get("ket_qua", "")
    overdue = items.overdue(today)
    narrowed = {OVERDUE: overdue, SENT: items.filter(source=SENT)}.get(chosen)
    if narrowed is None:
        narrowed = items.filter(state=chosen) if chosen in ItemState.values else items.raised()
    listed = narrowed.for_table().order_by("number")
    tasks = list(conference.tasks.standing().for_page().order_by("number"))
    for task in tasks:
        task.conference = conference
    late = overdue.count()
    context = {
        "conference": conference,
        "made_up": conference.made_up,
        "refusal": refusal,
        "tally": tally,
        "late": late,
        "page": Paginator(listed, ROWS).get_page(request.GET.get("page")),
        "chips": _chips(tally, late, items.filter(source=SENT).count(), chosen),
        "chosen": chosen,
        "tasks": sorted(tasks, key=lambda task: task.item_id is not None),
        "conclusions": [task for task in tasks if task.item_id is None],
        "accepted": any(task.item_id for task in tasks),
        "papers": conference.papers.order_by("pk"),
        "pledges": _pledges(conference, user),
        "moves": [
            (move, _address(move, conference)) for move in access.open_moves(user, conference)
        ],
        "may_hold": may(user, HOLDING, at=conference.unit_id),
        "may_write": access.may_write(user, conference),
        "may_collect": access.may_write(user, conference)
        and conference.state == ConferenceState.PLANNED,
        "may_release": access.may_release(user, conference),
        "in_hand": sum(tally.state(ItemState(state)) for state in IN_HAND),
        "dialogue": ConferenceKind.DIALOGUE in conference.kinds or tally.raised,
        "events": conference.events.for_page(),
    }
    return render(request, "conferences/detail.html", context, status=status)


@csp(LOCKED_UP)
@require_safe
def file(request: HttpRequest, pk: int, paper: int) -> FileResponse:
    """A paper of a conference, for whoever may see the conference."""
    conference = found(request, pk)
    return file_of(get_object_or_404(Document.objects.filter(conferences=conference), pk=paper))


def verb_of(word: str, words: dict[Verb, str]) -> Verb:
    """The verb that the word of an address stands for; 404 where there is none."""
    for verb, known in words.items():
        if known == word:
            return verb
    raise Http404


def _chips(tally, late: int, sent: int, chosen: str) -> list[Chip]:
    chips = [Chip("", "Tất cả", tally.raised)]
    chips += [Chip(one.value, one.label, tally.state(one)) for one in ItemState]
    chips += [Chip(SENT, "Gửi trước", sent), Chip(OVERDUE, "Quá hạn", late)]
    return [chip for chip in chips if chip.count or chip.value in ("", chosen)]


def _pledges(conference: Conference, user) -> list[Commitment]:
    """Commitments that were signed at it: of that day, received by the unit or its own."""
    if ConferenceKind.PLEDGE not in conference.kinds:
        return []
    signed = (
        Commitment.objects.visible_to(user).filter(agreed_on=conference.held_on).exclude(digest="")
    )
    here = signed.filter(received_by=conference.unit_id) | signed.filter(unit=conference.unit_id)
    return list(here.with_parties().newest_first())


def _of_year_and_words(rows, wanted):
    if wanted.get("year"):
        rows = rows.filter(held_on__year=wanted["year"])
    if wanted.get("words"):
        units = Unit.objects.matching(wanted["words"]).values("pk")
        by_title = Conference.objects.filter(speaks_of(wanted["words"], "title")).values("pk")
        rows = rows.filter(unit__in=units) | rows.filter(pk__in=by_title)
    return rows


def _address(move: Move, conference: Conference) -> str:
    if move.verb == ConferenceVerb.SIGN_MINUTES:
        return reverse("conferences:sign-minutes", args=[conference.pk])
    return reverse("conferences:move", args=[conference.pk, WORDS_OF_MOVES[move.verb]])
