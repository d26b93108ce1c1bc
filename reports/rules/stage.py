"""What is cut out of a published edition for slides: so much at a time, in an order, as bars."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple, TypeVar

from reports.rules.command import source_of
from reports.rules.slices import even

One = TypeVar("One")


class Piece(NamedTuple):
    """A piece of a bar: which class it is, where it begins and how wide it is, in percent of the
    bar as a drawing takes them."""

    label: str
    x: str
    width: str


class Newcomer(NamedTuple):
    """A unit without a result of its own the year before, and the names of those it comes from."""

    name: str
    origins: tuple[str, ...]


class Told(NamedTuple):
    """Unit → its printed figure of the year before, its own or that of the one it succeeds; unit →
    that one's key; and the units that have neither."""

    figures: Mapping[int, Decimal]
    passed_on: Mapping[int, int]
    without: tuple[int, ...]


TOGETHER = ("cải cách", "hành chính", "thủ tục", "trực tiếp", "giải quyết", "chỉ số", "xếp loại")
"""Words of two syllables that a heading does not break between."""


def unbroken(heading: str) -> str:
    """The heading with hard spaces inside such words, in whatever letters they stand."""
    return re.sub(
        "|".join(TOGETHER),
        lambda found: found[0].replace(" ", "\u00a0"),
        heading,
        flags=re.IGNORECASE,
    )


def cut(rows: Sequence[One], most: int) -> Iterator[Sequence[One]]:
    """The rows in parts of about one size, none larger than `most`."""
    if rows:
        yield from (rows[first:last] for first, last in even(len(rows), most))


def told_before(
    units: Iterable[int], before: Mapping[int, Decimal], origins: Mapping[int, Sequence[int]]
) -> Told:
    """Whose figure of the year before stands beside each unit, by the rule of the command view."""
    figures, passed_on, without = {}, {}, []
    for unit in units:
        source = source_of(unit, before, origins)
        if source is None:
            without.append(unit)
            continue
        figures[unit] = before[source]
        if source != unit:
            passed_on[unit] = source
    return Told(figures, passed_on, tuple(without))


def part_of_bar(figure: Fraction | None) -> str:
    """How much of a bar a percentage fills, at most all of it."""
    return _percent(min(Fraction(100), figure or Fraction(0)))


def pieces(counts: Sequence[tuple[str, int]]) -> tuple[Piece, ...]:
    """A bar of one length, a piece a class, in their order; none for a class nobody reached."""
    whole = sum(number for _, number in counts)
    found, so_far = [], 0
    for label, number in counts:
        if number:
            start, width = Fraction(100 * so_far, whole), Fraction(100 * number, whole)
            found.append(Piece(label, _percent(start), _percent(width)))
        so_far += number
    return tuple(found)


def _percent(figure: Fraction) -> str:
    return f"{float(figure):.3f}%"
