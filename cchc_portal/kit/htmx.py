"""Answering a part of a page."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def fragment(
    request: HttpRequest | None,
    template: str,
    context: Mapping[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    """A fragment for htmx, never stored by a browser.

    Without a request for a part that draws neither a form nor anything of the frame: what the frame
    is made of costs more than a small part.

    `base.html` lets htmx put 409 (someone was faster) and 422 (not valid) in the place of the
    fragment like a success; every other 4xx and 5xx leaves the page as it is.
    """
    answer = render(request, template, context, status=status)
    answer.headers["Cache-Control"] = "no-store"
    return answer
