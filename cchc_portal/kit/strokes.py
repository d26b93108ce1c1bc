"""What a page that sends by itself must be told: whose hand it was, and what was kept."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse, HttpResponseForbidden

KEPT = "Portal-Kept"
"""Header of an answer that accepted nothing: what was typed lies on the server as a draft."""
ANOTHER = "Portal-Another"
"""Header of a refusal: somebody else has signed in on this machine since the page was opened."""

View = Callable[..., HttpResponse]


def by_the_same_hand(view: View) -> View:
    """Refuses what a page sends that somebody else had opened: 403, and nothing is read of it.

    Two people may use one computer in turn. The cookie is then the second one's, the words are
    the first one's.
    """

    @wraps(view)
    def asked(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        person = request.POST.get("person", "")
        if person and person != str(request.user.pk):
            return HttpResponseForbidden(headers={ANOTHER: "yes"})
        return view(request, *args, **kwargs)

    return asked


def kept(answer: HttpResponse) -> HttpResponse:
    """The answer, saying that what was typed lies on the server now."""
    answer.headers[KEPT] = "draft"
    return answer
