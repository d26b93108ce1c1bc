"""Errands of the file cabinet: pictures of papers. Each may run twice without harm.

The drawing itself is done by a confined process: a file that hangs or crashes its reader costs
its own picture and nothing else.
"""

import logging

from celery import shared_task
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from cchc_portal.kit.confined import Overstrained, confined
from units.models import Document
from units.models.previews import PAGE, THUMBNAIL, is_drawn, place_of
from units.rules.finding import DRAW
from units.rules.papers import PreviewState

logger = logging.getLogger(__name__)

TRIED_AGAIN_AFTER = 600  # seconds


def fate_of(document: Document, leaf: int) -> str:
    """Key under which is remembered that a page is being drawn, or cannot be."""
    return f"page-{document.sha256}-{leaf}"


@shared_task
def draw_preview(document_pk: int) -> None:
    """The small picture of a document's first page."""
    document = Document.objects.in_cabinets().filter(pk=document_pk).first()
    if document is None or document.preview == PreviewState.DONE:
        return
    drawn = _draw(document, 1, THUMBNAIL)
    state = PreviewState.DONE if drawn else PreviewState.FAILED
    Document.objects.in_cabinets().filter(pk=document_pk).update(preview=state)


@shared_task
def draw_page(document_pk: int, leaf: int) -> None:
    """One page of a document, to be read in its place."""
    document = Document.objects.in_cabinets().filter(pk=document_pk).first()
    if document is None:
        return
    if _draw(document, leaf, PAGE):
        cache.delete(fate_of(document, leaf))
    else:
        cache.set(fate_of(document, leaf), PreviewState.FAILED, TRIED_AGAIN_AFTER)


def _draw(document: Document, leaf: int, width: int) -> bool:
    """Whether the picture is there now."""
    if is_drawn(document, leaf, width):
        return True
    try:
        with document.file.open("rb") as paper:
            picture = confined(DRAW, paper, document.kind.extension, str(leaf), str(width))
    except (Overstrained, FileNotFoundError) as fault:
        logger.warning("Page %s of document %s was not drawn: %s", leaf, document.pk, fault)
        return False
    default_storage.save(place_of(document, leaf, width), ContentFile(picture))
    return True
