"""A file of units set against what is stored: who is whom, what would differ, what cannot be."""

from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta

from units.kinds import UnitKind, UnitVerb
from units.models import Succession, Unit, UnitEvent
from units.rules.spells import Spell, begins, painted
from units.rules.table_file import Fault
from units.rules.unit_file import UnitFile, UnitRow, overlap
from units.rules.unit_tree import Bearer, Edge, Missing, bearer_through, circles
from units.services.lives import lives_of

NOT_DECIDED_HERE = (UnitVerb.LOAD, UnitVerb.RECEIVE)
"""Events after which a file may still tell the life of the unit anew."""


@dataclass
class Planned:
    """A line of the file and the unit it speaks of: a stored one, or one to come."""

    row: UnitRow
    stored: Unit | None
    life: list[Spell] = field(default_factory=list)
    heirs: set[Hashable] = field(default_factory=set)
    differences: list[str] = field(default_factory=list)

    @property
    def key(self) -> Hashable:
        """The key of the stored unit, else one that stands for it until it has its own."""
        return self.stored.pk if self.stored else ("line", self.row.line)


class Census:
    """All that is stored about units, read once."""

    def __init__(self) -> None:
        self.units = Unit.objects.in_bulk()
        self.lives = lives_of(self.units.values())
        self.heirs: dict[int, set[Hashable]] = {}
        for predecessor, successor in Succession.objects.values_list("predecessor", "successor"):
            self.heirs.setdefault(predecessor, set()).add(successor)
        decided = UnitEvent.objects.exclude(verb__in=NOT_DECIDED_HERE)
        self.decided = set(decided.values_list("unit", flat=True))

    def bearer(self, unit: Unit) -> Bearer:
        """The unit as it stands."""
        return Bearer(
            unit.pk,
            unit.code,
            unit.name,
            unit.in_force.lower,
            unit.in_force.upper,
            edges_of(self.lives[unit.pk]),
        )


def plan(reading: UnitFile, census: Census) -> tuple[list[Planned], list[Fault]]:
    """Every sound line with what it would change, and every reason why the file cannot stand."""
    planned = _matched(reading.rows, census)
    claimed = {one.stored.pk for one in planned if one.stored}
    bearers = {pk: census.bearer(unit) for pk, unit in census.units.items() if pk not in claimed}
    faults = list(_code_taken(planned, bearers.values()))
    bearers |= {one.key: _bearer(one) for one in planned}
    faults += _resolved(planned, bearers, reading.spoiled)
    bearers |= {one.key: _bearer(one) for one in planned}
    faults += _left_behind(planned, bearers, claimed)
    faults += _circles(planned, bearers)
    for one in planned:
        faults += _compared(one, census, bearers)
    return planned, faults


def edges_of(life: Iterable[Spell]) -> tuple[Edge, ...]:
    """Below whom through which days, stretches with the same superior joined."""
    edges: list[Edge] = []
    for spell in life:
        if edges and edges[-1][2] == spell.parent:
            edges[-1] = (edges[-1][0], spell.until, spell.parent)
        else:
            edges.append((spell.first_on, spell.until, spell.parent))
    return tuple(edges)


def _matched(rows: list[UnitRow], census: Census) -> list[Planned]:
    """A line speaks of the stored unit that bears its code in its time, each unit once.

    Where a code changes hands in the file, the line with the same first day is the same unit.
    """
    by_code: dict[str, list[Bearer]] = {}
    for unit in census.units.values():
        by_code.setdefault(unit.code, []).append(census.bearer(unit))
    planned = [Planned(row, None) for row in rows]
    for same_start in (True, False):
        for one in planned:
            for bearer in by_code.get(one.row.code, []) if one.stored is None else []:
                if overlap(one.row, bearer) and (
                    not same_start or bearer.first_on == one.row.first_on
                ):
                    one.stored = census.units[bearer.key]
                    by_code[bearer.code].remove(bearer)
                    break
    return planned


def _bearer(one: Planned) -> Bearer:
    row = one.row
    return Bearer(one.key, row.code, row.name, row.first_on, row.until, edges_of(one.life))


def _code_taken(planned: list[Planned], others: Iterable[Bearer]) -> Iterator[Fault]:
    by_code: dict[str, list[Bearer]] = {}
    for bearer in others:
        by_code.setdefault(bearer.code, []).append(bearer)
    for one in planned:
        for bearer in by_code.get(one.row.code, []):
            if overlap(one.row, bearer):
                yield Fault(
                    one.row.line,
                    "code",
                    f"mã {bearer.code} cùng thời gian thuộc về “{bearer.name}” trên cổng",
                )


