"""Loading files of units: each line compared with what is stored, all or nothing.

The file tells the whole life of a unit by code and days. Where a unit has been changed by a
decision on the portal since, the file may only agree: it does not undo decisions.
"""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field, replace

from django.db import transaction

from cchc_portal.kit.worded import Worded
from units.kinds import UnitKind, UnitVerb
from units.models import Succession, Unit, UnitEvent, UnitSpell
from units.rules.spells import begins, ends, painted
from units.rules.table_file import Fault, Unreadable
from units.rules.unit_file import FunctionRow, read_functions, read_units
from units.services.lives import LIFE_COLUMNS, lives_of, rows_for, stretch, wear, write_life
from units.services.unit_census import Census, Planned, plan


class RowWord(Worded):
    """What a line of the file means for what is stored."""

    NEW = "new", "mới"
    CHANGED = "changed", "thay đổi"
    SAME = "same", "không đổi"
    WRONG = "wrong", "sai"


@dataclass(frozen=True)
class RowReport:
    """One line: its number, the code it speaks of, the word, and what exactly."""

    line: int
    code: str
    word: RowWord
    detail: str = ""


@dataclass
class FileReport:
    """What a file would do, or did, line by line."""

    name: str
    rows: list[RowReport] = field(default_factory=list)

    def count(self, word: RowWord) -> int:
        """How many lines got the word; a line with two faults is one."""
        return len({row.line for row in self.rows if row.word == word})

    @property
    def sound(self) -> bool:
        """Whether no line is wrong."""
        return not self.count(RowWord.WRONG)


@transaction.atomic
def load(
    unit_files: Sequence[tuple[str, bytes]],
    *,
    functions: tuple[str, bytes] | None = None,
    dry_run: bool = False,
) -> list[FileReport]:
    """Loads files of units (name, content) in their order, then who handles procedures.

    Nothing is stored if one line of one file is wrong, or on a dry run. Loading the same files
    again changes nothing. The files are described in `units/data/README.md`.
    """
    Unit.objects.hold()
    reports = [_load_units(name, content) for name, content in unit_files]
    if functions:
        reports.append(_load_functions(*functions))
    if dry_run or not all(report.sound for report in reports):
        transaction.set_rollback(True)
    return reports


def _load_units(name: str, content: bytes) -> FileReport:
    try:
        reading = read_units(content)
    except Unreadable as unreadable:
        return FileReport(name, _wrong([unreadable.fault]))
    census = Census()
    planned, faults = plan(reading, census)
    wrong = _wrong([*reading.faults, *faults])
    lines = {row.line for row in wrong}
    rows = wrong + [_report(one) for one in planned if one.row.line not in lines]
    report = FileReport(name, sorted(rows, key=lambda row: row.line))
    if report.sound:
        _store(planned, census, name)
    return report


def _load_functions(name: str, content: bytes) -> FileReport:
    try:
        rows, faults = read_functions(content)
    except Unreadable as unreadable:
        return FileReport(name, _wrong([unreadable.fault]))
    departments: dict[str, list[Unit]] = {}
    for unit in Unit.objects.filter(kind=UnitKind.DEPARTMENT).order_by("code"):
        departments.setdefault(unit.code.partition("-")[2], []).append(unit)
    decided = set(
        UnitEvent.objects.filter(verb=UnitVerb.CHANGE_FUNCTION).values_list("unit", flat=True)
    )
    reports = _wrong(faults)
    for row in rows:
        units = departments.get(row.code, [])
        if units:
            reports.append(_entrust([unit for unit in units if unit.pk not in decided], row, name))
        else:
            reports += _wrong([Fault(row.line, "department_code", f"không có phòng mã {row.code}")])
    return FileReport(name, sorted(reports, key=lambda row: row.line))


def _wrong(faults: Iterable[Fault]) -> list[RowReport]:
    """One line for each fault; a line of the file with three faults is told three times."""
    return [
        RowReport(
            fault.line,
            "",
            RowWord.WRONG,
            f"cột {fault.column}: {fault.reason}" if fault.column else fault.reason,
        )
        for fault in faults
    ]


