"""The dossier as an Excel file: downloaded, brought back, looked through, written."""

import io
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from cchc_portal.kit.differences import Stretch, side_by_side
from cchc_portal.kit.errors import ChangedMeanwhile, MoveRefused
from cchc_portal.kit.forms import WorkbookForm
from cchc_portal.kit.workbook_file import WorkbookFault
from scoring import access
from scoring.forms.workbook import PicksForm
from scoring.models import Dossier, Score, WorkbookUpload
from scoring.rules.workbook_changes import Change, Standing
from scoring.services import workbook_drawing, workbooks
from scoring.views.dossiers import found
from scoring.views.rows import Row
from units.rules.file_kinds import XLSX


@dataclass
class Item:
    """One row of the workbook beside what is stored."""

    score: Score
    change: Change
    ticked: bool
    way: str

    @cached_property
    def row(self) -> Row:
        """The stored side."""
        return Row(self.score)

    @property
    def answer_words(self) -> str:
        """The answer of the file in short; empty while there is none."""
        return self.change.answer.words(self.row.rule) if self.change.answer else ""

    @property
    def points_move(self) -> bool:
        """Whether the points would be others than they are."""
        now = self.score.self_points, self.score.self_not_applicable
        return now != (self.change.points, self.change.excused)

    @cached_property
    def notes(self) -> tuple[list[Stretch], list[Stretch]]:
        """The note stored beside that of the file; empty where both are the same."""
        if self.change.note == self.score.self_note:
            return [], []
        return side_by_side(self.score.self_note, self.change.note)


@require_safe
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """What the workbook is for; to download and, for those who may write, to bring back."""
    return _page(request, found(request, pk), WorkbookForm())


@require_safe
def download(request: HttpRequest, pk: int) -> FileResponse:
    """The dossier as it lies there now."""
    paper = found(request, pk)
    name = f"ho-so-{paper.unit.code}-{paper.period.year}.xlsx"
    answer = FileResponse(
        io.BytesIO(workbook_drawing.draw(paper)),
        as_attachment=True,
        filename=name,
        content_type=XLSX.content_type,
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer


@require_POST
def upload(request: HttpRequest, pk: int) -> HttpResponse:
    """A filled-in workbook is read and kept; the next page shows what it would change."""
    paper = found(request, pk)
    access.require_pen(request.user, paper)
    form = WorkbookForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, paper, form, status=422)
    try:
        kept = workbooks.take_in(paper, by=request.user, upload=form.cleaned_data["file"])
    except WorkbookFault as fault:
        form.refuse(fault.sentences)
        return _page(request, paper, form, status=422)
    except MoveRefused as refusal:
        form.refuse([refusal.sentence])
        return _page(request, paper, form, status=409)
    return redirect("scoring:workbook-preview", kept.pk)


@require_safe
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """Row by row: what would change, what conflicts, what is not valid and why."""
    kept = _kept(request, pk)
    changes = workbooks.changes_of(kept)
    return _preview(request, kept, PicksForm(changes, None), changes)


@require_POST
def apply(request: HttpRequest, pk: int) -> HttpResponse:
    """The chosen rows are written, all or none; 409 where somebody was faster."""
    kept = _kept(request, pk)
    changes = workbooks.changes_of(kept)
    form = PicksForm(changes, request.POST)
    if not form.is_valid():
        return _preview(request, kept, form, changes, status=422)
    try:
        count = workbooks.write(kept, by=request.user, picks=form.picks())
    except (ChangedMeanwhile, MoveRefused) as refusal:
        form.add_error(None, refusal.sentence)
        return _preview(request, kept, form, workbooks.changes_of(kept), status=409)
    messages.success(request, f"Đã ghi {count} dòng từ tệp {kept.file_name}.")
    return redirect("scoring:dossier", kept.dossier_id)


def _kept(request: HttpRequest, pk: int) -> WorkbookUpload:
    """An upload of a dossier one sees (else 404) and writes for (else 403)."""
    kept = get_object_or_404(WorkbookUpload.objects.visible_to(request.user).for_page(), pk=pk)
    access.require_pen(request.user, kept.dossier)
    return kept


def _page(
    request: HttpRequest, paper: Dossier, form: WorkbookForm, *, status: int = 200
) -> HttpResponse:
    today = timezone.localdate()
    pen = access.may_fill(request.user, paper, today=today)
    context = {
        "dossier": paper,
        "form": form,
        "editable": pen,
        "closed_because": access.why_pen_is_closed(paper, today=today),
        "uploads": paper.workbooks.listed() if pen else (),
        "made_up": paper.period.made_up,
    }
    return render(request, "scoring/workbook.html", context, status=status)


def _preview(
    request: HttpRequest,
    kept: WorkbookUpload,
    form: PicksForm,
    changes: list[tuple[Score, Change]],
    *,
    status: int = 200,
) -> HttpResponse:
    none_ticked = request.GET.get("chon") == "khong"
    items = [
        Item(
            score,
            change,
            form.ticked(score.pk, change.standing) and not none_ticked,
            form.way(score.pk),
        )
        for score, change in changes
    ]
    context: dict[str, Any] = {
        "upload": kept,
        "dossier": kept.dossier,
        "form": form,
        "changing": [one for one in items if one.change.standing == Standing.CHANGE],
        "conflicting": [one for one in items if one.change.standing == Standing.CONFLICT],
        "invalid": [one for one in items if one.change.standing == Standing.INVALID],
        "none_ticked": none_ticked,
        "ways": workbooks.Way.choices,
        "closed_because": access.why_pen_is_closed(kept.dossier, today=timezone.localdate()),
        "made_up": kept.dossier.period.made_up,
    }
    return render(request, "scoring/workbook_preview.html", context, status=status)
