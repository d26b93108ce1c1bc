"""A table published elsewhere, ranked by our own rules, beside what it prints."""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from fractions import Fraction

from scoring.rules.published_reading import PublishedLine, Renaming, folded
from scoring.rules.published_table import AS_PRINTED
from scoring.rules.ranking import Placing, Scale, TieRule, rank


@dataclass(frozen=True)
class PublishedStanding:
    """One row and the place our rules give it; None where its result is unknown."""

    line: PublishedLine
    placing: Placing | None

    @property
    def other_rank(self) -> bool:
        """Whether the printed rank is another than ours."""
        printed = self.line.rank
        return printed is not None and (self.placing is None or printed != self.placing.rank)

    @property
    def other_percent(self) -> bool:
        """Whether the printed percentage is another than ours."""
        printed = self.line.percent
        return printed is not None and self.placing is not None and printed != self.placing.percent

    def other_band(self, renaming: Renaming = AS_PRINTED) -> bool:
        """Whether the printed class is another than ours, by the labels of the limits."""
        if not self.line.band or self.placing is None:
            return False
        return folded(renaming.label(self.line.band)) != folded(self.placing.band)


@dataclass(frozen=True)
class PublishedBlock:
    """One block: ranked rows best first, then those without a result, in the order of the file."""

    name: str
    rows: tuple[PublishedStanding, ...]


def blocks_of(
    rows: Iterable[PublishedLine], scale: Scale, ties: TieRule = TieRule.SKIP, places: int = 2
) -> list[PublishedBlock]:
    """The blocks in the order in which the file first names them; equals keep the file's order.

    A block may be written in capitals here and small letters there; it is called as at first.
    """
    blocks: dict[str, list[PublishedLine]] = {}
    for row in rows:
        blocks.setdefault(folded(row.block), []).append(row)
    return [
        PublishedBlock(members[0].block, tuple(_ranked(members, scale, ties, places)))
        for members in blocks.values()
    ]


def _ranked(
    members: list[PublishedLine], scale: Scale, ties: TieRule, places: int
) -> Iterable[PublishedStanding]:
    waiting: dict[Hashable, PublishedLine] = {row.line: row for row in members}
    figures: dict[Hashable, Fraction] = {
        row.line: row.figure for row in members if row.figure is not None
    }
    for placing in rank(figures, scale, ties, places):
        yield PublishedStanding(waiting.pop(placing.key), placing)
    for row in waiting.values():
        yield PublishedStanding(row, None)
