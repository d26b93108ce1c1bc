"""The level that asks: collections, their figures over all units, opening, closing, files."""

import io

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cchc_portal.kit.asked import number
from cchc_portal.kit.errors import ChangedMeanwhile, MoveRefused
from cchc_portal.kit.numerals import grouped
from cchc_portal.kit.stored_files import FOR_ONE_READER
from cchc_portal.kit.workbook_file import WorkbookFault
from scoring import reading_access
from scoring.forms.figures import TableForm
from scoring.forms.readings import CollectionForm, WhyForm
from scoring.forms.workbook import PicksForm
from scoring.models import Collection, Reading, ReadingUpload
from scoring.rules.reading_table import Change
from scoring.rules.workbook_changes import Standing
from scoring.services import collections, reading_tables
from scoring.views.collection_page import collection_page
from scoring.views.readings import collection_of, unit_page
from units.access import may, require, units_where
from units.names import tidy
from units.permissions import Permission
from units.rules.file_kinds import XLSX

LISTED = 60


@require_safe
def list_(request: HttpRequest) -> HttpResponse:
    """What one's own units have to report, and what one asks of those below."""
    writes = reading_access.written_units(request.user)
    owners = units_where(request.user, Permission.RUN_PERIOD)
    seen = Collection.objects.visible_to(request.user).select_related("owner")
    own = {}
    for row in (
        Reading.objects.filter(unit__in=writes, collection__in=seen)
        .order_by()
        .values("collection", "unit", "unit__name")
        .distinct()
    ):
        own.setdefault(row["collection"], []).append((row["unit"], row["unit__name"]))
    below = list(seen.filter(owner__in=units_where(request.user, Permission.SEE_BELOW))[:LISTED])
    counts = Reading.objects.counted(one.pk for one in below)
    mine = Reading.objects.filter(unit__in=writes).counted(list(own), by_unit=True)
    asked = [(one, counts.get(one.pk, (0, 0))) for one in below]
    to_report = [
        (one, unit, name, mine[one.pk, unit])
        for one in seen.filter(pk__in=own)[:LISTED]
        for unit, name in own[one.pk]
    ]
    listed = [one for one, *_ in (*asked, *to_report)] or list(seen[:LISTED])
    context = {
        "asked": asked,
        "to_report": to_report,
        "others": not asked and not to_report and listed,
        "may_open": bool(owners),
        "made_up": any(one.made_up for one in listed),
    }
    return render(request, "scoring/collections.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def open_(request: HttpRequest) -> HttpResponse:
    """Opens a collection."""
    owners = units_where(request.user, Permission.RUN_PERIOD)
    if not owners:
        raise PermissionDenied("Đồng chí không tổ chức báo cáo số liệu ở đơn vị nào.")
    form = CollectionForm(owners, request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            said = form.cleaned_data
            try:
                one = collections.open_(
                    said["owner"],
                    by=request.user,
                    year=said["year"],
                    span=said["span"],
                    days=said["days"],
                    title=said["title"],
                )
            except MoveRefused as refusal:
                form.add_error(None, refusal.sentence)
                status = 409
            else:
                messages.success(request, f"Đã mở {one.title}.")
                return redirect("scoring:collection", one.pk)
    return render(request, "scoring/collection_open.html", {"form": form}, status=status)


@require_safe
def file(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """The figures as Excel or CSV: of all units, or (`don-vi`) of one."""
    collection = collection_of(request, pk)
    asked = request.GET.get("don-vi", "")
    unit = number(asked)
    if kind not in ("excel", "csv") or (asked and unit is None):
        raise Http404
    if unit is None:
        require(request.user, Permission.SEE_BELOW, at=collection.owner_id)
    else:
        seen = Reading.objects.visible_to(request.user).filter(collection=pk, unit=unit)
        get_object_or_404(seen[:1])
    name = f"so-lieu-{collection.year}-{collection.pk}"
    if kind == "csv":
        attached = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
        return HttpResponse(
            reading_tables.as_csv(collection, unit),
            content_type="text/csv; charset=utf-8",
            headers=FOR_ONE_READER | attached,
        )
    return FileResponse(
        io.BytesIO(reading_tables.as_workbook(collection, unit)),
        as_attachment=True,
        filename=f"{name}.xlsx",
        content_type=XLSX.content_type,
        headers=FOR_ONE_READER,
    )


@require_POST
def upload(request: HttpRequest, pk: int) -> HttpResponse:
    """A filled-in table is read and kept; the next page shows what it would change."""
    collection = collection_of(request, pk)
    form = TableForm(request.POST, request.FILES)
    mine = (
        collection.readings.filter(unit__in=reading_access.written_units(request.user))
        .order_by("unit__position", "unit__code")
        .values_list("unit", flat=True)
    )
    runs = may(request.user, Permission.RUN_PERIOD, at=collection.owner_id)
    if not runs and not mine.exists():
        raise PermissionDenied("Đồng chí không nhập số liệu trong đợt báo cáo này.")

    def again() -> HttpResponse:
        if runs:
            return collection_page(request, collection, form=form, status=422)
        return unit_page(request, collection, mine[0], form=form, status=422)

    if not form.is_valid():
        return again()
    try:
        file = form.cleaned_data["file"]
        kept, remarks = reading_tables.take_in(collection, by=request.user, upload=file)
    except WorkbookFault as fault:
        form.refuse(fault.sentences)
        return again()
    for remark in remarks:
        messages.warning(request, remark)
    return redirect("scoring:readings-preview", kept.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """Row by row what a file would change; a POST writes the chosen rows, all or none."""
    kept = get_object_or_404(
        ReadingUpload.objects.select_related("collection__owner", "uploaded_by"),
        pk=pk,
        uploaded_by=request.user,
    )
    changes = reading_tables.changes_of(kept, by=request.user)
    known = [(row, change) for row, change in changes if row]
    form = PicksForm(known, request.POST if request.method == "POST" else None)
    why, status = WhyForm(request.POST), 200
    if request.method == "POST":
        status = 422
        if form.is_valid() and why.is_valid():
            try:
                count = reading_tables.apply(
                    kept,
                    by=request.user,
                    picks={pick.score: pick.version for pick in form.picks()},
                    reason=why.cleaned_data["reason"],
                )
            except (ChangedMeanwhile, MoveRefused) as refusal:
                form.add_error(None, refusal.sentence)
                changes = reading_tables.changes_of(kept, by=request.user)
                status = 409
            else:
                messages.success(request, f"Đã ghi {grouped(count)} số liệu từ tệp.")
                return redirect("scoring:collections")
        elif not why.is_valid():
            form.add_error(None, why.refusal)
    items = [
        (row, change, bool(row) and form.ticked(row.pk, change.standing), _other_name(row, change))
        for row, change in changes
        if change.standing != Standing.SAME
    ]
    context = {
        "upload": kept,
        "collection": kept.collection,
        "items": items,
        "counts": reading_tables.standings(changes),
        "writes": any(change.may_be_written for _, change, *_ in items),
        "odd": reading_tables.odd_after(kept.collection, changes),
        "form": form,
        "reason": request.POST.get("reason", ""),
        "made_up": kept.collection.made_up,
    }
    return render(request, "scoring/readings_preview.html", context, status=status)


def _other_name(row: Reading | None, change: Change) -> str:
    """The name of the unit in the file, where it is not that of the portal."""
    named = change.row.unit
    return named if row and named and named.casefold() != tidy(row.unit.name).casefold() else ""
