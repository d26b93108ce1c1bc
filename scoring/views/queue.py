"""The queue of a verifier's desk: rows with their risks, in the order in which they are walked."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property

from scoring import access
from scoring.rules.risk import Assessed, Grade, Past, Risk
from scoring.services.drawn_figures import Drawn
from scoring.services.risks import Risky
from scoring.views.rows import Row

CHIPS = (
    ("", "Tất cả"),
    ("rui-ro-cao", Grade.HIGH.label),
    ("chua-tham-dinh", "Chưa thẩm định"),
    ("thieu-minh-chung", Risk.NO_EVIDENCE.label),
    ("xin-khong-ap-dung", Risk.EXCUSED.label),
    ("khac-so-lieu", Risk.REPORTED.label),
)


DRAWN = 40
"""Lines of a long queue that are drawn at once: around the one that is open."""


@dataclass(frozen=True)
class Stretch:
    """The part of a queue that is drawn: how many lines stand before it and behind it, and the
    lines there that lie next to it."""

    lines: list["Line"]
    before: int
    behind: int
    one_before: "Line | None"
    one_behind: "Line | None"


@dataclass(eq=False)
class Line:
    """One row in the queue: its risks, its last time, what the unit's reports say."""

    row: Row
    risk: Assessed
    past: Past | None
    drawn: Drawn | None = None

    @property
    def differs(self) -> bool:
        """Whether the unit answers otherwise than it reported."""
        return self._has(Risk.REPORTED)

    @property
    def low(self) -> bool:
        """Whether it waits and nothing asks for a close look."""
        return self.risk.grade == Grade.LOW and self.row.score.waits

    def answers(self, chip: str) -> bool:
        """Whether it stays when the queue is narrowed to the chip."""
        match chip:
            case "rui-ro-cao":
                return self.risk.grade == Grade.HIGH
            case "chua-tham-dinh":
                return self.row.score.waits
            case "thieu-minh-chung":
                return self._has(Risk.NO_EVIDENCE)
            case "xin-khong-ap-dung":
                return self._has(Risk.EXCUSED)
            case "khac-so-lieu":
                return self.differs
        return True

    def _has(self, kind: Risk) -> bool:
        return any(reason.kind == kind for reason in self.risk.reasons)


def line_of(row: Row, known: Risky) -> Line:
    """The row with what is known of it."""
    return Line(row, known.risk, known.past, known.drawn)


@dataclass
class Queue:
    """Lines in the order they are walked: several rows of a unit, or one row of several units.

    `mine`: keys of the scores over which the person has a say; None where it is all of them.
    """

    lines: list[Line]
    mine: Collection[int] | None = None

    @cached_property
    def unsettled(self) -> list[Line]:
        """Lines the assessor has not decided."""
        return [line for line in self.lines if line.row.score.waits]

    @property
    def settled(self) -> int:
        return len(self.lines) - len(self.unsettled)

    @cached_property
    def low(self) -> list[Line]:
        """Lines of low risk that the person may accept together now."""
        return [
            line
            for line in self.lines
            if line.low
            and (self.mine is None or line.row.score.pk in self.mine)
            and not access.why_not_at_the_desk(line.row.score.dossier)
        ]

    @property
    def first_quiet(self) -> Line | None:
        """The first line about which there is nothing to say."""
        return next((line for line in self.lines if not line.risk.reasons), None)

    def by_risk(self) -> "Queue":
        """The same lines, the most pressing first, else in the order they were in."""
        return Queue(sorted(self.lines, key=lambda line: -line.risk.weight), self.mine)

    def narrowed(self, chip: str, *, but: Collection[Line | None] = ()) -> "Queue":
        """Those that answer to the chip, and those one is busy with; all where there is none."""
        if not chip:
            return self
        kept = [line for line in self.lines if line.answers(chip) or line in but]
        return Queue(kept, self.mine)

    def line(self, asked: str) -> Line | None:
        """The line that an address asks for, if there is such."""
        return next((line for line in self.lines if str(line.row.score.pk) == asked), None)

    def around(self, line: Line | None) -> Stretch:
        """The lines about this one; as many at the ends of the queue as in its midst."""
        at = self.lines.index(line) if line in self.lines else 0
        start = max(0, min(at - DRAWN // 2, len(self.lines) - DRAWN))
        end = min(start + DRAWN, len(self.lines))
        return Stretch(
            self.lines[start:end],
            before=start,
            behind=len(self.lines) - end,
            one_before=self.lines[start - 1] if start else None,
            one_behind=self.lines[end] if end < len(self.lines) else None,
        )

    def next_unsettled(self, line: Line | None) -> Line | None:
        """The line after this one that is not decided, else the first; never the line itself, nor
        one over which the person has no say."""
        start = self.lines.index(line) + 1 if line in self.lines else 0
        walk = self.lines[start:] + self.lines[:start]
        among = {one.row.score.pk for one in walk} if self.mine is None else self.mine
        waiting = (one for one in walk if one.row.score.waits and one.row.score.pk in among)
        return next((one for one in waiting if one is not line), None)