def _resolved(
    planned: list[Planned], bearers: dict[Hashable, Bearer], spoiled: set[str]
) -> Iterator[Fault]:
    """Finds superiors and successors by code and day, and so the life of each unit."""
    by_code: dict[str, list[Bearer]] = {}
    for bearer in bearers.values():
        by_code.setdefault(bearer.code, []).append(bearer)
    for one in planned:
        row = one.row
        for place in row.places:
            parent = None
            try:
                if place.parent_code:
                    known = by_code.get(place.parent_code, [])
                    parent = bearer_through(
                        known, place.parent_code, place.first_on, place.until
                    ).key
            except Missing as missing:
                if place.parent_code not in spoiled:
                    yield Fault(row.line, place.column, f"cấp trên: {missing.reason}")
            one.life.append(Spell(place.first_on, place.until, row.name, parent))
        for code in row.successors:
            after = row.until + timedelta(days=1)
            try:
                one.heirs.add(bearer_through(by_code.get(code, []), code, row.until, after).key)
            except Missing as missing:
                if code not in spoiled:
                    yield Fault(row.line, "successor_code", f"đơn vị kế thừa: {missing.reason}")


def _left_behind(
    planned: list[Planned], bearers: dict[Hashable, Bearer], claimed: set[int]
) -> Iterator[Fault]:
    """Stored units of which the file does not speak must keep their superior on every day."""
    shortened = {one.key: one for one in planned if one.stored}
    for key, bearer in bearers.items():
        if key in shortened or isinstance(key, tuple):
            continue
        for first_on, until, parent in bearer.edges:
            if parent in shortened and not bearers[parent].covers(first_on, until):
                row = shortened[parent].row
                column = "valid_from" if begins(row.first_on) > begins(first_on) else "valid_to"
                reason = (
                    f"“{bearer.name}” ({bearer.code}) trên cổng còn trực thuộc ngoài thời gian này"
                )
                yield Fault(row.line, column, reason)


def _circles(planned: list[Planned], bearers: dict[Hashable, Bearer]) -> Iterator[Fault]:
    lines = {one.key: one.row.line for one in planned}
    for ring, day in circles(bearers):
        line = min(lines[bearer.key] for bearer in ring if bearer.key in lines)
        path = " → ".join(bearer.code for bearer in [*ring, ring[0]])
        since = f" từ ngày {day}" if day else ""
        yield Fault(line, "parent_code", f"cấp trên tạo thành vòng{since}: {path}")


def _compared(one: Planned, census: Census, bearers: dict[Hashable, Bearer]) -> Iterator[Fault]:
    """Gathers what differs from the stored unit; a fault where a decision stands against it."""
    row, unit = one.row, one.stored
    if unit is None:
        return
    plain = (
        ("kind", UnitKind(unit.kind).label, row.kind.label),
        ("gso_code", unit.gso_code, row.gso_code),
        ("basis", unit.basis, row.basis),
    )
    stored = census.lives[unit.pk]
    parents = _words_of(edges_of(stored), bearers), _words_of(edges_of(one.life), bearers)
    heirs = census.heirs.get(unit.pk, set()), one.heirs
    life = (
        ("name", unit.name, row.name),
        ("valid_from", unit.in_force.lower, row.first_on),
        ("valid_to", _last(unit.in_force.upper), _last(row.until)),
        ("parent_code", *parents),
        ("successor_code", *(_codes(keys, bearers) for keys in heirs)),
    )
    one.differences += [_told(*cell) for cell in plain if cell[1] != cell[2]]
    for cell in (cell for cell in life if cell[1] != cell[2]):
        if unit.pk in census.decided:
            reason = f"{_told(*cell)}: đơn vị đã thay đổi theo quyết định ghi trên cổng"
            yield Fault(row.line, cell[0], reason)
        else:
            one.differences.append(_told(*cell))
    if unit.pk in census.decided:
        one.life = stored
        return
    for spell in stored:
        if spell.handles_procedures:
            one.life = painted(
                one.life,
                "handles_procedures",
                True,
                first_on=spell.first_on,
                until=spell.until,
            )


def _last(until):
    return until - timedelta(days=1) if until else None


def _codes(keys: Iterable[Hashable], bearers: dict[Hashable, Bearer]) -> str:
    return ";".join(sorted(bearers[key].code for key in keys))


def _words_of(edges: Iterable[Edge], bearers: dict[Hashable, Bearer]) -> str:
    """Superiors in the order of time; the first and last day are those of the unit's own life."""
    return ", ".join(
        (bearers[parent].code if parent else "không có") + (f" từ {first_on}" if place else "")
        for place, (first_on, _, parent) in enumerate(edges)
    )


def _told(column: str, before: object, after: object) -> str:
    return f"{column}: “{before or ''}” → “{after or ''}”"
