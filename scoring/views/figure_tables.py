"""The figures of a block as a file: taken away, brought back, looked through, written."""

import io
from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from cchc_portal.kit.errors import ChangedMeanwhile, MoveRefused
from cchc_portal.kit.numerals import grouped
from cchc_portal.kit.stored_files import FOR_ONE_READER
from cchc_portal.kit.workbook_file import WorkbookFault
from scoring.forms.figures import TableForm
from scoring.forms.workbook import PicksForm
from scoring.models import Block, FigureUpload, Period, Score
from scoring.rules.figure_reading import Change
from scoring.rules.workbook_changes import Standing
from scoring.services import figure_tables
from scoring.views.figures import block_page
from scoring.views.scope import find_block
from units.access import require
from units.permissions import Permission
from units.rules.file_kinds import XLSX

Changes = list[tuple[Score | None, Change]]


@require_safe
def workbook(request: HttpRequest, pk: int) -> FileResponse:
    """The table with what is stored, to be filled in."""
    block = find_block(request, pk, Permission.RUN_PERIOD)
    return FileResponse(
        io.BytesIO(figure_tables.as_workbook(block)),
        as_attachment=True,
        filename=f"{_name(block)}.xlsx",
        content_type=XLSX.content_type,
        headers=FOR_ONE_READER,
    )


@require_safe
def csv_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The same as CSV."""
    block = find_block(request, pk, Permission.RUN_PERIOD)
    attached = {"Content-Disposition": f'attachment; filename="{_name(block)}.csv"'}
    return HttpResponse(
        figure_tables.as_csv(block),
        content_type="text/csv; charset=utf-8",
        headers=FOR_ONE_READER | attached,
    )


@require_POST
def upload(request: HttpRequest, pk: int) -> HttpResponse:
    """A filled-in table is read and kept; the next page shows what it would change."""
    block = find_block(request, pk, Permission.RUN_PERIOD)
    form = TableForm(request.POST, request.FILES)
    if not form.is_valid():
        return block_page(request, block, status=422, form=form)
    try:
        kept = figure_tables.take_in(block, by=request.user, upload=form.cleaned_data["file"])
    except WorkbookFault as fault:
        form.refuse(fault.sentences)
        return block_page(request, block, status=422, form=form)
    return redirect("scoring:figures-preview", kept.pk)


@require_safe
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """Row by row: what would change, what conflicts, what is not valid and why."""
    kept = _kept(request, pk)
    changes = figure_tables.changes_of(kept, by=request.user)
    return _preview(request, kept, PicksForm(_known(changes), None), changes)


@require_POST
def apply(request: HttpRequest, pk: int) -> HttpResponse:
    """The chosen rows are written, all or none; 409 where somebody was faster."""
    kept = _kept(request, pk)
    changes = figure_tables.changes_of(kept, by=request.user)
    form = PicksForm(_known(changes), request.POST)
    if not form.is_valid():
        return _preview(request, kept, form, changes, status=422)
    try:
        count = figure_tables.write(kept, by=request.user, picks=form.picks())
    except (ChangedMeanwhile, MoveRefused) as refusal:
        form.add_error(None, refusal.sentence)
        changes = figure_tables.changes_of(_kept(request, pk), by=request.user)
        return _preview(request, kept, form, changes, status=409)
    messages.success(request, f"Đã ghi {grouped(count)} dòng từ tệp {kept.file_name}.")
    return redirect("scoring:figures-block", kept.block_id)


def _kept(request: HttpRequest, pk: int) -> FigureUpload:
    """An upload of a period one has to do with (else 404) and organises (else 403)."""
    seen = Period.objects.visible_to(request.user).values("pk")
    uploads = FigureUpload.objects.for_page().filter(block__period__in=seen)
    kept = get_object_or_404(uploads, pk=pk)
    require(request.user, Permission.RUN_PERIOD, at=kept.block.period.assessor_id)
    return kept


def _known(changes: Changes) -> list[tuple[Score, Change]]:
    return [(score, change) for score, change in changes if score]


def _preview(
    request: HttpRequest,
    kept: FigureUpload,
    form: PicksForm,
    changes: Changes,
    *,
    status: int = 200,
) -> HttpResponse:
    none_ticked = request.GET.get("chon") == "khong"

    def items(standing: Standing) -> list[tuple[Score, Change, bool]]:
        return [
            (score, change, form.ticked(score.pk, standing) and not none_ticked)
            for score, change in _known(changes)
            if change.standing == standing
        ]

    context: dict[str, Any] = {
        "upload": kept,
        "khoi": kept.block,
        "period": kept.block.period,
        "form": form,
        "changing": items(Standing.CHANGE),
        "conflicting": items(Standing.CONFLICT),
        "invalid": [pair for pair in changes if pair[1].standing == Standing.INVALID],
        "same": sum(change.standing == Standing.SAME for _, change in changes),
        "none_ticked": none_ticked,
        "made_up": kept.block.period.made_up,
    }
    return render(request, "scoring/figures_preview.html", context, status=status)


def _name(block: Block) -> str:
    return f"diem-ngoai-tu-danh-gia-{block.period.year}-khoi-{block.position}"
