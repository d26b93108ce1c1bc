"""States and moves as a table: the one source of buttons, refusals, diagrams and tests.

Pure. A move says where it may start, where it ends, at whose desk one must sit and what one
must be allowed there; anything further is one guard in the service that makes the move.
"""

from dataclasses import dataclass

from cchc_portal.kit.errors import MoveRefused
from cchc_portal.kit.worded import Worded


@dataclass(frozen=True)
class Move:
    """One verb: from which states, to which state, at which desk, with which permission."""

    verb: Worded
    sources: tuple[Worded, ...]
    target: Worded
    desk: str
    permission: Worded
    needs_comment: bool = False

    @property
    def label(self) -> str:
        return str(self.verb.label)


@dataclass(frozen=True)
class Workflow:
    """All moves of one kind of paper. `title` is what the paper is called in a sentence."""

    name: str
    title: str
    states: type[Worded]
    moves: tuple[Move, ...]

    def move(self, verb: Worded) -> Move:
        """The move of a verb; a verb has one end, so there is exactly one."""
        return next(move for move in self.moves if move.verb == verb)

    def check(self, verb: Worded, state: str, comment: str = "") -> Move:
        """The move, if the paper may make it from this state; else MoveRefused with a sentence."""
        move = self.move(verb)
        if state not in move.sources:
            now = self.states(state).label.lower()
            raise MoveRefused(
                f"Không thể {move.label.lower()}: {self.title} đang ở trạng thái “{now}”."
            )
        if move.needs_comment and not comment.strip():
            raise MoveRefused(f"Đề nghị ghi rõ lý do khi {move.label.lower()}.")
        return move

    def open_moves(self, state: str) -> list[Move]:
        """What could happen next to a paper in this state, whoever asks."""
        return [move for move in self.moves if state in move.sources]

    def draw(self) -> str:
        """The table as a Mermaid state diagram, states by their Vietnamese names."""
        lines = ["stateDiagram-v2"]
        lines += [f'    state "{state.label}" as {state.value}' for state in self.states]
        lines.append(f"    [*] --> {next(iter(self.states)).value}")
        for move in self.moves:
            reason = " (lý do)" if move.needs_comment else ""
            lines += [
                f"    {source.value} --> {move.target.value}: {move.label}{reason}"
                for source in move.sources
            ]
        return "\n".join(lines)
