"""Answering a page whose figures are summed elsewhere, and the calls of one that waits for them."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def shown(request: HttpRequest, template: str, context: Mapping[str, Any]) -> HttpResponse:
    """The page with `told` in it. A waiting page, which calls again and again, is loaded anew as
    soon as there is something to show."""
    if request.htmx and not context["told"].waits:
        return HttpResponse(status=204, headers={"HX-Refresh": "true"})
    answer = render(request, template, context)
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
