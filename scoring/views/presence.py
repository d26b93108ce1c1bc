"""Who else has the dossier open, and which rows somebody else has written since."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_safe

from cchc_portal.kit.htmx import fragment
from scoring.services import presence
from scoring.views.dossiers import found

OVERLAP = timedelta(seconds=5)
"""A row may have been written before the page was drawn and committed after it."""


@require_safe
def poll(request: HttpRequest, pk: int) -> HttpResponse:
    """The open page calls; it is told the others, and the rows that are no longer as it shows."""
    dossier = found(request, pk)
    presence.note(dossier, request.user)
    context = {
        "others": presence.beside(dossier, request.user),
        "moved": dossier.scores.moved_since(_since(request), but_by=request.user),
    }
    return fragment(request, "scoring/_dossier_presence.html", context)


def _since(request: HttpRequest):
    """When the page was opened, as it says; now, if it says nothing that can be read."""
    try:
        moment = parse_datetime(request.GET.get("tu", ""))
        return moment - OVERLAP if moment and timezone.is_aware(moment) else timezone.now()
    except (ValueError, OverflowError):
        return timezone.now()
