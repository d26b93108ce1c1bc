"""A workbook comes back filled in, and is written, chosen rows or all of them, at once.

What an uploaded workbook says is kept as it was read, so that nobody is asked for the file again;
what it would change is worked out against the database at every look, and once more at writing.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.files.base import File
from django.db import transaction
from django.utils import timezone

from cchc_portal.kit.differences import joined
from cchc_portal.kit.errors import ChangedMeanwhile, MoveRefused
from cchc_portal.kit.worded import Worded
from cchc_portal.kit.workbook_file import WorkbookFault, read_workbook
from cchc_portal.kit.workbook_stamp import STAMP_SHEET, taken_out
from scoring import access
from scoring.models import Dossier, Score, WorkbookUpload
from scoring.rules.answers import parse_rule
from scoring.rules.kinds import Door, Source
from scoring.rules.workbook import GUIDE_SHEET, LIST_SHEET
from scoring.rules.workbook_changes import Change, Standing, Stored, compare
from scoring.rules.workbook_reading import (
    Known,
    layout_faults,
    read_rows,
    row_from_json,
    unknown_sheets,
)
from scoring.rules.workbook_stamp import FORM, Stamp, read_stamp
from scoring.services import scores
from scoring.services.workbook_drawing import SALT
from units.models import User
from units.names import shown_name

KEPT_UPLOADS = 10
MOST_CODES = 8


class Way(Worded):
    """What of a row is written: as the file says, or with both notes one after the other."""

    FILE = "file", "Lấy bản trong tệp"
    BOTH = "both", "Lấy bản trong tệp, ghép hai ghi chú"


@dataclass(frozen=True)
class Pick:
    """A row somebody chose to write, and the version they saw beside it."""

    score: int
    version: int
    way: Way = Way.FILE


def take_in(dossier: Dossier, *, by: User, upload: File) -> WorkbookUpload:
    """Reads a filled-in workbook and keeps what it says; nothing of the dossier changes yet.

    Raises PermissionDenied, MoveRefused while the pen is closed, WorkbookFault for a file that is
    not this dossier's workbook or cannot be read safely.
    """
    access.require_fill(by, dossier, today=timezone.localdate())
    sheets = read_workbook(upload.file, upload.size)
    stamp = read_stamp(taken_out(sheets, salt=SALT, form=FORM, whose="hồ sơ"))
    _require_own(stamp, dossier)
    if faults := layout_faults(stamp, sheets):
        raise WorkbookFault(*faults)
    known = {
        score.pk: Known(
            parse_rule(score.criterion.rule), score.maximum, score.criterion.not_applicable_allowed
        )
        for score in _own_scores(dossier)
    }
    rows = read_rows(stamp, sheets, known)
    added = unknown_sheets(stamp, sheets, (GUIDE_SHEET, LIST_SHEET, STAMP_SHEET))
    remarks = [f"Trang “{name}” không phải của hồ sơ nên không được đọc." for name in added]
    return _keep(
        WorkbookUpload(
            dossier=dossier,
            file_name=shown_name(upload.name or ""),
            made_on=stamp.moment,
            rows=[row.as_json() for row in rows if row.touched],
            remarks=remarks,
            uploaded_by=by,
        )
    )


def changes_of(upload: WorkbookUpload) -> list[tuple[Score, Change]]:
    """What the workbook would change now, in the order of the tree.

    One query, two while the dossier is returned.
    """
    return _changes(upload, upload.dossier)


def _changes(upload: WorkbookUpload, dossier: Dossier) -> list[tuple[Score, Change]]:
    rows = {row.score: row for row in map(row_from_json, upload.rows)}
    named = access.rows_sent_back(dossier)
    return [
        (score, compare(rows[score.pk], _stored(score, access.why_not_among(named, score))))
        for score in _own_scores(dossier).filter(pk__in=rows)
    ]


@transaction.atomic
def write(upload: WorkbookUpload, *, by: User, picks: Sequence[Pick]) -> int:
    """The chosen rows are written, all of them or none; how many there were to write.

    A row that says what is stored already is passed over. Raises PermissionDenied, MoveRefused,
    and ChangedMeanwhile where a row is no longer the version that was seen.
    """
    held = Dossier.objects.hold(upload.dossier_id)
    access.require_fill(by, held, today=timezone.localdate())
    chosen = {pick.score: pick for pick in picks}
    changes = [
        (score, change)
        for score, change in _changes(upload, held)
        if score.pk in chosen and change.standing != Standing.SAME
    ]
    if moved := [s.criterion.code for s, _ in changes if s.version != chosen[s.pk].version]:
        raise ChangedMeanwhile(
            f"Chưa ghi dòng nào: {named_rows(moved)} vừa được người khác sửa. "
            "Đề nghị xem lại rồi chọn bản sẽ giữ."
        )
    for score, change in changes:
        _write(score, change, chosen[score.pk], by)
    return len(changes)


def _write(score: Score, change: Change, pick: Pick, by: User) -> None:
    code = score.criterion.code
    if not change.may_be_written:
        raise MoveRefused(f"Chưa ghi dòng nào: dòng {code} trong tệp chưa hợp lệ.")
    try:
        scores.save_self(
            score,
            by=by,
            answer=change.answer,
            note=joined(score.self_note, change.note) if pick.way == Way.BOTH else change.note,
            not_applicable=change.row.entry.not_applicable,
            seen_version=pick.version,
            door=Door.EXCEL,
        )
    except MoveRefused as refusal:
        raise MoveRefused(f"Chưa ghi dòng nào. Dòng {code}: {refusal.sentence}") from refusal


@transaction.atomic
def _keep(upload: WorkbookUpload) -> WorkbookUpload:
    """The newest few of a dossier are kept; older ones have been decided about, or given up."""
    held = Dossier.objects.hold(upload.dossier_id)
    upload.save(force_insert=True)
    older = held.workbooks.order_by("-pk").values_list("pk", flat=True)[KEPT_UPLOADS:]
    held.workbooks.filter(pk__in=list(older)).delete()
    return upload


def _require_own(stamp: Stamp, dossier: Dossier) -> None:
    if stamp.dossier == dossier.pk:
        return
    if stamp.unit != dossier.unit_id:
        raise WorkbookFault(
            f"Tệp này là hồ sơ của {stamp.unit_name}, không phải của {dossier.unit.name}."
        )
    raise WorkbookFault(
        f"Tệp này là hồ sơ của kỳ “{stamp.period_title}”, không phải kỳ “{dossier.period.title}”."
    )


def _own_scores(dossier: Dossier):
    """What the unit assesses itself, in the order of the tree."""
    own = dossier.scores.filter(criterion__source=Source.SELF)
    return own.select_related("criterion", "updated_by").order_by("criterion__position")


def _stored(score: Score, closed: str) -> Stored:
    return Stored(
        rule=parse_rule(score.criterion.rule),
        maximum=score.maximum,
        version=score.version,
        answer=score.self_answer,
        excused=score.self_not_applicable,
        note=score.self_note,
        closed=closed,
    )


def named_rows(codes: Sequence[str]) -> str:
    """Rows by their codes: the first ones, and how many more there are."""
    listed = ", ".join(codes[:MOST_CODES])
    more = f" và {len(codes) - MOST_CODES} dòng khác" if len(codes) > MOST_CODES else ""
    return f"dòng {listed}{more}"
