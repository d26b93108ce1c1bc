"""Serving what people have sent: it runs nothing, loads nothing, and belongs to nobody."""

from csp.constants import NONE, SELF, UNSAFE_INLINE
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404

LOCKED_UP = {
    "default-src": [NONE],
    "style-src": [UNSAFE_INLINE],
    "img-src": [SELF],
    "base-uri": [NONE],
    "form-action": [NONE],
    "frame-ancestors": [NONE],
    "sandbox": True,
}
"""The content policy of such an answer, for `csp.decorators.csp`."""

NOBODY_ELSE = "private, no-store"
A_WHILE = "private, max-age=600"
FOR_ONE_READER = {"Cache-Control": NOBODY_ELSE, "X-Content-Type-Options": "nosniff"}
"""Headers of a file that is drawn for whoever asks for it."""


def stored_file(
    place: str, content_type: str, *, keeping: str = NOBODY_ELSE, **naming
) -> FileResponse:
    """The file that lies at the place; 404 where the store has lost it."""
    try:
        content = default_storage.open(place, "rb")
    except FileNotFoundError as missing:
        raise Http404("Tệp không có trong kho lưu trữ.") from missing
    answer = FileResponse(content, content_type=content_type, **naming)
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Cache-Control"] = keeping
    return answer
