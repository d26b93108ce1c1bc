"""Figures of a block taken away as a table, brought back filled in, and written: chosen rows or all
of them, at once.

As with workbooks of dossiers: what an uploaded table says is kept as it was read; what it would
change is worked out against the database at every look, and once more at writing.
"""

from collections.abc import Mapping, Sequence

from django.core.files.base import File
from django.db import transaction
from django.db.models import QuerySet

from cchc_portal.kit.errors import ChangedMeanwhile, MoveRefused
from cchc_portal.kit.numerals import grouped
from cchc_portal.kit.workbook_file import WorkbookFault
from scoring import figure_access, parties
from scoring.models import Block, Dossier, FigureUpload, Period, Score
from scoring.rules.answers import parse_rule
from scoring.rules.figure_reading import (
    Change,
    Known,
    Stored,
    compare,
    figure_from_json,
    read_figures,
    table_of,
)
from scoring.rules.figure_table import SHEET, Column, Line, as_text
from scoring.rules.kinds import Door
from scoring.rules.result_file import marked_csv
from scoring.rules.workbook_changes import Standing
from scoring.rules.workflow import FIGURES, DossierState
from scoring.services.figures import write_figure
from scoring.services.preparation import note
from scoring.services.table_files import cells_of
from scoring.services.workbooks import Pick, named_rows
from scoring.workbook.figures import figures
from units.access import require
from units.models import User
from units.names import shown_name
from units.permissions import Permission

KEPT_UPLOADS = 10


def lines_of(block: Block) -> list[Line]:
    """Every component that the units of the block do not assess, with what is stored of it."""
    return [
        Line(
            period=block.period_id,
            block=block.pk,
            score=score.pk,
            version=score.version,
            code=score.criterion.code,
            title=score.criterion.title,
            unit_code=score.dossier.unit.code,
            unit=score.dossier.unit.name,
            maximum=score.maximum,
            rule=parse_rule(score.criterion.rule),
            answer=score.verified_answer,
            points=score.verified_points,
            source=score.verified_source,
            reason=score.verified_reason,
        )
        for score in _scores(block).exclude(dossier__state=DossierState.ABSENT)
    ]


def as_workbook(block: Block) -> bytes:
    """The table as an Excel file."""
    period = block.period
    facts = f"{block.name} · {period.title} ({period.assessor.name})"
    return figures(lines_of(block), title=f"{SHEET} năm {period.year}", facts=facts)


def as_csv(block: Block) -> str:
    """The same as CSV, with the mark by which Excel knows UTF-8."""
    rows = [[as_text(line.cells().get(one, "")) for one in Column] for line in lines_of(block)]
    return marked_csv([[one.label for one in Column], *rows])


@transaction.atomic
def take_in(block: Block, *, by: User, upload: File) -> FigureUpload:
    """Reads a filled-in table and keeps what it says; no figure changes yet.

    Raises PermissionDenied, WorkbookFault for a file that is not this block's table or cannot be
    read safely.
    """
    require(by, Permission.RUN_PERIOD, at=block.period.assessor_id)
    name = shown_name(upload.name or "")
    known = {
        score.pk: Known(
            code=score.criterion.code,
            unit_code=score.dossier.unit.code,
            kind=score.criterion.source,
            rule=parse_rule(score.criterion.rule),
            maximum=score.maximum,
        )
        for score in _scores(block)
    }
    labels = [column.label for column in Column]
    cells, remarks = cells_of(upload, name, sheet=SHEET, labels=labels)
    rows = read_figures(
        table_of(cells), known, period=block.period_id, block=block.pk, file_name=name
    )
    if not rows:
        raise WorkbookFault("Tệp chưa điền dòng nào.")
    Block.objects.select_for_update(no_key=True).get(pk=block.pk)
    kept = FigureUpload.objects.create(
        block=block,
        file_name=name,
        rows=[row.as_json() for row in rows],
        remarks=remarks,
        uploaded_by=by,
    )
    older = block.figure_uploads.order_by("-pk").values_list("pk", flat=True)[KEPT_UPLOADS:]
    block.figure_uploads.filter(pk__in=list(older)).delete()
    return kept


def changes_of(upload: FigureUpload, *, by: User) -> list[tuple[Score | None, Change]]:
    """What the table would change now, in the order of its rows. Four queries at most, two more
    once for a person."""
    rows = [figure_from_json(row) for row in upload.rows]
    period = upload.block.period
    found = _scores(upload.block).filter(pk__in=[row.score for row in rows if row.score])
    scores = {score.pk: score for score in found.select_related("updated_by")}
    dossiers = {score.dossier_id: score.dossier for score in scores.values()}
    for dossier in dossiers.values():
        dossier.period = period
    refusals = parties.why_not_judges(by, dossiers.values(), period=period)
    told = [(scores.get(row.score or 0), row) for row in rows]
    return [
        (score, compare(row, _stored(score, refusals) if score else None)) for score, row in told
    ]


@transaction.atomic
def write(upload: FigureUpload, *, by: User, picks: Sequence[Pick]) -> int:
    """The chosen rows are written, all of them or none; how many there were to write.

    Raises PermissionDenied, MoveRefused, and ChangedMeanwhile where a row is no longer the version
    that was seen. Dossiers are held in the order of their keys, as a lock of the period holds them.
    """
    chosen = {pick.score: pick.version for pick in picks}
    period = Period.objects.hold(upload.block.period_id)
    require(by, Permission.RUN_PERIOD, at=period.assessor_id)
    rows = Score.objects.filter(pk__in=chosen, dossier__block=upload.block_id)
    list(Dossier.objects.filter(pk__in=rows.values("dossier")).held())
    list(rows.held())
    upload.block.period = period
    changes = [
        (score, change)
        for score, change in changes_of(upload, by=by)
        if score and score.pk in chosen and change.standing != Standing.SAME
    ]
    if moved := [_name(score) for score, _ in changes if score.version != chosen[score.pk]]:
        raise ChangedMeanwhile(
            f"Chưa ghi dòng nào: {named_rows(moved)} vừa được người khác sửa. Đề nghị xem lại."
        )
    for score, change in changes:
        if not change.may_be_written:
            raise MoveRefused(f"Chưa ghi dòng nào. {_name(score)}: {' '.join(change.faults)}")
        write_figure(
            score,
            by=by,
            figure=change.row.figure(parse_rule(score.criterion.rule)),
            source=change.row.source,
            reason=change.row.reason,
            seen_version=score.version,
            door=Door.IMPORT,
        )
    if changes:
        told = f"{upload.block.name}: {grouped(len(changes))} dòng từ tệp {upload.file_name}"
        note(period, FIGURES, told, by=by)
    return len(changes)


def _scores(block: Block) -> QuerySet[Score]:
    found = Score.objects.from_outside().filter(dossier__block=block)
    return found.select_related("criterion", "dossier__unit").order_by(
        "criterion__position", "dossier__unit__position", "dossier__unit__code"
    )


def _stored(score: Score, refusals: Mapping[int, str]) -> Stored:
    closed = refusals.get(score.dossier_id) or figure_access.why_no_figure(score.dossier)
    return Stored(
        rule=parse_rule(score.criterion.rule),
        maximum=score.maximum,
        version=score.version,
        answer=score.verified_answer,
        found=score.found,
        source=score.verified_source,
        reason=score.verified_reason,
        closed=closed,
    )


def _name(score: Score) -> str:
    return f"{score.criterion.code} của {score.dossier.unit.name}"
