"""The same form of the same page, sent twice, is written once: docs/decisions/0102.

A shaky network, a second press without script, a page reloaded after it was sent: the same words
arrive twice, and what is added rather than changed would stand there twice. The token that Django
puts into the forms of a page is another one each time the page is drawn; with the address and what
was typed it tells a thing sent again from a thing meant twice.
"""

import json
import time
from collections.abc import Callable
from hashlib import file_digest

from django.contrib import messages
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.csrf import CSRF_TOKEN_LENGTH
from django.shortcuts import render
from django.utils.crypto import salted_hmac

UNDER_WAY = "…"
RUNS_AT_MOST, REMEMBERED = 60, 15 * 60
WAITS, LOOKS = 8.0, 0.1
AGAIN = "Nội dung này đã được gửi rồi nên cổng không ghi lần thứ hai."


class SentOnce:
    """A middleware, after those of CSRF, of sign-in and of messages."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        place = request.__dict__.get("_sent_once")
        if place:
            if response.status_code in (302, 303):
                cache.set(place, response["Location"], REMEMBERED)
            else:
                cache.delete(place)
        return response

    def process_view(self, request: HttpRequest, *_view: object) -> HttpResponse | None:
        """None lets the view do its work; where the same was sent before, its answer."""
        place = _place(request)
        if place is None:
            return None
        before = _before(place)
        if before is None:
            request.__dict__["_sent_once"] = place
            return None
        if before == UNDER_WAY:
            return render(request, "under_way.html", status=409)
        messages.info(request, AGAIN)
        return HttpResponseRedirect(before)


def _place(request: HttpRequest) -> str | None:
    """Where is kept what became of this form; None where nothing tells one sending from another."""
    if request.method != "POST" or not request.user.is_authenticated:
        return None
    by_script = "HTTP_X_CSRFTOKEN" in request.META  # with the token of the session, not of a page
    if by_script or len(request.POST.get("csrfmiddlewaretoken", "")) != CSRF_TOKEN_LENGTH:
        return None
    files = [(name, [_seal(one) for one in many]) for name, many in request.FILES.lists()]
    sent = [request.user.pk, request.get_full_path(), sorted(request.POST.lists()), sorted(files)]
    return f"once-{salted_hmac('once', json.dumps(sent), algorithm='sha256').hexdigest()}"


def _seal(upload) -> tuple[str, str]:
    upload.seek(0)
    digest = file_digest(upload, "sha256").hexdigest()
    upload.seek(0)
    return upload.name, digest


def _before(place: str) -> str | None:
    """Where the first sending led, once it has ended; None: this is the first one, or that one was
    refused. UNDER_WAY: it has not ended for long."""
    until = time.monotonic() + WAITS
    while not cache.add(place, UNDER_WAY, RUNS_AT_MOST):
        found = cache.get(place)
        if found not in (None, UNDER_WAY):
            return found
        if time.monotonic() > until:
            return UNDER_WAY
        time.sleep(LOOKS)
    return None
