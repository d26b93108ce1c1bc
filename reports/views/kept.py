"""Public pages drawn once and shown again, to the last letter, until a row under them is another.

Only for readers who come without a session: whoever is signed in has a page of their own, which is
neither kept nor taken from here. What is kept is found by the mark of the rows
(`reports/models/marks.py`), by what the address asks for, and by what draws the page.
"""

import hashlib
import re
import time
import zlib
from collections.abc import Callable, Collection
from functools import cache as once
from pathlib import Path

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers

from cchc_portal.kit.counting import count
from reports.models.marks import mark_of_all

SECONDS_KEPT = 3600
"""A page is drawn anew this often even if nothing changed."""
SECONDS_A_PAPER_IS_KEPT = 24 * 60 * 60

ASKS = {
    "khoi": r"\d{1,3}",
    "loai": r"\d",
    "xep": r"hang|ten|hai-long|tang",
    "thu-tu": r"tu-thap|tu-cao",
    "ban": r"\d{1,9}",
    "page": r"\d{1,3}",
}
"""What an address may ask for and still be kept; each page names those that it reads. Words that
are searched for are not among them."""
MOST_IN_AN_HOUR = 3000
"""So many pages are put into the store within an hour, whatever is asked: nobody fills it."""

DRAWN_BY = (
    ("templates", "*.html"),
    *((app, "*.py") for app in ("reports", "scoring", "commitments", "units", "cchc_portal")),
)


def kept(
    request: HttpRequest,
    mark: Callable[[], str],
    draw: Callable[[], HttpResponse],
    *,
    asks: Collection[str] = (),
) -> HttpResponse:
    """The page as it was drawn for these rows, or drawn now; 304 to who has it already. One query
    where it is kept: the mark. asks: names of ASKS by which the page differs."""
    asked = _asked(request, asks)
    if not _without_a_session(request):
        return _headed(draw(), private=True)
    stamp = "" if asked is None or settings.DEBUG else mark()
    if not stamp:
        return _headed(draw(), public=True)
    whole = f"{request.path}?{asked} {stamp} {_made_by()}"
    key = hashlib.sha256(whole.encode()).hexdigest()
    etag = f'"{key[:32]}"'
    answer = get_conditional_response(request, etag=etag)
    if answer is None:
        answer = _stored(key) or _drawn(key, draw)
    if answer.status_code in (200, 304):
        answer.headers["ETag"] = etag
    return _headed(answer, public=True)


def kept_paper(name: str, draw: Callable[[], bytes]) -> bytes:
    """A paper drawn from frozen rows and from what was published beside them, kept for a day under
    its name, until something else is published or drawn otherwise. One query."""
    key = hashlib.sha256(f"{name} {mark_of_all()} {_made_by()}".encode()).hexdigest()
    return cache.get_or_set(f"paper-{key}", draw, SECONDS_A_PAPER_IS_KEPT)


def _stored(key: str) -> HttpResponse | None:
    found = cache.get(f"page-{key}")
    return HttpResponse(zlib.decompress(found)) if found else None


def _drawn(key: str, draw: Callable[[], HttpResponse]) -> HttpResponse:
    answer = draw()
    if answer.status_code == 200 and _is_room():
        cache.set(f"page-{key}", zlib.compress(answer.content), SECONDS_KEPT)
    return answer


def _is_room() -> bool:
    """Whether the store takes one more within this hour."""
    return count(f"pages-{int(time.time()) // 3600}", 2 * SECONDS_KEPT) <= MOST_IN_AN_HOUR


def _headed(answer: HttpResponse, **whose: bool) -> HttpResponse:
    patch_cache_control(answer, no_cache=True, **whose)
    patch_vary_headers(answer, ("Cookie",))
    return answer


def _without_a_session(request: HttpRequest) -> bool:
    return request.COOKIES.keys().isdisjoint(
        {settings.SESSION_COOKIE_NAME, CookieStorage.cookie_name}
    )


def _asked(request: HttpRequest, asks: Collection[str]) -> str | None:
    """The choices of the address in one order; None where it asks for something else."""
    chosen = request.GET
    if all(
        name in asks and len(said) == 1 and re.fullmatch(ASKS[name], said[0], re.ASCII)
        for name, said in chosen.lists()
    ):
        return "&".join(f"{name}={chosen[name]}" for name in sorted(chosen))
    return None


@once
def _made_by() -> str:
    """Over all that draws the pages: another version of the portal keeps nothing of the last."""
    found = hashlib.sha256(f"{settings.PORTAL_OWNER} {settings.PORTAL_SUPPORT}".encode())
    found.update(str(getattr(staticfiles_storage, "manifest_hash", "")).encode())
    for folder, pattern in DRAWN_BY:
        for path in sorted(Path(settings.BASE_DIR, folder).rglob(pattern)):
            found.update(path.read_bytes())
    return found.hexdigest()