def _report(one: Planned) -> RowReport:
    if one.stored is None:
        return RowReport(one.row.line, one.row.code, RowWord.NEW, one.row.name)
    word = RowWord.CHANGED if one.differences else RowWord.SAME
    return RowReport(one.row.line, one.row.code, word, "; ".join(one.differences))


def _store(planned: Sequence[Planned], census: Census, name: str) -> None:
    changed = [one for one in planned if one.stored and one.differences]
    new = [one for one in planned if not one.stored]
    _make_room(changed)
    units = {one.key: _founded(one) for one in new} | {one.key: one.stored for one in changed}
    Unit.objects.bulk_create([units[one.key] for one in new])
    keys = {key: unit.pk for key, unit in units.items()}
    below: dict[int | None, list[int]] = {}
    spells = []
    for one in [*new, *changed]:
        unit = units[one.key]
        life = [replace(part, parent=keys.get(part.parent, part.parent)) for part in one.life]
        wear(unit, life)
        spells += rows_for(unit, life)
        below.setdefault(unit.parent_id, []).append(unit.pk)
    UnitSpell.objects.filter(unit__in=[one.stored for one in changed]).delete()
    UnitSpell.objects.bulk_create(spells)
    for one in changed:
        unit = one.stored
        unit.kind, unit.gso_code, unit.basis = one.row.kind, one.row.gso_code, one.row.basis
        unit.save(update_fields=("kind", "gso_code", "basis", *LIFE_COLUMNS))
    for parent, children in below.items():  # parents may stand further down in the file
        Unit.objects.filter(pk__in=children).update(parent=parent)
    _store_successions([*new, *changed], census, keys)
    UnitEvent.objects.bulk_create(
        [
            UnitEvent(
                unit=units[one.key],
                verb=UnitVerb.LOAD,
                comment=": ".join(filter(None, (name, "; ".join(one.differences)))),
            )
            for one in [*new, *changed]
        ]
    )


def _founded(one: Planned) -> Unit:
    row = one.row
    return Unit(
        code=row.code,
        name=row.name,
        kind=row.kind,
        position=row.line,
        gso_code=row.gso_code,
        in_force=stretch(row.first_on, row.until),
        basis=row.basis,
    )


def _make_room(changed: Iterable[Planned]) -> None:
    """Lives shrink to the days they keep before any grows: codes may change hands in one file."""
    for one in changed:
        life, row = one.stored.in_force, one.row
        first_on = max(life.lower, row.first_on, key=begins)
        until = min(life.upper, row.until, key=ends)
        Unit.objects.filter(pk=one.stored.pk).update(in_force=stretch(first_on, until))


def _store_successions(
    written: Iterable[Planned], census: Census, keys: dict[Hashable, int]
) -> None:
    fresh = []
    for one in written:
        pk = keys[one.key]
        before, after = census.heirs.get(pk, set()), {keys.get(heir, heir) for heir in one.heirs}
        if gone := before - after:
            Succession.objects.filter(predecessor=pk, successor__in=gone).delete()
        fresh += [
            Succession(predecessor_id=pk, successor_id=heir, happened_on=one.row.until)
            for heir in sorted(after - before)
        ]
    Succession.objects.bulk_create(fresh)


def _entrust(units: Sequence[Unit], row: FunctionRow, name: str) -> RowReport:
    """These departments handle procedures from the day of the line on, and did not before."""
    lives = lives_of(units)
    told = []
    for unit in units:
        before = lives[unit.pk]
        after = painted(before, "handles_procedures", False, first_on=None, until=row.first_on)
        if begins(row.first_on) < ends(unit.in_force.upper):
            after = painted(after, "handles_procedures", True, first_on=row.first_on, until=None)
        if after != before:
            write_life(unit, after)
            UnitEvent.objects.create(
                unit=unit, verb=UnitVerb.LOAD, comment=name, effective_on=row.first_on
            )
            told.append(unit.code)
    since = f" từ {row.first_on}" if row.first_on else ""
    word = RowWord.CHANGED if told else RowWord.SAME
    return RowReport(row.line, row.code, word, ", ".join(told) + since if told else "")
