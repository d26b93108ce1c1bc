"""Reported figures taken away as a table, brought back filled in, and written: chosen rows or all
of them, at once. What a file would change is worked out at every look and once more at writing."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.files.base import File
from django.db import transaction

from cchc_portal.kit.errors import ChangedMeanwhile, MoveRefused
from cchc_portal.kit.numerals import typed
from scoring import reading_access
from scoring.models import Collection, Reading, ReadingUpload
from scoring.models.reading import LONGEST_REASON
from scoring.rules.kinds import Door
from scoring.rules.reading_table import (
    SHEET,
    Change,
    Column,
    Known,
    compare,
    line_from_json,
    read_lines,
    table,
)
from scoring.rules.result_file import marked_csv
from scoring.rules.workbook_changes import Standing
from scoring.services.odd_units import odd_units
from scoring.services.readings import WHY, write
from scoring.services.table_files import cells_of
from scoring.workbook.readings import readings as drawn
from units.access import may
from units.models import User
from units.names import shown_name
from units.permissions import Permission

KEPT_UPLOADS = 10


def of_collection(collection: Collection, unit: int | None = None):
    """The figures of all units, or of one."""
    found = collection.readings.select_related("unit", "indicator").in_order()
    return found.filter(unit=unit) if unit else found


def as_workbook(collection: Collection, unit: int | None = None) -> bytes:
    """The table as an Excel file."""
    return drawn(
        _lines(collection, unit),
        title=f"{collection.title} ({collection.owner.name})",
        facts=f"Số liệu từ {collection.starts_on:%d/%m/%Y} đến {collection.ends_on:%d/%m/%Y}.",
    )


def as_csv(collection: Collection, unit: int | None = None) -> str:
    """The same as CSV, with the mark by which Excel knows UTF-8; figures as one types them, so that
    the file can be read back in one way alone."""
    place = list(Column).index(Column.AMOUNT)
    lines = _lines(collection, unit)
    for line in lines:
        line[place] = None if line[place] is None else typed(line[place])
    return marked_csv(table(lines))


@transaction.atomic
def take_in(collection: Collection, *, by: User, upload: File) -> tuple[ReadingUpload, list[str]]:
    """Reads a filled-in table and keeps what it says; no figure changes yet. Beside it, what is to
    be said of other sheets of the file.

    Only rows that the person may write are known. PermissionDenied, WorkbookFault.
    """
    rows = _written_by(collection, by)
    if not rows.exists():
        raise PermissionDenied("Đồng chí không nhập số liệu trong đợt báo cáo này.")
    name = shown_name(upload.name or "")
    keys = rows.values_list("unit__code", "indicator__code", "pk", "indicator__decimals")
    known = {(unit.upper(), code.upper()): Known(pk, decimals) for unit, code, pk, decimals in keys}
    labels = [str(one.label) for one in Column]
    cells, remarks = cells_of(upload, name, sheet=SHEET, labels=labels)
    lines = read_lines(cells, known)
    kept = ReadingUpload.objects.create(
        collection=collection,
        file_name=name,
        rows=[line.as_json() for line in lines],
        uploaded_by=by,
    )
    mine = collection.uploads.filter(uploaded_by=by).order_by("-pk")
    older = list(mine.values_list("pk", flat=True)[KEPT_UPLOADS:])
    collection.uploads.filter(pk__in=older).delete()
    return kept, remarks


def changes_of(upload: ReadingUpload, *, by: User) -> list[tuple[Reading | None, Change]]:
    """What the table would change now, in the order of its rows. Two queries."""
    lines = [line_from_json(row) for row in upload.rows]
    found = _written_by(upload.collection, by).filter(pk__in=[one.key for one in lines if one.key])
    rows = {row.pk: row for row in found.for_page()}
    told = []
    for line in lines:
        row = rows.get(line.key or 0)
        told.append((row, compare(line, (row.amount, row.note, row.version) if row else None)))
    return told


@transaction.atomic
def apply(upload: ReadingUpload, *, by: User, picks: Mapping[int, int], reason: str = "") -> int:
    """The chosen rows (key to the version that was seen) are written, all or none; how many.

    PermissionDenied, MoveRefused, ChangedMeanwhile.
    """
    collection = Collection.objects.hold_open(upload.collection_id)
    if collection.closed and not reason.strip():
        raise MoveRefused(WHY)
    if len(reason) > LONGEST_REASON:
        raise MoveRefused(f"Lý do dài quá, tối đa {LONGEST_REASON} ký tự.")
    held = {row.pk: row for row in Reading.objects.for_page().filter(pk__in=picks).held()}
    upload.collection = collection
    written, missing = 0, set(picks)
    for row, change in changes_of(upload, by=by):
        if row is None or row.pk not in picks:
            continue
        missing.discard(row.pk)
        if change.standing == Standing.SAME:
            continue
        if not change.may_be_written:
            faults = " ".join(change.faults)
            raise MoveRefused(
                f"Chưa ghi dòng nào. Dòng {change.row.line}, {change.row.named}: {faults}"
            )
        reading_access.require_writer(by, collection, row.unit_id)
        try:
            write(
                held[row.pk],
                collection,
                by=by,
                amount=change.amount,
                note=held[row.pk].note if change.row.note is None else change.row.note,
                reason=reason,
                seen_version=picks[row.pk],
                door=Door.EXCEL,
            )
        except ChangedMeanwhile as fault:
            raise ChangedMeanwhile(
                f"Chưa ghi dòng nào: {row.indicator.code} của {row.unit.name} vừa được người khác "
                "sửa. Đề nghị xem lại."
            ) from fault
        written += 1
    if missing:
        raise MoveRefused("Chưa ghi dòng nào: có dòng đã chọn không còn ở đây, đề nghị tải lại.")
    return written


def odd_after(
    collection: Collection, changes: Sequence[tuple[Reading | None, Change]]
) -> list[tuple[str, list[str]]]:
    """Name of a unit of the table → what would look odd in its figures once the rows that are in
    order are written. Three queries."""
    rows = [(row, change) for row, change in changes if row and change.may_be_written]
    names = {row.unit_id: row.unit.name for row, _ in rows}
    would = {(row.unit_id, row.indicator_id): change.amount for row, change in rows}
    found = odd_units(collection, units=names, typed=would) if names else {}
    return [
        (name, list(dict.fromkeys(one for some in found[unit].values() for one in some)))
        for unit, name in names.items()
        if unit in found
    ]


def standings(changes: Sequence[tuple[Reading | None, Change]]) -> dict[str, int]:
    """How many rows stand how."""
    return {one.value: sum(c.standing == one for _, c in changes) for one in Standing}


def _written_by(collection: Collection, by: User):
    if collection.cancelled:
        return collection.readings.none()
    if may(by, Permission.RUN_PERIOD, at=collection.owner_id):
        return collection.readings.all()
    return collection.readings.filter(unit__in=reading_access.written_units(by))


def _lines(collection: Collection, unit: int | None) -> list[list[Any]]:
    return [
        [
            row.unit.code,
            row.unit.name,
            row.indicator.code,
            row.indicator.name,
            row.indicator.measure,
            _plain(row.amount),
            row.note,
            row.version,
        ]
        for row in of_collection(collection, unit)
    ]


def _plain(amount: Decimal | None) -> Decimal | None:
    """Without idle digits: "12" and not "12.0000"."""
    if amount is None:
        return None
    return amount.quantize(Decimal(1)) if amount == amount.to_integral() else amount.normalize()
