"""A press that asks nothing more: done or refused, as the page that follows tells."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest

from cchc_portal.kit.errors import MoveRefused


def tell(request: HttpRequest, act: Callable[[], object], *, done: str) -> None:
    """Does it and says so; where the service refuses, its sentence."""
    try:
        act()
    except MoveRefused as refused:
        messages.error(request, refused.sentence)
    else:
        messages.success(request, done)
