"""How a long paper is cut into parts that are drawn apart from each other. Pure."""

from collections.abc import Sequence
from typing import NamedTuple


class Slice(NamedTuple):
    """Lines of one annex, counted from 0: from `first` up to, and without, `last`."""

    annex: int
    first: int
    last: int


def packed(lengths: Sequence[int], most: int) -> list[list[Slice]]:
    """The parts in order, each of at most `most` lines.

    `lengths`: lines of every annex. Short annexes go whole, several into one part; one that is
    longer than a part is cut into slices as even as they can be, each a part of its own.
    """
    parts: list[list[Slice]] = [[]]
    room = most
    for annex, length in enumerate(lengths):
        if length > room and parts[-1]:
            parts.append([])
            room = most
        if length <= most:
            parts[-1].append(Slice(annex, 0, length))
            room -= length
            continue
        for first, last in even(length, most):
            if parts[-1]:
                parts.append([])
            parts[-1].append(Slice(annex, first, last))
        room = 0
    return parts


def even(length: int, most: int) -> list[tuple[int, int]]:
    """The fewest stretches of at most `most`, as long as each other or one longer."""
    count = -(-length // most)
    edges = [length * number // count for number in range(count + 1)]
    return list(zip(edges[:-1], edges[1:], strict=True))
