"""A dossier as its pages show it: rows by criterion and area, with sums. Reads only."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property

from django.utils import timezone

from cchc_portal.kit.asked import number
from scoring.models import Criterion, Dossier, DossierPart, ReturnRemark, Score
from scoring.rules.oddities import Before
from scoring.rules.parts import PartState, part_state
from scoring.rules.proof import Want
from scoring.rules.tally import Mark, Tally, tally
from scoring.rules.workflow import DossierState
from scoring.second_access import hide
from scoring.views.rows import Row
from units.models import User


@dataclass
class Group:
    """One criterion with its rows."""

    criterion: Criterion
    rows: list[Row]

    @cached_property
    def tally(self) -> Tally:
        return self_tally(self.rows)


@dataclass
class Area:
    """One area with its criteria. `part`: whose it is, if it was given to somebody."""

    criterion: Criterion
    groups: list[Group] = field(default_factory=list)
    part: DossierPart | None = None

    @property
    def rows(self) -> list[Row]:
        return [row for group in self.groups for row in group.rows]

    @cached_property
    def tally(self) -> Tally:
        return self_tally(self.rows)

    @property
    def part_state(self) -> PartState | None:
        """How far the part is; None where nobody has it."""
        if self.part is None:
            return None
        today = timezone.localdate()
        return part_state(left=self.tally.left, due_on=self.part.due_on, today=today)

    @property
    def settled(self) -> int:
        """Rows the assessor has decided."""
        return sum(row.score.settled for row in self.rows)

    @property
    def not_by_unit(self) -> int:
        """Rows the unit does not assess itself."""
        return sum(not row.by_unit for row in self.rows)


@dataclass
class Sheet:
    """All rows of a dossier, in the order of the tree. `judged`: keys of the scores over which
    whoever looks at it has a say; None where that is not asked."""

    areas: list[Area]
    judged: set[int] | None = None

    @cached_property
    def rows(self) -> list[Row]:
        return [row for area in self.areas for row in area.rows]

    @cached_property
    def own(self) -> Tally:
        """What the unit gives itself, out of what it assesses itself."""
        return self_tally(self.rows)

    @cached_property
    def verified(self) -> Tally:
        """What the assessor has found so far, out of everything."""
        return tally(
            Mark(
                row.criterion.source,
                row.score.maximum,
                row.score.verified_points,
                row.score.not_applicable,
            )
            for row in self.rows
        )

    @cached_property
    def difference(self) -> Fraction:
        """Verified less self-assessed points, over the rows that bear both."""
        return sum((row.difference or Fraction(0) for row in self.rows), Fraction(0))

    def share_out(self, parts: Iterable[DossierPart]) -> None:
        """Tells each area whose part it is."""
        by_area = {part.area_id: part for part in parts}
        for area in self.areas:
            area.part = by_area.get(area.criterion.pk)

    def remember(self, then: Mapping[str, Before]) -> None:
        """Tells each row what its component came to the time before, by lineage key."""
        for row in self.rows:
            row.before = then.get(row.criterion.key) if row.criterion.key else None

    @property
    def lower(self) -> list[Row]:
        """Rows in which the unit gives itself less than was found the time before."""
        return [row for row in self.rows if row.lower]

    @property
    def talked_about(self) -> list[Row]:
        """Rows about which the assessor has written something."""
        return [row for row in self.rows if row.talked_about]

    def part_of(self, user) -> list[Area]:
        """The areas given to the person."""
        return [area for area in self.areas if area.part and area.part.officer_id == user.pk]

    @property
    def without_evidence(self) -> list[Row]:
        return [row for row in self.rows if row.needs_evidence]

    @property
    def unexplained(self) -> list[Row]:
        """Rows with points that have neither evidence nor words."""
        return [row for row in self.rows if row.claim.wants == Want.EXPLANATION]

    @property
    def without_reason(self) -> list[Row]:
        """Rows proposed as not applicable without a word why."""
        return [row for row in self.rows if row.claim.wants == Want.REASON]

    @property
    def returned(self) -> list[Row]:
        """Rows the assessor named when it sent the dossier back."""
        return [row for row in self.rows if row.remark]

    @property
    def drafted(self) -> list[Row]:
        """Rows beside which something typed waits that was not accepted."""
        return [row for row in self.rows if row.drafted]

    @property
    def unanswered(self) -> list[Row]:
        return [row for row in self.rows if row.by_unit and not row.score.answered]

    @property
    def to_draw(self) -> list[Row]:
        """Empty rows that the unit's own reports may answer."""
        return [row for row in self.unanswered if row.writable and row.rule.drawn_from]

    def row(self, pk: int) -> Row | None:
        """The row of a score, if it is one of these."""
        return next((row for row in self.rows if row.score.pk == pk), None)

    def row_of(self, asked: str) -> Row | None:
        """The row that an address asks for, if there is such."""
        key = number(asked)
        return self.row(key) if key else None

    def only(self, keys: set[int]) -> "Sheet":
        """The sheet without other rows, and without criteria and areas that have none of them."""
        areas = []
        for area in self.areas:
            groups = [
                Group(group.criterion, [row for row in group.rows if row.score.pk in keys])
                for group in area.groups
            ]
            if groups := [group for group in groups if group.rows]:
                areas.append(Area(area.criterion, groups, area.part))
        return Sheet(areas, self.judged)

    @property
    def unsettled(self) -> list[Row]:
        """Rows the assessor has not decided."""
        return [row for row in self.rows if not row.score.settled]


def self_tally(rows: Iterable[Row]) -> Tally:
    """The unit's own side of rows; what it does not assess itself is left out."""
    return tally(
        Mark(
            row.criterion.source,
            row.score.maximum,
            row.score.self_points,
            row.score.self_not_applicable,
        )
        for row in rows
        if row.by_unit
    )


def sheet_of(dossier: Dossier, reader: User) -> Sheet:
    """The dossier's scores under their criteria and areas, without the verdicts that are kept from
    the reader. Four queries, however many rows; one more while it is returned, and for a verifier.
    """
    branches = Criterion.objects.branches(dossier.block_id)
    remarks = dict(ReturnRemark.objects.standing(dossier).values_list("score", "remark"))
    areas: list[Area] = []
    for score in hide(dossier.scores.for_sheet(), reader):
        criterion = branches[score.criterion.parent_id]
        if not areas or areas[-1].criterion.pk != criterion.parent_id:
            areas.append(Area(branches[criterion.parent_id]))
        groups = areas[-1].groups
        if not groups or groups[-1].criterion.pk != criterion.pk:
            groups.append(Group(criterion, []))
        row = Row(score, list(score.evidence.all()), remark=remarks.get(score.pk, ""))
        row.held_back = bool(remarks) and not row.remark
        groups[-1].rows.append(row)
    return Sheet(areas)


def row_of(score: Score, pieces: int | None = None) -> Row:
    """One row alone, as `sheet_of` would give it. The score needs its criterion and its dossier.

    One query for its evidence, or none where the number of `pieces` is known and enough; one more
    while the dossier is returned.
    """
    row = Row(score, list(score.evidence.all()) if pieces is None else [], counted=pieces)
    if score.dossier.state == DossierState.RETURNED:
        standing = ReturnRemark.objects.standing(score.dossier)
        remarks = dict(standing.values_list("score", "remark"))
        row.remark = remarks.get(score.pk, "")
        row.held_back = bool(remarks) and not row.remark
    return row
