"""The dossier goes out as a workbook, comes back filled in, and is written row by row or at once.

What an uploaded workbook says is kept as it was read, so that nobody is asked for the file again;
what it would change is worked out against the database at every look, and once more at writing.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core import signing
from django.core.files.base import File
from django.db import transaction
from django.utils import timezone

from cchc_portal.kit.differences import joined
from cchc_portal.kit.errors import ChangedMeanwhile, MoveRefused
from cchc_portal.kit.worded import Worded
from scoring import access
from scoring.models import Criterion, Dossier, Score, WorkbookUpload
from scoring.rules.answers import parse_rule
from scoring.rules.kinds import Door, Source
from scoring.rules.workbook import (
    FORM,
    GUIDE_SHEET,
    LIST_SHEET,
    STAMP_SHEET,
    Book,
    Component,
    Group,
    Sheet,
    Stamp,
    entry_of,
    laid,
    lines_of,
    read_stamp,
    sheet_name,
)
from scoring.rules.workbook_changes import Change, Standing, Stored, compare
from scoring.rules.workbook_file import Cells, WorkbookFault, read_workbook
from scoring.rules.workbook_reading import (
    Known,
    layout_faults,
    read_rows,
    row_from_json,
    unknown_sheets,
)
from scoring.services import scores
from scoring.workbook import workbook
from units.models import User
from units.names import tidy

SALT = "scoring.workbook"
KEPT_UPLOADS = 10
LONGEST_NAME = 200
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


def draw(dossier: Dossier) -> bytes:
    """The dossier as it lies there now, as an Excel file. Two queries."""
    now = timezone.localtime().replace(microsecond=0)
    book = _book(dossier)
    stamp = Stamp(
        form=FORM,
        dossier=dossier.pk,
        unit=dossier.unit_id,
        unit_name=dossier.unit.name,
        period=dossier.period_id,
        period_title=dossier.period.title,
        made_at=now.isoformat(),
        sheets=tuple(laid(sheet) for sheet in book.sheets),
    )
    return workbook(book, signing.dumps(stamp.as_json(), salt=SALT, compress=True))


def take_in(dossier: Dossier, *, by: User, upload: File) -> WorkbookUpload:
    """Reads a filled-in workbook and keeps what it says; nothing of the dossier changes yet.

    Raises PermissionDenied, MoveRefused while the pen is closed, WorkbookFault for a file that is
    not this dossier's workbook or cannot be read safely.
    """
    access.require_fill(by, dossier, today=timezone.localdate())
    sheets = read_workbook(upload.file, upload.size)
    stamp = _stamp_of(sheets)
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
            file_name=_shown(upload.name or ""),
            made_on=stamp.moment,
            rows=[row.as_json() for row in rows if row.touched],
            remarks=remarks,
            uploaded_by=by,
        )
    )


def changes_of(upload: WorkbookUpload) -> list[tuple[Score, Change]]:
    """What the workbook would change now, in the order of the tree (one query)."""
    rows = {row.score: row for row in map(row_from_json, upload.rows)}
    return [
        (score, compare(rows[score.pk], _stored(score)))
        for score in _own_scores(upload.dossier).filter(pk__in=rows)
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
        for score, change in changes_of(upload)
        if score.pk in chosen and change.standing != Standing.SAME
    ]
    if moved := [s.criterion.code for s, _ in changes if s.version != chosen[s.pk].version]:
        raise ChangedMeanwhile(
            f"Chưa ghi dòng nào: {_named(moved)} vừa được người khác sửa. "
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


def _stamp_of(sheets: dict[str, Cells]) -> Stamp:
    cells = next((found for name, found in sheets.items() if tidy(name) == STAMP_SHEET), {})
    text = "".join(cell.text for (_, column), cell in sorted(cells.items()) if column == 1)
    if not text:
        raise WorkbookFault(
            "Tệp không phải là tệp tải từ cổng, hoặc phần nhận dạng đã bị xóa. "
            "Đề nghị tải tệp của hồ sơ này rồi điền vào đó."
        )
    try:
        data = signing.loads(text, salt=SALT)
    except signing.BadSignature as fault:
        raise WorkbookFault(
            "Phần nhận dạng của tệp đã bị sửa nên không xác định được tệp của hồ sơ nào. "
            "Đề nghị tải tệp mới rồi chép các ô đã điền sang."
        ) from fault
    if data["form"] != FORM:
        raise WorkbookFault(
            "Tệp theo mẫu cũ của cổng. Đề nghị tải tệp mới rồi chép các ô đã điền sang."
        )
    return read_stamp(data)


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


def _stored(score: Score) -> Stored:
    return Stored(
        rule=parse_rule(score.criterion.rule),
        maximum=score.maximum,
        version=score.version,
        answer=score.self_answer,
        excused=score.self_not_applicable,
        note=score.self_note,
    )


def _book(dossier: Dossier) -> Book:
    period = dossier.period
    facts = (
        ("Đơn vị", dossier.unit.name),
        ("Kỳ đánh giá", f"{period.title} ({period.assessor.name})"),
        ("Khối", dossier.block.name),
        ("Hạn nộp", f"Hết ngày {dossier.last_day:%d/%m/%Y}"),
        ("Tải về lúc", f"{timezone.localtime():%H:%M ngày %d/%m/%Y}"),
    )
    return Book(
        title=f"Hồ sơ tự đánh giá năm {period.year}",
        facts=facts,
        closed_because=access.why_pen_is_closed(dossier, today=timezone.localdate()),
        sheets=tuple(_sheets(dossier)),
    )


def _sheets(dossier: Dossier) -> list[Sheet]:
    branches = Criterion.objects.branches(dossier.block_id)
    taken = {name.casefold() for name in (GUIDE_SHEET, LIST_SHEET, STAMP_SHEET)}
    areas: dict[int, dict[int, list[Component]]] = {}
    for score in dossier.scores.select_related("criterion").order_by("criterion__position"):
        criterion = branches[score.criterion.parent_id]
        groups = areas.setdefault(criterion.parent_id, {})
        groups.setdefault(criterion.pk, []).append(_component(score))
    return [
        Sheet(
            name=sheet_name(branches[area].code, branches[area].title, taken),
            title=f"{branches[area].code}. {branches[area].title}",
            groups=tuple(
                Group(f"{branches[pk].code} {branches[pk].title}", tuple(components))
                for pk, components in groups.items()
            ),
        )
        for area, groups in areas.items()
    ]


def _component(score: Score) -> Component:
    criterion = score.criterion
    rule = parse_rule(criterion.rule)
    own = criterion.source == Source.SELF
    return Component(
        score=score.pk,
        version=score.version,
        key=criterion.key or criterion.code,
        code=criterion.code,
        title=criterion.title,
        maximum=score.maximum,
        rule_words=rule.words(score.maximum),
        evidence=tuple(criterion.evidence_expected),
        lines=lines_of(rule),
        excusable=criterion.not_applicable_allowed,
        stored=entry_of(
            rule, score.maximum, score.self_answer, score.self_not_applicable, score.self_note
        )
        if own
        else None,
        points=score.self_points,
        excused=score.self_not_applicable,
        source=str(criterion.get_source_display()),
    )


def _named(codes: Sequence[str]) -> str:
    listed = ", ".join(codes[:MOST_CODES])
    more = f" và {len(codes) - MOST_CODES} dòng khác" if len(codes) > MOST_CODES else ""
    return f"dòng {listed}{more}"


def _shown(name: str) -> str:
    """The name a person gave the file, readable and not too long."""
    readable = tidy("".join(letter for letter in name if letter.isprintable()))
    return readable[-LONGEST_NAME:] or "tệp"
