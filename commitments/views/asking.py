"""A page that asks something: shown, then acted upon, refused with what was typed still there."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render

from cchc_portal.kit.errors import ChangedMeanwhile, MoveRefused

Context = Callable[[], dict[str, Any]]


def posted(request: HttpRequest) -> QueryDict | None:
    """What a form is bound to: nothing where the page is only looked at."""
    return request.POST if request.method == "POST" else None


def lying(form: Form, now: dict[str, Any]) -> list[tuple[str, str]]:
    """After a conflict: label and words of what lies there now, of the fields where something else
    was typed."""
    typed = form.cleaned_data
    return [
        (str(form[name].label), f"{value:%d/%m/%Y}" if isinstance(value, date) else str(value))
        for name, value in now.items()
        if name in typed and typed[name] != value
    ]


def renewed(form: Any, rows: Any) -> None:
    """After a conflict: the version that lies there now was seen; nothing where the row is gone."""
    if shown := rows.first():
        form.renew(shown.version)


def last_hand(event: Any) -> dict[str, Any]:
    """For a page of a conflict: who wrote last, and when; nobody where the version that was sent
    never was."""
    return {"who": event.by, "at": event.happened_at} if event else {"who": None, "at": None}


def ask(
    request: HttpRequest,
    template: str,
    form: Form,
    *,
    act: Callable[[dict[str, Any]], str],
    context: Context,
    conflict: Callable[[], None] | None = None,
) -> HttpResponse:
    """GET shows the form; POST lets `act` have what was cleaned and goes where it says.

    Not valid: 422. Refused by the service: 409, with the sentence. `context` is read after the
    refusal, so the page shows what lies there now; `conflict` prepares the form for that.
    """
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                return redirect(act(form.cleaned_data))
            except (MoveRefused, ChangedMeanwhile) as refusal:
                status = 409
                form.add_error(None, refusal.sentence)
                if conflict and isinstance(refusal, ChangedMeanwhile):
                    conflict()
    return render(request, template, context() | {"form": form}, status=status)
