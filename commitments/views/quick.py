"""Quick entry: items typed one after the other while people are speaking."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from cchc_portal.kit.errors import MoveRefused
from cchc_portal.kit.htmx import fragment
from cchc_portal.kit.strokes import by_the_same_hand
from commitments import conference_access as access
from commitments.forms.dialogue import QuickForm
from commitments.models import Conference
from commitments.rules.conference import ConferenceState, ItemKind, Source, Speaker
from commitments.services import dialogue
from commitments.services.conference_rows import refuse_unless_writable
from commitments.views.conference_moves import context_of
from commitments.views.conferences import found, on_conference

LAST = 30


@require_safe
@on_conference
def quick(request: HttpRequest, conference: Conference) -> HttpResponse:
    """The page: what was entered last, and one form to enter the next."""
    access.require_holding(request.user, conference)
    refuse_unless_writable(conference)
    return _page(request, conference, QuickForm(initial=_usual(conference)))


@require_safe
@on_conference
def last(request: HttpRequest, conference: Conference) -> HttpResponse:
    """What was entered last, by whomever, and the counts: asked again every few seconds."""
    access.require_holding(request.user, conference)
    return fragment(request, "conferences/_quick_last.html", _last(conference))


@require_POST
@by_the_same_hand
def enter(request: HttpRequest, pk: int, key: UUID) -> HttpResponse:
    """One item under a key made by the page: sent twice, it arrives once. 422 with the reason.

    From a page without script the next form comes with a new key; the queue of the browser gets a
    word (200: stored, with its number).
    """
    conference = found(request, pk)
    access.require_holding(request.user, conference)
    form = QuickForm(request.POST)
    by_queue = request.headers.get("HX-Request") == "true"
    status, refusal = 422, ""
    if form.is_valid():
        source = Source.SENT if form.cleaned_data["sent"] else Source.LIVE
        try:
            item = dialogue.enter(
                conference, key=key, words=form.words(), by=request.user, source=source
            )
        except MoveRefused as refused:
            status, refusal = 422 if by_queue else 409, refused.sentence
        else:
            if by_queue:
                return HttpResponse(f"{item}", content_type="text/plain; charset=utf-8")
            messages.success(request, f"Đã ghi: {item}.")
            return redirect(reverse("conferences:quick", args=[conference.pk]))
    if by_queue:
        told = refusal or " ".join(error for errors in form.errors.values() for error in errors)
        return HttpResponse(told, status=422, content_type="text/plain; charset=utf-8")
    if refusal:
        form.add_error(None, refusal)
    return _page(request, conference, form, key=key, status=status)


def _page(
    request: HttpRequest,
    conference: Conference,
    form: QuickForm,
    *,
    key: UUID | None = None,
    status: int = 200,
) -> HttpResponse:
    context = (
        context_of(conference)
        | _last(conference)
        | {
            "form": form,
            "key": key or uuid4(),
            "kinds": list(enumerate(ItemKind, start=1)),
            "speakers": list(enumerate(Speaker, start=5)),
            "before": conference.state == ConferenceState.PLANNED,
        }
    )
    return render(request, "conferences/quick.html", context, status=status)


def _last(conference: Conference) -> dict:
    items = conference.items.raised()
    return {
        "conference": conference,
        "tally": items.tally(),
        "last": items.order_by("-number")[:LAST],
    }


def _usual(conference: Conference) -> dict:
    before = conference.state == ConferenceState.PLANNED
    return {"kind": ItemKind.OPINION, "speaker": Speaker.OFFICER, "sent": before}
