"""An address that only takes what a form sends, opened by hand: words instead of an empty page."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render


def say_wrong_way(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable:
    """A middleware, for whoever looks with a browser; status and `Allow` stay as they are."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.method != "GET" or not isinstance(response, HttpResponseNotAllowed):
            return response
        page = render(request, "405.html", status=405)
        page["Allow"] = response["Allow"]
        return page

    return answer
