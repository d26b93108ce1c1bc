"""Words that are looked for: which they are, and where they stand in a text."""

import unicodedata
from dataclasses import dataclass

SHORTEST = 2
"""So many letters must be looked for, taken together."""

LONGEST = 240
AROUND = 80
"""How much of a long text is shown, and how much of it in front of the first word found."""


@dataclass(frozen=True)
class Part:
    """A stretch of a text; `hit`: whether it is what was looked for."""

    text: str
    hit: bool


def plain(letter: str) -> str:
    """One letter, small, without diacritics, đ as d; always one character, as the database's."""
    base = unicodedata.normalize("NFD", letter)[0]
    return {"đ": "d", "Đ": "d"}.get(base, base.lower()[:1] or base)


def enough(words: str) -> bool:
    """Whether there is enough to look for."""
    return sum(letter.isalnum() for letter in words) >= SHORTEST


def marked(text: str, words: str) -> list[Part]:
    """The text, shortened around the first hit, in stretches that alternate; together they are
    what is shown. `words` are looked for each by itself, diacritics and case ignored."""
    text = " ".join(unicodedata.normalize("NFC", text).split())
    hits = _hits(text, words)
    first = hits.index(True) if True in hits else 0
    start = max(0, first - AROUND) if len(text) > LONGEST else 0
    end = min(len(text), start + LONGEST)
    parts: list[Part] = [Part("…", False)] if start else []
    for place in range(start, end):
        if parts and parts[-1].hit == hits[place]:
            parts[-1] = Part(parts[-1].text + text[place], hits[place])
        else:
            parts.append(Part(text[place], hits[place]))
    return [*parts, Part("…", False)] if end < len(text) else parts


def _hits(text: str, words: str) -> list[bool]:
    """For each letter whether it belongs to a word that is looked for."""
    folded = "".join(map(plain, text))
    hits = [False] * len(folded)
    for word in unicodedata.normalize("NFC", words).split():
        wanted = "".join(map(plain, word))
        place = folded.find(wanted)
        while place >= 0:
            hits[place : place + len(wanted)] = [True] * len(wanted)
            place = folded.find(wanted, place + 1)
    return hits
