"""What a reader asks for in the address: words to search for, a choice, a page."""

from django.core.paginator import Page
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

LONGEST_SEARCH = 100


def tidied(typed: str) -> str:
    """What is searched for, single-spaced; PostgreSQL takes no NUL."""
    return " ".join(typed.replace("\0", " ")[:LONGEST_SEARCH].split())


def led_back(request: HttpRequest, **known: bool) -> HttpResponse | None:
    """The way to the same page without those choices of the address that lead to nothing; None
    where all are known. So a page is kept only under what there is."""
    strays = {name: "" for name, found in known.items() if request.GET.get(name) and not found}
    return _led(request, strays)


def of_page(request: HttpRequest, page: Page) -> HttpResponse | None:
    """The way to this page, where the address names one that is not there."""
    asked = request.GET.get("page")
    nearest = str(page.number) if page.number > 1 else ""
    return _led(request, {"page": nearest} if asked and asked != str(page.number) else {})


def _led(request: HttpRequest, changed: dict[str, str]) -> HttpResponse | None:
    if not changed:
        return None
    query = request.GET.copy()
    for name, value in changed.items():
        del query[name]
        if value:
            query[name] = value
    return redirect(f"{request.path}?{query.urlencode()}" if query else request.path)
