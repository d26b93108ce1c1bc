"""Result tables published before the portal: read, checked, kept as printed, or refused."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from cchc_portal.kit.errors import MoveRefused
from scoring.models import Period, PublishedRow, PublishedTable
from scoring.rules.published_file import Unreadable, read_file
from scoring.rules.published_reading import (
    PublishedLine,
    Renaming,
    TableRead,
    folded,
    known_names,
    read_table,
    tidy,
)
from scoring.rules.published_table import Finding, findings
from scoring.rules.ranking import Scale, TieRule
from units.models import Unit

LONGEST_TITLE, LONGEST_LABEL, LONGEST_PART = 200, 60, 200
MOST_PLACES, FLOOR_DECIMALS = 4, 2
FIRST_YEAR, LAST_YEAR = 1945, 2100


@dataclass(frozen=True)
class Told:
    """What the organiser says of a table: whose it is, and by which rules it was made."""

    assessor: Unit
    year: int
    title: str
    scale: Scale
    ties: TieRule = TieRule.SKIP
    places: int = 2
    renaming: Renaming = Renaming({}, {})
    parts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Import:
    """What became of a file. With faults nothing was stored and there is no table.

    `ignored` names the columns left aside, `unknown` (line, code) the codes that no unit of the
    year bears; `matched` counts the rows that belong to a unit.
    """

    faults: tuple[str, ...] = ()
    table: PublishedTable | None = None
    rows: tuple[PublishedLine, ...] = ()
    findings: tuple[Finding, ...] = ()
    ignored: tuple[str, ...] = ()
    unknown: tuple[tuple[int, str], ...] = ()
    matched: int = 0
    replaced: bool = False


@transaction.atomic
def bring_in(
    content: bytes, *, name: str, told: Told, replace: bool = False, dry_run: bool = False
) -> Import:
    """Stores a table as its file prints it, and says what does not fit in it.

    What cannot be read is told as faults, and nothing is stored; oddities are findings and stop
    nothing. A row belongs to a unit only where its code (`unit_code`, or a `unit` that is a code)
    is borne by one in that year, else it is kept by name. Tables are told apart by assessor, year
    and title: the same three again are refused, or with `replace` take the place of the earlier
    import, unless something refers to it. Raises MoveRefused.
    """
    faults = tuple(_faults(told))
    reading = TableRead((), (), faults) if faults else _read(content, told)
    if reading.faults:
        return Import(faults=reading.faults)
    assessor = Unit.objects.select_for_update(no_key=True).get(pk=told.assessor.pk)
    replaced = _make_room(assessor, told, replace)
    units = bearers((code for row in reading.rows for code in _codes(row)), told.year)
    table = _store(reading.rows, units, assessor, told, name, content)
    transaction.set_rollback(dry_run)
    matched = sum(_unit_of(row, units) is not None for row in reading.rows)
    return Import(
        table=table,
        rows=reading.rows,
        findings=tuple(findings(reading.rows, told.scale, told.ties, told.places, told.renaming)),
        ignored=reading.ignored,
        unknown=tuple(
            (row.line, row.unit_code)
            for row in reading.rows
            if row.unit_code and row.unit_code not in units
        ),
        matched=matched,
        replaced=replaced,
    )


def bearers(codes: Iterable[str], year: int) -> dict[str, Unit]:
    """Code → the unit that bore it in the year, with `name_then`, its name at the year's end.

    Where two bore it in turn, it is the later one: a year's results come out in its autumn.
    """
    found = Unit.objects.filter(code__in=set(codes)).in_force_in(year).as_on(date(year, 12, 31))
    return {
        unit.code: unit for unit in sorted(found, key=lambda one: one.in_force.lower or date.min)
    }


def assessor_of_year(code: str, year: int) -> Unit:
    """The unit whose results they are, by its code of that year. Raises MoveRefused."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise MoveRefused(f"Năm đánh giá phải từ {FIRST_YEAR} đến {LAST_YEAR}.")
    found = bearers([tidy(code)], year)
    if not found:
        raise MoveRefused(f"Không có đơn vị nào mang mã “{tidy(code)}” trong năm {year}.")
    return found[tidy(code)]


def lines_of(table: PublishedTable) -> list[PublishedLine]:
    """The stored rows as they were read (one query)."""
    return [
        PublishedLine(
            line=row.line,
            unit=row.unit_name,
            unit_code=row.unit.code if row.unit else "",
            block=row.block,
            points=row.points,
            maximum=row.maximum,
            percent=row.printed_percent,
            rank=row.printed_rank,
            band=row.printed_band,
            parts=tuple((part, _figure(row.parts.get(part))) for part in table.part_names),
        )
        for row in table.rows.select_related("unit").order_by("line")
    ]


