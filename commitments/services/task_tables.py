"""The tasks of a draft go out as a table, come back filled in, and are written at once.

What an uploaded table says is kept as it was read, so that nobody is asked for the file again;
what it would change is worked out against the draft at every look, and once more at writing.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.core.files.base import File
from django.db import transaction
from django.utils import timezone

from cchc_portal.kit.errors import ChangedMeanwhile, MoveRefused
from cchc_portal.kit.workbook_file import WorkbookFault, read_workbook
from cchc_portal.kit.workbook_stamp import STAMP_SHEET, signed, taken_out
from commitments.access import may_edit, require_writing
from commitments.models import Commitment, CommitmentTask, TaskUpload
from commitments.rules.task_changes import Change, Stored, compare, missing
from commitments.rules.task_reading import added_sheets, read_tasks, table_of, task_from_json
from commitments.rules.task_table import CHOICES, FORM, TERMS, Stamp, Taken, cells_of, digest
from commitments.rules.task_table import read_stamp as stamp_of
from commitments.rules.workflow import Change as AnnexChange
from commitments.rules.workflow import CommitmentVerb
from commitments.services import tasks
from commitments.services.commitments import hold_draft, refuse_unless_editable
from commitments.workbook import Line, Table, tasks_workbook
from units.models import User
from units.names import shown_name

SALT = "commitments.tasks"
KEPT_UPLOADS = 10
NOTHING_WRITTEN = "Chưa ghi dòng nào"
LONGEST = {
    column: length
    for column in TERMS
    if column not in CHOICES and (length := CommitmentTask._meta.get_field(column).max_length)
}
"""By term, how long its text may be."""

SENTENCES = {one.name: str(one.violation_error_message) for one in CommitmentTask._meta.constraints}
"""What the database says of each constraint that is broken."""


@dataclass(frozen=True)
class Pick:
    """A row of the file somebody chose to write, and the version they saw beside it."""

    line: int
    version: int


@dataclass(frozen=True)
class Removal:
    """A task that is not in the file and that somebody chose to remove, as they saw it."""

    task: int
    version: int


def draw(commitment: Commitment, *, by: User) -> bytes:
    """The tasks as they lie there now, as an Excel file; to be filled in by whoever may write.

    Rows of an annex that only end a task have no words and are left out. One query.
    """
    own = list(_own_tasks(commitment))
    now = timezone.localtime().replace(microsecond=0)
    writes = may_edit(by, commitment)
    table = Table(
        title=f"Nhiệm vụ của {commitment.called}",
        facts=f"{commitment.party} · tải về lúc {now:%H:%M ngày %d/%m/%Y}",
        lines=[Line(task.pk, task.label, cells_of(task.terms)) for task in own],
        spare=max(0, tasks.TASKS_AT_MOST - len(own)) if writes else 0,
        closed_because="" if writes else "Tệp chỉ để xem, không điền được.",
        longest=LONGEST,
    )
    stamp = Stamp(
        form=FORM,
        commitment=commitment.pk,
        unit=commitment.unit_id,
        unit_name=commitment.unit.name,
        called=commitment.called,
        made_at=now.isoformat(),
        tasks=tuple(Taken(task.pk, task.version, digest(task.terms)) for task in own),
    )
    return tasks_workbook(table, signed(stamp.as_json(), salt=SALT))


def take_in(commitment: Commitment, *, by: User, upload: File) -> TaskUpload:
    """Reads a filled-in table and keeps what it says; nothing of the draft changes yet.

    Raises PermissionDenied, MoveRefused (signed), or WorkbookFault for a file that is not the
    table of this draft or cannot be read safely.
    """
    require_writing(by, commitment)
    refuse_unless_editable(commitment)
    sheets = read_workbook(upload.file, upload.size)
    stamp = stamp_of(taken_out(sheets, salt=SALT, form=FORM, whose="bản cam kết"))
    _require_own(stamp, commitment)
    rows = read_tasks(stamp, table_of(sheets), LONGEST, SENTENCES)
    added = added_sheets(sheets, STAMP_SHEET)
    told = TaskUpload(
        file_name=shown_name(upload.name or ""),
        made_on=stamp.moment,
        rows=[row.as_json() for row in rows if row.touched],
        missing=missing(rows, stamp.tasks),
        remarks=[f"Trang “{name}” không phải của tệp nên không được đọc." for name in added],
        uploaded_by=by,
    )
    return _keep(told, commitment, by=by)


@transaction.atomic
def _keep(told: TaskUpload, commitment: Commitment, *, by: User) -> TaskUpload:
    """The newest few of a draft are kept; older ones have been decided about, or given up."""
    told.commitment = hold_draft(commitment, by=by)
    told.save(force_insert=True)
    uploads = told.commitment.uploads
    older = uploads.order_by("-pk").values_list("pk", flat=True)[KEPT_UPLOADS:]
    uploads.filter(pk__in=list(older)).delete()
    return told


def changes_of(upload: TaskUpload) -> tuple[list[Change], list[CommitmentTask]]:
    """What the file would change now, and the tasks of the draft that are not in it. One query."""
    own = {task.pk: task for task in _own_tasks(upload.commitment)}
    stored = {pk: Stored(task.version, task.terms) for pk, task in own.items()}
    changes = compare(map(task_from_json, upload.rows), stored)
    return changes, [own[pk] for pk in upload.missing if pk in own]


@transaction.atomic
def write(
    upload: TaskUpload,
    *,
    by: User,
    picks: Sequence[Pick],
    removals: Collection[Removal] = (),
) -> dict[str, int]:
    """The chosen rows are written and the chosen tasks removed, all or none; how many of each.

    A row that says what is stored already is passed over. Raises PermissionDenied, MoveRefused,
    and ChangedMeanwhile where a task is no longer the version that was seen.
    """
    held = hold_draft(upload.commitment, by=by)
    changes, left = changes_of(upload)
    by_line = {change.row.line: change for change in changes}
    chosen = [(pick, by_line[pick.line]) for pick in picks if pick.line in by_line]
    unsound = [change.row.line for _, change in chosen if change.row.terms is None]
    if unsound:
        raise MoveRefused(f"{NOTHING_WRITTEN}: dòng {unsound[0]} trong tệp chưa hợp lệ.")
    moved = [change.row.line for pick, change in chosen if pick.version != change.version]
    if moved:
        raise ChangedMeanwhile(
            f"{NOTHING_WRITTEN}: nhiệm vụ ở dòng {moved[0]} vừa được người khác sửa. Đề nghị xem "
            "lại rồi chọn bản sẽ giữ."
        )
    written = [change for _, change in chosen if change.may_be_written]
    changed = [change for change in written if not change.adds]
    for change in changed:
        task = CommitmentTask(pk=change.row.task, commitment=held)
        tasks.edit(task, seen=change.version, terms=change.row.terms, by=by)
    gone = _remove(left, removals, by=by)
    added = [change for change in written if change.adds]
    for change in added:
        tasks.add(held, terms=change.row.terms, by=by)
    counts = {"thêm": len(added), "sửa": len(changed), "xóa": gone}
    if any(counts.values()):
        told = ", ".join(f"{verb} {number}" for verb, number in counts.items() if number)
        held.events.create(
            verb=CommitmentVerb.WORKBOOK, about=upload.file_name, comment=told, by=by
        )
    return counts


def _remove(left: Sequence[CommitmentTask], removals: Collection[Removal], *, by: User) -> int:
    seen = {removal.task: removal.version for removal in removals}
    gone = [task for task in left if task.pk in seen]
    for task in gone:
        tasks.remove(task, seen=seen[task.pk], by=by)
    return len(gone)


def _own_tasks(commitment: Commitment):
    worded = commitment.tasks.exclude(change=AnnexChange.CANCEL)
    return worded.select_related("commitment__unit", "updated_by").order_by("position")


def _require_own(stamp: Stamp, commitment: Commitment) -> None:
    if stamp.commitment == commitment.pk:
        return
    if stamp.unit != commitment.unit_id:
        raise WorkbookFault(
            f"Tệp này là bản cam kết của {stamp.unit_name}, không phải của {commitment.unit.name}."
        )
    raise WorkbookFault(f"Tệp này là {stamp.called}, không phải {commitment.called}.")
