"""Tells the browser which plain form the portal has taken, so that it lets go of what it keeps.

`static/portal/unsent.js` keeps what is typed in a form under a key that it sends along; only here
is it said that the words have arrived. docs/queue.md tells the whole story.
"""

import re

from django.conf import settings
from django.http import HttpRequest, HttpResponse

FIELD = "unsent_key"
COOKIE = "portal_taken"
KEY = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
MOST_KEYS = 10
DAYS = 30 * 24 * 3600


def taken(request: HttpRequest, answer: HttpResponse) -> HttpResponse:
    """The answer, bearing the key of the form that was just accepted beside those not yet read."""
    key = request.POST.get(FIELD, "")
    if KEY.fullmatch(key):
        before = [one for one in request.COOKIES.get(COOKIE, "").split(".") if KEY.fullmatch(one)]
        answer.set_cookie(
            COOKIE,
            ".".join([*before, key][-MOST_KEYS:]),
            max_age=DAYS,
            secure=settings.SESSION_COOKIE_SECURE,
            samesite="Lax",
        )
    return answer
