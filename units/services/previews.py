"""Pictures of papers are asked for; a worker draws them."""

from datetime import datetime

from django.core.cache import cache

from units import tasks
from units.models import Document
from units.models.previews import PAGE, is_drawn
from units.rules.papers import PreviewState

ASKED_AGAIN_AFTER = 60  # seconds
AT_ONCE = 500


def fate(document: Document, leaf: int) -> PreviewState:
    """How far the picture of a page is; where nobody has asked for it yet, it is asked for."""
    if is_drawn(document, leaf, PAGE):
        return PreviewState.DONE
    key = tasks.fate_of(document, leaf)
    if cache.get(key) == PreviewState.FAILED:
        return PreviewState.FAILED
    if cache.add(key, PreviewState.WAITING, ASKED_AGAIN_AFTER):
        tasks.draw_page.delay_on_commit(document.pk, leaf)
    return PreviewState.WAITING


def send_lost_ones_again(*, waiting_since: datetime) -> int:
    """Small pictures that are still waited for and were asked for before the moment; how many."""
    lost = Document.objects.in_cabinets().filter(
        preview=PreviewState.WAITING, filed_at__lt=waiting_since
    )
    keys = list(lost.values_list("pk", flat=True)[:AT_ONCE])
    for key in keys:
        tasks.draw_preview.delay(key)
    return len(keys)
