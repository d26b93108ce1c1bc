"""The tasks of a draft as an Excel file: downloaded, brought back, looked through, written."""

import io
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from cchc_portal.kit.errors import ChangedMeanwhile, MoveRefused
from cchc_portal.kit.forms import WorkbookForm
from cchc_portal.kit.workbook_file import WorkbookFault
from commitments import access
from commitments.forms.workbook import TICKED, TablePicksForm, removal_name, row_name
from commitments.models import Commitment, CommitmentTask, TaskUpload
from commitments.rules.task_changes import Change, Standing
from commitments.services import task_tables
from commitments.services.commitments import refuse_unless_editable
from commitments.views.paper import address, found, on_commitment
from units.rules.file_kinds import XLSX


@dataclass(frozen=True)
class Item:
    """A row of the file, or a task that is not in it, with its box."""

    name: str
    ticked: bool
    change: Change | None = None
    task: CommitmentTask | None = None


@require_safe
@on_commitment
def page(request: HttpRequest, commitment: Commitment) -> HttpResponse:
    """To download the draft and to bring it back."""
    access.require_writing(request.user, commitment)
    refuse_unless_editable(commitment)
    return _page(request, commitment, WorkbookForm())


@require_safe
@on_commitment
def download(request: HttpRequest, commitment: Commitment) -> HttpResponse:
    """The tasks of the draft as they lie there now."""
    access.require_writing(request.user, commitment)
    refuse_unless_editable(commitment)
    annex = f"-phu-luc-{commitment.number}" if commitment.number else ""
    answer = FileResponse(
        io.BytesIO(task_tables.draw(commitment, by=request.user)),
        as_attachment=True,
        filename=f"cam-ket-{commitment.unit.code}-{commitment.year}{annex}.xlsx",
        content_type=XLSX.content_type,
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer


@require_POST
@on_commitment
def upload(request: HttpRequest, commitment: Commitment) -> HttpResponse:
    """A filled-in file is read and kept; the next page shows what it would change."""
    access.require_writing(request.user, commitment)
    form = WorkbookForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, commitment, form, status=422)
    try:
        kept = task_tables.take_in(commitment, by=request.user, upload=form.cleaned_data["file"])
    except WorkbookFault as fault:
        form.refuse(fault.sentences)
        return _page(request, commitment, form, status=422)
    return redirect("commitments:workbook-preview", kept.pk)


@require_safe
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """Row by row: what would be added, changed, removed, what conflicts, what is not valid."""
    return _preview(request, _kept(request, pk), None)


@require_POST
def apply(request: HttpRequest, pk: int) -> HttpResponse:
    """The chosen rows are written, all or none; 409 where somebody was faster."""
    kept = _kept(request, pk)
    form = TablePicksForm(*task_tables.changes_of(kept), request.POST)
    if not form.is_valid():
        return _preview(request, kept, form, status=422)
    try:
        counts = task_tables.write(
            kept, by=request.user, picks=form.picks(), removals=form.removals()
        )
    except (ChangedMeanwhile, MoveRefused) as refusal:
        form.add_error(None, refusal.sentence)
        return _preview(request, kept, form, status=409)
    told = ", ".join(f"{verb} {number}" for verb, number in counts.items() if number)
    messages.success(request, f"Đã ghi từ tệp {kept.file_name}: {told or 'không có gì mới'}.")
    return redirect(address(kept.commitment))


def _kept(request: HttpRequest, pk: int) -> TaskUpload:
    """An upload of a paper one sees (else 404) and writes for (else 403)."""
    kept = get_object_or_404(TaskUpload.objects.visible_to(request.user).for_page(), pk=pk)
    access.require_writing(request.user, kept.commitment)
    return kept


def _page(
    request: HttpRequest, commitment: Commitment, form: WorkbookForm, *, status: int = 200
) -> HttpResponse:
    context = {
        "commitment": commitment,
        "form": form,
        "uploads": commitment.uploads.listed(),
        "made_up": commitment.made_up,
    }
    return render(request, "commitments/workbook.html", context, status=status)


def _preview(
    request: HttpRequest, kept: TaskUpload, form: TablePicksForm | None, *, status: int = 200
) -> HttpResponse:
    changes, left = task_tables.changes_of(kept)
    form = form or TablePicksForm(changes, left, None)
    items: dict[str, list[Item]] = {standing.value: [] for standing in Standing}
    for change in changes:
        name = row_name(change)
        ticked = form.ticked(name, change.version, usual=change.standing in TICKED)
        items[change.standing.value].append(Item(name, ticked, change))
    context: dict[str, Any] = items | {
        "upload": kept,
        "commitment": found(request, kept.commitment_id),
        "form": form,
        "left": [
            Item(name, form.ticked(name, task.version, usual=False), task=task)
            for task in left
            if (name := removal_name(task))
        ],
        "made_up": kept.commitment.made_up,
    }
    context["writable"] = bool(
        items[Standing.ADD] + items[Standing.CHANGE] + items[Standing.CONFLICT]
        or items[Standing.GONE]
        or left
    )
    context["editable"] = access.may_edit(request.user, context["commitment"])
    return render(request, "commitments/workbook_preview.html", context, status=status)
