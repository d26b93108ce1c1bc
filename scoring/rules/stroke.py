"""What a pen has sent: how a text that comes twice, or too late, is recognised. No database.

A pen is one form in one window. It numbers what it sends; a stroke that was written down bears the
pen and the number.
"""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class Stroke:
    """One text of one pen. `draft` is the key of the draft it goes on from, if there is one."""

    pen: UUID
    number: int
    draft: int | None = None

    def repeats(self, last: "Stroke | None") -> bool:
        """Whether the last stroke written is this one, or a later one of the same pen."""
        return last is not None and last.pen == self.pen and self.number <= last.number

    def follows(self, last: "Stroke | None") -> bool:
        """Whether the last stroke written is an earlier one of the same pen, which has seen it."""
        return last is not None and last.pen == self.pen and self.number > last.number
