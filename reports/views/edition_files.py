"""The data of an edition at addresses that stay: JSON, CSV and Excel, not sent twice."""

from collections.abc import Callable

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import etag, require_safe

from reports.edition_data import VERSION, csv_file, excel_file, json_file
from reports.models import Edition
from units.rules.file_kinds import XLSX


def _etag(request: HttpRequest, pk: int) -> str | None:
    digest = Edition.objects.filter(pk=pk).values_list("digest", flat=True).first()
    return digest and f'"{digest}-{VERSION}"'


@login_not_required
@require_safe
@etag(_etag)
def edition_json(request: HttpRequest, pk: int) -> HttpResponse:
    """What is sealed, and its digest."""
    return _file(pk, json_file, "application/json", "json")


@login_not_required
@require_safe
@etag(_etag)
def edition_csv(request: HttpRequest, pk: int) -> HttpResponse:
    """One line a unit."""
    return _file(pk, csv_file, "text/csv; charset=utf-8", "csv")


@login_not_required
@require_safe
@etag(_etag)
def edition_excel(request: HttpRequest, pk: int) -> HttpResponse:
    """A page for each block."""
    return _file(pk, excel_file, XLSX.content_type, "xlsx")


def _file(pk: int, draw: Callable, content_type: str, ending: str) -> HttpResponse:
    edition = get_object_or_404(Edition.objects.for_page(), pk=pk)
    name = f"ket-qua-{edition.year}-{edition.pk}-{edition.number}.{ending}"
    return HttpResponse(
        draw(edition, edition.results.order_by("position")),
        content_type=content_type,
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Cache-Control": "public, no-cache",
        },
    )
