"""Where the pictures of a document lie: under the digest of its file, drawn once for everybody."""

from django.core.files.storage import default_storage

from units.models.document import Document

THUMBNAIL = 120
PAGE = 1100
"""Dots across: three to a pixel of the style sheet in a list, one in a page beside the verdict."""


def place_of(document: Document, leaf: int, width: int) -> str:
    """Name in the store of the picture of a page (from 1), so many dots wide."""
    return f"previews/{document.sha256[:2]}/{document.sha256}/{leaf}-{width}.jpg"


def is_drawn(document: Document, leaf: int, width: int) -> bool:
    """Whether the picture is there."""
    return default_storage.exists(place_of(document, leaf, width))


def forget(document: Document) -> None:
    """The pictures go, unless the same file lies in another cabinet."""
    if Document.objects.in_cabinets().filter(sha256=document.sha256).exists():
        return
    folder = f"previews/{document.sha256[:2]}/{document.sha256}"
    try:
        _, names = default_storage.listdir(folder)
    except FileNotFoundError:
        return
    for name in names:
        default_storage.delete(f"{folder}/{name}")
