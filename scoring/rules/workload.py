"""How far the verification is: rows to do, done, given to whom. Counts only; points stand apart."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from fractions import Fraction

from scoring.rules.desks import desk_for


@dataclass(frozen=True)
class Cell:
    """The rows of one criterion in one dossier: how many, how many are settled.

    `desk`: where they are verified; `handed_in`: whether the dossier lies there; `objections`,
    `waiting`: replies to their verdicts, and those not decided; `last`: when a verdict was written.
    """

    dossier: int
    block: int
    area: int
    criterion: int
    desk: int
    handed_in: bool
    rows: int
    settled: int
    returned: int = 0
    objections: int = 0
    waiting: int = 0
    last: datetime | None = None


@dataclass(frozen=True)
class Part:
    """An assignment: `dossier` None is every dossier of the block, `node` None every criterion."""

    key: int
    officer: int
    desk: int
    block: int
    dossier: int | None = None
    node: int | None = None
    due_on: date | None = None

    def covers(self, cell: Cell) -> bool:
        """Whether the cell falls under it."""
        return (
            self.block == cell.block
            and self.desk == cell.desk
            and self.dossier in (None, cell.dossier)
            and self.node in (None, cell.criterion, cell.area)
        )


@dataclass
class Load:
    """Cells added up. `due_on`: the first day set for something of it that is not done."""

    rows: int = 0
    settled: int = 0
    ready: int = 0
    returned: int = 0
    objections: int = 0
    waiting: int = 0
    last: datetime | None = None
    due_on: date | None = None

    def add(self, cell: Cell) -> None:
        """One more cell."""
        self.rows += cell.rows
        self.settled += cell.settled
        self.ready += left_of(cell)
        self.returned += cell.returned
        self.objections += cell.objections
        self.waiting += cell.waiting
        if cell.last and (self.last is None or cell.last > self.last):
            self.last = cell.last

    @property
    def left(self) -> int:
        """Rows that are not settled."""
        return self.rows - self.settled

    @property
    def ahead(self) -> int:
        """Those of them whose dossier has not been handed in, or was sent back."""
        return self.left - self.ready

    @property
    def share(self) -> Fraction | None:
        """Percent that is done, exactly; None where there is nothing to do."""
        return Fraction(100 * self.settled, self.rows) if self.rows else None

    def is_late(self, today: date, *, verify_by: date) -> bool:
        """Whether a row that could be settled is past its day, the period's where none is set."""
        return bool(self.ready) and today > (self.due_on or verify_by)


@dataclass
class Workload:
    """A period's load by desk, by part, by person, and what no part covers, by desk."""

    desks: dict[int, Load] = field(default_factory=dict)
    parts: dict[int, Load] = field(default_factory=dict)
    officers: dict[int, Load] = field(default_factory=dict)
    free: dict[int, Load] = field(default_factory=dict)


def left_of(cell: Cell) -> int:
    """Rows of the cell that can be settled now."""
    return cell.rows - cell.settled if cell.handed_in else 0


def workload(cells: Iterable[Cell], parts: Iterable[Part]) -> Workload:
    """Adds up; a row that falls under two parts of one person counts once for the person."""
    found = Workload()
    by_place: dict[tuple[int, int, int | None, int | None], list[Part]] = {}
    for part in parts:
        found.parts[part.key] = Load(due_on=part.due_on)
        found.officers.setdefault(part.officer, Load())
        place = (part.block, part.desk, part.dossier, part.node)
        by_place.setdefault(place, []).append(part)
    for cell in cells:
        found.desks.setdefault(cell.desk, Load()).add(cell)
        covering = [
            part
            for dossier in (None, cell.dossier)
            for node in (None, cell.area, cell.criterion)
            for part in by_place.get((cell.block, cell.desk, dossier, node), ())
        ]
        if not covering:
            found.free.setdefault(cell.desk, Load()).add(cell)
        for part in covering:
            found.parts[part.key].add(cell)
        for officer in {part.officer for part in covering}:
            found.officers[officer].add(cell)
        for part in covering:
            if part.due_on and left_of(cell):
                load = found.officers[part.officer]
                load.due_on = min(load.due_on or part.due_on, part.due_on)
    return found


def cells_of(
    rows: Iterable[Mapping[str, int]],
    *,
    assessor: int,
    returned: Mapping[tuple[int, int], int],
    replies: Mapping[tuple[int, int], tuple[int, int]],
    last: Mapping[tuple[int, int], datetime],
) -> list[Cell]:
    """Cells out of counted rows: dossier, block, unit, area, node (criterion), owner, handed_in,
    rows, settled. The others by (dossier, criterion)."""
    found = []
    for row in rows:
        key = (row["dossier"], row["node"])
        objections, waiting = replies.get(key, (0, 0))
        found.append(
            Cell(
                dossier=row["dossier"],
                block=row["block"],
                area=row["area"],
                criterion=row["node"],
                desk=desk_for(row["owner"], unit=row["unit"], assessor=assessor),
                handed_in=bool(row["handed_in"]),
                rows=row["rows"],
                settled=row["settled"],
                returned=returned.get(key, 0),
                objections=objections,
                waiting=waiting,
                last=last.get(key),
            )
        )
    return found
