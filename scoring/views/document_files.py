"""A document itself: its file, its small picture, and its pages drawn to be read in place.

Whoever may see the cabinet, or a score that the document proves, may see the document.
"""

from csp.decorators import csp
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from cchc_portal.kit.asked import number
from cchc_portal.kit.htmx import fragment
from cchc_portal.kit.stored_files import A_WHILE, LOCKED_UP, stored_file
from scoring.models import documents_visible_to
from units.models import Document
from units.models.previews import PAGE, THUMBNAIL, place_of
from units.rules.file_kinds import PDF
from units.services import previews


@csp(LOCKED_UP)
@require_safe
def file(request: HttpRequest, pk: int) -> HttpResponse:
    """The file as it was sent: a picture in the window, anything else to be kept on the machine."""
    document = _visible(request, pk)
    if not document.file:
        raise Http404("Tài liệu này không có tệp trong tủ tài liệu.")
    in_place = document.shown_in_place and document.kind != PDF
    return stored_file(
        document.file.name,
        document.content_type,
        as_attachment=not in_place,
        filename=document.download_name,
    )


@csp(LOCKED_UP)
@require_safe
def thumbnail(request: HttpRequest, pk: int) -> HttpResponse:
    """The small picture of the first page."""
    document = _visible(request, pk)
    return stored_file(place_of(document, 1, THUMBNAIL), "image/jpeg", keeping=A_WHILE)


@csp(LOCKED_UP)
@require_safe
def leaf(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """The picture of one page, once it has been drawn."""
    document = _visible(request, pk)
    if not 1 <= number <= document.leaves:
        raise Http404("Tài liệu không có trang này.")
    return stored_file(place_of(document, number, PAGE), "image/jpeg", keeping=A_WHILE)


@require_safe
def view(request: HttpRequest, pk: int) -> HttpResponse:
    """The document to be read in place, at the page asked for: a part of a page, or one alone."""
    document = _visible(request, pk)
    page = max(1, min(number(request.GET.get("trang")) or 1, document.leaves))
    context = {
        "document": document,
        "number": page,
        "fate": previews.fate(document, page) if document.leaves else "",
    }
    if request.htmx:
        return fragment(request, "scoring/_viewer.html", context)
    return render(request, "scoring/document.html", context)


def _visible(request: HttpRequest, pk: int) -> Document:
    seen = documents_visible_to(request.user).select_related("unit")
    return get_object_or_404(seen, pk=pk)
