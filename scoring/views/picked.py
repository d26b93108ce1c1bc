"""Rows that were ticked on a page, each with the version that stood beside it."""

from django.http import HttpRequest

from cchc_portal.kit.asked import number
from cchc_portal.kit.errors import MoveRefused


def picked_rows(request: HttpRequest) -> dict[int, int]:
    """Key → version, out of “12:3”. Raises MoveRefused where it is nothing of the kind."""
    picked = {}
    for pair in request.POST.getlist("row"):
        key, version = (number(part) for part in pair.partition(":")[::2])
        if key is None or version is None:
            raise MoveRefused("Trang này đã cũ, đề nghị tải lại.")
        picked[key] = version
    return picked
