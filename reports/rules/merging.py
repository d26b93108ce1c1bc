"""A text of a unit as it stands in the report of the level above, through as many levels as there
are. Pure.

A report that was itself merged has a line for each unit: the name stands alone above them, and each
line is a step deeper, marked as official papers mark it. Spaces would be lost in print.
"""

STEPS = ("- ", "+ ", "· ")
"""What a line begins with, a step deeper each; below the last there is no deeper one."""


def told_by(name: str, words: str) -> str:
    """The text under the name of the unit: one line after it, several each in a line of its own."""
    lines = _lines(words)
    if len(lines) < 2:
        return f"{name}: {''.join(lines)}"
    return "\n".join([f"{name}:", *(_deeper(line) for line in lines)])


def stands_in(words: str, whole: str) -> bool:
    """Whether the text stands in the whole, however deep."""
    return "\n".join(map(_bare, _lines(words))) in "\n".join(map(_bare, _lines(whole)))


def _lines(words: str) -> list[str]:
    return [line.strip() for line in words.splitlines() if line.strip()]


def _deeper(line: str) -> str:
    step = next((place for place, mark in enumerate(STEPS) if line.startswith(mark)), None)
    if step is None:
        return STEPS[0] + line
    return STEPS[min(step + 1, len(STEPS) - 1)] + _bare(line)


def _bare(line: str) -> str:
    return next((line.removeprefix(one) for one in STEPS if line.startswith(one)), line)
