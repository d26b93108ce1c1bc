"""The log of a period: read, narrowed, taken away as a file."""

from collections.abc import Iterator
from typing import Any

from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from cchc_portal.kit.stored_files import FOR_ONE_READER
from scoring import documents
from scoring.forms.log import LogFilterForm
from scoring.models import Period
from scoring.rules.log import COLUMNS, Entry
from scoring.rules.result_file import BYTE_ORDER_MARK, csv_lines
from scoring.services.log import Log
from scoring.views.scope import find_period
from units.permissions import Permission
from units.rules.file_kinds import XLSX

PAGE = 50
WIDTHS = (20, 26, 34, 40, 90, 26)


@require_safe
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything that happened in the period, newest first; 422 where a filter makes no sense."""
    period = find_period(request, pk, Permission.SEE_BELOW)
    form = LogFilterForm(request.GET, period=period)
    found = Paginator(Log(period, form.asked, request.user), PAGE).get_page(request.GET.get("page"))
    context: dict[str, Any] = {
        "period": period,
        "form": form,
        "page": found,
        "lines": [(entry, _address(entry)) for entry in found],
        "made_up": period.made_up,
    }
    status = 200 if form.is_valid() else 422
    return render(request, "scoring/log.html", context, status=status)


@require_safe
def csv_file(request: HttpRequest, pk: int) -> HttpResponse | StreamingHttpResponse:
    """The same entries, all of them, as CSV; the page with its refusal where a filter is wrong."""
    period = find_period(request, pk, Permission.SEE_BELOW)
    form = LogFilterForm(request.GET, period=period)
    if not form.is_valid():
        return page(request, pk)
    name = f"{_name(period)}.csv"
    return StreamingHttpResponse(
        _csv(_rows(Log(period, form.asked, request.user))),
        content_type="text/csv; charset=utf-8",
        headers=FOR_ONE_READER | {"Content-Disposition": f'attachment; filename="{name}"'},
    )


@require_safe
def workbook(request: HttpRequest, pk: int) -> HttpResponse | FileResponse:
    """The same as an Excel file."""
    period = find_period(request, pk, Permission.SEE_BELOW)
    form = LogFilterForm(request.GET, period=period)
    if not form.is_valid():
        return page(request, pk)
    rows, title = _rows(Log(period, form.asked, request.user)), f"Nhật ký: {period.title}"
    return FileResponse(
        documents.long_workbook(COLUMNS, rows, title, tab="Nhật ký", widths=WIDTHS),
        as_attachment=True,
        filename=f"{_name(period)}.xlsx",
        content_type=XLSX.content_type,
        headers=FOR_ONE_READER,
    )


def _name(period: Period) -> str:
    return f"nhat-ky-{period.year}-{timezone.localdate():%Y%m%d}"


def _csv(rows: Iterator[tuple[str, ...]]) -> Iterator[str]:
    yield BYTE_ORDER_MARK
    yield from csv_lines([COLUMNS])
    yield from csv_lines(rows)


def _rows(entries: Log) -> Iterator[tuple[str, ...]]:
    for entry in entries:
        moment = f"{timezone.localtime(entry.at):%d/%m/%Y %H:%M:%S}"
        yield moment, entry.kind, entry.unit, entry.subject, entry.words, entry.by


def _address(entry: Entry) -> str:
    if entry.place is None:
        return ""
    name, key = entry.place
    return reverse(name, args=[key])
