"""Two texts side by side: which stretches of each the other does not have. Pure."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

PIECES = re.compile(r"\s+|[^\s]+")


@dataclass(frozen=True)
class Stretch:
    """A part of a text; `own` where the other text has something else in its place."""

    text: str
    own: bool


def side_by_side(mine: str, theirs: str) -> tuple[list[Stretch], list[Stretch]]:
    """Both texts whole, cut into stretches; joined again they are what they were."""
    left, right = PIECES.findall(mine), PIECES.findall(theirs)
    cut_left: list[Stretch] = []
    cut_right: list[Stretch] = []
    for kind, start, end, other_start, other_end in SequenceMatcher(
        None, left, right, autojunk=False
    ).get_opcodes():
        own = kind != "equal"
        if end > start:
            cut_left.append(Stretch("".join(left[start:end]), own))
        if other_end > other_start:
            cut_right.append(Stretch("".join(right[other_start:other_end]), own))
    return cut_left, cut_right


def joined(theirs: str, mine: str) -> str:
    """Both texts, theirs first; once where they are the same or one holds the other."""
    if mine.strip() in theirs:
        return theirs
    if theirs.strip() in mine:
        return mine
    return f"{theirs.rstrip()}\n{mine.lstrip()}"
