"""Tells the browser which plain form the portal has taken, so that it lets go of what it keeps.

`static/portal/unsent.js` keeps what is typed in a form under a key that it sends along; only here
is it said that the words have arrived. docs/queue.md tells the whole story.
"""

import re
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

FIELD = "unsent_key"
COOKIE = "portal_taken"
KEY = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
MOST_KEYS = 10
DAYS = 30 * 24 * 3600


def name_what_was_taken(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable:
    """A middleware, after the one of sign-in: a form that was taken leads to another page, one that
    was refused is drawn again (422, 409). Who was sent away to sign in had nothing taken."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.method == "POST" and response.status_code in (302, 303):
            key = request.POST.get(FIELD, "")
            if request.user.is_authenticated and KEY.fullmatch(key):
                _name(key, request, response)
        return response

    return answer


def _name(key: str, request: HttpRequest, response: HttpResponse) -> None:
    """Beside the keys that no page has read yet."""
    before = [one for one in request.COOKIES.get(COOKIE, "").split(".") if KEY.fullmatch(one)]
    response.set_cookie(
        COOKIE,
        ".".join([*before, key][-MOST_KEYS:]),
        max_age=DAYS,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )
