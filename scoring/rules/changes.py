"""What a unit said of a component at two moments, side by side. Pure."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class Piece:
    """A document as it was attached: what it is and where in it the proof stands.

    words: title, number, day, office, page and passage; cited: as a table cites it, the number or
    else the title, and the page.
    """

    document: int
    words: str
    cited: str


@dataclass(frozen=True)
class Said:
    """One component at one moment: the answer in words, exact points, note and documents."""

    answer: str = ""
    points: Fraction | None = None
    not_applicable: bool = False
    note: str = ""
    pieces: tuple[Piece, ...] = ()


@dataclass(frozen=True)
class Change:
    """A component that is not what it was. `gone` and `come`: documents taken off and added."""

    before: Said
    after: Said

    @property
    def of_answer(self) -> bool:
        """Whether the answer, or that it does not apply, is another."""
        return (self.before.answer, self.before.not_applicable) != (
            self.after.answer,
            self.after.not_applicable,
        )

    @property
    def of_points(self) -> bool:
        """Whether it comes to other points."""
        return self.before.points != self.after.points

    @property
    def of_note(self) -> bool:
        """Whether the note reads differently."""
        return self.before.note != self.after.note

    @property
    def gone(self) -> tuple[Piece, ...]:
        """Documents that were there, or were cited at another place."""
        return tuple(piece for piece in self.before.pieces if piece not in self.after.pieces)

    @property
    def come(self) -> tuple[Piece, ...]:
        """Documents that are new, or are cited at another place."""
        return tuple(piece for piece in self.after.pieces if piece not in self.before.pieces)


def changes(
    before: Mapping[Hashable, Said], after: Mapping[Hashable, Said]
) -> dict[Hashable, Change]:
    """Component → what changed, for those that did, in the order of `after`."""
    pairs = {key: Change(before.get(key, Said()), said) for key, said in after.items()}
    return {
        key: pair
        for key, pair in pairs.items()
        if pair.of_answer or pair.of_points or pair.of_note or pair.gone or pair.come
    }