def renaming_of(table: PublishedTable) -> Renaming:
    """How the table words its classes."""
    return Renaming({}, table.band_words)


def _faults(told: Told) -> Iterator[str]:
    if not told.title or len(told.title) > LONGEST_TITLE:
        yield f"Tên bảng kết quả phải có từ 1 đến {LONGEST_TITLE} ký tự."
    if not 0 <= told.places <= MOST_PLACES:
        yield f"Số chữ số thập phân phải từ 0 đến {MOST_PLACES}."
    for floor, label in told.scale.bands:
        if floor * 10**FLOOR_DECIMALS % 1:
            yield f"Ngưỡng của mức “{label}” nhận tối đa {FLOOR_DECIMALS} chữ số sau dấu phẩy."
    for label in told.scale.labels:
        if len(label) > LONGEST_LABEL:
            yield f"Tên mức xếp loại “{label}” dài quá {LONGEST_LABEL} ký tự."
    labels = {folded(label) for label in told.scale.labels}
    for label in told.renaming.labels.values():
        if folded(label) not in labels:
            known = ", ".join(told.scale.labels)
            yield f"“{label}” không phải tên cột chuẩn, cũng không phải mức xếp loại ({known})."
    for part in told.parts:
        if len(part) > LONGEST_PART:
            yield f"Tên cột điểm thành phần dài quá {LONGEST_PART} ký tự."


def _read(content: bytes, told: Told) -> TableRead:
    try:
        file = read_file(content, lambda header: known_names(header, told.renaming, told.parts))
    except Unreadable as fault:
        return TableRead((), (), (fault.sentence,))
    return read_table(file.header, file.lines, told.renaming, told.parts)


def _make_room(assessor: Unit, told: Told, replace: bool) -> bool:
    """Whether an earlier import was taken away. The assessor is held, so nobody comes between."""
    same = {"assessor": assessor, "year": told.year, "title": told.title}
    if Period.objects.filter(**same).exists():
        raise MoveRefused(
            f"Năm {told.year} đã có kỳ đánh giá “{told.title}” trên cổng; "
            "đề nghị đặt tên khác cho bảng kết quả (--title)."
        )
    earlier = PublishedTable.objects.filter(**same).first()
    if earlier is None:
        return False
    if not replace:
        raise MoveRefused(
            f"Năm {told.year} đã có bảng kết quả “{told.title}”, nhập từ tệp "
            f"{earlier.source_name}; muốn thay thì thêm --replace."
        )
    try:
        with transaction.atomic():
            earlier.delete()
    except (ProtectedError, IntegrityError) as fault:
        raise MoveRefused(
            f"Bảng kết quả “{told.title}” đã được dùng ở nơi khác trên cổng nên không thay được."
        ) from fault
    return True


def _store(
    rows: Iterable[PublishedLine],
    units: Mapping[str, Unit],
    assessor: Unit,
    told: Told,
    name: str,
    content: bytes,
) -> PublishedTable:
    table = PublishedTable.objects.create(
        assessor=assessor,
        year=told.year,
        title=told.title,
        source_name=tidy(name)[:LONGEST_TITLE],
        source_digest=hashlib.sha256(content).hexdigest(),
        places=told.places,
        tie_rule=told.ties,
        band_floors=[floor for floor, _ in told.scale.bands],
        band_labels=list(told.scale.labels),
        part_names=list(told.parts),
        band_words=dict(told.renaming.labels),
    )
    PublishedRow.objects.bulk_create(_row(table, row, _unit_of(row, units)) for row in rows)
    return table


def _row(table: PublishedTable, row: PublishedLine, unit: Unit | None) -> PublishedRow:
    called_by_code = unit is not None and row.unit == unit.code
    return PublishedRow(
        table=table,
        line=row.line,
        block=row.block,
        unit=unit,
        unit_name=unit.name_then or unit.name if called_by_code else row.unit,
        points=row.points,
        maximum=row.maximum,
        printed_percent=row.percent,
        printed_rank=row.rank,
        printed_band=row.band,
        parts={part: None if figure is None else str(figure) for part, figure in row.parts},
    )


def _codes(row: PublishedLine) -> tuple[str, ...]:
    return (row.unit_code,) if row.unit_code else (row.unit,)


def _unit_of(row: PublishedLine, units: Mapping[str, Unit]) -> Unit | None:
    return next((units[code] for code in _codes(row) if code in units), None)


def _figure(kept: str | None) -> Decimal | None:
    return None if kept is None else Decimal(kept)
