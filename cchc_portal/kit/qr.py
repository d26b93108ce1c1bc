"""An address as a square of dark and light modules that a telephone reads."""

from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

import segno


@dataclass(frozen=True)
class Square:
    """The square of one address, to be drawn as one path of an SVG."""

    address: str

    @property
    def size(self) -> int:
        """Modules on one side of the square."""
        return len(self._modules)

    @property
    def drawing(self) -> str:
        """The square as one path, a stroke for each run of dark modules; one unit is one module."""
        strokes = []
        for y, row in enumerate(self._modules):
            x = 0
            for dark, run in groupby(row):
                length = len(list(run))
                if dark:
                    strokes.append(f"M{x} {y}.5h{length}")
                x += length
        return "".join(strokes)

    @cached_property
    def _modules(self) -> tuple[bytearray, ...]:
        return segno.make(self.address, error="m", micro=False).matrix
